"""A small corpus in versions, operations on it, and which state an index is in."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from qa.build import run_build, run_change, run_remove
from qa.store.current import open_current
from qa.store.disk import Disk
from qa.store.verify import verify
from tests.qa.corpora import CountingEncoder, workshop

N_SYMBOLS = 8

State = dict[int, int]
"""Number of the resolution -> version of its text."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change: what is called, and the state that it leads to."""

    name: str
    numbers: tuple[int, ...]
    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]


def freeze(state: State) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(state.items()))


def choose(state: State, rng: random.Random) -> Operation:
    """A change that is possible in `state` and makes a difference."""
    after = dict(state)
    name = rng.choice(["add", "update", "remove", "build"]) if len(state) > 1 else "build"
    absent = [number for number in range(1, N_SYMBOLS + 1) if number not in state]
    if name == "add" and not absent:
        name = "update"
    if name == "add":
        numbers = rng.sample(absent, rng.randint(1, min(2, len(absent))))
    elif name == "build":
        numbers = rng.sample(range(1, N_SYMBOLS + 1), rng.randint(2, N_SYMBOLS))
        after = {}
    else:
        numbers = rng.sample(sorted(state), 1)
    for number in numbers:
        if name == "remove":
            del after[number]
        else:
            after[number] = state.get(number, 0) + 1
    return Operation(name, tuple(numbers), freeze(state), freeze(after))


def write_version(folder: Path, number: int, version: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"A_RES_78_{number}.txt"
    lines = [f"A/RES/78/{number}\n", f"Version {version}\n", f"PP1|Recalling version {version},\n"]
    lines += [f"OP{at}|Requests a report on version {version} of matter {number}.{at};\n" for at in range(1, 4)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def do(operation: Operation, index: Path, scratch: Path, disk: Disk | None = None) -> None:
    """Carry the operation out."""
    shop = workshop(index, CountingEncoder(dim=16), disk=disk or Disk())
    after = dict(operation.after)
    if operation.name == "remove":
        run_remove([f"A/RES/78/{number}" for number in operation.numbers], shop)
        return
    paths = [write_version(scratch, number, after[number]) for number in operation.numbers]
    if operation.name == "build":
        run_build(paths, shop)
    else:
        run_change(paths, shop, replace=operation.name == "update")


def state_of(index: Path) -> tuple[tuple[int, int], ...]:
    """What the index holds, read through the door that the service uses, and checked whole.

    Raises:
        AssertionError: parts of two states, or damage.
    """
    opened = open_current(index)
    with opened.generation as generation:
        state = {}
        for number, symbol in enumerate(generation.symbols):
            resolution = generation.resolution_at(number)
            versions = {int(resolution.title.split()[-1])}
            versions |= {int(text.split("version ")[1].split()[0].strip(",")) for text in _texts(generation, number)}
            assert len(versions) == 1, f"{symbol} is a mixture of versions {versions}"
            state[int(symbol.split("/")[-1])] = versions.pop()
        current = generation.folder.name
    damaged = [one for one in verify(index).findings if current in one.path]
    assert damaged == [], damaged
    return freeze(state)


def _texts(generation: object, number: int) -> list[str]:
    from qa.store.generation import Generation

    assert isinstance(generation, Generation)
    rows = generation.columns.rows_of_resolution(number).tolist()
    assert rows
    return [generation.passage(row).text for row in rows]


def litter(index: Path) -> list[str]:
    """Names that no finished run leaves behind."""
    allowed = {"CURRENT", "LOCK"}
    return [
        path.name
        for path in index.iterdir()
        if path.name not in allowed and not (path.name.startswith("gen-") and path.suffix == "")
    ]
