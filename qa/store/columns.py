"""What passages can be filtered by: one number a passage and field, and the words that the numbers stand for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from qa.arrays import array_chunks
from qa.store.errors import DamagedError

Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]

PLAIN = ("resolution", "paragraph", "window", "adopted", "year", "organ", "session", "kind")
_ARRAYS = (*PLAIN, "verb_starts", "verbs")


ListedParagraph = tuple[str, str, tuple[str, ...]]
"""Label, kind, verbs of its acts."""


class Stretch(NamedTuple):
    """The first and the last of some years in which texts were adopted, and how many were."""

    first: int
    last: int
    n: int


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One resolution as lists, filters and neighbours need it, without opening its record.

    Tuples of strings, so that the garbage collector need not walk through hundreds of thousands of them while serving.
    """

    symbol: str
    title: str
    organ: str
    session: str | None
    adopted: str | None
    year: int | None
    paragraphs: tuple[ListedParagraph, ...]
    windows: tuple[int, ...]  # passages a paragraph, beside `paragraphs`
    sha256: str
    text_sha256: str
    name: str
    format: str
    parser: str

    @property
    def n_passages(self) -> int:
        """How many passages it was cut into."""
        return sum(self.windows)


class Sharing:
    """Makes one object of the paragraphs that are listed alike: most are, and each takes 300 bytes."""

    def __init__(self) -> None:
        self._known: dict[ListedParagraph, ListedParagraph] = {}

    def share(self, one: Listed) -> Listed:
        """The same, made of what has been met before as far as that goes."""
        paragraphs = tuple([self._known.setdefault(paragraph, paragraph) for paragraph in one.paragraphs])
        return msgspec.structs.replace(one, paragraphs=paragraphs)


def read_listed(raw: bytes) -> tuple[Listed, ...]:
    """What a file of JSON lists, one by one: a single call would hold up all other threads until it had ended."""
    decoder, sharing = msgspec.json.Decoder(Listed), Sharing()
    return tuple(sharing.share(decoder.decode(one)) for one in msgspec.json.decode(raw, type=list[msgspec.Raw]))


@dataclass(frozen=True, slots=True)
class Columns:
    """Arrays over passage rows, which lie in the order of resolutions and, within one, of paragraphs and windows.

    `resolution` counts in the generation's list of resolutions, `paragraph` in that resolution's paragraphs. `adopted`
    is yyyymmdd (yyyy0000 where only the year is known, 0 where nothing is) and `year` the year of adoption (of the session
    where the day is not known), 0 where unknown; `session` is -1 where there is none. The verbs of row `r` are
    `verbs[verb_starts[r]:verb_starts[r + 1]]`. Codes index the tuples of words.
    """

    resolution: Ints
    paragraph: Ints
    window: Ints
    adopted: Ints
    year: Ints
    organ: Ints
    session: Ints
    kind: Ints
    verb_starts: Rows
    verbs: Ints
    organs: tuple[str, ...]
    sessions: tuple[str, ...]
    kinds: tuple[str, ...]
    verb_names: tuple[str, ...]

    @classmethod
    def of(cls, listed: Sequence[Listed]) -> Columns:
        """The columns of the passages of `listed`, in order: a function of `listed` alone."""
        organs, organ_of = _numbered(one.organ for one in listed)
        sessions, session_of = _numbered(one.session for one in listed if one.session is not None)
        kinds, kind_of = _numbered(kind for one in listed for _, kind, _ in one.paragraphs)
        verbs, verb_of = _numbered(verb for one in listed for _, _, verbs in one.paragraphs for verb in verbs)
        whole, parts, verb_codes = (
            array("i"),
            array("i"),
            array("i"),
        )  # by resolution, by paragraph, by paragraph and verb
        for number, one in enumerate(listed):
            day = int(one.adopted.replace("-", "")) if one.adopted else (one.year or 0) * 10_000
            session = -1 if one.session is None else session_of[one.session]
            whole.extend((day, one.year or 0, organ_of[one.organ], session))
            for at, ((_, kind, names), n_windows) in enumerate(zip(one.paragraphs, one.windows, strict=True)):
                codes = sorted({verb_of[name] for name in names})
                parts.extend((number, at, kind_of[kind], n_windows, len(codes)))
                verb_codes.extend(codes)
        by_part = _table(parts, 5)
        part = np.repeat(np.arange(len(by_part)), by_part[:, 3])  # the paragraph of every row, counted through
        resolution, paragraph, kind_code = (by_part[part, column] for column in range(3))
        adopted, year, organ, session_code = _table(whole, 4)[resolution].T
        sizes = by_part[:, 4].astype(np.int64)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes[part])])
        first = np.cumsum(sizes) - sizes  # of a paragraph's verbs in `verb_codes`
        place = np.arange(starts[-1]) - np.repeat(starts[:-1] - first[part], sizes[part])
        return cls(
            resolution=resolution,
            paragraph=paragraph,
            window=_counted(by_part[:, 3]),
            adopted=np.ascontiguousarray(adopted),
            year=np.ascontiguousarray(year),
            organ=np.ascontiguousarray(organ),
            session=np.ascontiguousarray(session_code),
            kind=kind_code,
            verb_starts=starts,
            verbs=_table(verb_codes, 1)[place, 0],
            organs=organs,
            sessions=sessions,
            kinds=kinds,
            verb_names=verbs,
        )

    @property
    def n(self) -> int:
        """How many passages there are."""
        return len(self.resolution)

    def rows_of_resolution(self, number: int) -> Rows:
        """The rows of one resolution's passages, ascending; rows lie in the order of resolutions."""
        return np.arange(*self.bounds_of(number), dtype=np.int64)

    def bounds_of(self, number: int) -> tuple[int, int]:
        """The first of these rows, and the one after the last."""
        wanted = np.array([number, number + 1], dtype=self.resolution.dtype)  # of another type it would be converted
        start, end = np.searchsorted(self.resolution, wanted)
        return int(start), int(end)

    def rows_with_verb(self, number: int) -> Rows:
        """The rows whose paragraph does what verb `number` (in `verb_names`) says."""
        at = np.flatnonzero(self.verbs == number)
        rows: Rows = np.searchsorted(self.verb_starts, at, side="right").astype(np.int64) - 1
        return rows

    def to_files(self) -> dict[str, list[bytes | memoryview]]:
        """The columns as file names and contents, in a fixed order."""
        words = [self.organs, self.sessions, self.kinds, self.verb_names]
        files: dict[str, list[bytes | memoryview]] = {"words.json": [msgspec.json.encode(words)]}
        files |= {f"{name}.npy": array_chunks(getattr(self, name)) for name in _ARRAYS}
        return files

    @classmethod
    def open(cls, folder: Path) -> Columns:
        """Open what `to_files` gave."""
        raw = (folder / "words.json").read_bytes()
        organs, sessions, kinds, verbs = msgspec.json.decode(
            raw, type=tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
        )
        arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
        if len({len(arrays[name]) for name in PLAIN} | {len(arrays["verb_starts"]) - 1}) != 1:
            raise DamagedError(folder, "columns of different lengths")
        return cls(**arrays, organs=organs, sessions=sessions, kinds=kinds, verb_names=verbs)


def _numbered(words: Iterable[str]) -> tuple[tuple[str, ...], dict[str, int]]:
    ordered = tuple(sorted(set(words)))
    return ordered, {word: number for number, word in enumerate(ordered)}


def _table(numbers: array[int], width: int) -> Ints:
    return np.frombuffer(numbers, dtype=np.intc).astype(np.int32).reshape(-1, width)


def _counted(sizes: Ints) -> Ints:
    """0, 1, 2 ... for each size, one run after another."""
    ends = np.cumsum(sizes, dtype=np.int64)
    counted: Ints = (np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)).astype(np.int32)
    return counted
