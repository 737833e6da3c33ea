"""Files in, `SourceText` out. The only package that knows file formats.

`formats` finds the reader, one small module a form; `safely` reads and parses in a child process with limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.formats import read_bytes
from qa.records import SourceText

__all__ = ["MAX_FILE", "read", "read_bytes"]

MAX_FILE = 2_000_000_000  # bytes


def read(path: Path, encoding: str | None = None) -> Iterator[SourceText]:
    """The texts in a file: one, or, of a JSONL file, one a line. `encoding` is the declared one of text and HTML.

    Raises:
        ReadError: the file cannot be read as text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise HostileFileError(path.name, f"{size:,} bytes", "split it")
        raw = path.read_bytes()
    except OSError as error:
        why = f"cannot be opened ({error.strerror or type(error).__name__})"
        raise DamagedFileError(path.name, why, "check its path and permissions") from error
    yield from read_bytes(raw, path.name, encoding)
