"""Which generation of an index folder is to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qa.store.errors import DamagedError, NoIndexError, NotAFolderError, SchemaError
from qa.store.generation import Generation

CURRENT_NAME = "CURRENT"
_GENERATION = re.compile(r"gen-(\d{6,12})-[0-9a-f]{8}")
_TRIES = 5  # a generation may be replaced and removed between reading its name and locking it


@dataclass(frozen=True, slots=True)
class Opened:
    """An open generation, and what was wrong on the way to it (None where nothing was)."""

    generation: Generation
    note: str | None = None


def sequence_of(name: str) -> int | None:
    """The number in a generation folder's name; None where it is no such name."""
    match = _GENERATION.fullmatch(name)
    return int(match.group(1)) if match else None


def check_folder(index: Path) -> None:
    """Refuse a place for an index that is a file, or lies below one.

    Raises:
        NotAFolderError: it is.
    """
    there = next((one for one in (index, *index.parents) if one.exists()), index)
    if there.exists() and not there.is_dir():
        raise NotAFolderError(index, there)


def list_generations(index: Path) -> list[Path]:
    """The generation folders of `index`, newest first."""
    try:
        found = [path for path in index.iterdir() if sequence_of(path.name) is not None and path.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda path: (sequence_of(path.name), path.name), reverse=True)


def read_current(index: Path) -> str | None:
    """The folder name that `CURRENT` holds; None where it is missing or holds no such name."""
    try:
        raw = (index / CURRENT_NAME).read_bytes()[:200]
    except OSError:
        return None
    name = raw.decode("ascii", errors="replace").removesuffix("\n")
    return name if sequence_of(name) is not None else None


def open_current(index: Path) -> Opened:
    """Open the generation that `CURRENT` names, or the newest valid one where `CURRENT` is of no use.

    A generation that `CURRENT` names and that is damaged is never passed over in silence for an older one.

    Raises:
        NotAFolderError: a file lies there. NoIndexError: nothing to open; it says why each generation was refused.
        DamagedError, SchemaError: the current generation is not usable.
    """
    for _ in range(_TRIES):
        name = read_current(index)
        if name is None or not (index / name).is_dir():
            break
        try:
            return Opened(Generation(index / name))
        except NoIndexError:
            continue  # replaced and removed in between: read CURRENT again
    return _open_newest(index)


def _open_newest(index: Path) -> Opened:
    refused: list[str] = []
    for folder in list_generations(index):
        try:
            generation = Generation(folder)
        except (DamagedError, SchemaError, NoIndexError) as error:
            refused.append(str(error))
            continue
        return Opened(
            generation, f"{index / CURRENT_NAME} names no generation; serving the newest valid one, {folder.name}"
        )
    check_folder(index)
    why = "no such folder" if not index.is_dir() else "no index there"
    raise NoIndexError(index, why, tuple(refused))
