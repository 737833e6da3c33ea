"""Feedback: kept, exported as questions, deleted by those who may."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.errors import FeedbackFullError, FeedbackOffError
from api.feedback import FeedbackStore
from api.settings import FeedbackSettings, Key, Settings
from api.wire import FeedbackBody
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
            "/v1/feedback", json={"question": "q", "verdict": "helpful", "citations": ["A/RES/1/1#OP2"]}
        ).is_success
        assert client.post("/v1/feedback", json={"question": "q", "verdict": "unhelpful"}).is_success
    with TestClient(create_app(keyed, SmallService())) as client:
        export = client.get("/v1/admin/feedback", headers=bearer(READ))
        assert export.headers["content-type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in export.text.splitlines()]
        by_question = {(line["question"], line["kind"]): line for line in lines}
        assert set(lines[0]) == {"id", "question", "kind", "symbol", "paragraphs", "answer", "notes"}
        right = by_question["Who must leave?", "feedback"]
        assert (right["symbol"], right["paragraphs"]) == ("A/RES/55/179", ["OP19"])
        assert by_question["q", "feedback"]["paragraphs"] == ["OP2"]
        assert by_question["q", "unjudged"]["paragraphs"] == []
        name = answer.json()["id"]
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(READ)).status_code == 403
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(ADMIN)).status_code == 204
        assert client.delete(f"/v1/admin/feedback/{name}", headers=bearer(ADMIN)).status_code == 404
        assert len(client.get("/v1/admin/feedback", headers=bearer(ADMIN)).text.splitlines()) == 2


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
        assert client.post("/v1/feedback", json={"question": "q", "verdict": "helpful"}).status_code == 503


def test_an_id_that_is_none_is_refused(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        body = {"question": "q", "verdict": "helpful", "citations": ["A/RES/1/1"]}
        assert client.post("/v1/feedback", json=body).status_code == 422
