"""The last order of what was found: by time, by what was asked for of several texts, by the kind of answer, by country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from qa.answering.abroad import put_country_first
from qa.answering.ahead import unnamed_ahead
from qa.answering.answer_kind import AnswerKind
from qa.answering.asked_first import asked_first
from qa.answering.of_kind import OfKind, put_kind_first
from qa.answering.other_organ import other_organ
from qa.answering.out_of_time import out_of_time
from qa.answering.scoping import SearchScope
from qa.retrieval.comparing import lacking_time, new_first
from qa.retrieval.features import days_outside
from qa.retrieval.in_time import of_that_time
from qa.retrieval.one_each import one_each
from qa.retrieval.order import HEAD, put_in_time, with_first, without_shown
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable
from qa.retrieval.sequels import decisions_first


@dataclass(frozen=True, slots=True)
class Ordered:
    """The candidates in their last order, what is known of that order, and what speaks against the first of them."""

    ranked: Ranked
    series: list[int]  # for each of the first candidates the place of the first that it nearly repeats
    head: list[str]  # the ids of the first in the order before times and kinds
    n_listed: int  # so many of the first are a list that was asked for
    lacks: AnswerKind | None  # the kind of answer that is asked for and the first has nothing of
    late: str | None  # the times named for an adoption, where the first is of none of them
    foreign: tuple[str, ...]  # countries and bodies that the question names and the first's resolution never speaks of
    unnamed: (
        str | None
    )  # the time to come at which it is asked where or when something is, which the first does not name
    other_organ: str | None  # that the first is of another organ than the question's, in words
    notes: tuple[str, ...]  # how names were read that put the first where it is, for the user


def in_order(
    query: Query, asked: SearchScope, ranked: Ranked, corpus: Searchable, fold: float, *, lists: bool
) -> Ordered:
    """The candidates in their last order. `fold`: from this share of words in common two repeat each other; `lists`: of every
    resolution of a time one is asked for.
    """
    n_read = len(ranked.readings) or HEAD
    head = ranked.candidates.head(corpus, max(HEAD, len(ranked.readings)) if asked.order else HEAD)
    sequels = None if query.wants_recitals else asked.sequels
    if sequels is not None or lists:
        ranked, head = decisions_first(ranked, head, n_read)
    ranked, series = put_in_time(query, ranked, head, fold, asked.order, sequels)
    if query.dates and lacking_time(query):
        new = new_first(query, ranked, ranked.candidates.head(corpus, HEAD), fold, partial(paragraphs_of, corpus))
        ranked, series = with_first(ranked, series, new)
    listed = one_each(query, ranked, ranked.candidates.head(corpus, n_read)) if lists else []
    rows = frozenset(ranked.candidates.rows[listed].tolist()) if listed else frozenset[int]()
    if listed:
        ranked, series = with_first(ranked, series, listed)
    if not listed and (asked_of := asked_first(query.question, ranked, series, corpus)):
        ranked, series = with_first(ranked, series, asked_of)
    of_kind = OfKind(ranked, series)  # where texts are listed no kind of answer is asked for
    if not listed:
        of_kind = put_kind_first(query.question, ranked, series, corpus, query.reading.topic)
    ranked, series = of_kind.ranked, of_kind.series
    if (_late(query, ranked.candidates, corpus) or _ends_then(query, ranked.candidates, corpus)) and (
        in_time := of_that_time(query, ranked, ranked.candidates.head(corpus, HEAD))
    ):
        ranked, series = with_first(ranked, series, in_time)
    if query.reading.n_shown:
        ranked, series = without_shown(ranked, series, query.reading.n_shown)
    of_country = put_country_first(query, ranked, series[:1] if listed else series, corpus)
    notes: tuple[str, ...] = ()
    if of_country.ranked is not ranked:
        of_kind = put_kind_first(query.question, of_country.ranked, of_country.series, corpus, query.reading.topic)
        ranked, series = of_kind.ranked, of_kind.series
        notes = of_country.notes if ranked is of_country.ranked else ()
        of_country = put_country_first(query, ranked, series[:1], corpus)  # of the one that is first now
    return Ordered(
        ranked,
        series,
        [one.id for one in head],
        still_listed(ranked, rows),
        of_kind.lacks,
        _late(query, ranked.candidates, corpus),
        of_country.foreign,
        unnamed_ahead(query, ranked.candidates, corpus),
        other_organ(query, ranked.candidates, corpus),
        notes,
    )


def still_listed(ranked: Ranked, rows: frozenset[int]) -> int:
    """How many of the first candidates are of a list (`rows`), of which what was shown before may be left out."""
    first = ranked.candidates.rows[: len(rows)].tolist()
    return next((place for place, row in enumerate(first) if row not in rows), len(first))


def _late(query: Query, found: Candidates, corpus: Searchable) -> str | None:
    """The times that the question itself names for an adoption, where the first candidate is of none of them."""
    named = [one for one in query.dates if not one.is_carried]
    if not named or not found.n:
        return None
    (first,) = found.head(corpus, 1)
    return out_of_time(query.text, named, int(found.adopted[0]), first.text, partial(_whole, corpus, first.symbol))


def _ends_then(query: Query, found: Candidates, corpus: Searchable) -> bool:
    """Whether the first candidate was adopted outside a time that the question itself names for an adoption, and names it as an end."""
    times = [one for one in query.dates if one.role is Role.ADOPTED and not one.is_carried]
    if not times or not found.n or any(days_outside(found.adopted[:1], one)[0] == 0 for one in times):
        return False
    (first,) = found.head(corpus, 1)
    return any(one.ends_in(first.text) for one in times)


def paragraphs_of(corpus: Searchable, symbol: str) -> list[str]:
    """The texts of a resolution's paragraphs; none where its record is damaged."""
    whole = corpus.whole(symbol)
    return [one.text for one in whole.paragraphs] if whole else []


def _whole(corpus: Searchable, symbol: str) -> str:
    """All paragraphs of a resolution."""
    return "\n".join(paragraphs_of(corpus, symbol))
