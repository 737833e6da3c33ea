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
    yield read_plain(path.read_bytes(), path.name)
