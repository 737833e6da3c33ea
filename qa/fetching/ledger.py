"""What was fetched, from where and when: `.fetched.jsonl` beside the files, one line a file, the last one counts.

`qa build` passes over names with a leading dot, so that the ledger is never taken for a resolution. The `sha256` is the one
that an answer's `source.sha256` carries: it leads from a quotation to the day and address of its file.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from qa.errors import FetchError

NAME = ".fetched.jsonl"


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one file came from. `asked` is the address asked, `address` the one that answered; `fetched` in UTC."""

    symbol: str
    file: str
    asked: str
    address: str
    fetched: str
    sha256: str
    n_bytes: int
    content_type: str
    user_agent: str
    last_modified: str | None = None
    etag: str | None = None


class Ledger:
    """The ledger of one folder.

    Raises:
        FetchError: a line of it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME
        self._known = {one.file: one for one in self._read()}

    def has(self, file: str) -> bool:
        """Whether the file is there with the bytes that were fetched."""
        known, path = self._known.get(file), self.folder / file
        return known is not None and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == known.sha256

    def keep(self, record: Provenance, body: bytes) -> None:
        """Write the file whole or not at all, then its line."""
        path = self.folder / record.file
        part = path.with_name(f".{record.file}.part")
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        with self.path.open("ab") as lines:
            lines.write(msgspec.json.encode(record) + b"\n")
            lines.flush()
            os.fsync(lines.fileno())
        self._known[record.file] = record

    def _read(self) -> list[Provenance]:
        """Every line; what a death in mid-write left of a last one is cut off, so that the next line stands alone."""
        if not self.path.exists():
            return []
        raw = self.path.read_bytes()
        whole, _, rest = raw.rpartition(b"\n")
        if rest:
            os.truncate(self.path, len(raw) - len(rest))
        found = []
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                found.append(msgspec.json.decode(line, type=Provenance))
            except msgspec.MsgspecError as error:
                raise FetchError(
                    str(self.path), f"line {number} cannot be read ({error})", "remove that line"
                ) from error
        return found
