"""Hostile requests against a real server: each is answered in time, by a status that is right, and never by a 5xx."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.api.hostile import Hostile, hostile_requests
from tests.api.serving import Served, content_length, raw, serving

CARRIED = (
    b"x-request-id",
    b"x-content-type-options",
    b"referrer-policy",
    b"permissions-policy",
    b"content-security-policy",
    b"cross-origin-opener-policy",
    b"cross-origin-resource-policy",
)


def wrong_with(served: Served, hostile: Hostile, within: float = float("inf")) -> str | None:
    """What is wrong with the answer to one request, or None; `within` so many seconds it is due."""
    began = time.monotonic()
    answer = raw(served, hostile.request, timeout=20.0)
    took = time.monotonic() - began
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0
    head, _, rest = answer.partition(b"\r\n\r\n")
    body = rest[: content_length(head)] if status else b""  # what follows it answers the rest of what was sent
    if status not in hostile.right:
        return f"{hostile.name}: answered {status}, right is {sorted(hostile.right)}"
    if took > within and status != 408:
        return f"{hostile.name}: took {took:.1f} s"
    if status and (missing := [name for name in CARRIED if b"\r\n" + name + b": " not in head.lower()]):
        return f"{hostile.name}: {status} without {missing}"
    if b"set-cookie" in head.lower() or b"traceback" in body.lower():
        return f"{hostile.name}: {head[:200]!r}"
    if status >= 400:
        if status == 404 and b"/problems/" in hostile.request:
            return None if b"text/html" in head else f"{hostile.name}: a page was due"
        if b"application/problem+json" not in head.lower():
            return f"{hostile.name}: {status} is no problem document"
        if json.loads(body)["status"] != status:
            return f"{hostile.name}: the document says another status"
    return None


def test_hostile_requests_bring_no_server_error(tmp_path: Path) -> None:
    every = hostile_requests()
    assert len(every) >= 300
    with serving(tmp_path, rate={"per_minute": 0}, server={"receive_seconds": 1.5}) as served:
        files, memory = served.files(), served.rss()
        wrong = [each for each in (wrong_with(served, hostile) for hostile in every) if each]
        assert not wrong, f"{len(wrong)} of {len(every)}: " + "; ".join(wrong[:10])
        assert served.process.poll() is None
        time.sleep(0.3)
        assert served.files() <= files + 4
        assert served.rss() <= memory * 1.5
    assert '"level": "error"' not in served.log.read_text("utf-8")
