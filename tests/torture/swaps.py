"""Generations changed under a running server that is asked steadily: what its clients see, and what it keeps.

python -m tests.torture.swaps FOLDER SWAPS            publishes a made-up corpus again and again, changed throughout
python -m tests.torture.swaps FOLDER SWAPS INDEX      goes to and fro between the two newest generations of INDEX

Each prints one line of JSON. Only the second says anything about times: there nothing but the swap itself runs beside
the server, and the client, which shares this machine's cores.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.build import run_build
from qa.store.current import list_generations
from qa.store.disk import Disk
from qa.store.generation import Generation
from qa.store.probe import probe
from qa.store.publish import set_current
from tests.api.load import Pool, percentile
from tests.api.serving import ROOT, Served, post
from tests.qa.corpora import workshop
from tests.torture.states import write_version

READY = b"GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n"
RATE = 10.0  # requests a second: what a busy machine of two cores still answers
PATIENCE = 60.0
N_RESOLUTIONS = 6
WARM = 5  # swaps before memory is first looked at: two generations are open during each


@dataclass
class Seen:
    """One answer as the client saw it; seconds on the monotonic clock."""

    sent: float
    took: float
    status: int
    generation: str = ""
    versions: set[str] = field(default_factory=set)


SETTINGS = """
[rate]
per_minute = 0

[gate]
queue = 1000
deadline_seconds = 60

[feedback]
enabled = false
"""  # a machine too busy for the load makes the answers late here, not refused: what is looked for is the swap's doing

Swap = Callable[[int], str]
"""Makes another generation the current one; gives its id."""
Versions = Callable[[dict[str, Any]], set[str]]
"""Which states of the corpus an answer quotes."""


@contextlib.contextmanager
def served(index: Path, folder: Path) -> Iterator[Served]:
    """`python -m api`, what `qa serve` becomes, over `index`."""
    folder.mkdir(parents=True, exist_ok=True)
    config, log = folder / "settings.toml", folder / "server.log"
    config.write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "api", "--index", str(index), "--port", "0", "--config", str(config)]
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, stderr=sink, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        until = time.monotonic() + 60
        while b"Ask at " not in (told := log.read_bytes()):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not start: {told.decode()[-2000:]}")
            time.sleep(0.05)
        host, _, port = told.split(b"Ask at http://")[1].split(b" ")[0].decode().rstrip("/").partition(":")
        yield Served(host, int(port), process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


async def ask_steadily(server: Served, requests: list[bytes], versions: Versions, stop: asyncio.Event) -> list[Seen]:
    """Open loop: a request every 1 / RATE seconds, whether or not the last was answered."""
    pool, seen, began = Pool(server), [], time.monotonic()

    async def one(due: float, request: bytes) -> None:
        answer = Seen(due, 0.0, 0)
        seen.append(answer)
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(PATIENCE):
                answer.status, _, body = await pool.ask(request)
            if answer.status == 200:
                told = json.loads(body)
                answer.generation, answer.versions = told["generation"], versions(told)
        answer.took = time.monotonic() - due

    async with asyncio.TaskGroup() as group:
        number = 0
        while not stop.is_set():
            due = began + number / RATE
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            group.create_task(one(due, requests[number % len(requests)]))
            number += 1
    pool.close()
    return seen


async def run(
    server: Served, index: Path, n: int, requests: list[bytes], swap: Swap, versions: Versions, first: str
) -> dict[str, object]:
    """`n` swaps under steady load, each waited for; what was seen."""
    stop, marks = asyncio.Event(), {first: 0.0}
    client = asyncio.create_task(ask_steadily(server, requests, versions, stop))
    await asyncio.sleep(min(5, n))
    taken_up: list[float] = []
    rss = files = 0
    for number in range(1, n + 1):
        marks[wanted := await asyncio.to_thread(swap, number)] = time.monotonic()
        await _until(server, wanted)
        taken_up.append(time.monotonic())
        if number == min(WARM, n):
            rss, files = server.rss(), server.files()
    await asyncio.sleep(2)
    stop.set()
    seen = await client
    pool = Pool(server)
    _, _, state = await pool.ask(READY)
    pool.close()
    await asyncio.sleep(1)  # so that the server has let go of the connections too
    slow = _usual_opening(list_generations(index)[0])
    return count(seen, taken_up, slow) | {
        "opening_ms": round(1000 * slow),
        "rss_mb": [rss >> 20, server.rss() >> 20],
        "files": [files, server.files()],
        "old_maps": _old_maps(server, index),
        "degraded": json.loads(state)["status"] != "ok",
    }


async def _until(server: Served, wanted: str) -> None:
    """Wait until the server says that it serves `wanted`."""
    pool, until = Pool(server), time.monotonic() + PATIENCE
    try:
        while wanted.encode() not in (await pool.ask(READY))[2]:
            if time.monotonic() > until:
                raise RuntimeError(f"{wanted} was not taken up: {server.log.read_text()[-2000:]}")
            await asyncio.sleep(0.05)
    finally:
        pool.close()


def _usual_opening(folder: Path) -> float:
    """Seconds that checking, opening and probing a generation takes here."""
    began = time.monotonic()
    with Generation(folder) as generation:
        probe(generation)
    return time.monotonic() - began


def count(seen: list[Seen], taken_up: list[float], slow: float) -> dict[str, object]:
    """Failures and mixtures; and times of requests that met an opening or a swap, beside the others."""
    spans = [(at - 1.5 * slow - 0.1, at + 0.1) for at in taken_up]
    met = [one for one in seen if any(one.sent < end and one.sent + one.took > start for start, end in spans)]
    calm = [one.took for one in seen if one not in met]
    state_of: dict[str, set[str]] = {}
    for one in seen:
        if one.versions:
            state_of.setdefault(one.generation, set()).update(one.versions)
    return {
        "swaps": len(taken_up),
        "requests": len(seen),
        "failed": sum(one.status != 200 for one in seen),
        "mixed": sum(len(one.versions) > 1 for one in seen) + sum(len(states) > 1 for states in state_of.values()),
        "generations_seen": len({one.generation for one in seen if one.generation}),
        "during": len(met),
        "p99_quiet_ms": round(percentile(calm, 0.99), 1),
        "p99_during_ms": round(percentile([one.took for one in met], 0.99), 1),
        "p50_quiet_ms": round(percentile(calm, 0.5), 1),
        "p50_during_ms": round(percentile([one.took for one in met], 0.5), 1),
    }


def _old_maps(server: Served, index: Path) -> int:
    """Files of generations that are no longer served and still mapped by the server."""
    served_now = (index / "CURRENT").read_text().strip()
    lines = Path(f"/proc/{server.process.pid}/maps").read_text().splitlines()
    return sum(str(index) in line and served_now not in line for line in lines)


def _asking(*questions: str) -> list[bytes]:
    return [post("/v1/search", json.dumps({"question": one, "k": 10}).encode()) for one in questions]


def published(folder: Path, n: int) -> dict[str, object]:
    """Every resolution changes with every generation, so that any answer made of two shows it."""
    index, encoder = folder / "index", load_encoder(load_catalogue().get("hashing"))

    def swap(number: int) -> str:
        paths = [write_version(folder / "corpus", one, number) for one in range(1, N_RESOLUTIONS + 1)]
        return run_build(paths, workshop(index, encoder)).generation  # type: ignore[arg-type]

    def versions(answer: dict[str, Any]) -> set[str]:
        texts = (f"{one['title'].lower()} {one['text']}" for one in answer["citations"])
        return {found for text in texts for found in re.findall(r"version (\d+)", text)}

    first = swap(0)
    with served(index, folder / "server") as server:
        questions = _asking("a report on matter 3.2", "who recalls a version?", "Secretary-General")
        return asyncio.run(run(server, index, n, questions, swap, versions, first))


def to_and_fro(folder: Path, n: int, index: Path) -> dict[str, object]:
    """Between the two newest generations of an index: no builder works beside the server."""
    names = [one.name for one in list_generations(index)[:2]]
    assert len(names) == 2, f"{index} holds one generation only: add something to it first"

    def swap(number: int) -> str:
        name = names[number % 2]
        set_current(index, name, Disk())
        return name.removeprefix("gen-")

    first = swap(0)
    with served(index, folder / "server") as server:
        questions = _asking(
            "Who must pull their troops out of Moldova, and by when?",
            "What is to be done about landmines left in the ground?",
            "Which countries were asked to share water from rivers fairly?",
            "How should the money for peacekeepers be raised?",
        )
        return asyncio.run(run(server, index, n, questions, swap, lambda _: set(), first))


if __name__ == "__main__":
    place, times, *given = sys.argv[1:]
    work = to_and_fro if given else published
    print(json.dumps(work(Path(place), int(times), *map(Path, given))))
