"""Resolutions asked for by when they were adopted: "which resolutions did the Council adopt in August 1990?".

A day of adoption is no word of a text, so meaning does not find it. Only what was adopted then is searched; where the question has no
other word, the resolutions of that time are listed.
"""

from __future__ import annotations

import datetime as dt
import re

from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.looked_up import CERTAIN, LIKELY, LookedUp
from qa.answering.references import BesideText
from qa.records import Kind
from qa.retrieval.dates import DateMention
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


def adopted_then(
    query: Query, time: DateMention, order: Order | None, corpus: Searchable, filters: Filters
) -> LookedUp | None:
    """The first operative paragraph of each resolution of a time, where the question has no other word; else None.

    Only resolutions that pass the filters are listed; none where these choose paragraphs, of which the first may be none.
    """
    if filters.kind or filters.verb or Subject.of(query, {}).words - _OTHER or query.abbreviations:
        return None
    held = corpus.adopted_between(time.first, time.last, filters)
    organs = set(query.organs)
    held = [one for one in held if not organs or one.organ in organs]
    held.sort(key=lambda one: one.adopted or "", reverse=order is Order.NEWEST)
    ids = first_paragraphs(held)
    return (
        LookedUp(tuple(ids), f"resolutions held that were adopted in that time ({time.text}): {len(ids)}", CERTAIN)
        if ids
        else None
    )


def newest(query: Query, order: Order | None, corpus: Searchable, filters: Filters) -> LookedUp | None:
    """The first operative paragraph of the newest (or oldest) resolutions, of a time if one is named, where these and nothing else are asked
    for; else None.
    """
    if order is None or query.mentions or filters.kind or filters.verb or not _ALL.match(without_times(query)):
        return None
    if len(query.dates) > 1 or any(one.role is not Role.ADOPTED for one in query.dates):
        return None
    first, last = (query.dates[0].first, query.dates[0].last) if query.dates else (dt.date.min, dt.date.max)
    organs = set(query.organs)
    held = [one for one in corpus.adopted_between(first, last, filters) if not organs or one.organ in organs]
    held.sort(key=lambda one: one.adopted or "", reverse=order is Order.NEWEST)
    ids = first_paragraphs(held[:_MOST])
    return LookedUp(tuple(ids), f"of {len(held)} resolutions held {order.value}", CERTAIN) if ids else None


def of_session(query: Query, order: Order | None, corpus: Searchable, filters: Filters) -> LookedUp | None:
    """The first operative paragraph of each resolution of a session of the Assembly, where these and nothing else are asked for; else None."""
    session = query.dates[0].session if len(query.dates) == 1 else None
    if session is None or query.mentions or filters.kind or filters.verb:
        return None
    if not _ALL.match(query.question.replace(query.dates[0].text, "")):
        return None
    held = corpus.adopted_between(dt.date.min, dt.date.max, filters, undated=True)
    held = [one for one in held if one.organ == Organ.GENERAL_ASSEMBLY and one.session == str(session)]
    held.sort(key=lambda one: one.adopted or "", reverse=order is Order.NEWEST)
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


def cited_after(
    query: Query, side: BesideText, sequels: frozenset[str], corpus: Searchable, filters: Filters
) -> LookedUp | None:
    """Where only what came after a resolution is asked for: of what cites it and was adopted later the first paragraph that decides
    something, in order of time; None where there is none, its day is not known, or the filters choose paragraphs.

    `sequels` are the resolutions that cite it. That these are what is asked for is likely, and no more.
    """
    if filters.kind or filters.verb or not side.day:
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
