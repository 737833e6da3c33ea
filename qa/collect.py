"""Paths -> sources -> resolutions, each checked; what could not be taken is reported, never hidden."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import ParseError, QAError, ReadError, VerbatimError, typed
from qa.progress import Progress, quiet
from qa.records import OPERATIVE, Resolution, SourceText
from qa.scratch import Scratch
from qa.store.codec import RecordCodec
from qa.store.errors import DiskError
from qa.store.spool import Spool
from qa.verbatim import check_resolution

SAME_TEXT = "the same text"
BY_NAME = "its name comes first"
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
    """One resolution that came from two sources: the one kept, the one left, and why; each by the path that led to it."""

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
    """What a set of paths brought; `places` tells where the reading kept of each resolution came from."""

    resolutions: Readings
    refused: list[Refused] = field(default_factory=list)
    folded: list[Folded] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)
    n_sources: int = 0
    _undecided: dict[str, str] = field(default_factory=dict)

    def take(self, resolution: Resolution, path: Path) -> None:
        """Add one resolution from the file at `path`, or fold it with the one of the same symbol."""
        symbol, place = str(resolution.symbol), place_in(path, resolution.source)
        other = self.resolutions.get(symbol)
        if other is not None:
            kept, _, why = better(other, resolution)
            there = self.places[symbol]
            if kept is other:
                self.folded.append(Folded(symbol, str(there), str(place), why))
                return
            self.folded.append(Folded(symbol, str(place), str(there), why))
        self.resolutions.put(resolution)
        self.places[symbol] = place
        self._undecided.pop(symbol, None)
        if OPERATIVE in resolution.lacking:
            self._undecided[symbol] = f"{resolution.lacking[OPERATIVE]}; look at it with: qa parse {typed(path)}"

    def notes(self, symbols: Iterable[str]) -> list[str]:
        """Which of `symbols` have no operative paragraph, in words for people."""
        return [
            f"{one} has no operative paragraphs: {self._undecided[one]}" for one in symbols if one in self._undecided
        ]


def place_in(path: Path, source: SourceText) -> Path:
    """Where a text lies: the file that was read, with the line where it holds several."""
    return path.parent / source.name


def told(error: QAError, path: Path, name: str | None = None) -> str:
    """What an error says of a text, by the path that led to it, so that what it says to do can be done as it stands."""
    where = str(path if name is None else path.parent / name)
    if isinstance(error, ParseError):
        return str(ParseError(where, error.why, path))
    if isinstance(error, VerbatimError):
        return f"{where}: {VerbatimError(error.paragraph, error.why, path)}"
    if isinstance(error, ReadError):
        return str(ReadError(where, error.why, error.mend))
    return f"{where}: {error}"


def better(one: Resolution, other: Resolution) -> tuple[Resolution, Resolution, str]:
    """Of two readings of one resolution the better, the other, and why. Order of the arguments does not matter.

    A corrected re-issue beats what it corrects; then a structured form page text; then more paragraphs, then more text;
    then the name that sorts first.
    """
    if one.source.text_sha256 == other.source.text_sha256:
        first, second = sorted((one, other), key=lambda it: it.source.name)
        return first, second, SAME_TEXT
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
    return first, second, BY_NAME


def list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that `paths` name: folders with all that is below them, sorted, hidden ones left out.

    Links are followed. A folder that may not be read and a link that leads nowhere are among them: whoever reads them
    learns why they cannot be.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(_below(path))
        else:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    """All files below a folder; a folder that links lead to again is walked once, so that links in a circle end."""
    closed: list[Path] = []
    seen: set[tuple[int, int]] = set()
    for place, folders, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename)), followlinks=True
    ):
        try:
            stat = os.stat(place)
        except OSError:  # taken away meanwhile
            folders.clear()
            closed.append(Path(place))
            continue
        if (stat.st_dev, stat.st_ino) in seen:
            folders.clear()
            continue
        seen.add((stat.st_dev, stat.st_ino))
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and (path.is_file() or (path.is_symlink() and not path.exists())):
                yield path
    yield from closed


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
            _collect_source(source, path, line, known, collected)
    except DiskError:
        raise  # our disk, not the source
    except QAError as error:
        collected.refused.append(Refused(str(path), told(error, path)))
    except OSError as error:
        collected.refused.append(
            Refused(str(path), f"{path}: {error.strerror or error}; check the path and its rights")
        )
    else:
        if collected.n_sources == n_before:
            collected.refused.append(Refused(str(path), f"{path}: holds no text; give the text of a resolution"))


def _collect_source(
    source: SourceText,
    path: Path,
    line: Line,
    known: Callable[[SourceText], Resolution | None],
    collected: Collected,
) -> None:
    place = str(place_in(path, source))
    try:
        resolution = known(source)
        if resolution is None:
            resolution = line.parse(source)
            check_resolution(resolution)
        if not resolution.paragraphs:
            raise ParseError(source.name, f"{resolution.symbol} has no paragraphs")
    except QAError as error:
        collected.refused.append(Refused(place, told(error, path, source.name)))
        return
    collected.take(resolution, path)


@contextmanager
def standard_line() -> Iterator[Line]:
    """The readers and the parser of this project, at work in a child process that a hostile file may take down."""
    from qa.parsing import PARSER
    from qa.reading.safely import SafeReader

    with SafeReader() as reader:
        yield Line(reader.read, reader.parse, PARSER)
