"""Resolutions asked for by when they were adopted: "which resolutions did the Council adopt in August 1990?".

A day of adoption is no word of a text, so meaning does not find it. Only what was adopted then is searched; where the question has no
other word, the resolutions of that time are listed.
"""

from __future__ import annotations

import datetime as dt
import re

from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.looked_up import CERTAIN, LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.references import BesideText
from qa.answering.scoping import asks_only_after
from qa.records import Kind
from qa.retrieval.order import Order
from qa.retrieval.query import Query
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable
from qa.retrieval.sequels import reaffirms
from qa.retrieval.series import Subject
from qa.store.columns import Listed
from qa.symbols.organs import Organ
from qa.wire import Filters

_MOST = 20  # of the resolutions that cite one: more are not shown together
_ORGANS = r"(?:un|unsc|unga|security council|general assembly)(?:['’]s)?"
_KNOWN = r"(?:latest|newest|most|recent|last|first|oldest|earliest|newly|new|adopted|all|un|\d{1,3}|two|three|five|ten)"
_ALL = re.compile(
    rf"\A\W*+(?:(?:what|which) (?:is|are|was|were) )?(?:(?:the|list|show|give|me) )*(?:{_KNOWN} ){{0,4}}?(?:{_ORGANS} )?(?:{_KNOWN} )?resolutions?"
    rf"(?: (?:of|by|adopted|passed|were|was|are|from|the|at|in|during|held|{_ORGANS}))*\W*+\Z",
    re.I,
)
_OTHER = frozenset({"list", "name", "pass", "show", "give", "un"})


def adopted_then(question: LookupQuestion) -> LookedUp | None:
    """The first operative paragraph of each resolution of a time, where the question has no other word; else None."""
    query, time = question.query, question.scope.time
    if time is None or Subject.of(query, {}).words - _OTHER or query.abbreviations:
        return None
    ids = first_paragraphs(_adopted_between(time.first, time.last, question))
    return (
        LookedUp(tuple(ids), f"resolutions held that were adopted in that time ({time.text}): {len(ids)}", CERTAIN)
        if ids
        else None
    )


def newest(question: LookupQuestion) -> LookedUp | None:
    """The first operative paragraph of the newest (or oldest) resolutions, of a time if one is named, where these and nothing else are asked
    for; else None.
    """
    query, order = question.query, question.scope.order
    if order is None or query.mentions or not _ALL.match(without_times(query)):
        return None
    if len(query.dates) > 1 or any(one.role is not Role.ADOPTED for one in query.dates):
        return None
    first, last = (query.dates[0].first, query.dates[0].last) if query.dates else (dt.date.min, dt.date.max)
    held = _adopted_between(first, last, question)
    ids = first_paragraphs(held[:_MOST])
    return LookedUp(tuple(ids), f"of {len(held)} resolutions held {order.value}", CERTAIN) if ids else None


def _adopted_between(first: dt.date, last: dt.date, question: LookupQuestion) -> list[Listed]:
    """What is searched of the resolutions of a time and of the organs that are named, in order of time, or backwards where that is asked for."""
    held = question.corpus.adopted_between(first, last, question.scope.filters)
    held = [one for one in held if not question.query.organs or one.organ in question.query.organs]
    return sorted(held, key=lambda one: one.adopted or "", reverse=question.scope.order is Order.NEWEST)


def of_session(question: LookupQuestion) -> LookedUp | None:
    """The first operative paragraph of each resolution of a session of the Assembly, where these and nothing else are asked for; else None."""
    query, scope = question.query, question.scope
    session = query.dates[0].session if len(query.dates) == 1 else None
    if session is None or query.mentions:
        return None
    if not _ALL.match(query.question.replace(query.dates[0].text, "")):
        return None
    held = question.corpus.adopted_between(dt.date.min, dt.date.max, scope.filters, undated=True)
    held = [one for one in held if one.organ == Organ.GENERAL_ASSEMBLY and one.session == str(session)]
    held.sort(key=lambda one: one.adopted or "", reverse=scope.order is Order.NEWEST)
    ids = first_paragraphs(held)
    note = f"resolutions held of the {query.dates[0].words}: {len(ids)}"
    return LookedUp(tuple(ids), note, CERTAIN, refuses=not ids)


def first_paragraphs(held: list[Listed]) -> list[str]:
    """The first operative paragraph of each, or the first of all."""
    return [
        f"{one.symbol}#{next((label for label, _, _ in one.paragraphs if label.startswith('OP')), one.paragraphs[0][0])}"
        for one in held
        if one.paragraphs
    ]


def came_after(question: LookupQuestion) -> LookedUp | None:
    """What cites a resolution, where only what came after that one is asked for (`cited_after`); else None."""
    query, scope = question.query, question.scope
    if not (scope.sequels and scope.filters.symbol and asks_only_after(query, scope.named)):
        return None
    return cited_after(query, scope.named.sides[0], scope.sequels, question.corpus, scope.filters)


def cited_after(
    query: Query, side: BesideText, sequels: frozenset[str], corpus: Searchable, filters: Filters
) -> LookedUp | None:
    """Of what cites a resolution and was adopted later the first paragraph that decides something, in order of time; None where there is none,
    or its day is not known.

    `sequels` are the resolutions that cite it. That these are what is asked for is likely, and no more.
    """
    if not side.day:
        return None
    day = dt.date(side.day // 10000, side.day // 100 % 100, side.day % 100)
    organs = set(query.organs)
    held = corpus.adopted_between(day + dt.timedelta(days=1), dt.date.max, filters)
    held = [one for one in held if one.symbol in sequels and (not organs or one.organ in organs)]
    held.sort(key=lambda one: one.adopted or "")
    ids = []
    for one in held[:_MOST]:
        resolution = corpus.whole(one.symbol)
        decides = [
            each
            for each in (resolution.paragraphs if resolution else ())
            if each.kind == Kind.OPERATIVE and not reaffirms(each.text)
        ]
        ids += [f"{one.symbol}#{decides[0].label}"] if decides else []
    note = f"resolutions held that cite {side.symbol} and were adopted after it: {len(held)}; in order of time, a paragraph each of {len(ids)}"
    return LookedUp(tuple(ids), note, LIKELY) if ids else None
