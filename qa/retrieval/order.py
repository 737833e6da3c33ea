"""Hits in order of time: the newest of a series that recurs, and the newest or oldest where the question asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from qa.records import Kind, Passage
from qa.retrieval.corpus import Floats, Ints, Mask
from qa.retrieval.features import days_outside
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.sequels import of_sequels, tells_back
from qa.retrieval.series import Subject, may_be_meant, recalls_renewal
from qa.retrieval.twins import Bearing, alike, names_shared

HEAD = 20  # of the candidates, so many are compared with each other
_HAIR = 0.1  # of the final score: what lies so close to the best of its group is put in order of time
_NEARLY = 0.6  # and of a series of which the newest or the oldest is asked for; half of it where the text as a whole may be of another
_MINOR = 0.3  # so much lower stands, in a series, what decides nothing
_TEXTS = (
    r"(?:resolutions?|texts?|decisions?|renewals?|extensions?|prolongations?|versions?|mandates?|terms?|periods?|budgets?|"
    r"appropriations?|assessments?|time|ones?|dates?|end|expiry|level|sum|amount|security council|general assembly|un|sc|ga|unsc|unga)"
)
_EVENTS = r"(?:conferences?|summits?|congress(?:es)?|forums?|games|decades?)"  # of what is still to come the newest text tells
_BETWEEN = r"(?:(?:the|a|an|un|of|[\w'’-]+) ){0,2}?"
# A duty to report, and an order of texts as such.
_REPORT = re.compile(
    r"\A\W*+(?:\d+\W+)?(?:(?:also|further) )?requests the secretary-general to (?:report|submit|keep)\b", re.I
)
_OF_TEXTS = re.compile(
    r"\b(?:first|earliest|oldest|last|latest|newest|most recent|final) (?:[\w'’-]+ ){0,3}?(?:resolution|renewal|extension|prolongation)s?\b",
    re.I,
)


class Order(StrEnum):
    """Which of hits that fit about equally comes first; the value is what a note says of it."""

    NEWEST = "the newest comes first"
    OLDEST = "the oldest comes first"


def beyond(day: int, order: Order) -> Callable[[Ints], Mask]:
    """Which dates of adoption lie beyond a day (yyyymmdd), on the side of the newest or of the oldest; none that is not known."""
    if order is Order.NEWEST:
        return lambda adopted: adopted > day
    return lambda adopted: (adopted < day) & (adopted > 0)


_WORDS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (
        Order.NEWEST,
        re.compile(
            r"\b(?:latest|newest|most recent(?:ly)?|currently|nowadays|at present|as of (?:now|today)|still in force|this year['’]s)\b"
            rf"|\b(?:current|last|final|recent|present) {_BETWEEN}{_TEXTS}\b|\blast (?:extended|renewed|prolonged|adopted)\b"
            rf"|\b(?:next|coming|upcoming|forthcoming) (?:[\w'’-]+ ){{0,3}}?{_EVENTS}\b",
            re.I,
        ),
    ),
    (
        Order.OLDEST,
        re.compile(
            rf"\b(?:earliest|very first|oldest|in the first place)\b|\b(?:first|original|initial) {_BETWEEN}{_TEXTS}\b"
            r"|\b(?:first|originally|initially) (?:extended|renewed|prolonged|adopted|established|created|set up|mandated)\b",
            re.I,
        ),
    ),
)


def order_in(text: str) -> tuple[Order, str] | None:
    """The order that a text asks for, and in which words; None where it asks for none."""
    for order, words in _WORDS:
        match = words.search(text)
        if match:
            return order, match.group()
    return None


def order_asked(query: Query) -> tuple[Order, str] | None:
    """The order that a question asks for, itself or else in the topic that it carries over, and in which words.

    None where it asks for none, and where it names the text's time, of adoption or to come: its "latest figures" are then those of that
    text, but the "first resolution of 1968" is the first of those.
    """
    wanted = order_in(query.question) or (order_in(query.text) if query.reading.topic else None)
    timed = any(one.role in (Role.ADOPTED, Role.SESSION, Role.AHEAD) for one in query.dates)
    return None if wanted and timed and not _OF_TEXTS.search(query.question) else wanted


def newest_of_groups(groups: Sequence[Hashable], scores: Floats, adopted: Ints, near: float) -> list[int]:
    """The places of some hits, best first, with those of one group that score within `near` of its best put newest first.

    They share out the places that they have; of one date the better stays first. `adopted` is yyyymmdd, 0 unknown: last.
    """
    places = list(range(len(groups)))
    for group in dict.fromkeys(groups):
        members = [place for place in range(len(groups)) if groups[place] == group]
        members = [place for place in members if scores[place] >= scores[members[0]] - near]
        for place, member in zip(members, sorted(members, key=lambda one: -int(adopted[one])), strict=True):
            places[place] = member
    return places


def series_first(
    members: Mapping[int, float], texts: Sequence[str], scores: Floats, adopted: Ints, order: Order
) -> list[int]:
    """The places of some hits with the members of a series before all others, the newest or the oldest text of it first.

    `members` says how far below the best of them each may score, `texts` of which text each hit is. Of a text come those that
    score about as its best, the better first. `adopted` is yyyymmdd, 0 unknown: last.
    """
    best: dict[str, float] = {}
    for place in members:
        best[texts[place]] = max(best.get(texts[place], -np.inf), float(scores[place]))
    highest = max(best.values(), default=0.0)
    moved = [
        place for place, near in members.items() if scores[place] >= max(highest - near, best[texts[place]] - _HAIR)
    ]
    sign = -1 if order is Order.NEWEST else 1
    moved.sort(key=lambda place: (adopted[place] == 0, sign * int(adopted[place]), -scores[place]))
    return [*moved, *(place for place in range(len(texts)) if place not in moved)]


def is_minor(one: Passage, query: Query) -> bool:
    """Whether a paragraph is none of what a resolution decides: a recital that nobody asked for, or a report that is requested."""
    if one.kind == Kind.PREAMBULAR:
        return not query.wants_recitals and not recalls_renewal(one.text)
    return bool(_REPORT.search(one.text))


def pair_first(series: Sequence[int], fits: Sequence[Mask]) -> list[int]:
    """The places of some hits with two before all others: of two times (`fits`) the best hit, and what is most alike it of the other.

    `series` is what `alike` gave. Of what is not alike the best comes; what is of neither time comes last.
    """
    n = len(series)
    one = next((place for place in range(n) if any(fit[place] for fit in fits)), None)
    if one is None:
        return list(range(n))
    other = next((fit for fit in fits if not fit[one]), fits[-1])  # times may overlap: a session, and a year of it
    others = (place for place in range(n) if other[place] and place != one)
    twins = sorted(others, key=lambda place: series[place] != series[one])
    pair = sorted([one, *twins[:1]], key=lambda place: not fits[0][place])
    rest = [place for place in range(n) if place not in pair]
    return [*pair, *sorted(rest, key=lambda place: not any(fit[place] for fit in fits))]


def in_series(head: Sequence[Passage], query: Query, found: Candidates) -> dict[int, float]:
    """Which of the first candidates (`head`) are about the same as the best, and how far below it each may score."""
    fits = may_be_meant(found, query, head)
    held = Subject.of(query, found.names).series(head, fits)
    return {
        place: _NEARLY if held.heads(one) else _NEARLY / 2
        for place, one in enumerate(head)
        if held and fits[place] and held.holds(one)
    }


def put_in_time(
    query: Query,
    ranked: Ranked,
    head: Sequence[Passage],
    share: float,
    order: Order | None,
    sequels: frozenset[str] | None = None,
) -> tuple[Ranked, list[int]]:
    """The candidates with the first of them (`head`) in order of time, and which of those are alike (`alike`, by `share`).

    Of two times that are compared one paragraph each comes first. Where an order is asked for, what is about the same as the
    best is put in it; where what came after a resolution or before it is asked for (`sequels`: what cites it), of what does not
    tell back. Else of a series the newest comes first, where the question names no time.
    """
    series = alike([one.text for one in head], share)
    compared = [one for one in query.dates if one.role is Role.COMPARED]
    if not head or (query.dates and not order and not compared):
        return ranked, series[:HEAD]
    found, n = ranked.candidates, min(len(head), len(ranked.readings) or HEAD)
    scores, adopted = found.scores[:n], found.adopted[:n]
    if compared:
        places = pair_first(series[:n], [days_outside(adopted, one) == 0 for one in compared])
    elif order:
        members = of_sequels(head[:n], scores, sequels, _NEARLY, _NEARLY / 2) if sequels else {}
        members = members or in_series(head[:n], query, found)
        if sequels is not None:
            members = {place: near for place, near in members.items() if not tells_back(head[place])}
        lower = np.array([_MINOR if is_minor(one, query) else 0.0 for one in head[:n]], dtype=np.float32)
        places = series_first(members, [one.symbol for one in head[:n]], scores - lower, adopted, order)
    else:
        asked = Bearing.of(query.lexical, found.names)
        many = {first for first in series if series.count(first) > 1}
        groups = [
            (first, names_shared(one.context, asked) if first in many else None)
            for first, one in zip(series, head, strict=True)
        ][:n]
        places = newest_of_groups(groups, scores, adopted, _HAIR)
    ranked, series = with_first(ranked, series, places)
    return ranked, series[:HEAD]


def with_first(ranked: Ranked, series: Sequence[int], first: Sequence[int]) -> tuple[Ranked, list[int]]:
    """The candidates with some before all others, and which of those of the head are alike then."""
    n = max([len(series), *(place + 1 for place in first)])
    places = [*first, *(place for place in range(n) if place not in first)]
    turned = [series[place] if place < len(series) else place for place in places]
    return ranked.turned(places), [turned.index(one) for one in turned[: len(series)]]


def without_shown(ranked: Ranked, series: Sequence[int], n: int) -> tuple[Ranked, list[int]]:
    """Without the first `n` candidates of different texts and what repeats them, as far as others of the head are left.

    `series` gives for each of the head the place of the first that it nearly repeats; the new one is given back with them.
    """
    shown = set(sorted(set(series))[:n])
    kept = [place for place, first in enumerate(series) if first not in shown]
    if not kept:
        return ranked, list(series)
    left = [*kept, *range(len(series), ranked.candidates.n)]
    moved_up = range(len(kept), min(len(left), len(series)))  # these were compared with none
    return ranked.only(left), [*(kept.index(series[place]) for place in kept), *moved_up]
