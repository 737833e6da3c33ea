"""Vectors, words and filters asked of the database; what comes back is never longer than what was asked for.

A scope is a condition on the columns of a passage, and filters act where the rows are: inside the scan, the walk of the
graph and the reading of postings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import LiteralString

import numpy as np
from psycopg.sql import SQL, Composed

from qa.engine.connecting import within
from qa.engine.generation import EngineGeneration
from qa.engine.publishing import as_text
from qa.engine.tables import BLOCK
from qa.retrieval.corpus import Floats, Ints, Mask, RowColumns, Rows
from qa.retrieval.searchable import Searchable, numbered, place_in
from qa.store.errors import EngineError
from qa.store.published import Published
from qa.terms import terms_of
from qa.wire import Filters


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on the passages `p`: all of `tests` hold, each with one value."""

    tests: tuple[tuple[LiteralString, object], ...]

    def and_(self, test: LiteralString, value: object) -> Where:
        """The same, and one more."""
        return Where((*self.tests, (test, value)))

    @property
    def sql(self) -> Composed:
        """The condition; its values are to stand in their order."""
        return SQL(" AND ").join([SQL(test) for test, _ in self.tests] or [SQL("true")])

    @property
    def values(self) -> list[object]:
        """The values."""
        return [value for _, value in self.tests]


EVERYTHING = Where(())
Scope = Where | Rows | None


def _where(allowed: Scope) -> Where:
    if allowed is None:
        return EVERYTHING
    return allowed if isinstance(allowed, Where) else EVERYTHING.and_("p.place = ANY(%s)", allowed.tolist())


@dataclass(frozen=True, slots=True)
class EngineVectors:
    """Nearest rows by inner product."""

    generation: EngineGeneration

    def search(self, queries: Floats, k: int, allowed: Scope = None) -> tuple[list[Floats], list[Rows]]:
        """The `k` rows nearest to each query: scores and rows, best first, equal scores by row.

        Rows that are named one by one are compared with the query in full precision, all others in the half precision
        that they are kept in, by a scan or along the graph as the generation has it.
        """
        found = [self._search(query, k, allowed) for query in queries]
        return [scores for scores, _ in found], [rows for _, rows in found]

    def compare(self, query: Floats, rows: Rows) -> Floats:
        """The score of each of `rows`, which ascend."""
        scores, found = self._search(query, len(rows), rows)
        return scores[np.argsort(found)]

    def _search(self, query: Floats, k: int, allowed: Scope) -> tuple[Floats, Rows]:
        named = isinstance(allowed, np.ndarray)
        distance = SQL("p.embedding::vector <#> %s::vector" if named else "p.embedding <#> %s::halfvec")
        graph = self.generation.manifest.vectors == "hnsw" and not named
        where = _where(allowed)
        found = self.generation.rows(
            """SELECT p.place, {distance} AS distance FROM {g}.passage p WHERE {where} ORDER BY {order} LIMIT %s""",
            [as_text(query), *where.values, k],
            distance=distance,
            where=where.sql,
            order=SQL("distance") if graph else SQL("distance, p.place"),
        )
        rows = np.array([row for row, _ in found], dtype=np.int64)
        scores = np.array([-distance for _, distance in found], dtype=np.float32)
        order = np.lexsort((rows, -scores))
        return scores[order], rows[order]


class EngineMatches:
    """BM25 of one question's terms, added up in the database; what one call has brought the next does not ask again."""

    def __init__(self, generation: EngineGeneration, terms: list[str]) -> None:
        self._generation = generation
        self._terms = terms
        self._scores: dict[int, float] = {}
        self._highest: float | None = None

    def best(self, k: int, allowed: Scope = None) -> Rows:
        """The `k` best rows that hold a term, best first, ties by row."""
        rows, scores = self._best(k, allowed)
        self._scores.update(zip(rows.tolist(), scores.tolist(), strict=True))
        if allowed is None:
            self._highest = float(scores.max(initial=0.0))
        return rows

    @property
    def highest(self) -> float:
        """The best score anywhere; 0 where no row holds a term."""
        if self._highest is None:
            self.best(1)
        return self._highest or 0.0

    def at(self, rows: Rows) -> Floats:
        """The scores of some rows."""
        missing = [row for row in rows.tolist() if row not in self._scores]
        found = self._generation.rows(
            """SELECT u.place, sum(u.score::float8)::real
               FROM {g}.posting t, unnest(t.places, t.scores) AS u(place, score)
               WHERE t.term = ANY(%s) AND t.block = ANY(%s) AND u.place = ANY(%s) GROUP BY 1""",
            [self._terms, sorted({row // BLOCK for row in missing}), missing],
        )
        self._scores |= dict.fromkeys(missing, 0.0) | dict(found)
        return np.array([self._scores[row] for row in rows.tolist()], dtype=np.float32)

    def _best(self, k: int, allowed: Scope) -> tuple[Rows, Floats]:
        where = _where(allowed)
        join = within(self._generation.name, "JOIN {g}.passage p ON p.place = u.place") if where.tests else SQL("")
        found = self._generation.rows(
            """SELECT u.place, sum(u.score::float8)::real AS score
               FROM {g}.posting t, unnest(t.places, t.scores) AS u(place, score) {join}
               WHERE t.term = ANY(%s) AND {where} GROUP BY 1 ORDER BY score DESC, 1 LIMIT %s""",
            [self._terms, *where.values, k],
            join=join,
            where=where.sql,
        )
        return np.array([row for row, _ in found], np.int64), np.array([score for _, score in found], np.float32)


@dataclass(frozen=True, slots=True)
class EngineLexical:
    """Rows by their words."""

    generation: EngineGeneration

    def match(self, question: str) -> EngineMatches:
        """The rows that share a term with the question; a repeated term counts once."""
        return EngineMatches(self.generation, list(dict.fromkeys(terms_of(question))))

    def held(self, terms: Iterable[str]) -> set[str]:
        """Those of `terms` that any row holds; their rows are not read."""
        found = self.generation.rows(
            """SELECT term FROM unnest(%s::text[]) AS asked(term)
               WHERE EXISTS (SELECT 1 FROM {g}.posting t WHERE t.term = asked.term)""",
            [list(terms)],
        )
        return {term for (term,) in found}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """For those of `terms` that any row holds, in how many rows they stand; one statement."""
        return dict(
            self.generation.rows(
                "SELECT term, sum(cardinality(places))::int FROM {g}.posting WHERE term = ANY(%s) GROUP BY term",
                [list(terms)],
            )
        )


class EngineRows(Searchable):
    """A generation in the database; a scope is a condition."""

    generation: EngineGeneration

    @classmethod
    def of(cls, generation: Published) -> EngineRows:
        """For one call: it remembers the ids of the rows that the call looked at."""
        if not isinstance(generation, EngineGeneration):
            raise TypeError(type(generation))
        made = cls(generation, EngineVectors(generation), EngineLexical(generation))
        made._ids = {}
        return made

    _ids: dict[int, str]

    def columns_of(self, rows: Rows) -> RowColumns:
        """One statement for all of them."""
        words = self.generation.words
        found = self.generation.rows(
            """SELECT id, place, "window", adopted, organ, kind FROM {g}.passage WHERE place = ANY(%s) ORDER BY place""",
            [rows.tolist()],
        )
        if len(found) != len(rows):
            raise EngineError(str(self.generation.place), "rows are missing", "copy the index again: qa index copy")
        self._ids.update((row, name) for name, row, *_ in found)
        table = np.array([values for _, *values in found], dtype=np.int32).reshape(-1, 5)
        places, windows, adopted, organ, kind = table[np.searchsorted(table[:, 0], rows)].T
        return RowColumns(numbered(places, windows), adopted, organ, kind, words.organs, words.kinds)

    def paragraph_id(self, row: int) -> str:
        """As remembered from the candidates, else read."""
        return self._ids.get(row) or super().paragraph_id(row)

    def adopted_when(self, test: Callable[[Ints], Mask], within: Scope) -> Where | None:
        """By a test of every day on which something was adopted."""
        days = np.array(self.generation.words.days, dtype=np.int32)
        passing = days[test(days)].tolist()
        return _where(within).and_("p.adopted = ANY(%s)", passing) if passing else None

    def allowed(self, filters: Filters) -> Where | None:
        """A condition; see `Searchable.allowed`."""
        words = self.generation.words
        where = EVERYTHING
        if filters.organ:
            where = where.and_("p.organ = ANY(%s)", [place_in("organ", one, words.organs) for one in filters.organ])
        if filters.session:
            codes = [place_in("session", one, words.sessions) for one in filters.session]
            where = where.and_("p.session = ANY(%s)", codes)
        if filters.kind:
            where = where.and_("p.kind = ANY(%s)", [place_in("kind", one, words.kinds) for one in filters.kind])
        if filters.symbol:
            where = where.and_("p.resolution = ANY(%s)", self.numbers_of(filters.symbol))
        if filters.verb:
            where = where.and_(
                "p.verbs && %s::int[]", [place_in("verb", one, words.verb_names) for one in filters.verb]
            )
        if filters.year_from is not None:
            where = where.and_("p.year >= %s", filters.year_from)
        if filters.year_to is not None:
            where = where.and_("p.year > 0 AND p.year <= %s", filters.year_to)
        return where if where.tests else None

    def page(self, filters: Filters, offset: int, limit: int) -> tuple[int, list[int]]:
        """Counted and cut in the database."""
        where = self.allowed(filters)
        if where is None:
            n = len(self.generation.symbols)
            return n, list(range(n)[offset : offset + limit])
        found = self.generation.rows(
            """SELECT count(*) OVER (), resolution FROM {g}.passage p WHERE {where}
               GROUP BY resolution ORDER BY resolution OFFSET %s LIMIT %s""",
            [*where.values, offset, limit],
            where=where.sql,
        )
        if found or not offset:
            return (found[0][0] if found else 0), [number for _, number in found]
        return self.page(filters, 0, 1)[0], []
