"""Byte strings on their way into a generation, in a file without a name, so that memory need not hold them."""

from __future__ import annotations

import os
from array import array

from qa.scratch import Scratch
from qa.store.errors import disk_errors


class Spool:
    """Byte strings in the order in which they were appended, each found by its number. Not for several threads."""

    def __init__(self, scratch: Scratch) -> None:
        """Take a file of `scratch`.

        Raises:
            DiskError: the system refused; so do all methods.
        """
        self._folder = scratch.folder
        with disk_errors(self._folder):
            self._file = scratch.file()
        self._ends = array("q", [0])
        self._flushed = True

    def append(self, blob: bytes) -> int:
        """Keep one more; gives its number."""
        with disk_errors(self._folder):
            self._file.write(blob)
        self._flushed = False
        self._ends.append(self._ends[-1] + len(blob))
        return len(self) - 1

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        with disk_errors(self._folder):
            if not self._flushed:
                self._file.flush()
                self._flushed = True
            return os.pread(self._file.fileno(), end - start, start)
