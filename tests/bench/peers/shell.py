"""The small HTTP server and command line that every compared system stands behind; standard library only.

A system gives two functions: `build(paragraphs, folder)` makes its index, `open_search(folder)` opens it and returns
`search(question, k)`, the rows of the best paragraphs: at once, called in one of `threads`; or, where no threads are given, as
a future, of a system that has its own. What HTTP costs is then the same for all.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

Search = Callable[[str, int], "list[int]"]
Submit = Callable[[str, int], "Future[list[int]]"]


def main(
    build: Callable[[list[str], Path], dict[str, float]],
    open_search: Callable[[Path], Search] | Callable[[Path], Submit],
    threads: int | None = None,
) -> None:
    """`build WORK` or `serve WORK PORT`; building prints one line of JSON with its seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["build", "serve"])
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int, nargs="?")
    given = parser.parse_args()
    if given.verb == "build":
        paragraphs = json.loads((given.work / "paragraphs.json").read_text(encoding="utf-8"))
        given.folder.mkdir(parents=True, exist_ok=True)
        sys.stdout.write(json.dumps(build(paragraphs, given.folder)) + "\n")
    else:
        opened = open_search(given.folder)
        submit = opened if threads is None else partial(ThreadPoolExecutor(threads).submit, opened)
        asyncio.run(_serve(submit, given.port))


class Stopwatch:
    """Seconds since it was made, or since the last lap."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def lap(self) -> float:
        """Seconds, beginning anew."""
        now = time.perf_counter()
        took, self._since = now - self._since, now
        return round(took, 3)


async def _serve(submit: Submit, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(submit, loop), "127.0.0.1", port, backlog=256)
    async with server:
        await server.serve_forever()


class _Connection(asyncio.Protocol):
    """POST of {"question": ..., "k": ...}, one at a time on a connection that stays open."""

    def __init__(self, submit: Submit, loop: asyncio.AbstractEventLoop) -> None:
        self._submit, self._loop = submit, loop
        self._seen = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) >= length:
            self._seen = b""
            asked = json.loads(body)
            future = self._submit(asked["question"], asked["k"])
            asyncio.wrap_future(future, loop=self._loop).add_done_callback(self._reply)

    def _reply(self, done: asyncio.Future[list[int]]) -> None:
        status, content = b"200 OK", b""
        try:
            content = json.dumps({"rows": done.result()}).encode()
        except Exception as error:
            status, content = b"500 Failed", repr(error).encode()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
                % (status, len(content), content)
            )
