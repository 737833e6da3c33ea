"""A published generation as retrieval sees it, and filters as rows of it."""

from __future__ import annotations

import difflib
import re
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.errors import FilterError, SymbolError
from qa.retrieval.corpus import Ints, Lexical, Rows, Vectors
from qa.store.columns import Columns
from qa.store.generation import Generation
from qa.symbols import Symbol
from qa.wire import Filters

Mask = npt.NDArray[np.bool_]


class Searchable:
    """The rows of one generation, with what can be compared about them."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.vectors: Vectors = generation.vectors
        self.lexical: Lexical = generation.lexical
        self.columns: Columns = generation.columns

    def input(self, row: int) -> str:
        """What the encoder saw of a row."""
        return self.generation.input(row)

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""
        return symbol in self._held

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.generation.symbols)

    def paragraph_id(self, row: int) -> str:
        """The id of the paragraph that a row is a window of."""
        passage = self.generation.passage(row)
        return passage.id

    def labels(self, symbol: str) -> list[str]:
        """The labels of a resolution's paragraphs, in text order."""
        return [label for label, _, _ in self.generation.listed[self.generation.number_of(symbol)].paragraphs]

    def paragraph_ids(self, symbol: str, label: str) -> list[str]:
        """The paragraphs that `label` may mean: itself, or itself in every lettered part where parts count anew."""
        labels = self.labels(symbol)
        found = [label] if label in labels else [one for one in labels if one.endswith(f".{label}")]
        return [f"{symbol}#{one}" for one in found]

    def nearest_ids(self, symbol: str, label: str) -> list[str]:
        """Of the paragraphs that do exist, the nearest in number to one that does not; at most two."""
        prefix, number = _split(label)
        same = [one for one in self.labels(symbol) if _split(one)[0] == prefix] or self.labels(symbol)
        same.sort(key=lambda one: abs(_split(one)[1] - number))
        return [f"{symbol}#{one}" for one in same[:2]]

    def allowed(self, filters: Filters) -> Rows | None:
        """The rows that pass all filters, ascending; None where nothing is restricted.

        Raises:
            FilterError: a value that the corpus does not know, with the nearest it does.
        """
        columns = self.columns
        masks = [
            _one_of("organ", filters.organ, columns.organs, columns.organ),
            _one_of("session", filters.session, columns.sessions, columns.session),
            _one_of("kind", filters.kind, columns.kinds, columns.kind),
            self._symbols(filters.symbol),
            self._verbs(filters.verb),
            columns.year >= filters.year_from if filters.year_from is not None else None,
            (columns.year <= filters.year_to) & (columns.year > 0) if filters.year_to is not None else None,
        ]
        given = [mask for mask in masks if mask is not None]
        return np.flatnonzero(np.logical_and.reduce(given)).astype(np.int64) if given else None

    def _symbols(self, wanted: list[str]) -> Mask | None:
        if not wanted:
            return None
        numbers = []
        for text in wanted:
            try:
                numbers.append(self.generation.number_of(str(Symbol.parse(text))))
            except SymbolError as error:
                raise FilterError("filters.symbol", str(error)) from error
        return np.isin(self.columns.resolution, numbers)

    def _verbs(self, wanted: list[str]) -> Mask | None:
        if not wanted:
            return None
        names = self.generation.columns.verb_names
        mask = np.zeros(self.generation.n_passages, dtype=np.bool_)
        for verb in wanted:
            mask[self.generation.columns.rows_with_verb(_place("verb", verb, names))] = True
        return mask


def _split(label: str) -> tuple[str, int]:
    match = re.match(r"(.*?)(\d+)", label)
    return (match.group(1), int(match.group(2))) if match else (label, 0)


def _one_of(field: str, wanted: list[str], names: tuple[str, ...], codes: Ints) -> Mask | None:
    if not wanted:
        return None
    return np.isin(codes, [_place(field, one, names) for one in wanted])


def _place(field: str, wanted: str, names: tuple[str, ...]) -> int:
    folded = [name.casefold() for name in names]
    if wanted.casefold() in folded:
        return folded.index(wanted.casefold())
    near = difflib.get_close_matches(wanted.casefold(), folded, n=1) or folded[:3]
    shown = ", ".join(names[folded.index(one)] for one in near)
    raise FilterError(f"filters.{field}", f"the corpus has no {field} {wanted!r}; it has, for instance, {shown}")
