"""Looking around in the corpus, and what operators look at."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.errors import InvalidFieldError
from api.routes.corpus import paragraph_name
from api.settings import Metrics, Settings
from qa.wire import AnswerOut, AskRequest
from qa.wire_pages import ServiceState
from tests.api.doubles import SYMBOL, SmallService

Client = TestClient[Litestar]


def test_a_resolution_is_found_by_its_symbol_with_all_its_slashes(client: Client) -> None:
    answer = client.get(f"/v1/resolutions/{SYMBOL}")
    assert answer.json()["symbol"] == SYMBOL
    assert answer.headers["content-location"] == f"/v1/resolutions/{SYMBOL}"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert client.get(f"/v1/resolutions/{SYMBOL.replace('/', '%2F')}").json()["symbol"] == SYMBOL


@pytest.mark.parametrize(
    ("symbol", "status", "slug"),
    [
        ("S/RES/1244(1999)", 404, "not-in-corpus"),
        ("S/RES/1244%20(1999)", 404, "not-in-corpus"),
        ("nonsense", 422, "no-symbol"),
        ("53/1", 422, "ambiguous-symbol"),
        ("a" * 201, 422, "invalid-field"),
    ],
)
def test_a_symbol_that_brings_nothing_says_why(client: Client, symbol: str, status: int, slug: str) -> None:
    for route in ("resolutions", "cites", "cited-by"):
        answer = client.get(f"/v1/{route}/{symbol}")
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    if slug == "ambiguous-symbol":
        assert answer.json()["candidates"] == ["A/RES/53/1", "A/HRC/RES/53/1"]


@pytest.mark.parametrize("slashes", ["%2F", "%2f%2F", "%2F/"])
def test_escaped_slashes_alone_are_a_wrong_symbol_and_not_the_list(client: Client, slashes: str) -> None:
    answer = client.get(f"/v1/resolutions/{slashes}")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/invalid-field")


@pytest.mark.parametrize("name", [f"{SYMBOL}%23OP19", f"{SYMBOL}/OP19"])
def test_a_paragraph_is_found_with_and_without_the_escape(client: Client, name: str) -> None:
    page = client.get(f"/v1/paragraphs/{name}").json()
    assert page["paragraph"]["id"] == f"{SYMBOL}#OP19"
    assert page["citation"] == "General Assembly resolution 55/179, para. 19"
    assert client.get(f"/v1/similar/{name}?k=3").json()["citations"]


def test_paragraph_names() -> None:
    assert paragraph_name("/A/RES/55/179/OP4(a)(i)") == "A/RES/55/179#OP4(a)(i)"
    assert paragraph_name("/A/RES/55/179#A1.12") == "A/RES/55/179#A1.12"
    assert paragraph_name("/S/RES/1244(1999)/PP3") == "S/RES/1244(1999)#PP3"
    for wrong in ("/A/RES/55/179", "/OP19", "/", "/" + "x/" * 200):
        with pytest.raises(InvalidFieldError):
            paragraph_name(wrong)


def test_following_next_visits_every_resolution_once_and_keeps_the_filters(client: Client) -> None:
    address: str | None = "/v1/resolutions?limit=20&organ=General%20Assembly&organ=b"
    seen: list[str] = []
    pages = 0
    while address is not None:
        page = client.get(address).json()
        seen += [item["symbol"] for item in page["items"]]
        address = page["next"]
        pages += 1
        assert address is None or address.count("organ=") == 2
    assert (pages, len(seen), len(set(seen)), page["total"]) == (3, 45, 45, 45)
    beyond = client.get("/v1/resolutions?offset=1000").json()
    assert (beyond["items"], beyond["next"]) == ([], None)
    assert client.get("/v1/resolutions?limit=101").status_code == 422
    assert client.get("/v1/resolutions?offset=-1").status_code == 422


def test_citing_and_cited_resolutions(client: Client) -> None:
    assert client.get(f"/v1/cites/{SYMBOL}").json()["items"][0]["symbol"] == "A/RES/54/117"
    assert client.get(f"/v1/cited-by/{SYMBOL}").json()["items"] == []


def test_suggestions(client: Client) -> None:
    assert client.get("/v1/suggest?q=who&k=1").json() == {"suggestions": ["who and more"]}
    assert client.get("/v1/suggest?q=").status_code == 422


def test_health_tells_a_server_that_answers_from_one_that_cannot(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        for address in ("/healthz", "/health/ready", "/health/live"):
            assert (client.get(address).status_code, client.get(address).json()["status"]) == (200, "ok")
    with TestClient(create_app(settings, SmallService(is_ready=False))) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["type"], answer.headers["retry-after"]) == (
            503,
            "/problems/not-ready",
            "2",
        )


def test_what_is_degraded_is_told_without_paths(settings: Settings) -> None:
    class Degraded(SmallService):
        def ready(self) -> ServiceState:
            why = f"{Path('index').absolute()}/CURRENT names no generation; gen-1 goes on serving"
            return ServiceState(True, self.generation, self.model, 1, 3, [why])

    with TestClient(create_app(settings, Degraded())) as client:
        told = client.get("/health/ready").json()
    assert (told["status"], told["degraded"]) == (
        "degraded",
        ["index/CURRENT names no generation; gen-1 goes on serving"],
    )


def test_the_service_is_closed_when_the_application_ends(settings: Settings) -> None:
    service = SmallService()
    with TestClient(create_app(settings, service)):
        assert not service.closed
    assert service.closed


def test_version_and_metrics(client: Client, settings: Settings) -> None:
    assert client.get("/version").json()["generation"] == "gen-1"
    client.post("/v1/ask", json={"question": "who?"})
    client.get("/v1/resolutions/A/RES/55/179")
    client.get("/nowhere/at/all")
    text = client.get("/metrics").text
    assert 'qa_requests_total{method="POST",route="/v1/ask",status="200"} 1.0' in text
    assert 'qa_stage_seconds_count{stage="rank"} 1.0' in text
    assert 'qa_answers_total{status="answered"} 1.0' in text
    assert "55/179" not in text
    assert "nowhere" not in text

    closed = msgspec.structs.replace(settings, metrics=Metrics("off"))
    with TestClient(create_app(closed, SmallService())) as other:
        assert other.get("/metrics").status_code == 403


def test_quotations_withheld_and_a_refused_generation_are_counted(settings: Settings) -> None:
    class Damaged(SmallService):
        def ready(self) -> ServiceState:
            return msgspec.structs.replace(super().ready(), degraded=["gen-000002 refused"])

        def ask(self, request: AskRequest) -> AnswerOut:
            return msgspec.structs.replace(super().ask(request), withheld=2)

    with TestClient(create_app(settings, Damaged())) as client:
        assert "qa_quotations_withheld_total 0.0" in client.get("/metrics").text
        assert client.post("/v1/ask", json={"question": "who?"}).json()["withheld"] == 2
        assert client.get("/health/ready").json()["status"] == "degraded"
        text = client.get("/metrics").text
    assert "qa_quotations_withheld_total 2.0" in text
    assert "qa_degraded 1.0" in text
