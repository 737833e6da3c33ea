"""Resolutions of a time that all did the same ("which resolutions of 1993 extended UNAVEM II?"): one paragraph of each, in order of time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.order import is_minor
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.sequels import tells_back
from qa.retrieval.series import Subject, asks_for_renewals, renews

_ELSEWHERE, _FEW = 1, 2  # so many words of more than so many may stand in another paragraph of the text
_SEVERAL = re.compile(r"\bresolutions\b|\bhow (?:often|many times)\b", re.I)


def asks_for_each(question: str) -> bool:
    """Whether several resolutions are asked for, or how often something was done."""
    return _SEVERAL.search(question) is not None


def one_each(query: Query, ranked: Ranked, read: Sequence[Passage]) -> list[int]:
    """Of the first candidates (`read`) the places of one paragraph of each text that holds as much of the question as any, in
    order of time: of what it decides the one that holds most of it, of equal ones the better.
    """
    subject = Subject.of(query, ranked.candidates.names)
    told: dict[str, frozenset[str]] = {}
    for one in read:
        told[one.symbol] = told.get(one.symbol, frozenset()) | subject.held(passage_input(one))
    wanted = max(told.values(), key=len, default=frozenset())
    named = {*subject.names, *(one.casefold() for one in query.abbreviations if one not in subject.names)}
    if not wanted or not named <= wanted:
        return []  # that which is named by its letters is not told from others here
    elsewhere = _ELSEWHERE if len(wanted) > _FEW else 0
    renewals = asks_for_renewals(query)  # what establishes a mission, or reports on it, is none
    best: dict[str, tuple[int, bool, int]] = {}
    for place, one in enumerate(read):
        if wanted <= told[one.symbol] and (not renewals or renews(one)) and not tells_back(one):
            worth = len(subject.held(one.text)), not is_minor(one, query), -place
            if len(wanted & subject.held(passage_input(one))) >= len(wanted) - elsewhere:
                best[one.symbol] = max(best.get(one.symbol, worth), worth)
    places = [-place for _, _, place in best.values()]
    return sorted(places, key=lambda place: int(ranked.candidates.adopted[place]))
