"""Feedback: kept, exported as questions, deleted by those who may."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.errors import FeedbackFullError, FeedbackOffError
from api.feedback import FeedbackStore
from api.settings import FeedbackSettings, Index, Key, Settings
from api.wire import FeedbackBody
from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from eval.cli.app import app as evaluate
from eval.question_files import read_questions
from qa.build import build
from tests.api.doubles import SmallService

READ, ADMIN = "read-key", "admin-key"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def keyed(settings: Settings) -> Settings:
    keys = [
        Key("reader", digest(READ)),
        Key("chief", digest(ADMIN), "admin"),
        Key("old", digest("old-key"), "admin", "2020-01-01"),
    ]
    return msgspec.structs.replace(settings, keys=keys)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_what_was_acknowledged_is_there_after_a_restart_in_the_form_of_a_question_file(keyed: Settings) -> None:
    told = {
        "question": "Who must leave?",
        "verdict": "unhelpful",
        "citations": ["A/RES/55/179#OP18"],
        "right": ["A/RES/55/179#OP19"],
        "note": "the next one",
    }
    with TestClient(create_app(keyed, SmallService())) as client:
        answer = client.post("/v1/feedback", json=told)
        assert answer.status_code == 201
        assert client.post(
            "/v1/feedback", json={"question": "q", "verdict": "helpful", "citations": ["A/RES/55/179#OP2"]}
        ).is_success
        assert client.post("/v1/feedback", json={"question": "q", "verdict": "unhelpful"}).is_success
    with TestClient(create_app(keyed, SmallService())) as client:
        export = client.get("/v1/admin/feedback", headers=bearer(READ))
        assert export.headers["content-type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in export.text.splitlines()]
        by_question = {line["question"]: line for line in lines}
        assert set(by_question) == {"Who must leave?", "q"}
        right = by_question["Who must leave?"]
        assert (right["symbol"], right["paragraphs"]) == ("A/RES/55/179", ["A/RES/55/179#OP19"])
        assert by_question["q"]["paragraphs"] == ["A/RES/55/179#OP2"]
        unread = client.get("/v1/admin/feedback?judged=false", headers=bearer(READ)).text.splitlines()
        assert [json.loads(line)["kind"] for line in unread] == ["unjudged"]
        name = right["id"]
        assert name == answer.json()["id"], "what the export calls it is what it is deleted by"
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(READ)).status_code == 403
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(ADMIN)).status_code == 204
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(ADMIN)).status_code == 404
        assert len(client.get("/v1/admin/feedback", headers=bearer(ADMIN)).text.splitlines()) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": "Basic cmVhZC1rZXk="}, 401),
        (bearer("wrong"), 401),
        (bearer(digest(READ)), 401),
        (bearer("old-key"), 401),
        (bearer(READ), 200),
        (bearer(ADMIN), 200),
    ],
)
def test_the_export_opens_for_a_key_in_force_only(keyed: Settings, headers: dict[str, str], status: int) -> None:
    with TestClient(create_app(keyed, SmallService())) as client:
        answer = client.get("/v1/admin/feedback", headers=headers)
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) == (status == 401)


def test_without_any_key_nobody_gets_in(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        for call in (client.get("/v1/admin/feedback", headers=bearer("")), client.delete("/v1/admin/feedback/x")):
            assert (call.status_code, call.json()["type"]) == (403, "/problems/no-keys")


def test_a_full_or_missing_store_says_so(tmp_path: Path, settings: Settings) -> None:
    store = FeedbackStore(tmp_path / "f.sqlite3", 1)
    store.add(FeedbackBody("q", "helpful"))
    with pytest.raises(FeedbackFullError, match="entries"):
        store.add(FeedbackBody("q", "helpful"))
    store.close()
    with pytest.raises(FeedbackOffError):
        FeedbackStore(None, 1).add(FeedbackBody("q", "helpful"))
    with pytest.raises(FeedbackOffError):
        FeedbackStore(tmp_path / "no" / "such" / "f.sqlite3", 1).add(FeedbackBody("q", "helpful"))
    off = msgspec.structs.replace(settings, feedback=FeedbackSettings(enabled=False))
    with TestClient(create_app(off, SmallService())) as client:
        answer = client.post("/v1/feedback", json={"question": "q", "verdict": "helpful"})
        assert (answer.status_code, answer.headers["retry-after"], answer.json()["retry_after"]) == (503, "60", 60)


@pytest.mark.parametrize("field", ["citations", "right"])
@pytest.mark.parametrize("name", ["A/RES/1/1", "A/RES/1/1#OP1", "A/RES/55/179#OP999", "x#y", "#OP1", "53/1#OP1"])
def test_a_paragraph_that_is_none_is_refused(settings: Settings, field: str, name: str) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        answer = client.post("/v1/feedback", json={"question": "q", "verdict": "helpful", field: [name]})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_the_export_is_a_question_set_that_the_evaluation_runs(
    keyed: Settings, tmp_path: Path, sample_path: Path
) -> None:
    """From a reader's click to a measured run, through the real index and the real commands."""
    index = tmp_path / "index"
    build([sample_path], index, load_encoder(load_catalogue().get("hashing")))
    told = [
        {"question": "Who must leave Moldova?", "verdict": "unhelpful", "right": ["55/179#OP19", "A/RES/55/179#PP1"]},
        {"question": "And Georgia?", "verdict": "helpful", "citations": ["A/RES/55/179#OP18"], "history": ["Moldova?"]},
        {"question": "What else?", "verdict": "unhelpful"},
    ]
    settings = msgspec.structs.replace(keyed, index=Index(str(index)))
    with TestClient(create_app(settings)) as client:
        for each in told:
            assert client.post("/v1/feedback", json=each).status_code == 201
        export = client.get("/v1/admin/feedback", headers=bearer(READ))
    questions = tmp_path / "feedback.jsonl"
    questions.write_bytes(export.content)
    held = {one.text: one for one in read_questions(questions)}
    assert held["Who must leave Moldova?"].paragraphs == ("A/RES/55/179#OP19", "A/RES/55/179#PP1")
    assert held["And Georgia?"].history == ("Moldova?",)
    out = tmp_path / "run"
    ran = CliRunner().invoke(evaluate, ["run", "--index", str(index), "--questions", str(questions), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    assert (out / "run.trec").read_text().count("\n") > 2
