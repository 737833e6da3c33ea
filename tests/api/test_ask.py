"""Asking, in every way there is."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.desk import server_timing
from api.settings import GateSettings, Index, Logs, Rate, Settings
from api.wire import MAX_BATCH, MAX_QUESTION
from qa.errors import FilterError
from qa.wire import AskRequest
from tests.api.doubles import SYMBOL, SmallService

Client = TestClient[Litestar]
JSON = {"Content-Type": "application/json"}


class Recording(SmallService):
    """Keeps the last request."""

    last: AskRequest | None = None

    def ask(self, request: AskRequest):  # type: ignore[no-untyped-def]
        self.last = request
        return super().ask(request)


def test_a_question_brings_an_answer_with_its_timings(client: Client) -> None:
    answer = client.post("/v1/ask", json={"question": "who?", "k": 2})
    assert answer.status_code == 200
    body = answer.json()
    assert [each["id"] for each in body["citations"]] == [f"{SYMBOL}#OP1", f"{SYMBOL}#OP2"]
    assert answer.headers["server-timing"].startswith("encode;dur=1.50, search;dur=0.50, rank;dur=2.00, total;dur=")
    assert answer.headers["cache-control"] == "no-store"


def test_body_and_address_say_the_same_to_the_service(settings: Settings) -> None:
    service = Recording()
    with TestClient(create_app(settings, service)) as client:
        body = {
            "question": "and for Georgia?",
            "k": 3,
            "filters": {
                "organ": ["General Assembly", "x"],
                "year_from": 1999,
                "kind": ["operative"],
                "symbol": [SYMBOL],
            },
            "history": ["before"],
            "ignore": ["Georgia", "and for"],
        }
        assert client.post("/v1/ask", json=body).status_code == 200
        by_body = service.last
        address = "/v1/ask?q=and%20for%20Georgia%3F&k=3&organ=General%20Assembly&organ=x&year_from=1999&kind=operative"
        assert (
            client.get(f"{address}&symbol={SYMBOL}&history=before&ignore=Georgia&ignore=and%20for").status_code == 200
        )
    assert by_body == service.last
    assert by_body is not None
    assert by_body.filters.organ == ["General Assembly", "x"]


def test_a_tag_changes_with_the_generation_and_with_nothing_else(client: Client, service: SmallService) -> None:
    first = client.get("/v1/ask?q=who")
    tag = first.headers["etag"]
    assert client.get("/v1/ask?q=who").headers["etag"] == tag
    assert client.get("/v1/ask?q=whom").headers["etag"] != tag
    worked = service.asked
    same = client.get("/v1/ask?q=who", headers={"If-None-Match": f'"x", {tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert service.asked == worked, "an unchanged answer costs no work"
    service.generation = "gen-2"
    renewed = client.get("/v1/ask?q=who", headers={"If-None-Match": tag})
    assert (renewed.status_code, renewed.headers["etag"] != tag) == (200, True)


def test_an_answer_never_carries_the_tag_of_a_newer_generation(settings: Settings) -> None:
    """A generation is taken up while the answer is being made: the tag is of the one before it, and is asked again."""

    class Swapped(SmallService):
        def ask(self, request: AskRequest):  # type: ignore[no-untyped-def]
            answer = super().ask(request)
            self.generation = "gen-2"
            return answer

    with TestClient(create_app(settings, Swapped())) as client:
        first = client.get("/v1/ask?q=who")
        second = client.get("/v1/ask?q=who", headers={"If-None-Match": first.headers["etag"]})
        assert (first.json()["generation"], second.status_code) == ("gen-1", 200)
        assert second.json()["generation"] == "gen-2"


def test_a_list_names_the_generation_that_it_is_of(settings: Settings) -> None:
    class Swapped(SmallService):
        looked = 0

        def cited_by(self, symbol_text: str):  # type: ignore[no-untyped-def]
            self.looked += 1
            self.generation = "gen-2"
            return super().cited_by(symbol_text)

    service = Swapped()
    with TestClient(create_app(settings, service)) as client:
        assert client.get(f"/v1/cited-by/{SYMBOL}").json()["generation"] == "gen-2"
    assert service.looked == 2


def test_other_settings_of_retrieval_make_other_tags(settings: Settings, tmp_path: Path) -> None:
    given = tmp_path / "retrieval.toml"
    tags = set()
    for text in ("a = 1", "a = 2"):
        given.write_text(text)
        changed = msgspec.structs.replace(settings, index=Index(retrieval=str(given)))
        with TestClient(create_app(changed, SmallService())) as client:
            tags.add(client.get("/v1/ask?q=who").headers["etag"])
    assert len(tags) == 2


def test_any_tag_does_not_stand_for_one_of_ours(client: Client) -> None:
    """Whether there is anything at an address is known only after looking: `*` must not hide a 404."""
    assert client.get("/v1/resolutions/S/RES/1244(1999)", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get(f"/v1/resolutions/{SYMBOL}", headers={"If-None-Match": "*"}).status_code == 200


def test_a_question_may_have_2000_characters_and_not_one_more(client: Client) -> None:
    for extra, status in ((-1, 200), (0, 200), (1, 422)):
        text = "ä" * (MAX_QUESTION + extra)
        assert client.post("/v1/ask", json={"question": text}).status_code == status
        assert client.post("/v1/ask/batch", json={"questions": [{"question": text}]}).status_code == status
        assert client.post("/v1/ask/stream", json={"question": text}).status_code == status
        short = "a" * (MAX_QUESTION + extra)
        assert client.get("/v1/ask", params={"q": short}).status_code == status


def test_a_body_may_have_64_kib_and_not_one_byte_more(client: Client) -> None:
    for extra, status in ((-1, 200), (0, 200), (1, 413)):
        body = b'{"question":"who"' + b" " * (65_536 - 18 + extra) + b"}"
        assert len(body) == 65_536 + extra
        assert client.post("/v1/ask", content=body, headers=JSON).status_code == status
        parts = iter([body[:1000], body[1000:]])
        assert client.post("/v1/ask", content=parts, headers=JSON).status_code == status


def test_a_batch_answers_in_order_and_one_failure_stays_alone(settings: Settings) -> None:
    class Picky(SmallService):
        def ask(self, request: AskRequest):  # type: ignore[no-untyped-def]
            if request.question == "bad":
                raise FilterError("organ", "no such organ")
            return super().ask(request)

    with TestClient(create_app(settings, Picky())) as client:
        body = {"questions": [{"question": "one"}, {"question": "bad"}, {"question": "three"}]}
        items = client.post("/v1/ask/batch", json=body).json()["items"]
        assert [item["answer"] and item["answer"]["question"] for item in items] == ["one", None, "three"]
        assert (items[1]["problem"]["status"], items[1]["problem"]["field"]) == (422, "organ")
        many = {"questions": [{"question": "x"}] * (MAX_BATCH + 1)}
        assert client.post("/v1/ask/batch", json=many).status_code == 422


def test_a_batch_has_the_deadline_of_one_request(settings: Settings) -> None:
    hurried = msgspec.structs.replace(settings, gate=GateSettings(concurrency=1, deadline_seconds=2.0))
    service = SmallService(seconds=0.5)
    with TestClient(create_app(hurried, service)) as client:
        items = client.post("/v1/ask/batch", json={"questions": [{"question": "x"}] * 10}).json()["items"]
    problems = [item["problem"] and item["problem"]["type"] for item in items]
    assert problems[0] is None
    assert set(problems[4:]) == {"/problems/deadline"}, "four of half a second fill the two"
    assert service.asked <= 5


def test_a_batch_costs_what_its_questions_cost(settings: Settings) -> None:
    limited = Settings(rate=Rate(per_minute=60, burst=10), feedback=settings.feedback, logs=Logs(access=False))
    with TestClient(create_app(limited, SmallService())) as client:
        body = {"questions": [{"question": "x"}] * 8}
        assert client.post("/v1/ask/batch", json=body).status_code == 200
        refused = client.post("/v1/ask/batch", json=body)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_stream_says_its_state_then_each_citation_then_the_end(client: Client) -> None:
    answer = client.post("/v1/ask/stream", json={"question": "who?", "k": 2})
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [name for name, _ in told] == ["status", "citation", "citation", "done"]
    plain = client.post("/v1/ask", json={"question": "who?", "k": 2}).json()
    assert [body for name, body in told if name == "citation"] == plain["citations"]
    assert {**told[-1][1], "citations": plain["citations"]} == plain


def test_a_stream_that_fails_says_so_in_an_event(settings: Settings) -> None:
    for failure, status in ((FilterError("organ", "none such"), 422), (RuntimeError("secret"), 500)):
        with TestClient(create_app(settings, SmallService(failure=failure))) as client:
            told = events(client.post("/v1/ask/stream", json={"question": "who?"}).text)
        assert [name for name, _ in told] == ["status", "error"]
        assert told[1][1]["status"] == status
        assert "secret" not in json.dumps(told)


def test_too_late_is_a_503_that_says_when_to_come_back(settings: Settings) -> None:
    hurried = Settings(
        rate=settings.rate, feedback=settings.feedback, logs=settings.logs, gate=GateSettings(deadline_seconds=0.05)
    )
    with TestClient(create_app(hurried, SmallService(seconds=0.3))) as client:
        answer = client.post("/v1/ask", json={"question": "who?"})
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/deadline")
        assert answer.headers["retry-after"] == "1"


def test_a_query_parameter_that_is_not_known_is_refused_with_the_nearest(client: Client) -> None:
    answer = client.get("/v1/ask?q=who&year_form=1999")
    assert answer.status_code == 422
    assert "did you mean 'year_from'?" in answer.json()["detail"]
    assert client.get("/v1/ask?q=who&key=secret").status_code == 422, (
        "a key in the address is refused like anything else"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/v1/ask?q=",
        "/v1/ask?q=%20",
        "/v1/ask",
        "/v1/ask?q=a&k=0",
        "/v1/ask?q=a&kind=x",
        "/v1/ask?q=a&history=",
        "/v1/ask?q=a&ignore=",
        "/v1/ask?q=a" + "&ignore=b" * 21,
        "/v1/ask?q=a&history=" + "b" * 2001,
    ],
)
def test_an_address_that_is_not_right_is_a_422(client: Client, address: str) -> None:
    assert client.get(address).status_code == 422


def test_server_timing_leaves_out_what_is_no_token() -> None:
    assert server_timing({"rank": 1.0, "a b": 2.0, 'x";dur': 3.0}, 0.0).startswith("rank;dur=1.00, total;dur=")
