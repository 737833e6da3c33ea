"""The same application under several servers: `python -m tests.api.servers` prints what `docs/decisions/server.md` says.

granian is no dependency of ours: install it first (`pip install granian`), or its row says that it is not there. CPU time
a request is measured rather than requests a second alone: it does not depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar

from api.app import create_app
from api.settings import FeedbackSettings, Logs, Rate, Settings
from tests.api.doubles import SmallService
from tests.api.load import Pool, percentile
from tests.api.serving import ROOT, Served, post, raw, serving

ALIVE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
ASK = post("/v1/ask", b'{"question":"Who must leave, and by when?"}')
SLOW = {
    "head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "body": b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n",
}


def application() -> Litestar:
    """What every server serves: the double, without limits on how often, keeping nothing."""
    settings = Settings(
        rate=Rate(per_minute=0 if "LIMITED" not in os.environ else 1, burst=3),
        feedback=FeedbackSettings(enabled=False),
        logs=Logs(access=False),
    )
    return create_app(settings, SmallService())


@contextlib.contextmanager
def command(folder: Path, *words: str, **environment: str) -> Iterator[Served]:
    """A server started by its own command line; `PORT` in it is a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", *(word.replace("PORT", str(port)) for word in words)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdout=sink,
            stderr=sink,
        )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live"):
                break
            time.sleep(0.1)
        yield Served("127.0.0.1", port, process, log)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


@contextlib.contextmanager
def started(name: str, folder: Path, limited: bool = False) -> Iterator[Served]:
    """One of the servers that are compared."""
    folder.mkdir(parents=True, exist_ok=True)
    where = {"LIMITED": "1"} if limited else {}
    target = "tests.api.servers:application"
    if name == "ours":
        rate = {"per_minute": 1, "burst": 3} if limited else {"per_minute": 0}
        with serving(folder, rate=rate, logs={"access": False}, feedback={"enabled": False}) as served:
            yield served
    elif name == "granian":
        words = ["granian", "--interface", "asgi", "--factory", "--no-ws", "--port", "PORT", target]
        with command(folder, *words, **where) as served:
            yield served
    else:
        words = ["uvicorn", "--factory", "--http", name.partition(" ")[2], "--no-access-log", "--port", "PORT", target]
        with command(folder, *words, **where) as served:
            yield served


def servers() -> list[str]:
    """Those that are installed."""
    named = {"ours": "uvicorn", "uvicorn h11": "h11", "uvicorn httptools": "httptools", "granian": "granian"}
    for name, module in named.items():
        if importlib.util.find_spec(module) is None:
            sys.stdout.write(f"{name}: not measured, {module} is not installed\n")
    return [name for name, module in named.items() if importlib.util.find_spec(module) is not None]


@dataclass(frozen=True)
class Speed:
    """Requests a second, latencies (ms) and CPU time a request (ms) under eight clients that wait for their answers."""

    rate: float
    p50: float
    p99: float
    cpu: float


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_seconds(served: Served) -> float:
    """CPU time of a server's processes so far."""
    ticks = 0
    for pid in family(served.process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def speed(served: Served, request: bytes, seconds: float) -> Speed:
    """What eight clients get."""
    took: list[float] = []

    async def client(until: float) -> None:
        pool = Pool(served)
        while (began := time.perf_counter()) < until:
            await pool.ask(request)
            took.append(time.perf_counter() - began)
        pool.close()

    await client(time.perf_counter() + 0.5)
    took.clear()
    before, began = cpu_seconds(served), time.perf_counter()
    await asyncio.gather(*(client(began + seconds) for _ in range(8)))
    spent, passed = cpu_seconds(served) - before, time.perf_counter() - began
    return Speed(len(took) / passed, percentile(took, 0.5), percentile(took, 0.99), spent / len(took) * 1000)


async def trickle(served: Served, head: bytes, patience: float) -> str:
    """How long a client that sends a byte a second is kept."""
    reader, writer = await asyncio.open_connection(served.host, served.port)
    born = time.monotonic()
    writer.write(head)
    gone = asyncio.ensure_future(reader.read(-1))
    while not gone.done() and time.monotonic() - born < patience:
        with contextlib.suppress(ConnectionError):
            writer.write(b"a")
        await asyncio.wait({gone}, timeout=1.0)
    lived = time.monotonic() - born
    got = gone.result() if gone.done() and gone.exception() is None else b""
    gone.cancel()
    writer.transport.abort()
    return f"kept over {patience:.0f} s" if lived >= patience else f"cut at {lived:.0f} s ({_status(got)})"


def _status(answer: bytes) -> str:
    return answer.split()[1].decode() if answer.startswith(b"HTTP/1.") else "closed"


def manners(name: str, folder: Path, patience: float) -> dict[str, str]:
    """What a server does with those who are slow, large, or pretend to be another."""
    with started(name, folder / "a") as served:

        async def both() -> list[str]:
            return list(await asyncio.gather(*(trickle(served, head, patience) for head in SLOW.values())))

        kept = asyncio.run(both())
        large = raw(served, b"GET /health/live HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 5_000_000 + b"\r\n\r\n")
        served.process.send_signal(signal.SIGTERM)
        ended = served.process.wait(20)
    with started(name, folder / "b", limited=True) as served:
        forged = b"GET /v1/suggest?q=a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.%d\r\n\r\n"
        answers = [_status(raw(served, forged % number)) for number in range(10)]
    return {
        "a head that trickles in": kept[0],
        "a body that trickles in": kept[1],
        "a field of 5 MB": _status(large),
        "status after SIGTERM": str(ended),
        "forged X-Forwarded-For": "believed" if "429" not in answers else "ignored",
    }


def main() -> int:
    """The comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each speed is measured")
    parser.add_argument("--patience", type=float, default=45.0, help="how long a slow client tries; 0: leave this out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in servers():
            if given.patience:
                sys.stdout.write(f"{name}: {manners(name, Path(folder) / name, given.patience)}\n")
            with started(name, Path(folder) / name / "speed") as served:
                for what, request in (("live", ALIVE), ("ask", ASK)):
                    told = asyncio.run(speed(served, request, given.seconds))
                    sys.stdout.write(
                        f"{name}: {what}: {told.rate:.0f} a second, p50 {told.p50:.1f} ms, p99 {told.p99:.1f} ms, "
                        f"{told.cpu:.3f} ms of CPU a request\n"
                    )
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
