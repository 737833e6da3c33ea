"""Small made-up corpora, with a reader and a parser that understand them and nothing else.

A file holds `SYMBOL`, a title, and one paragraph a line, each `label|text`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.hashing import HashingEncoder
from qa.build import Workshop
from qa.collect import Line
from qa.errors import DamagedFileError, ParseError
from qa.records import Kind, Paragraph, Resolution, SourceText, Span
from qa.symbols import Symbol

PARSER = "lines 1"


def read_lines(path: Path) -> Iterator[SourceText]:
    raw = path.read_bytes()
    if not raw:
        raise DamagedFileError(path.name, "is empty", "download it again")
    digest = hashlib.sha256(raw).hexdigest()
    form = path.suffix.removeprefix(".") or "text"
    yield SourceText(raw.decode(), digest, digest, path.name, form, "lines 1")


def parse_lines(source: SourceText) -> Resolution:
    lines = source.text.splitlines(keepends=True)
    if len(lines) < 3 or "/RES/" not in lines[0]:
        raise ParseError(source.name, "no resolution in it")
    at = len(lines[0]) + len(lines[1])
    paragraphs = []
    for line in lines[2:]:
        label, _, text = line.rstrip("\n").partition("|")
        start = at + len(label) + 1
        kind = Kind.PREAMBULAR if label.startswith("PP") else Kind.OPERATIVE
        span = (Span(start, start + len(text)),)
        parent = label[: label.rindex("(")] if label.endswith(")") else None
        verb = text.split()[0].lower()
        paragraphs.append(Paragraph(label, kind, label[2:], 1, " ".join(text.split()), span, verb, parent))
        at += len(line)
    return Resolution(
        symbol=Symbol.parse(lines[0].strip()),
        organ=str(Symbol.parse(lines[0].strip()).organ),
        title=lines[1].strip(),
        paragraphs=tuple(paragraphs),
        source=source,
        session=Symbol.parse(lines[0].strip()).session,
        adopted=dt.date(2023, 12, 8),
        parser=PARSER,
    )


LINE = Line(read_lines, parse_lines, PARSER)


class CountingEncoder(HashingEncoder):
    """A hashing encoder that remembers what went through it, and can die on the way."""

    def __init__(self, dim: int = 64, name: str = "hashing", dies_after: int | None = None) -> None:
        super().__init__(dim, 64, name)
        self.texts: list[str] = []
        self.dies_after = dies_after

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        if self.dies_after is not None and len(self.texts) + len(texts) > self.dies_after:
            raise KeyboardInterrupt
        self.texts.extend(texts)
        return super().encode_passages(texts)


def write_resolution(
    folder: Path, number: int, n_paragraphs: int = 3, word: str = "troops", suffix: str = "txt"
) -> Path:
    lines = [f"A/RES/78/{number}\n", f"Matter number {number}\n", "PP1|Recalling its resolution 55/179,\n"]
    lines += [
        f"OP{at}|Requests  the Secretary-General to report on {word} {number}.{at};\n" for at in range(1, n_paragraphs)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"A_RES_78_{number}.{suffix}"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_corpus(folder: Path, n: int = 6) -> Path:
    for number in range(1, n + 1):
        write_resolution(folder, number)
    return folder


def workshop(index: Path, encoder: HashingEncoder | None = None, line: Line = LINE, **more: object) -> Workshop:
    return Workshop(index, encoder or CountingEncoder(), line, **more)  # type: ignore[arg-type]
