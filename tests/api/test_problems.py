"""Every error has its row, and every refusal is a problem document that tells nothing of the inside."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

import qa
from api import errors
from api.app import create_app
from api.problems import HTTP_ROWS, INTERNAL, STORE, TABLE, Problem, problem_of, row_of
from api.requests import decode
from api.settings import Settings
from qa.errors import NotFoundError, QAError
from tests.api.doubles import SmallService

JSON = {"Content-Type": "application/json"}


def leaves(root: type[Exception]) -> set[type[Exception]]:
    found: set[type[Exception]] = set()
    for child in root.__subclasses__():
        found |= leaves(child) or {child}
    return found


def load_error_modules() -> None:
    """All of `qa`'s error modules, also those that are not imported by anything here."""
    for module in pkgutil.walk_packages(qa.__path__, "qa."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)


def store_error_root() -> type[Exception] | None:
    return next((each for each in QAError.__subclasses__() if each.__name__ == "StoreError"), None)


def test_every_leaf_of_the_services_errors_is_in_the_table() -> None:
    load_error_modules()
    store = store_error_root()
    in_store = (leaves(store) or {store}) if store is not None else set()
    missing = [kind.__name__ for kind in leaves(QAError) - in_store if kind not in TABLE]
    assert not missing, f"api.problems.TABLE has no row for {missing}"


def test_every_leaf_of_our_own_errors_is_in_the_table() -> None:
    reach_http = leaves(errors.APIError) - leaves(errors.SetupError)
    assert reach_http, "the tree is empty"
    assert not [kind.__name__ for kind in reach_http if kind not in TABLE]


def test_the_table_holds_no_class_twice_under_one_slug_with_different_words() -> None:
    rows: dict[str, Any] = {}
    for row in [*TABLE.values(), *HTTP_ROWS.values(), INTERNAL, STORE]:
        known = rows.setdefault(row.slug, row)
        assert (known.status, known.title) == (row.status, row.title)


def test_a_store_error_is_told_as_such_wherever_it_stands_in_its_tree() -> None:
    class StoreError(QAError):
        pass

    class OneOfThemError(StoreError):
        pass

    assert row_of(OneOfThemError("x")) is STORE


def test_an_unknown_error_tells_nothing_of_itself() -> None:
    told = msgspec.json.encode(problem_of(RuntimeError("/etc/passwd and the question"), "r-1")).decode()
    assert "passwd" not in told
    assert "RuntimeError" not in told
    assert '"status":500' in told


def test_a_failing_service_is_a_500_without_details_and_with_a_request_id(settings: Settings) -> None:
    failing = SmallService(failure=RuntimeError("secret path /srv/index"))
    with TestClient(create_app(settings, failing)) as client:
        answer = client.post("/v1/ask", json={"question": "who?"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["request_id"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text


def test_a_damaged_index_is_told_without_where_it_lies(settings: Settings) -> None:
    from qa.store.errors import DamagedError

    broken = SmallService(failure=DamagedError(Path("/srv/secret/gen-1/passages.blob"), "changed"))
    with TestClient(create_app(settings, broken)) as client:
        answer = client.post("/v1/ask", json={"question": "who?"})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/index-unavailable")
    assert answer.headers["retry-after"] == "60"
    assert "secret" not in answer.text


def test_what_the_corpus_lacks_names_what_is_near(settings: Settings) -> None:
    failing = SmallService(failure=NotFoundError("A/RES/1/1", ("A/RES/1/2",)))
    with TestClient(create_app(settings, failing)) as client:
        answer = client.post("/v1/ask", json={"question": "who?"})
    assert (answer.status_code, answer.json()["nearest"]) == (404, ["A/RES/1/2"])


@pytest.mark.parametrize(
    ("body", "status", "slug", "field"),
    [
        (b'{"question":"\xff"}', 400, "unreadable-body", "body"),
        (b"[" * 60_000, 422, "invalid-field", "body"),
        (b'{"question":"a","filters":' + b"[" * 60_000, 422, "invalid-field", "filters"),
        (b'{"question":"a","history":[' + b"[" * 60_000, 422, "invalid-field", "history[0]"),
        (b"{", 400, "unreadable-body", "body"),
        (b"", 400, "missing-body", "body"),
        (b"null", 422, "invalid-field", "body"),
        (b'{"question":""}', 422, "invalid-field", "question"),
        (b'{"question":"   "}', 422, "invalid-field", "question"),
        (b'{"question":"a","k":0}', 422, "invalid-field", "k"),
        (b'{"question":"a","k":101}', 422, "invalid-field", "k"),
        (b'{"question":"a","k":"5"}', 422, "invalid-field", "k"),
        (b'{"question":"a","k":true}', 422, "invalid-field", "k"),
        (b'{"question":"a","kk":1}', 422, "invalid-field", "kk"),
        (b'{"question":"a","filters":{"organs":["x"]}}', 422, "invalid-field", "filters"),
        (b'{"question":"a","filters":{"organs":[]}}', 422, "invalid-field", "filters"),
        (b'{"question":"a","filters":{"kind":["x"]}}', 422, "invalid-field", "filters.kind[0]"),
        (b'{"question":"\\ud800"}', 400, "unreadable-body", "body"),
    ],
)
def test_a_body_that_is_not_right_is_told_where(
    client: TestClient[Litestar], body: bytes, status: int, slug: str, field: str
) -> None:
    answer = client.post("/v1/ask", content=body, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["type"], told.get("field")) == (status, f"/problems/{slug}", field)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b'"\xff"', b'{"\xc3": 1}'])
def test_what_the_json_library_raises_on_is_unreadable_and_no_500(body: bytes) -> None:
    """The library raises RecursionError and UnicodeDecodeError here, which are not its DecodeError."""
    with pytest.raises((RecursionError, UnicodeDecodeError)):
        msgspec.json.decode(body)
    with pytest.raises(errors.UnreadableBodyError):
        decode(body, Any)


def test_problem_types_lead_to_a_page_that_explains_them(client: TestClient[Litestar]) -> None:
    for row in TABLE.values():
        page = client.get(f"/problems/{row.slug}")
        assert page.status_code == 200
        assert row.mend.split(";")[0][:20] in page.text
    assert client.get("/problems/nonsense").status_code == 404


def test_the_document_keeps_the_names_of_rfc_9457() -> None:
    document = json.loads(msgspec.json.encode(problem_of(errors.OverloadedError("busy", 3), "r-1")))
    assert list(document)[:4] == ["type", "title", "status", "detail"]
    assert document["retry_after"] == 3
    assert msgspec.json.decode(json.dumps(document).encode(), type=Problem).status == 503


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": "a", "organ": ["x"]}, "did you mean 'filters.organ'?"),
        ({"question": "a", "filters": {"years_from": 1999}}, "did you mean 'filters.year_from'?"),
        ({"question": "a", "histroy": []}, "did you mean 'history'?"),
        ({"question": "a", "zzz": 1}, "known are explain, filters, history, ignore, k, question"),
    ],
)
def test_a_field_that_is_not_known_is_refused_with_the_nearest(
    client: TestClient[Litestar], body: dict[str, Any], said: str
) -> None:
    answer = client.post("/v1/ask", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "a" * 99]
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/batch", "/v1/ask/stream", "/v1/search", "/v1/feedback"])
def test_a_body_that_other_sites_could_send_unasked_is_refused(
    client: TestClient[Litestar], path: str, kind: str | None
) -> None:
    """A page elsewhere may send these types without a preflight: they would get round the list of sites."""
    body = b'{"question":"who?","verdict":"helpful"}'
    answer = client.post(path, content=body, headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/body-type")
    assert "application/json" in answer.json()["mend"]


def test_a_missing_parameter_is_named(client: TestClient[Litestar]) -> None:
    for path in ("/v1/ask", "/v1/suggest"):
        told = client.get(path).json()
        assert (told["status"], told["field"], told["detail"]) == (422, "q", "q: is needed; send it")


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        ({"question": ""}, "question", "question: is empty; send a text"),
        ({"question": " "}, "question", "question: is blank; send some text"),
        ({"question": 5}, "question", "question: is a whole number; send a text"),
        ({"question": "a" * 2001}, "question", "question: is too long; at most 2000 characters are taken"),
        ({"k": 5}, "question", "question: is needed; send it"),
        ({"question": "a", "k": "5"}, "k", "k: is a text; send a whole number"),
        ({"question": "a", "k": 101}, "k", "k: is too large; send 100 or less"),
        ({"question": "a", "history": [" "]}, "history[0]", "history[0]: is blank; send some text"),
        ({"question": "a", "history": ["a"] * 11}, "history", "history: is too long; at most 10 values are taken"),
        (
            {"question": "a", "filters": {"year_from": 1}},
            "filters.year_from",
            "filters.year_from: is too small; send 1945 or more",
        ),
        (
            {"question": "a", "filters": {"year_to": "x"}},
            "filters.year_to",
            "filters.year_to: is a text; send a whole number or null",
        ),
        (
            {"question": "a", "filters": {"kind": ["meh"]}},
            "filters.kind[0]",
            "filters.kind[0]: may not be 'meh'; send one of preambular, operative, annex",
        ),
        ([], "body", "body: is a list; send an object"),
        ({"q": "a"}, "q", "q: 'q' is no field of this body; did you mean 'question'?"),
    ],
)
def test_what_is_wrong_with_a_body_is_told_in_plain_words(
    client: TestClient[Litestar], body: object, field: str, detail: str
) -> None:
    told = client.post("/v1/ask", json=body).json()
    assert (told["status"], told["field"], told["detail"]) == (422, field, detail)


def test_a_verdict_that_is_none_is_told_those_there_are(client: TestClient[Litestar]) -> None:
    told = client.post("/v1/feedback", json={"question": "a", "verdict": "good"}).json()
    assert told["detail"] == "verdict: may not be 'good'; send one of helpful, unhelpful"


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/v1/ask", "q: is needed; send it"),
        ("/v1/ask?q=", "q: is empty; send a text"),
        ("/v1/ask?q=%20", "q: is blank; send some text"),
        ("/v1/ask?q=a&k=x", "k: is a text; send a whole number"),
        ("/v1/ask?q=a&kind=meh", "kind: may not be 'meh'; send one of preambular, operative, annex"),
        ("/v1/ask?q=a&year_from=1", "year_from: is too small; send 1945 or more"),
        ("/v1/ask?q=a&organ=", "organ: is empty; send a text"),
        ("/v1/ask?question=a", "'question' is no parameter of this route; did you mean 'q'?"),
        ("/v1/resolutions?page=2", "'page' is no parameter of this route; did you mean 'offset'?"),
        ("/health/live?x=1", "'x' is no parameter of this route; it takes none: leave it out"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_in_plain_words(
    client: TestClient[Litestar], address: str, detail: str
) -> None:
    told = client.get(address).json()
    assert (told["status"], told["detail"]) == (422, detail)


@pytest.mark.parametrize("half", [rb"\ud800", rb"a\udfff", rb"\ud83d more", rb"\ud83d\u0041"])
def test_half_a_character_is_called_so(client: TestClient[Litestar], half: bytes) -> None:
    answer = client.post("/v1/ask", content=b'{"question": "' + half + b'"}', headers=JSON)
    assert answer.status_code == 400
    assert "the body has half a character" in answer.json()["detail"]
    whole = client.post("/v1/ask", content=rb'{"question": "\ud83d\ude00"}', headers=JSON)
    assert whole.status_code == 200
