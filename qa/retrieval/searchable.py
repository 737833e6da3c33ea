"""A published generation as retrieval sees it, and filters as rows of it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from functools import cached_property

import numpy as np

from qa.errors import FilterError, SymbolError
from qa.passages import passage_input
from qa.retrieval.corpus import Columns, Rows
from qa.store.generation import Generation
from qa.symbols import Symbol
from qa.wire import Filters


class Searchable:
    """The rows of one generation, with what can be compared about them."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.vectors = generation.vectors
        self.lexical = generation.lexical

    @cached_property
    def columns(self) -> Columns:
        """One value a row."""
        stored = self.generation.columns
        listed = self.generation.listed
        adopted = np.array([_number(one.adopted, one.year) for one in listed] or [0], dtype=np.int32)
        firsts = np.cumsum([0, *(len(one.paragraphs) for one in listed)])[:-1]
        offset = np.asarray(firsts if len(firsts) else [0], dtype=np.int32)
        return Columns(
            paragraph=(offset[stored.resolution] + stored.paragraph).astype(np.int32),
            symbol=stored.resolution,
            organ=stored.organ,
            kind=stored.kind,
            adopted=adopted[stored.resolution],
            symbols=self.generation.symbols,
            organs=stored.organs,
            kinds=stored.kinds,
        )

    def input(self, row: int) -> str:
        """What the encoder saw of a row."""
        return passage_input(self.generation.passage(row))

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""
        return symbol in self._held

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(self.generation.symbols)

    def paragraph_id(self, row: int) -> str:
        """The id of the paragraph that a row is a window of."""
        columns = self.generation.columns
        listed = self.generation.listed[int(columns.resolution[row])]
        return f"{listed.symbol}#{listed.paragraphs[int(columns.paragraph[row])][0]}"

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
        stored = self.generation.columns
        masks = [
            _one_of("organ", filters.organ, stored.organs, stored.organ),
            _one_of("session", filters.session, stored.sessions, stored.session),
            _one_of("kind", filters.kind, stored.kinds, stored.kind),
            self._symbols(filters.symbol),
            self._verbs(filters.verb),
        ]
        year = self.columns.adopted // 10000
        if filters.year_from is not None:
            masks.append(year >= filters.year_from)
        if filters.year_to is not None:
            masks.append((year <= filters.year_to) & (year > 0))
        given = [mask for mask in masks if mask is not None]
        return np.flatnonzero(np.logical_and.reduce(given)).astype(np.int64) if given else None

    def _symbols(self, wanted: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
        if not wanted:
            return None
        numbers = []
        for text in wanted:
            try:
                numbers.append(self.generation.number_of(str(Symbol.parse(text))))
            except SymbolError as error:
                raise FilterError("filters.symbol", str(error)) from error
        return np.isin(self.generation.columns.resolution, numbers)

    def _verbs(self, wanted: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
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


def _number(adopted: str | None, year: int | None) -> int:
    if adopted is None:
        return (year or 0) * 10000 + (101 if year else 0)
    day = dt.date.fromisoformat(adopted)
    return day.year * 10000 + day.month * 100 + day.day


def _one_of(
    field: str, wanted: list[str], names: tuple[str, ...], codes: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
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
