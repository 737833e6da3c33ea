"""The load generator: so many clients, each asking its next question when the last is answered. Pinned to one core."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path


@dataclass
class Tally:
    """Seconds of every answered request, and how many were not answered with 200."""

    took: list[float] = field(default_factory=list)
    failed: int = 0


class Client(asyncio.Protocol):
    """One connection and one request at a time."""

    def __init__(self, requests: list[bytes], start: int, until: float, tally: Tally) -> None:
        self._next = cycle(requests[start:] + requests[:start])
        self._until, self._tally = until, tally
        self._seen, self._sent = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._ask()

    def _ask(self) -> None:
        self._sent = time.perf_counter()
        if self._sent >= self._until:
            self._transport.close()
            return
        self._transport.write(next(self._next))

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        if head.split(b" ", 2)[1] == b"200":
            self._tally.took.append(time.perf_counter() - self._sent)
        else:
            self._tally.failed += 1
        self._seen = b""
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if time.perf_counter() < self._until:
            self._tally.failed += 1
        if not self.done.done():
            self.done.set_result(None)


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])


async def run(port: int, clients: int, seconds: float, requests: list[bytes]) -> dict[str, float]:
    """Requests a second, and the 50th and 99th percentile of the latency in milliseconds."""
    tally, loop = Tally(), asyncio.get_running_loop()
    began = time.perf_counter()
    until = began + seconds
    made = []
    for number in range(clients):
        start = number * len(requests) // clients
        made.append(
            (await loop.create_connection(lambda at=start: Client(requests, at, until, tally), "127.0.0.1", port))[1]
        )
    await asyncio.wait([asyncio.ensure_future(one.done) for one in made], timeout=seconds + 60)
    elapsed = time.perf_counter() - began
    took = sorted(tally.took)
    if not took:
        return {"rps": 0.0, "p50": float("nan"), "p99": float("nan"), "failed": tally.failed, "n": 0}
    return {
        "rps": len(took) / elapsed,
        "p50": 1000 * took[len(took) // 2],
        "p99": 1000 * took[min(len(took) - 1, int(0.99 * len(took)))],
        "failed": tally.failed,
        "n": len(took),
    }


def main() -> int:
    """`PORT CLIENTS SECONDS REQUESTS`: the file holds a JSON list of whole HTTP requests."""
    port, clients, seconds, path = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    requests = [one.encode() for one in json.loads(Path(path).read_text(encoding="utf-8"))]
    sys.stdout.write(json.dumps(asyncio.run(run(int(port), int(clients), float(seconds), requests))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
