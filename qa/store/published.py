"""What a service reads of a published generation, wherever it lies: `Generation` in a folder, or one in a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from qa.records import Paragraph, Passage, Resolution
from qa.store.columns import Listed, Rows
from qa.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Stored:
    """One resolution as it is stored, with its passages: the encoded records, their vectors and content hashes."""

    record: bytes
    text: bytes
    passages: tuple[bytes, ...]
    vectors: npt.NDArray[np.float32]
    hashes: npt.NDArray[np.uint8]


class Published(Protocol):
    """Errors are those of `Generation`'s methods of the same names."""

    @property
    def place(self) -> object:
        """The index that it is a generation of; for messages."""

    @property
    def manifest(self) -> Manifest:
        """What it holds and what it was made with."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def symbols(self) -> Sequence[str]:
        """The canonical symbols of all resolutions, in order."""

    def number_of(self, symbol: str) -> int:
        """Where a resolution stands in that order."""

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""

    def listed_at(self, number: int) -> Listed:
        """The short form of a resolution."""

    def passage(self, row: int) -> Passage:
        """The passage at a row."""

    def read(self, rows: Sequence[int]) -> list[tuple[Passage, bytes]]:
        """The passages at some rows, and the stored vectors of their tokens; empty where there are none."""

    def resolution(self, symbol: str) -> Resolution:
        """The record of a resolution."""

    def resolution_at(self, number: int) -> Resolution:
        """The record of the resolution at a number."""

    def paragraph(self, paragraph_id: str) -> tuple[Resolution, Paragraph]:
        """The paragraph with this id, and its resolution."""

    def paragraph_rows(self, paragraph_id: str) -> Rows:
        """The rows of one paragraph's windows."""

    def vectors_of(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The vectors of some rows as the encoder gave them."""

    def titles_of(self, symbols: Sequence[str]) -> dict[str, str]:
        """Of some resolutions those that are held, with their titles."""

    def titled(self, words: str, k: int) -> list[str]:
        """At most `k` lines "title (symbol)" that hold some words, those that begin with them first."""

    def mentions_of(self, symbol: str) -> list[tuple[str, str, str, str | None]]:
        """(citing symbol, label, text as printed, paragraph named) of every mention of a resolution in others."""

    def all_listed(self) -> Sequence[Listed]:
        """The short forms of all resolutions, in order."""

    def all_stored(self) -> Iterator[Stored]:
        """All that is stored of every resolution, in order."""

    def close(self) -> None:
        """Give back what was opened."""


class Held(Protocol):
    """A generation being served, and its change for a newer one: see `qa.store.holder.Holder`."""

    @property
    def current(self) -> Published:
        """The generation that a call beginning now would use."""

    @property
    def degraded(self) -> str | None:
        """Why what is served is not what should be; None where it is."""

    def use(self) -> AbstractContextManager[Published]:
        """The current generation, kept until the block ends."""

    def watch(self) -> None:
        """Take up newer generations as they are published, until `close`."""

    def close(self) -> None:
        """Stop watching and give back what was opened."""
