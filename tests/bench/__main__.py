"""Ours beside the others, in one run: `make bench`, or `python -m tests.bench --peers PYTHON [--quick] [--fresh]`.

Every step (an index built, one system under load in one round, one size of the growth) is kept in a file as soon as it
is done, and a run that was stopped goes on from there. Figures of another state of the code are never taken over.
A step that fails is reported in its place, and the rest goes on; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.corpus import prepare
from tests.bench.machine import ROOT, code_digest, floors, foreign_load, processor, resident, versions
from tests.bench.page import write_page
from tests.bench.systems import (
    SYSTEMS,
    FailedError,
    Place,
    System,
    ask_once,
    requests_of,
    rows_of,
    run,
    run_build,
    serving,
)

CLIENTS = (1, 8, 64)
Result = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """How much is measured. `paragraphs` go into every index, `real` vectors begin the growth."""

    name: str
    paragraphs: int
    real: int
    rounds: int
    seconds: float
    sizes: tuple[int, ...]
    limit: float  # seconds that one building may take
    minutes: float  # after so many no further round and no larger size is begun


FULL = Plan("full", 2000, 10_000, 3, 3.0, (1_000, 10_000, 100_000, 1_000_000), 240.0, 10.0)
QUICK = Plan("quick", 300, 1_000, 2, 1.0, (1_000, 10_000), 240.0, 2.5)


class Ledger:
    """What has been measured, one file a step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, measure: Callable[[], Result]) -> Result:
        """The kept result of a step, or a new one; a failed step is tried again in the next run."""
        path = self.folder / f"{name}.json"
        if path.exists():
            kept: Result = json.loads(path.read_text(encoding="utf-8"))
            return kept
        others = foreign_load()
        begun = time.perf_counter()
        try:
            found = measure() | {"others": others, "at": time.strftime("%Y-%m-%d %H:%M", time.gmtime())}
        except (FailedError, OSError, ValueError, KeyError) as error:
            self.failed += 1
            _say(f"{name}: FAILED: {type(error).__name__}: {error}")
            return {"error": f"{type(error).__name__}: {error}"}
        path.write_text(json.dumps(found), encoding="utf-8")
        _say(f"{name}: {time.perf_counter() - begun:.0f} s")
        return found


def main(arguments: list[str] | None = None) -> int:
    """Measure what is missing, then write the page."""
    given = _parser().parse_args(arguments)
    plan = QUICK if given.quick else FULL
    work: Path = given.work.resolve() / plan.name
    ledger = Ledger(work / f"results-{code_digest()}")
    if given.fresh:
        shutil.rmtree(ledger.folder)
        ledger = Ledger(ledger.folder)
    chosen = [one for one in SYSTEMS if not given.only or one.name in given.only]
    place = Place(work, given.peers.absolute())
    begun = time.perf_counter()
    _say(f"{plan.name} run in {work}; {given.docs} is written at the end")
    questions = prepare(work, given.data, plan.paragraphs, plan.real)
    results = _measure(ledger, plan, place, chosen, questions)
    about = {"processor": processor(), "versions": versions(), "plan": plan.__dict__, "questions": len(questions)}
    about |= {"peers": _peer_versions(place), "minutes": (time.perf_counter() - begun) / 60}
    (work / "results.json").write_text(json.dumps(results | {"about": about}, indent=1), encoding="utf-8")
    sys.stdout.write(write_page(results | {"about": about}, given.docs) + "\n")
    _say(f"{given.docs} written; {about['minutes']:.1f} minutes, {ledger.failed} step(s) failed")
    return 1 if ledger.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data: text/ and questions/")
    parser.add_argument("--peers", type=Path, required=True, help="Python of the environment made of bench.lock")
    parser.add_argument("--work", type=Path, default=ROOT / ".make" / "bench")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="three minutes; figures for a look, not to publish")
    parser.add_argument("--fresh", action="store_true", help="measure all anew")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in SYSTEMS], help="these systems alone")
    return parser


def _measure(ledger: Ledger, plan: Plan, place: Place, chosen: list[System], questions: list[str]) -> Result:
    ends = time.monotonic() + 60 * plan.minutes
    results: Result = {"builds": {}, "rounds": [], "growth": []}
    results["tokens"] = json.loads((place.work / "tokens.json").read_text(encoding="utf-8"))
    results["floors"] = ledger.take("floors", floors)
    for system in chosen:
        results["builds"][system.name] = ledger.take(
            f"build-{system.name}", lambda one=system: run_build(place, one, plan.limit)
        )
    for number in range(plan.rounds):
        if number and time.monotonic() > ends:
            _say(f"only {number} of {plan.rounds} rounds, for the time is up: run it again to go on")
            break
        results["rounds"].append(_round(ledger, plan, place, chosen, questions, number, results["builds"]))
        if number == 0:
            results["growth"] = [ledger.take(f"growth-{n}", lambda size=n: _growth(place, size)) for n in plan.sizes]
    return results


def _round(
    ledger: Ledger, plan: Plan, place: Place, chosen: list[System], questions: list[str], number: int, builds: Result
) -> Result:
    """Every system once, in turns, so that a change of the machine's speed meets all; each round begins with another."""
    turn = chosen[number % len(chosen) :] + chosen[: number % len(chosen)]
    return {
        one.name: ledger.take(f"round-{number}-{one.name}", lambda one=one: _load(place, one, questions, plan.seconds))
        for one in turn
        if "error" not in builds[one.name]
    }


def _load(place: Place, system: System, questions: list[str], seconds: float) -> Result:
    """Start a system, put it under load of each kind, stop it."""
    requests = place.work / f"requests-{system.name}.json"
    requests.write_text(json.dumps(requests_of(system, questions)), encoding="utf-8")
    with serving(place, system, questions[0]) as server:
        found: Result = {"start": server.start, "memory": server.memory}
        if not system.full:
            found["rows"] = [rows_of(system, ask_once(server.port, one)) for one in requests_of(system, questions[:20])]
        generator = [sys.executable, "-m", "tests.bench.load", str(server.port)]
        run([*generator, "4", "0.5", str(requests)], 120)  # what a library does at its first questions is no figure
        for clients in CLIENTS:
            said = run([*generator, str(clients), str(seconds), str(requests)], seconds + 120)
            found[str(clients)] = json.loads(said)
        found["loaded"] = resident(server.pid)
    return found


def _growth(place: Place, n: int) -> Result:
    found: Result = json.loads(run([sys.executable, "-m", "tests.bench.growth", str(place.work), str(n)], 400))
    return found


def _peer_versions(place: Place) -> str:
    names = "('txtai', 'chromadb', 'haystack-ai', 'sentence-transformers', 'transformers', 'torch', 'faiss-cpu')"
    code = f"from importlib.metadata import version as v; print(', '.join(f'{{n}} {{v(n)}}' for n in {names}))"
    try:
        return run([str(place.python), "-c", code], 60).strip()
    except (FailedError, OSError) as error:
        return f"not known ({error})"


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
