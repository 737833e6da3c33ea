"""Vectors of a build that has not been published yet: a build reads them from here, and an interrupted one goes on.

One file: a line that names the encoder, then records: a 16-byte content hash, the vector, the length of the tokens' vectors
and these, and a CRC of it all. A torn or damaged record ends the file as far as reading is concerned; what follows is
encoded again.
"""

from __future__ import annotations

import os
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from qa.store.errors import DamagedError, disk_errors

CACHE_NAME = "vectors.cache"
HASH_SIZE = 16

Vectors = npt.NDArray[np.float32]


class VectorCache:
    """Records by number, appended to as they are made; memory holds the hash and the place of each, 24 bytes.

    Raises:
        DiskError: the system refused to write or read; by all methods.
    """

    def __init__(self, index: Path, encoder: str, dim: int) -> None:
        """Open the cache of `index`, or begin an empty one where there is none for this `encoder`."""
        self._path = index / CACHE_NAME
        self._dim = dim
        self._head = f"vectors 2 {encoder} {dim}\n".encode()
        self._keys = bytearray()
        self._ends = array("q", [len(self._head)])
        self._file: BinaryIO | None = None  # made when there is something to keep
        if self._path.exists():
            with disk_errors(self._path):
                self._file = self._path.open("r+b")
                self._read(self._file)

    def _read(self, file: BinaryIO) -> None:
        """Find the good records, and cut off what follows them."""
        good = file.read(len(self._head)) == self._head
        while good and (record := self._next(file)):
            self._keys += record[:HASH_SIZE]
            self._ends.append(self._ends[-1] + len(record) + 4)
        file.truncate(self._ends[-1] if good else 0)
        file.seek(0, os.SEEK_END)

    def _next(self, file: BinaryIO) -> bytes | None:
        head = file.read(HASH_SIZE + 4 * self._dim + 4)
        size = int.from_bytes(head[-4:], "little")
        left = os.fstat(file.fileno()).st_size - file.tell()
        if len(head) < HASH_SIZE + 4 * self._dim + 4 or size + 4 > left:
            return None
        record = head + file.read(size)
        return record if zlib.crc32(record) == int.from_bytes(file.read(4), "little") else None

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def keys(self) -> npt.NDArray[np.bytes_]:
        """The content hashes of all records, in order."""
        return np.frombuffer(bytes(self._keys), dtype=f"S{HASH_SIZE}")

    def put(self, keys: Sequence[bytes], vectors: Vectors, tokens: Sequence[bytes]) -> range:
        """Keep a batch, which then survives the death of this process; gives the numbers of its records."""
        records = bytearray()
        first, at = len(self), self._ends[-1]
        for key, vector, own in zip(keys, vectors, tokens, strict=True):
            record = key + vector.astype("<f4").tobytes() + len(own).to_bytes(4, "little") + own
            records += record + zlib.crc32(record).to_bytes(4, "little")
            self._ends.append(at + len(records))
        with disk_errors(self._path):
            if self._file is None:
                self._file = self._path.open("w+b")
            if self._file.tell() == 0:
                self._file.write(self._head)
            self._file.write(records)
            self._file.flush()
        self._keys += b"".join(keys)
        return range(first, len(self))

    def vector(self, number: int) -> Vectors:
        """The vector of one record, (dim,)."""
        return np.frombuffer(self._pread(4 * self._dim, self._ends[number] + HASH_SIZE), dtype="<f4")

    def tokens(self, number: int) -> bytes:
        """The vectors of the tokens of one record, which is compared with its CRC.

        Raises:
            DamagedError: it has changed since it was written.
        """
        start, end = self._ends[number], self._ends[number + 1]
        raw = self._pread(end - start, start)
        if zlib.crc32(raw[:-4]) != int.from_bytes(raw[-4:], "little"):
            raise DamagedError(self._path, "changed since it was written")
        return raw[HASH_SIZE + 4 * self._dim + 4 : -4]

    def _pread(self, size: int, offset: int) -> bytes:
        if self._file is None:
            raise IndexError("the cache is empty")
        with disk_errors(self._path):
            raw = os.pread(self._file.fileno(), size, offset)
        if len(raw) != size:
            raise DamagedError(self._path, "cut while it was being read")
        return raw

    def remove(self) -> None:
        """Take the file away: its vectors have been published."""
        with disk_errors(self._path):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the file back; what is in it stays for the next build."""
        if self._file is not None:
            with disk_errors(self._path):
                self._file.close()
