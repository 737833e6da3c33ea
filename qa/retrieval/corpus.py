"""What retrieval needs of whatever it searches: a published index generation, or a plain collection in an evaluation."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


class Vectors(Protocol):
    """The nearest rows by inner product, best first; `allowed` restricts them inside the search."""

    @property
    def n(self) -> int: ...

    def search(self, queries: Floats, k: int, allowed: Rows | None = None) -> tuple[list[Floats], list[Rows]]: ...


class Lexical(Protocol):
    """BM25 of every row."""

    def scores(self, question: str) -> Floats: ...


class Columns(Protocol):
    """One value a row (passage), all of length n. Codes index the tuples of words.

    `paragraph` numbers paragraphs: windows of one share it. `adopted` is the date as a number, yyyymmdd; 0 unknown.
    """

    @property
    def paragraph(self) -> Ints: ...

    @property
    def adopted(self) -> Ints: ...

    @property
    def organ(self) -> Ints: ...

    @property
    def kind(self) -> Ints: ...

    @property
    def organs(self) -> tuple[str, ...]: ...

    @property
    def kinds(self) -> tuple[str, ...]: ...


class Corpus(Protocol):
    """Rows of passages with what can be compared about them."""

    @property
    def vectors(self) -> Vectors: ...

    @property
    def lexical(self) -> Lexical: ...

    @property
    def columns(self) -> Columns: ...

    def input(self, row: int) -> str:
        """What the encoder saw of a row: context and text."""
