"""Paths -> sources -> resolutions, each checked; what could not be taken is reported, never hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import QAError
from qa.progress import Progress, quiet
from qa.records import Resolution, SourceText
from qa.scratch import Scratch
from qa.store.codec import RecordCodec
from qa.store.errors import DiskError
from qa.store.spool import Spool
from qa.verbatim import check_resolution

_REISSUED = re.compile(r"^[^\w\n]*+Re-?issued (?:for|as|on|in|with)\b", re.MULTILINE)
_FORMAT_RANK = {"xml": 6, "akn": 6, "html": 5, "docx": 4, "jsonl": 3, "json": 3, "text": 2, "txt": 2, "pdf": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """The two steps before cutting, as functions; `parser` is the version that `parse` writes into its records."""

    read: Callable[[Path], Iterable[SourceText]]
    parse: Callable[[SourceText], Resolution]
    parser: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that brought no resolution, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Folded:
    """One resolution that came from two sources: the one kept, the one left, and why."""

    symbol: str
    kept: str
    left: str
    why: str


class Readings(Mapping[str, Resolution]):
    """The best reading of each resolution by its canonical symbol, kept on disk: memory holds where each lies."""

    def __init__(self, scratch: Scratch) -> None:
        """None yet; `scratch` is where they will lie."""
        self._blobs = Spool(scratch)
        self._codec = RecordCodec()
        self._place: dict[str, int] = {}

    def put(self, resolution: Resolution) -> None:
        """Keep a reading, in the place of the one that was there."""
        place = self._blobs.append(self._codec.encode_resolution(resolution))
        self._blobs.append(resolution.source.text.encode("utf-8"))
        self._place[str(resolution.symbol)] = place

    def raw(self, symbol: str) -> tuple[bytes, bytes]:
        """The encoded record and the source text, as they will be stored."""
        place = self._place[symbol]
        return self._blobs[place], self._blobs[place + 1]

    def __getitem__(self, symbol: str) -> Resolution:
        record, text = self.raw(symbol)
        return self._codec.decode_resolution(record, text.decode("utf-8"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


@dataclass(slots=True)
class Collected:
    """What a set of paths brought."""

    resolutions: Readings
    refused: list[Refused] = field(default_factory=list)
    folded: list[Folded] = field(default_factory=list)
    n_sources: int = 0

    def take(self, resolution: Resolution) -> None:
        """Add one resolution, or fold it with the one of the same symbol."""
        symbol = str(resolution.symbol)
        other = self.resolutions.get(symbol)
        if other is None:
            self.resolutions.put(resolution)
            return
        kept, left, why = better(other, resolution)
        if kept is resolution:
            self.resolutions.put(resolution)
        self.folded.append(Folded(symbol, kept.source.name, left.source.name, why))


def better(one: Resolution, other: Resolution) -> tuple[Resolution, Resolution, str]:
    """Of two readings of one resolution the better, the other, and why. Order of the arguments does not matter.

    A corrected re-issue beats what it corrects; then a structured form page text; then more paragraphs, then more text;
    then the name that sorts first.
    """
    if one.source.text_sha256 == other.source.text_sha256:
        first, second = sorted((one, other), key=lambda it: it.source.name)
        return first, second, "the same text"
    reasons: tuple[tuple[str, Callable[[Resolution], int]], ...] = (
        ("it is a corrected re-issue", lambda it: _REISSUED.search(it.source.text) is not None),
        ("its form is more exact", lambda it: _FORMAT_RANK.get(it.source.format, 0)),
        ("more paragraphs were read from it", lambda it: len(it.paragraphs)),
        ("it has more text", lambda it: sum(len(paragraph.text) for paragraph in it.paragraphs)),
    )
    for why, measure in reasons:
        if measure(one) != measure(other):
            first, second = (one, other) if measure(one) > measure(other) else (other, one)
            return first, second, why
    first, second = sorted((one, other), key=lambda it: (it.source.name, it.source.text_sha256))
    return first, second, "its name comes first"


def list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that `paths` name: folders with all that is below them, sorted, hidden ones left out."""
    for path in paths:
        if path.is_dir():
            below = (
                one for one in path.rglob("*") if not any(part.startswith(".") for part in one.relative_to(path).parts)
            )
            yield from sorted(one for one in below if one.is_file())
        else:
            yield path


def collect(
    paths: Sequence[Path],
    line: Line,
    scratch: Scratch,
    progress: Progress = quiet,
    known: Callable[[SourceText], Resolution | None] = lambda source: None,
) -> Collected:
    """Read, parse and check everything under `paths`, one source after the other; `scratch` is where all of it is kept.

    `known` may give the record of a source that an earlier build parsed in the same way.

    Raises:
        DiskError: the disk of `scratch` refused.
    """
    collected = Collected(Readings(scratch))
    files = list(dict.fromkeys(list_files(paths)))
    for done, path in enumerate(files):
        progress("read", done, len(files))
        _collect_file(path, line, known, collected)
    progress("read", len(files), len(files))
    return collected


def _collect_file(
    path: Path, line: Line, known: Callable[[SourceText], Resolution | None], collected: Collected
) -> None:
    n_before = collected.n_sources
    try:
        for source in line.read(path):
            collected.n_sources += 1
            _collect_source(source, line, known, collected)
    except DiskError:
        raise  # our disk, not the source
    except QAError as error:
        collected.refused.append(Refused(str(path), str(error)))
    except OSError as error:
        collected.refused.append(
            Refused(str(path), f"{path}: {error.strerror or error}; check the path and its rights")
        )
    else:
        if collected.n_sources == n_before:
            collected.refused.append(Refused(str(path), f"{path}: holds no text"))


def _collect_source(
    source: SourceText, line: Line, known: Callable[[SourceText], Resolution | None], collected: Collected
) -> None:
    try:
        resolution = known(source)
        if resolution is None:
            resolution = line.parse(source)
            check_resolution(resolution)
        if not resolution.paragraphs:
            collected.refused.append(Refused(source.name, f"{source.name}: {resolution.symbol} has no paragraphs"))
            return
    except QAError as error:
        collected.refused.append(Refused(source.name, str(error)))
        return
    collected.take(resolution)


@contextmanager
def standard_line() -> Iterator[Line]:
    """The readers and the parser of this project, at work in a child process that a hostile file may take down."""
    from qa.parsing import PARSER
    from qa.reading.safely import SafeReader

    with SafeReader() as reader:
        yield Line(reader.read, reader.parse, PARSER)
