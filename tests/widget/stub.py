"""Two small servers on loopback: one plays the service in every state, the other is somebody's site that embeds it."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from qa.wire import AnswerOut
from tests.widget import corpus

WIDGET = next((Path(__file__).resolve().parents[2] / "api" / "assets").glob("widget-*.js"))
READABLE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A site about the United Nations</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page.css">
<script type="module" src="{script}"></script></head><body><main><h1>A site about the United Nations</h1>
<resolution-chat {attributes}>The questions need JavaScript.</resolution-chat></main></body></html>"""
CSS = """:root{color-scheme:light dark} body{margin:0;font-family:system-ui,sans-serif;background:Canvas}
main{max-width:46rem;margin:auto;padding:1rem}"""


class Server:
    """A threaded server on a free port; `handle` answers each request."""

    def __init__(self, handle: Callable[[BaseHTTPRequestHandler], None]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                handle(self)

            do_POST = do_GET  # noqa: N815
            do_OPTIONS = do_GET  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, **fields: str) -> None:
    request.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **fields}.items():
        request.send_header(name, value)
    request.end_headers()
    if request.command != "HEAD":
        request.wfile.write(body)


class Stub:
    """The service. `allowed` are the origins that may call it; `feedback` and `asked` keep what came in."""

    def __init__(self) -> None:
        self.allowed: set[str] = set()
        self.feedback: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.answer: Callable[[str], AnswerOut] = corpus.answer_to
        self.seconds = 5.0
        self.retry_after = 2
        self._server = Server(self._handle)
        self.origin = self._server.origin
        self.close = self._server.close

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path).path
        origin = request.headers.get("Origin", "")
        fields = {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}
        cors = fields if origin in self.allowed else {}
        if path == "/widget.js":
            send(request, 200, WIDGET.read_bytes(), "text/javascript", **READABLE)
        elif request.command == "OPTIONS":
            send(
                request,
                204 if cors else 403,
                b"",
                "text/plain",
                **{**cors, "Access-Control-Allow-Headers": "content-type"},
            )
        elif path == "/v1/ask/stream":
            self._ask(request, cors)
        elif path == "/v1/feedback":
            self.feedback.append(self._body(request))
            send(request, 201, b'{"id":"f1"}', "application/json", **cors)
        else:
            found = next((made for start, made in _LOOKED_UP.items() if path.startswith(start)), None)
            body = b"{}" if found is None else msgspec.json.encode(found())
            send(request, 404 if found is None else 200, body, "application/json", **cors)

    def _body(self, request: BaseHTTPRequestHandler) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        return body

    def _ask(self, request: BaseHTTPRequestHandler, cors: dict[str, str]) -> None:
        body = self._body(request)
        self.asked.append(body)
        question = body["question"]
        times = sum(each["question"] == question for each in self.asked)
        if "limited" in question and times == 1:
            problem = _problem(429, "rate-limited", retry_after=self.retry_after)
            fields = {**cors, "Retry-After": str(self.retry_after)}
            send(request, 429, problem, "application/problem+json", **fields)
            return
        if "refuse" in question:
            send(request, 422, _problem(422, "invalid-field"), "application/problem+json", **cors)
            return
        if "vanish" in question and times == 1:
            request.connection.close()
            return
        request.send_response(200)
        for name, value in {"Content-Type": "text/event-stream", "Connection": "close", **cors}.items():
            request.send_header(name, value)
        request.end_headers()
        with contextlib.suppress(OSError):  # the page may stop listening
            self._stream(request, question, times, body["k"])

    def _stream(self, request: BaseHTTPRequestHandler, question: str, times: int, k: int) -> None:
        def event(name: str, content: bytes) -> None:
            request.wfile.write(f"event: {name}\ndata: ".encode() + content + b"\n\n")
            request.wfile.flush()

        event("status", b'{"state":"searching","request_id":"r"}')
        until = time.monotonic() + (self.seconds if "slow" in question else 0)
        while time.monotonic() < until:
            request.wfile.write(b": waiting\n\n")
            time.sleep(0.2)
        answer = self.answer(question)
        if "fail" in question:
            event("error", _problem(500, "internal"))
            return
        for citation in answer.citations[:k]:
            event("citation", msgspec.json.encode(citation))
            if "cut" in question and times == 1:
                return
            if "stepwise" in question:
                time.sleep(0.8)
        event("done", msgspec.json.encode(msgspec.structs.replace(answer, citations=[])))


_LOOKED_UP: dict[str, Callable[[], object]] = {
    "/v1/paragraphs/": corpus.paragraph_page,
    "/v1/similar/": corpus.similar,
    "/health/live": lambda: {"status": "ok"},
    "/health/ready": lambda: {"status": "ok", "resolutions": 1234, "passages": 45678},
}


def _problem(status: int, slug: str, **more: object) -> bytes:
    told = {
        "type": f"/problems/{slug}",
        "title": "A problem",
        "status": status,
        "detail": "It went wrong.",
        "mend": "Try.",
    }
    return msgspec.json.encode({**told, "request_id": "r", **more})


class Site:
    """Somebody's site, on another origin, with as strict a policy as a careful owner would set."""

    def __init__(self, api: str) -> None:
        self.api = api
        self.reports: list[str] = []
        self._server = Server(self._handle)
        self.origin = self._server.origin
        self.close = self._server.close

    def address(self, attributes: str = "", lang: str = "en", script: str = "", path: str = "/") -> str:
        """A page that embeds the widget with these attributes."""
        return f"{self.origin}{path}?" + urlencode({"attributes": attributes, "lang": lang, "script": script})

    def policy(self) -> str:
        """The line that docs/widget.md tells site owners to set."""
        return (
            f"default-src 'none'; script-src {self.api} 'self'; connect-src {self.api}; style-src 'self'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp"
        )

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/csp":
            self.reports.append(request.rfile.read(int(request.headers["Content-Length"])).decode())
            send(request, 204, b"", "text/plain")
        elif address.path == "/page.css":
            send(request, 200, CSS.encode(), "text/css")
        elif address.path == "/own-widget.js":
            send(request, 200, WIDGET.read_bytes(), "text/javascript")
        elif address.path == "/favicon.ico":
            send(request, 204, b"", "image/x-icon")
        else:
            attributes = asked.get("attributes") or f'api="{self.api}"'
            page = PAGE.format(
                lang=asked.get("lang", "en"),
                script=asked.get("script") or self.api + "/widget.js",
                attributes=attributes,
            )
            policy = {} if address.path == "/unguarded" else {"Content-Security-Policy": self.policy()}
            send(request, 200, page.encode(), "text/html; charset=utf-8", **policy)
