"""Vectors of a build that has not been published yet, so that an interrupted build goes on where it stopped.

One file: a line that names the encoder, then records: a 16-byte content hash, the vector, the length of the tokens' vectors
and these, and a CRC of it all. A torn or damaged record ends the file as far as reading is concerned; what follows is
encoded again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from qa.store.errors import DiskError

CACHE_NAME = "vectors.cache"
HASH_SIZE = 16

Vectors = npt.NDArray[np.float32]


class VectorCache:
    """Content hash -> vector and tokens, appended to as they are made."""

    def __init__(self, index: Path, encoder: str, dim: int) -> None:
        """Open the cache of `index`, or begin an empty one where there is none for this `encoder`."""
        self._path = index / CACHE_NAME
        self._dim = dim
        self._head = f"vectors 2 {encoder} {dim}\n".encode()
        self._known, self._good = self._read()
        self._file: BinaryIO | None = None  # opened when there is something to keep

    def _open(self) -> BinaryIO:
        file = self._path.open("r+b" if self._good else "w+b")
        file.truncate(self._good)
        file.seek(self._good)
        if not self._good:
            file.write(self._head)
        return file

    def _read(self) -> tuple[dict[bytes, tuple[Vectors, bytes]], int]:
        try:
            raw = self._path.read_bytes()
        except OSError:
            return {}, 0
        if not raw.startswith(self._head):
            return {}, 0
        known: dict[bytes, tuple[Vectors, bytes]] = {}
        at, head = len(self._head), HASH_SIZE + 4 * self._dim
        while at + head + 4 <= len(raw):
            end = at + head + 4 + int.from_bytes(raw[at + head : at + head + 4], "little")
            record = raw[at:end]
            if end + 4 > len(raw) or zlib.crc32(record) != int.from_bytes(raw[end : end + 4], "little"):
                break
            vector = np.frombuffer(record, dtype="<f4", offset=HASH_SIZE, count=self._dim).astype(np.float32)
            known[record[:HASH_SIZE]] = vector, record[head + 4 :]
            at = end + 4
        return known, at

    def get(self, key: bytes) -> tuple[Vectors, bytes] | None:
        """The vector and the tokens for a content hash, if an interrupted build made them."""
        return self._known.get(key)

    def put(self, keys: Sequence[bytes], vectors: Vectors, tokens: Sequence[bytes]) -> None:
        """Keep a batch; it survives the death of this process."""
        records = bytearray()
        for key, vector, own in zip(keys, vectors, tokens, strict=True):
            record = key + vector.astype("<f4").tobytes() + len(own).to_bytes(4, "little") + own
            records += record + zlib.crc32(record).to_bytes(4, "little")
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(records)
            self._file.flush()
        except OSError as error:
            raise DiskError(self._path, error) from error

    def close(self, remove: bool) -> None:
        """Close the file; `remove` it when its vectors have been published."""
        try:
            if self._file is not None:
                self._file.close()
            if remove:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise DiskError(self._path, error) from error
