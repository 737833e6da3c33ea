"""Many byte strings in one file, each found by its number.

Layout: the strings one after another, their `n + 1` offsets as little-endian int64, then `n` likewise. Why not SQLite:
the same strings give the same file byte for byte, threads read it without a lock, there is no journal to lose, and a
file cut under the reader gives a short read, which is an error here, and not a dead process, as with a mapped file.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.store.errors import DamagedError

_INT = np.dtype("<i8")


def blob_chunks(blobs: Iterable[bytes]) -> Iterator[bytes]:
    """The file that holds `blobs`, in pieces."""
    ends = array("q", [0])
    for blob in blobs:
        ends.append(ends[-1] + len(blob))
        yield blob
    ends.append(len(ends) - 1)
    yield np.frombuffer(ends, dtype=np.int64).astype(_INT).tobytes()


class BlobFile:
    """Reads a file of byte strings; usable from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._offsets = self._read_offsets()
        except BaseException:
            os.close(self._handle)
            raise

    def _read_offsets(self) -> npt.NDArray[np.int64]:
        size = os.fstat(self._handle).st_size
        if size < 2 * _INT.itemsize:
            raise DamagedError(self._path, "too short")
        n = int(np.frombuffer(self._pread(_INT.itemsize, size - _INT.itemsize), dtype=_INT)[0])
        table = size - (n + 2) * _INT.itemsize
        if n < 0 or table < 0:
            raise DamagedError(self._path, "its table of contents is out of bounds")
        offsets = np.frombuffer(self._pread((n + 1) * _INT.itemsize, table), dtype=_INT)
        if offsets[0] != 0 or offsets[-1] != table or bool((np.diff(offsets) < 0).any()):
            raise DamagedError(self._path, "its table of contents does not fit")
        return offsets

    def _pread(self, size: int, offset: int) -> bytes:
        got = os.pread(self._handle, size, offset)
        while len(got) < size:  # one read gives at most 2 GiB
            more = os.pread(self._handle, size - len(got), offset + len(got))
            if not more:
                raise DamagedError(self._path, "cut while it was being read")
            got += more
        return got

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        start, end = int(self._offsets[number]), int(self._offsets[number + 1])
        return self._pread(end - start, start)

    def close(self) -> None:
        """Give the file back; reading afterwards is an error."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
