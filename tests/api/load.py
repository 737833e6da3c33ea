"""Load on loopback: an open-loop client, slow sockets, restarts under load. `python -m tests.api.load` prints figures.

Open loop means that requests leave when they are due, whether or not earlier ones were answered: a client that waits
its turn hides an overload.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.api.serving import Served, content_length, post, serving

ASK = post("/v1/ask", b'{"question":"Who must leave, and by when?"}')
TIMEOUT = 10.0
BUSY = 250.0  # milliseconds that the client may fall behind its own schedule before its figures mean nothing


@dataclass
class Outcome:
    """What became of the requests of one run; seconds."""

    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    without_retry_after: int = 0
    broken: list[str] = field(default_factory=list)
    late_by: float = 0.0  # how far behind its schedule the client itself fell, at worst

    def count(self, status: int, head: bytes, took: float) -> None:
        self.statuses[status] += 1
        if status == 200:
            self.accepted.append(took)
        else:
            self.refused.append(took)
            if status in {429, 503} and b"\r\nretry-after: " not in head.lower():
                self.without_retry_after += 1


def percentile(values: list[float], share: float) -> float:
    """In milliseconds; not a number where there is nothing to measure."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class Pool:
    """Connections that are kept and used again."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        reader, writer = self._kept() or await self._connect()
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(content_length(head) or 0)
        except BaseException:
            writer.transport.abort()
            raise
        if b"connection: close" in head.lower():
            writer.close()
        else:
            self._idle.append((reader, writer))
        return int(head.split(b" ", 2)[1]), head, body

    def _kept(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection that the server has not closed for being idle."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._served.host, self._served.port)

    def close(self) -> None:
        for _, writer in self._idle:
            writer.transport.abort()


async def open_loop(served: Served, rate: float, seconds: float, request: bytes = ASK) -> Outcome:
    """`rate` requests a second for `seconds`, each sent when it is due."""
    outcome, pool = Outcome(), Pool(served)
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def one(due: float) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                status, head, _ = await pool.ask(request)
            outcome.count(status, head, loop.time() - due)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            outcome.broken.append(type(error).__name__)

    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = began + number / rate
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            outcome.late_by = max(outcome.late_by, loop.time() - due)
            group.create_task(one(due))
    pool.close()
    return outcome


@dataclass
class Overload:
    """Figures of one overload, in milliseconds and bytes."""

    unloaded_p99: float
    accepted_p50: float
    accepted_p99: float
    refused_p50: float
    refused_p99: float
    statuses: dict[int, int]
    without_retry_after: int
    broken: int
    client_late: float
    recovery_seconds: float
    after_success: float
    rss_before: int
    rss_peak: int
    rss_after: int
    files_before: int
    files_after: int


async def overload(served: Served, capacity: float, times: float, seconds: float) -> Overload:
    """Unloaded, `times` the capacity, then a quarter of it: what each looks like from outside."""
    await open_loop(served, capacity / 4, 1.0)
    calm = await open_loop(served, capacity / 4, max(2.0, seconds / 6))
    before, files = served.rss(), served.files()
    peak = before

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, served.rss())
            await asyncio.sleep(0.1)

    watcher = asyncio.ensure_future(watch())
    flood = await open_loop(served, capacity * times, seconds)
    ended = time.monotonic()
    recovery = float("nan")
    while time.monotonic() - ended < 10:
        probe = await open_loop(served, capacity / 4, 0.5)
        if set(probe.statuses) == {200} and not probe.broken:
            recovery = time.monotonic() - ended
            break
    after = await open_loop(served, capacity / 4, 2.0)
    watcher.cancel()
    return Overload(
        percentile(calm.accepted, 0.99),
        percentile(flood.accepted, 0.5),
        percentile(flood.accepted, 0.99),
        percentile(flood.refused, 0.5),
        percentile(flood.refused, 0.99),
        dict(flood.statuses),
        flood.without_retry_after,
        len(flood.broken),
        flood.late_by * 1000,
        recovery,
        after.statuses[200] / max(1, after.statuses.total() + len(after.broken)),
        before,
        peak,
        served.rss(),
        files,
        served.files(),
    )


@dataclass
class Slow:
    """Figures of a crowd of slow sockets: how long the last one lived (s), and what a normal client saw (ms)."""

    sockets: int
    cut: int
    longest: float
    calm_p99: float
    crowded_p99: float
    crowded_failed: int


async def slow_clients(served: Served, count: int, patience: float, rate: float = 20.0) -> Slow:
    """`count` sockets that send a byte a second, half of them in the head, half in the body; beside a normal client."""
    calm = await open_loop(served, rate, 3.0)
    lives: list[float] = []

    async def trickle(head: bytes) -> None:
        reader, writer = await asyncio.open_connection(served.host, served.port)
        born = time.monotonic()
        writer.write(head)
        gone = asyncio.ensure_future(reader.read(-1))
        try:
            while not gone.done() and time.monotonic() - born < patience:
                writer.write(b"a")
                await asyncio.wait({gone}, timeout=1.0)
            if gone.done():
                lives.append(time.monotonic() - born)
        finally:
            gone.cancel()
            writer.transport.abort()

    heads = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n",
    ]
    crowd = asyncio.gather(*(trickle(heads[number % 2]) for number in range(count)), return_exceptions=True)
    await asyncio.sleep(0.5)
    crowded = await open_loop(served, rate, 3.0)
    failed = [each for each in await crowd if isinstance(each, BaseException)]
    lives += [0.0] * sum(isinstance(each, ConnectionError) for each in failed)
    bad = crowded.statuses.total() - crowded.statuses[200] + len(crowded.broken)
    return Slow(
        count, len(lives), max(lives, default=float("nan")), percentile(calm.accepted, 0.99),
        percentile(crowded.accepted, 0.99), bad,
    )  # fmt: skip


@dataclass
class Rolls:
    """Figures of restarts under load."""

    rolls: int
    whole: int
    unanswered: int
    truncated: int
    exits: dict[int, int]
    longest_exit: float


def terminate_under_load(rolls: int, seed: int = 7) -> Rolls:
    """Start, load, SIGTERM at a random moment; each answer must be whole or not there at all."""
    dice = random.Random(seed)
    total = Rolls(rolls, 0, 0, 0, {}, 0.0)
    for _ in range(rolls):
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0.03, rate={"per_minute": 0}) as served:
            whole, unanswered, truncated = asyncio.run(_until_gone(served, dice.randint(1, 20), dice.uniform(0, 0.05)))
            asked = time.monotonic()
            code = served.process.wait(15)
            total.longest_exit = max(total.longest_exit, time.monotonic() - asked)
            total.exits[code] = total.exits.get(code, 0) + 1
            total.whole += whole
            total.unanswered += unanswered
            total.truncated += truncated
    return total


async def _until_gone(served: Served, answers: int, moment: float) -> tuple[int, int, int]:
    """SIGTERM `moment` seconds after so many answers, under eight clients that ask again and again."""
    whole = unanswered = truncated = 0

    async def client() -> None:
        nonlocal whole, unanswered, truncated
        while True:
            try:
                reader, writer = await asyncio.open_connection(served.host, served.port)
            except OSError:
                return
            try:
                writer.write(ASK.replace(b"Host: x", b"Host: x\r\nConnection: close"))
                got = await reader.read(-1)
            except OSError:
                got = b""
            finally:
                writer.transport.abort()
            head, gap, body = got.partition(b"\r\n\r\n")
            if not got:
                unanswered += 1
            elif not gap or len(body) != content_length(head) or json.loads(body) is None:
                truncated += 1
            else:
                whole += 1

    clients = [asyncio.ensure_future(client()) for _ in range(8)]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(20):
            while whole < answers:
                await asyncio.sleep(0.005)
    await asyncio.sleep(moment)
    served.process.send_signal(signal.SIGTERM)
    await asyncio.wait(clients, timeout=12)
    for each in clients:
        each.cancel()
    return whole, unanswered, truncated


def _verdict(name: str, good: bool, figures: object, judged: bool = True) -> bool:
    if not judged:
        sys.stdout.write(
            f"not judged, the machine is too busy for the client to keep its schedule: {name}: {figures}\n"
        )
        return True
    sys.stdout.write(f"{'ok  ' if good else 'FAIL'} {name}: {figures}\n")
    sys.stdout.flush()
    return good


def main() -> int:
    """The load report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a minute instead of five")
    short = parser.parse_args().short
    good = True
    gate = {"concurrency": 2, "queue": 12}
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder) / "a", 0.03, rate={"per_minute": 0}, gate=gate) as served:
            told = asyncio.run(overload(served, 2 / 0.03, 10, 10 if short else 60))
        bounded = min(10 * told.unloaded_p99, 2000)
        good &= _verdict(
            "overload x10",
            told.accepted_p99 <= bounded and told.refused_p99 < 50 and not told.without_retry_after and not told.broken,
            told,
            told.client_late <= BUSY,
        )
        good &= _verdict("recovery", told.recovery_seconds <= 5 and told.after_success == 1.0, told.recovery_seconds)
        good &= _verdict(
            "memory",
            told.rss_peak <= 1.25 * told.rss_before,
            (told.rss_before, told.rss_peak, told.rss_after),
            told.client_late <= BUSY,
        )
        with serving(Path(folder) / "b", 0.01, rate={"per_minute": 0}) as served:
            slow = asyncio.run(slow_clients(served, 200 if short else 1000, 20.0))
        good &= _verdict(
            "slow sockets", slow.cut == slow.sockets and slow.longest <= 15 and not slow.crowded_failed, slow
        )
        good &= _verdict("beside them", slow.crowded_p99 <= 2 * slow.calm_p99, (slow.calm_p99, slow.crowded_p99))
    rolls = terminate_under_load(5 if short else 50)
    good &= _verdict("SIGTERM", not rolls.truncated and set(rolls.exits) == {0} and rolls.longest_exit <= 10, rolls)
    sys.stdout.write("The client shares this machine's cores with the server.\n")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
