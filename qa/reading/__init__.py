"""Files in, `SourceText` out. The only package that knows file formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.reading.plain import read_plain
from qa.records import SourceText

__all__ = ["read"]


def read(path: Path) -> Iterator[SourceText]:
    """The texts in a file: one, or, of a JSONL file, one a line.

    Raises:
        ReadError: the file cannot be read as text.
    """
    raw = path.read_bytes()
    if raw.startswith(b"%PDF"):
        from qa.reading.pdf import read_pdf

        yield read_pdf(raw, path.name)
        return
    yield read_plain(raw, path.name)
