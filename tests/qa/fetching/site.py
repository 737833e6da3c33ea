"""A document site on the loopback that behaves, or misbehaves as a test wants."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

PDF = b"%PDF-1.4\n" + b"the text of a resolution\n" * 50
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers from the script of its server: one answer a visit, the last one for ever."""

    protocol_version = "HTTP/1.1"
    server: DocumentSite

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        key = parse_qs(parts.query).get("s", [parts.path])[0]
        self.server.visits.append((self.path, self.headers.get("User-Agent", ""), time.monotonic()))
        script = self.server.script.get(key, [status(404)])
        answer = script.pop(0) if len(script) > 1 else script[0]
        answer(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the overridden one
        """Keep quiet."""


class DocumentSite(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: dict[str, list[Answer]] = {"/robots.txt": [status(404)]}
        self.visits: list[tuple[str, str, float]] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def asked(self) -> list[str]:
        """What was asked for, robots.txt left out: symbols, or paths where there is none."""
        found = [parse_qs(urlsplit(path).query).get("s", [path])[0] for path, _, _ in self.visits]
        return [one for one in found if one != "/robots.txt"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


def body(content: bytes = PDF, kind: str = "application/pdf", **fields: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **fields}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def status(code: int, **fields: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in {"Content-Length": "0", **fields}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


def cut(n_bytes: int) -> Answer:
    """Promises the whole text and closes after so many bytes of it."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.send_header("Content-Length", str(len(PDF)))
        handler.end_headers()
        handler.wfile.write(PDF[:n_bytes])
        handler.close_connection = True

    return answer


def drip(handler: Handler) -> None:
    """Sends a byte now and then, for ever: no read ever times out. The reader's hanging up ends it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.end_headers()
    handler.close_connection = True
    try:
        for _ in range(400):
            handler.wfile.write(b"%")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


def hang_up(handler: Handler) -> None:
    """Closes without a word."""
    handler.close_connection = True
