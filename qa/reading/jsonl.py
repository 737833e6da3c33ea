"""JSONL: one resolution a line, already taken apart. The format is documented in `docs/formats.md`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.source import make_source
from qa.records import Mark, SourceText, Span

READER = "jsonl-1"
MAX_LINE = 50_000_000  # bytes


class LineParagraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One block of a line: `kind` is a role of `qa.records.Mark` other than symbol, date, title and marker."""

    kind: str
    text: str
    number: str | None = None
    level: int = 1


class LineResolution(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line: a resolution."""

    symbol: str
    paragraphs: list[LineParagraph]
    title: str = ""
    adopted: dt.date | None = None


KINDS = frozenset(
    ("masthead", "enacting", "preambular", "operative", "annex", "heading", "closing", "footnote"),
)


def read_jsonl(raw: bytes, name: str) -> Iterator[SourceText]:
    """One source text a line; blank lines are passed over.

    Raises:
        DamagedFileError: a line that is not of the format; the message names the line.
    """
    empty = True
    for number, line in enumerate(raw.splitlines(), 1):
        if line.strip():
            empty = False
            yield read_line(line, f"{name}:{number}")
    if empty:
        raise DamagedFileError(name, "the file is empty", "give one resolution a line (docs/formats.md)")


def read_line(line: bytes, name: str) -> SourceText:
    """The source text of one line, whose bytes are what is hashed."""
    if len(line) > MAX_LINE:
        raise HostileFileError(name, f"the line is longer than {MAX_LINE:,} bytes", "give one resolution a line")
    try:
        row = msgspec.json.decode(line, type=LineResolution)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedFileError(name, f"not of the format: {error}".splitlines()[0], "see docs/formats.md") from error
    unknown = next((p.kind for p in row.paragraphs if p.kind not in KINDS), None)
    if unknown is not None:
        raise DamagedFileError(name, f"unknown kind {unknown!r}", f"use one of {', '.join(sorted(KINDS))}")
    pieces = [Piece("symbol", row.symbol)]
    if row.adopted:
        pieces.append(Piece("date", row.adopted.isoformat()))
    if row.title:
        pieces.append(Piece("title", row.title))
    pieces.extend(Piece(p.kind, p.text, p.number, p.level) for p in row.paragraphs)
    text, marks = join_pieces(pieces)
    return make_source(text, line, name=name, format_="jsonl", reader=READER, marks=marks)


class Piece(NamedTuple):
    """One block of a structured form: its role, its text, and where in that its footnote markers stand."""

    role: str
    text: str
    number: str | None = None
    level: int = 1
    markers: tuple[tuple[int, int], ...] = ()


def join_pieces(pieces: list[Piece]) -> tuple[str, tuple[Mark, ...]]:
    """The blocks one below the other, a blank line between, and a mark for each, followed by those of its markers."""
    parts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for role, text, number, level, markers in pieces:
        if text.strip():
            marks.append(Mark(Span(at, at + len(text)), role, number, level))
            marks.extend(Mark(Span(at + a, at + b), "marker") for a, b in markers)
            parts.append(text)
            at += len(text) + 2
    return "\n\n".join(parts) + "\n", tuple(marks)
