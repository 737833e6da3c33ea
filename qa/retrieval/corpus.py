"""What retrieval needs of whatever it searches: a published index generation, or a plain collection in an evaluation.

Nothing here is as long as the corpus: whoever implements it may keep the rows in another process or on other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from qa.store.columns import Stretch

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Scope = Any
"""Which rows may be brought, as the corpus that made it understands it: row numbers, or a condition on columns."""


class Vectors(Protocol):
    """Inner products with queries: the nearest rows, best first (`allowed`, a scope, restricts them inside the search), and
    those of some rows, ascending, with one query.
    """

    def search(self, queries: Floats, k: int, allowed: Scope | None = None) -> tuple[list[Floats], list[Rows]]: ...

    def compare(self, query: Floats, rows: Rows) -> Floats: ...


class Matches(Protocol):
    """BM25 of one question: the best rows (those with no term never come, ties by row), of some rows, and of the best."""

    @property
    def highest(self) -> float: ...

    def best(self, k: int, allowed: Scope | None = None) -> Rows: ...

    def at(self, rows: Rows) -> Floats: ...


class Lexical(Protocol):
    """Rows by their words."""

    def match(self, question: str) -> Matches: ...

    def held(self, terms: Iterable[str]) -> set[str]:
        """Those of `terms` (as `qa.terms` gives them) that any row holds."""

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """The same, and in how many rows each stands: dearer where the rows are far away."""


@dataclass(frozen=True, slots=True)
class RowColumns:
    """One value a row (passage), all of one length. Codes index the tuples of words; -1 is none.

    `paragraph` numbers paragraphs: windows of one share it. `adopted` is the date as a number, yyyymmdd; yyyy0000
    where only the year is known, 0 where nothing is.
    """

    paragraph: Ints
    adopted: Ints
    organ: Ints
    kind: Ints
    organs: tuple[str, ...]
    kinds: tuple[str, ...]


class Corpus(Protocol):
    """Rows of passages with what can be compared about them."""

    @property
    def vectors(self) -> Vectors: ...

    @property
    def lexical(self) -> Lexical: ...

    @property
    def years(self) -> Mapping[str, Sequence[Stretch]]:
        """Of every organ the years of adoption held, as stretches; empty where they are not known."""

    def columns_of(self, rows: Rows) -> RowColumns:
        """The columns of some rows, in their order."""

    def adopted_when(self, test: Callable[[Ints], Mask], within: Scope | None) -> Scope | None:
        """The rows, of those within a scope, whose dates of adoption pass a test; None where there is none."""

    def inputs(self, rows: Sequence[int]) -> list[tuple[str, bytes]]:
        """What the encoder saw of some rows (context and text), and what is stored of the tokens; empty where nothing is."""
