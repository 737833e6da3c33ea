"""kill -9 at random moments of build, add, update and remove, and what the index holds afterwards.

python -m tests.torture.kills FOLDER TRIALS SEED [MUTANT]   prints one line of JSON
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from qa.errors import QAError
from tests.torture.forks import kill_after, run_in_child, start_child
from tests.torture.mutants import MUTANTS
from tests.torture.states import State, choose, do, litter, state_of


def main(folder: Path, trials: int, seed: int, mutant: str | None) -> dict[str, int]:
    """Every trial begins one operation on the same index and kills it at a random moment of its usual time."""
    rng = random.Random(seed)
    counts = dict.fromkeys(["trials", "killed", "acknowledged", "unreadable", "mixed", "lost", "litter"], 0)
    index, scratch = folder / "index", folder / "scratch"
    make: Callable[[], None] = MUTANTS[mutant] if mutant else lambda: None
    state: State = {}
    usual = _first(index, scratch, state, rng, make)
    for _ in range(trials):
        operation = choose(state, rng)
        ready, done = os.pipe()

        def work(done: int = done, operation: object = operation) -> None:
            make()
            do(operation, index, scratch)  # type: ignore[arg-type]
            os.write(done, b"!")

        pid = start_child(work)
        killed = kill_after(pid, rng.random() * 2 * usual)
        usual *= 1.05 if killed else 0.95  # so that about half die, however busy the machine is
        os.close(done)
        acknowledged = os.read(ready, 1) == b"!"
        os.close(ready)
        counts["trials"] += 1
        counts["killed"] += killed
        counts["acknowledged"] += acknowledged
        verdict, found = _judge(index, operation.before, operation.after, acknowledged)
        counts[verdict] = counts.get(verdict, 0) + 1
        if verdict in {"unreadable", "mixed"}:
            if mutant:
                return counts  # found out; nothing sensible can follow
            found = operation.before
        state = dict(found)
    operation = choose(state, rng)
    if not mutant:
        assert run_in_child(lambda: do(operation, index, scratch)) == 0
        counts["litter"] = len(litter(index))
    return counts


def _first(index: Path, scratch: Path, state: State, rng: random.Random, make: Callable[[], None]) -> float:
    """Builds the first state; gives how long an operation takes here."""
    times = []
    for _ in range(4):
        operation = choose(state, rng)
        start = time.monotonic()

        def work(operation: object = operation) -> None:
            make()
            do(operation, index, scratch)  # type: ignore[arg-type]

        assert run_in_child(work) == 0
        times.append(time.monotonic() - start)
        state.clear()
        state.update(dict(operation.after))
    return statistics.median(times)


def _judge(index: Path, before: object, after: object, acknowledged: bool) -> tuple[str, tuple[tuple[int, int], ...]]:
    try:
        found = state_of(index)
    except AssertionError as error:
        print(error, file=sys.stderr)
        return "mixed", ()
    except (QAError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return "unreadable", ()
    if acknowledged:
        return ("new" if found == after else "lost"), found
    if found not in (before, after):
        return "mixed", found
    return ("new" if found == after else "old"), found


if __name__ == "__main__":
    result = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
    print(json.dumps(result))
