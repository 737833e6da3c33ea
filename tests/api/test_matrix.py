"""Every route against header fields, cookies, CORS and framing: each cell as `docs/http.md` says."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from api.app import create_app
from api.settings import Cors, Rate, Server, Settings, Widget
from tests.api.doubles import SYMBOL, SmallService

LISTED = "https://listed.org"
OTHERS = [
    "https://evil.org",
    "https://listed.org.evil.org",
    "https://xlisted.org",
    "http://listed.org",
    "https://listed.org:8443",
    "null",
]
FILLED = {
    "{symbol}": SYMBOL,
    "{paragraph_id}": f"{SYMBOL}/OP19",
    "{slug}": "overloaded",
    "{name}": "pages.css",
}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


def inventory(app: Litestar) -> Iterator[tuple[str, str, str]]:
    """Every method, pattern and a working address."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            address = route.path_format
            for pattern, value in FILLED.items():
                address = address.replace(pattern, value)
            if address in {"/v1/ask", "/v1/suggest"}:
                address += "?q=who"
            address = address.replace("/widget/pages.css", "/widget/1.0.0.js")
            for method in route.route_handler_map:
                yield str(method), route.path_format, address


def call(client: TestClient[Litestar], method: str, address: str, headers: dict[str, str]):  # type: ignore[no-untyped-def]
    bodies = {
        "/v1/ask/batch": {"questions": [{"question": "who?"}]},
        "/v1/feedback": {"question": "who?", "verdict": "helpful"},
    }
    path = address.partition("?")[0]
    if method == "POST":
        return client.post(path, json=bodies.get(path, {"question": "who?"}), headers=headers)
    return client.request(method, address, headers=headers)


@pytest.fixture(params=["none", "list", "all"])
def matrix(request: pytest.FixtureRequest, settings: Settings) -> Iterator[tuple[str, TestClient[Litestar]]]:
    origins = {"none": [], "list": [LISTED], "all": ["*"]}[request.param]
    with TestClient(create_app(msgspec.structs.replace(settings, cors=Cors(origins)), SmallService())) as client:
        yield request.param, client


def test_every_route_in_every_cell(matrix: tuple[str, TestClient[Litestar]]) -> None:
    mode, client = matrix
    cells = 0
    for method, pattern, address in inventory(client.app):
        private = pattern.startswith(("/v1/admin", "/metrics"))
        script = pattern == "/widget.js" or address.startswith("/widget/")  # any site may load it
        for origin in (None, LISTED, *OTHERS):
            answer = call(client, method, address, {"Origin": origin} if origin else {})
            cells += 1
            assert answer.status_code < 500, (method, pattern)
            headers = answer.headers
            assert "set-cookie" not in headers
            assert len(headers["x-request-id"]) >= 8
            assert {name: headers[name] for name in ALWAYS} == ALWAYS
            policy = headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            if headers.get("content-type", "").startswith("text/html"):
                assert "require-trusted-types-for 'script'" in policy
                assert headers["x-frame-options"] == "DENY"
            else:
                assert policy.startswith("default-src 'none'")
            allowed = None
            if not private:
                allowed = "*" if mode == "all" or script else LISTED if mode == "list" and origin == LISTED else None
            assert headers.get("access-control-allow-origin") == allowed, (method, pattern, origin)
            assert "access-control-allow-credentials" not in headers
            assert ("Origin" in headers.get("vary", "")) == (mode == "list" and not private and not script)
            assert headers["cross-origin-resource-policy"] == (
                "cross-origin" if script or (mode != "none" and not private) else "same-origin"
            )
    assert cells > 150


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/resolutions/A/RES/55/179", "/v1/nowhere", "/v1/admin/feedback"])
@pytest.mark.parametrize("origin", [LISTED, *OTHERS])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT"])
@pytest.mark.parametrize("fields", ["", "content-type", "authorization", "x-evil"])
def test_preflights(settings: Settings, path: str, origin: str, method: str, fields: str) -> None:
    listed = msgspec.structs.replace(settings, cors=Cors([LISTED]))
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    if fields:
        asked["Access-Control-Request-Headers"] = fields
    client = TestClient(create_app(listed, SmallService()))
    answer = client.options(path, headers=asked)
    good = (
        origin == LISTED
        and method in {"GET", "POST"}
        and fields in {"", "content-type"}
        and not path.startswith("/v1/admin")
    )
    assert answer.status_code == (204 if good else 403)
    assert answer.headers.get("access-control-allow-origin") == (
        LISTED if good else answer.headers.get("access-control-allow-origin")
    )
    assert ("access-control-allow-methods" in answer.headers) == good
    if origin != LISTED:
        assert "access-control-allow-origin" not in answer.headers


def test_what_goes_wrong_carries_the_same_header_fields(settings: Settings) -> None:
    limited = msgspec.structs.replace(settings, rate=Rate(per_minute=1, burst=1), cors=Cors([LISTED]))
    with TestClient(create_app(limited, SmallService(failure=RuntimeError("x")))) as client:
        for status, answer in (
            (404, client.get("/nowhere", headers={"Origin": LISTED})),
            (500, client.get("/v1/ask?q=a", headers={"Origin": LISTED})),
            (429, client.get("/v1/ask?q=a", headers={"Origin": LISTED})),
            (414, client.get("/" + "a" * 9000, headers={"Origin": LISTED})),
            (431, client.get("/", headers={"Origin": LISTED, "X": "a" * 17_000})),
        ):
            assert answer.status_code == status
            assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
            assert answer.headers["access-control-allow-origin"] == LISTED
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_head_is_get_without_the_body(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        for method, pattern, address in inventory(client.app):
            if method != "GET":
                continue
            full, head = client.get(address), client.head(address)
            assert (head.status_code, head.content) == (full.status_code, b""), pattern
            for name in ("content-type", "etag", "cache-control", "content-security-policy"):
                assert head.headers.get(name) == full.headers.get(name), (pattern, name)
        refused = client.put("/v1/ask")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
        assert 'method="HEAD",route="/v1/suggest"' in client.get("/metrics").text


def test_pages_take_the_names_that_other_sites_put_into_links(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        assert client.get("/?q=who&utm_source=a&fbclid=b").status_code == 200
        assert client.get("/v1/ask?q=who&utm_source=a").status_code == 422


def test_https_and_framing_are_as_configured(settings: Settings) -> None:
    secure = msgspec.structs.replace(settings, server=Server(https=True), widget=Widget(["https://a.org"]))
    with TestClient(create_app(secure, SmallService())) as client:
        assert client.get("/health/live").headers["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
        assert client.get("/").headers["x-frame-options"] == "DENY"
        framed = client.get("/widget")
        assert framed.status_code == 200
        assert "frame-ancestors https://a.org" in framed.headers["content-security-policy"]
        assert "x-frame-options" not in framed.headers
        assert "<resolution-chat" in framed.text
        assert "<nav" not in framed.text
    with TestClient(create_app(settings, SmallService())) as client:
        assert "strict-transport-security" not in client.get("/health/live").headers


def test_a_request_id_is_kept_when_it_is_one_and_replaced_when_it_is_not(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        assert client.get("/version", headers={"X-Request-ID": "abc-12345"}).headers["x-request-id"] == "abc-12345"
        for bad in ("short", "a" * 65, "has blank inside", "<script>alert(1)</script>"):
            assert client.get("/version", headers={"X-Request-ID": bad}).headers["x-request-id"] != bad
