"""Death before and after every named step of publishing, and what the index holds afterwards.

python -m tests.torture.failpoints FOLDER ROUNDS [OPERATION]   prints one line of JSON
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from qa.errors import QAError
from qa.store.disk import Disk
from tests.torture.forks import run_in_child
from tests.torture.states import Operation, do, litter, state_of

DIED = 137
_SETS = (
    Operation("build", (1, 2, 3), (), ((1, 1), (2, 1), (3, 1))),
    Operation("add", (4,), ((1, 1), (2, 1), (3, 1)), ((1, 1), (2, 1), (3, 1), (4, 1))),
    Operation("update", (2,), ((1, 1), (2, 1), (3, 1), (4, 1)), ((1, 1), (2, 2), (3, 1), (4, 1))),
    Operation("remove", (1,), ((1, 1), (2, 2), (3, 1), (4, 1)), ((2, 2), (3, 1), (4, 1))),
)


def steps_of(operation: Operation, index: Path, scratch: Path) -> list[str]:
    """The names of all steps that `operation` takes, in order."""
    read, write = os.pipe()

    def work() -> None:
        names: list[str] = []
        do(operation, index, scratch, Disk(names.append))
        with os.fdopen(write, "w") as out:
            json.dump(names, out)

    assert run_in_child(work) == 0
    os.close(write)
    with os.fdopen(read) as source:
        found: list[str] = json.load(source)
    return found


def die_at(operation: Operation, index: Path, scratch: Path, at: int) -> int:
    """Carry `operation` out and die at its `at`th step."""

    def work() -> None:
        left = [at]

        def hook(name: str) -> None:
            if left[0] == 0:
                os._exit(DIED)
            left[0] -= 1

        do(operation, index, scratch, Disk(hook))

    return run_in_child(work)


def main(folder: Path, rounds: int, only: str | None) -> dict[str, int]:
    every = 1 if rounds > 1 else 4  # in the short form not every death is followed by a recovery
    counts = dict.fromkeys(["steps", "deaths", "old", "new", "unreadable", "mixed", "litter", "not repeated"], 0)
    for number, operation in enumerate(_SETS):
        if only not in {None, operation.name}:
            continue
        base, trial, scratch = folder / f"base-{number}", folder / "trial", folder / "scratch"
        shutil.rmtree(base, ignore_errors=True)
        for earlier in _SETS[:number]:
            assert run_in_child(partial(do, earlier, base, scratch)) == 0
        _copy(base, trial)
        steps = steps_of(operation, trial, scratch)
        for at in [*range(len(steps))] * rounds:
            _copy(base, trial)
            assert die_at(operation, trial, scratch, at) == DIED
            counts["deaths"] += 1
            counts[_verdict(operation, trial)] += 1
            if at % every:
                continue
            run_in_child(partial(do, operation, trial, scratch))  # to remove again is refused, rightly
            counts["not repeated"] += state_of(trial) != operation.after
            left = litter(trial)
            counts["litter"] += len(left)
            if left:
                print(operation.name, steps[at], left, file=sys.stderr)
        counts["steps"] += len(steps)
    return counts


def _verdict(operation: Operation, index: Path) -> str:
    if not operation.before and not (index / "CURRENT").exists() and not list(index.glob("gen-*-*")):
        return "old"
    try:
        found = state_of(index)
    except AssertionError:
        return "mixed"
    except (QAError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return "unreadable"
    return "new" if found == operation.after else "old" if found == operation.before else "mixed"


def _copy(base: Path, trial: Path) -> None:
    shutil.rmtree(trial, ignore_errors=True)
    if base.exists():
        shutil.copytree(base, trial)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)))
