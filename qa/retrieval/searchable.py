"""A published generation as retrieval sees it, and filters as rows of it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np

from qa.errors import FilterError, SymbolError
from qa.ids import parts_of
from qa.passages import passage_input
from qa.records import Paragraph, Passage, Resolution
from qa.retrieval.corpus import Ints, Lexical, Mask, RowColumns, Rows, Scope, Vectors
from qa.retrieval.labels import below, has_units, meant_by, nearest_to
from qa.store.columns import Listed, Stretch
from qa.store.errors import DamagedError
from qa.store.generation import Generation
from qa.store.published import Published
from qa.symbols import Place, Symbol
from qa.wire import Filters


class Searchable(ABC):
    """The rows of one generation, with what can be compared about them; made anew for every call."""

    def __init__(self, generation: Published, vectors: Vectors, lexical: Lexical) -> None:
        self.generation = generation
        self.vectors = vectors
        self.lexical = lexical
        self._passages: dict[int, Passage] = {}

    @abstractmethod
    def columns_of(self, rows: Rows) -> RowColumns:
        """The columns of some rows, in their order."""

    @abstractmethod
    def adopted_when(self, test: Callable[[Ints], Mask], within: Scope | None) -> Scope | None:
        """The rows, of those within a scope, whose dates of adoption pass a test; None where there is none."""

    @abstractmethod
    def allowed(self, filters: Filters) -> Scope | None:
        """The rows that pass all filters; None where nothing is restricted.

        Raises:
            FilterError: a value that the corpus does not know, with the nearest it does.
        """

    @abstractmethod
    def page(self, filters: Filters, offset: int, limit: int) -> tuple[int, list[int]]:
        """How many resolutions have a row that passes all filters, and the numbers of some of them, in order."""

    def inputs(self, rows: Sequence[int]) -> list[tuple[str, bytes]]:
        """What the encoder saw of some rows, and the stored vectors of the tokens."""
        found = self.generation.read(rows)
        self._passages.update((row, passage) for row, (passage, _) in zip(rows, found, strict=True))
        return [(passage_input(passage), tokens) for passage, tokens in found]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages at some rows; what has been brought already, by `inputs` too, is not read again."""
        missing = [row for row in rows if row not in self._passages]
        if missing:
            self.inputs(missing)
        return [self._passages[row] for row in rows]

    @property
    def years(self) -> Mapping[str, Sequence[Stretch]]:
        """Of every organ the years of adoption held, as stretches; empty where to know them all rows would have to be read."""
        return {}

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""
        return self.generation.holds(symbol)

    def whole(self, symbol: str) -> Resolution | None:
        """A resolution that is held; None where its record was damaged since it was opened (what would cite it is withheld)."""
        try:
            return self.generation.resolution(symbol)
        except DamagedError:
            return None

    def paragraph(self, paragraph_id: str) -> tuple[Resolution, Paragraph] | None:
        """A paragraph that is held, and its resolution; None where the record was damaged since it was opened."""
        try:
            return self.generation.paragraph(paragraph_id)
        except DamagedError:
            return None

    def adopted_on(self, symbol: str) -> int:
        """When a resolution was adopted (yyyymmdd); 0 where its day is not known."""
        adopted = self.generation.listed_at(self.generation.number_of(symbol)).adopted
        return int(adopted.replace("-", "")) if adopted else 0

    def adopted_between(self, first: dt.date, last: dt.date, filters: Filters, undated: bool = False) -> list[Listed]:
        """The resolutions that pass the filters and were adopted on a day and another or between them, in the corpus's order; with
        `undated` also those of these years whose day is not known.
        """
        given_from, given_to = filters.year_from, filters.year_to
        filters = msgspec.structs.replace(
            filters,
            year_from=first.year if given_from is None else max(first.year, given_from),
            year_to=last.year if given_to is None else min(last.year, given_to),
        )
        _, numbers = self.page(filters, 0, len(self.generation.symbols))
        listed = map(self.generation.listed_at, numbers)
        return [
            one for one in listed if (first.isoformat() <= one.adopted <= last.isoformat() if one.adopted else undated)
        ]

    def paragraph_id(self, row: int) -> str:
        """The id of the paragraph that a row is a window of."""
        return self.generation.passage(row).id

    def labels(self, symbol: str) -> list[str]:
        """The labels of a resolution's paragraphs, in text order."""
        return [label for label, _, _ in self.generation.listed_at(self.generation.number_of(symbol)).paragraphs]

    def paragraph_ids(self, symbol: str, label: str) -> list[str]:
        """The paragraphs that `label` may mean: itself, or itself in every lettered part where parts count anew."""
        return self.ids_at(symbol, Place(exact=label))

    def ids_at(self, symbol: str, place: Place) -> list[str]:
        """The paragraphs that a place may mean, in text order; several where the parts of the text each count anew."""
        return [f"{symbol}#{label}" for label in meant_by(place, self.labels(symbol))]

    def ids_below(self, name: str) -> list[str]:
        """The paragraphs that belong to one: its items, and what follows it without a number; in text order."""
        symbol, opening = parts_of(name)
        return [f"{symbol}#{label}" for label in below(opening, self.labels(symbol))]

    def has_units(self, symbol: str, place: Place) -> bool:
        """Whether a resolution has articles, rules or the like of the word that a place names."""
        return has_units(place, self.labels(symbol))

    def nearest_to(self, symbol: str, place: Place) -> list[str]:
        """Of the paragraphs that do exist, the nearest in number to a place that does not; at most two."""
        if place.unit:
            return [f"{symbol}#{label}" for label in nearest_to(place, self.labels(symbol))]
        return self.nearest_ids(symbol, str(place))

    def nearest_ids(self, symbol: str, label: str) -> list[str]:
        """Of the paragraphs that do exist, the nearest in number to one that does not; at most two."""
        prefix, number = _split(label)
        same = [one for one in self.labels(symbol) if _split(one)[0] == prefix] or self.labels(symbol)
        same.sort(key=lambda one: abs(_split(one)[1] - number))
        return [f"{symbol}#{one}" for one in same[:2]]

    def numbers_of(self, wanted: list[str]) -> list[int]:
        """Where the resolutions of a filter stand, by any way of writing their symbols.

        Raises:
            FilterError: no symbol; NotFoundError: the corpus does not hold it.
        """
        try:
            return [self.generation.number_of(str(Symbol.parse(text))) for text in wanted]
        except SymbolError as error:
            raise FilterError("filters.symbol", str(error)) from error


class MappedRows(Searchable):
    """A generation in a folder; a scope is row numbers, ascending."""

    generation: Generation

    def __init__(self, generation: Generation) -> None:
        super().__init__(generation, generation.vectors, generation.lexical)
        self.columns = generation.columns

    @property
    def years(self) -> Mapping[str, Sequence[Stretch]]:
        """Counted when first asked for, and kept with the generation."""
        return self.generation.years

    def columns_of(self, rows: Rows) -> RowColumns:
        """Taken from the mapped arrays."""
        known = self.columns
        return RowColumns(
            numbered(rows, known.window[rows]),
            known.adopted[rows],
            known.organ[rows],
            known.kind[rows],
            known.organs,
            known.kinds,
        )

    def paragraph_id(self, row: int) -> str:
        """Put together from the columns: no passage is read for it."""
        one = self.generation.listed_at(int(self.columns.resolution[row]))
        return f"{one.symbol}#{one.paragraphs[int(self.columns.paragraph[row])][0]}"

    def adopted_when(self, test: Callable[[Ints], Mask], within: Rows | None) -> Rows | None:
        """By one test for each stretch of rows with the same date."""
        days, sizes = self.generation.adoptions
        found = np.flatnonzero(np.repeat(test(days), sizes))
        rows = found if within is None else np.intersect1d(found, within)
        return rows if len(rows) else None

    def allowed(self, filters: Filters) -> Rows | None:
        """By masks over all rows."""
        columns = self.columns
        masks = [
            _one_of("organ", filters.organ, columns.organs, columns.organ),
            _one_of("session", filters.session, columns.sessions, columns.session),
            _one_of("kind", filters.kind, columns.kinds, columns.kind),
            np.isin(columns.resolution, self.numbers_of(filters.symbol)) if filters.symbol else None,
            self._verbs(filters.verb),
            columns.year >= filters.year_from if filters.year_from is not None else None,
            (columns.year <= filters.year_to) & (columns.year > 0) if filters.year_to is not None else None,
        ]
        given = [mask for mask in masks if mask is not None]
        return np.flatnonzero(np.logical_and.reduce(given)).astype(np.int64) if given else None

    def page(self, filters: Filters, offset: int, limit: int) -> tuple[int, list[int]]:
        """Cut from the list of all."""
        rows = self.allowed(filters)
        numbers = range(len(self.generation.symbols)) if rows is None else np.unique(self.columns.resolution[rows])
        return len(numbers), [int(number) for number in numbers[offset : offset + limit]]

    def _verbs(self, wanted: list[str]) -> Mask | None:
        if not wanted:
            return None
        mask = np.zeros(self.columns.n, dtype=np.bool_)
        for verb in wanted:
            mask[self.columns.rows_with_verb(place_in("verb", verb, self.columns.verb_names))] = True
        return mask


def numbered(rows: Rows, windows: Ints) -> Ints:
    """For each row the number of its paragraph through the corpus: the row of its first window.

    A generation numbers paragraphs within their resolution, and paragraph 5 of one is not paragraph 5 of another.
    """
    return (rows - windows).astype(np.int32)


def _split(label: str) -> tuple[str, int]:
    match = re.match(r"(.*?)(\d+)", label)
    return (match.group(1), int(match.group(2))) if match else (label, 0)


def _one_of(field: str, wanted: list[str], names: tuple[str, ...], codes: Ints) -> Mask | None:
    return np.isin(codes, [place_in(field, one, names) for one in wanted]) if wanted else None


def place_in(field: str, wanted: str, names: tuple[str, ...]) -> int:
    """The code of a filter's value, compared without case.

    Raises:
        FilterError: the corpus has no such value; it names the nearest.
    """
    folded = [name.casefold() for name in names]
    if wanted.casefold() in folded:
        return folded.index(wanted.casefold())
    near = difflib.get_close_matches(wanted.casefold(), folded, n=1) or folded[:3]
    shown = ", ".join(names[folded.index(one)] for one in near)
    raise FilterError(f"filters.{field}", f"the corpus has no {field} {wanted!r}; it has, for instance, {shown}")
