"""What people ask stays out of the log, the metrics and the refusals, unless that is switched on."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from tests.api.serving import post, raw, serving

CANARY = "canary.person@example.org"


def requests(number: int) -> list[bytes]:
    told = f"{CANARY} {number}"
    body = json.dumps({"question": told}).encode()
    return [
        post("/v1/ask", body),
        post("/v1/search", json.dumps({"question": "fail", "history": [told]}).encode()),
        post("/v1/ask", json.dumps({"question": "a", "filters": {"organ": [told], "year_from": 1}}).encode()),
        post("/v1/ask", json.dumps({told: 1}).encode()),
        f"GET /v1/ask?q={quote(told)} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        f"GET /v1/ask?{quote(told)}=1 HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        f"GET /v1/resolutions/{quote(told)} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        f"GET /{quote(told)} HTTP/1.1\r\nHost: x\r\nReferer: {CANARY}\r\nUser-Agent: {CANARY}\r\n\r\n".encode(),
        f"GET /?q={quote(told)} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {CANARY}\r\n\r\n".encode(),
        f"POST /v1/ask HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {CANARY}\r\nX-A: {CANARY}\x00\r\n\r\n".encode(),
    ]


def test_a_thousand_questions_leave_no_word_behind(tmp_path: Path) -> None:
    sections = {"rate": {"per_minute": 0}, "logs": {"level": "debug"}}
    with serving(tmp_path, **sections) as served:
        for number in range(100):
            for request in requests(number):
                answer = raw(served, request)
                assert answer
        metrics = raw(served, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    log = served.log.read_text("utf-8")
    assert log.count('"event": "request"') >= 900
    assert "canary" not in log
    assert "example.org" not in log
    assert "127.0.0.1" not in log, "addresses are personal data, too"
    assert b"canary" not in metrics


def test_an_error_deep_inside_leaves_no_word_behind(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 0}) as served:
        answer = raw(served, post("/v1/ask", json.dumps({"question": f"crash {CANARY}"}).encode()))
        assert answer.startswith(b"HTTP/1.1 500 ")
        assert CANARY.encode() not in answer
    log = served.log.read_text("utf-8")
    assert "canary" not in log
    assert "ValueError" in log
    assert "doubles.py" in log, "the place of the error is what the log is for"


def test_questions_are_logged_where_that_is_switched_on(tmp_path: Path) -> None:
    with serving(tmp_path, logs={"questions": True}) as served:
        raw(served, post("/v1/ask", json.dumps({"question": CANARY}).encode()))
    assert CANARY in served.log.read_text("utf-8")


def test_every_line_of_the_log_is_one_json_object_with_the_request_id(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        answer = raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\nX-Request-ID: my-request-1\r\n\r\n")
        assert b"x-request-id: my-request-1" in answer
    lines = [json.loads(line) for line in served.log.read_text("utf-8").splitlines()]
    assert [line["request_id"] for line in lines if line["event"] == "request"] == ["my-request-1"]
