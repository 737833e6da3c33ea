"""What the next generation is put together from: resolutions as they will be stored, each found by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from qa.scratch import Scratch
from qa.store.columns import Listed
from qa.store.published import Stored
from qa.store.spool import Spool

Vectors = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint8]


class Shelf(Protocol):
    """An open `Generation` is one; what is new lies on others."""

    def listed_at(self, number: int) -> Listed:
        """The short form of a resolution."""

    def raw_record(self, number: int) -> tuple[bytes, bytes]:
        """The encoded record and the source text."""

    def raw_passages(self, number: int) -> Sequence[bytes]:
        """The encoded passages, each with the vectors of its tokens."""

    def vectors_at(self, number: int) -> Vectors:
        """The passages' vectors as the encoder gave them, (passages, dim)."""

    def hashes_at(self, number: int) -> Hashes:
        """The passages' content hashes, (passages, 16)."""


class StoredShelf:
    """What another index or another machine has stored already, kept on disk until it is published."""

    def __init__(self, scratch: Scratch) -> None:
        """An empty one, in a file of `scratch`."""
        self._blobs = Spool(scratch)
        self._first: list[int] = []
        self._listed: list[Listed] = []

    def __len__(self) -> int:
        return len(self._listed)

    def put(self, listed: Listed, stored: Stored) -> None:
        """Add one resolution."""
        self._listed.append(listed)
        self._first.append(len(self._blobs))
        vectors, hashes = stored.vectors.astype("<f4").tobytes(), stored.hashes.tobytes()
        for blob in (stored.record, stored.text, vectors, hashes, *stored.passages):
            self._blobs.append(blob)

    def listed_at(self, number: int) -> Listed:
        """As `Shelf`."""
        return self._listed[number]

    def raw_record(self, number: int) -> tuple[bytes, bytes]:
        """As `Shelf`."""
        first = self._first[number]
        return self._blobs[first], self._blobs[first + 1]

    def raw_passages(self, number: int) -> Sequence[bytes]:
        """As `Shelf`."""
        first = self._first[number] + 4
        return [self._blobs[first + at] for at in range(self._listed[number].n_passages)]

    def vectors_at(self, number: int) -> Vectors:
        """As `Shelf`."""
        raw = np.frombuffer(self._blobs[self._first[number] + 2], dtype="<f4")
        return raw.astype(np.float32).reshape(self._listed[number].n_passages, -1)

    def hashes_at(self, number: int) -> Hashes:
        """As `Shelf`."""
        raw = np.frombuffer(self._blobs[self._first[number] + 3], dtype=np.uint8)
        return raw.reshape(self._listed[number].n_passages, -1)
