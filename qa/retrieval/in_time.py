"""The time of adoption that a question names ("extended in 1993"), where the first hit is of another: what is of that time and says the same."""

from __future__ import annotations

from collections.abc import Sequence

from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.features import days_outside
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.roles import Role
from qa.retrieval.series import Subject

_NEAR = 0.6  # of the final score: as of a series of which the newest is asked for
_ENOUGH = 2  # words of the question that both hold: one alone tells no series from another


def of_that_time(query: Query, ranked: Ranked, head: Sequence[Passage]) -> list[int]:
    """The places of those of the first candidates (`head`) that were adopted in a time that is named, lie near the first and hold
    every word of the question that it holds; the best first.
    """
    times = [one for one in query.dates if one.role is Role.ADOPTED]
    if not times or not head:
        return []
    found = ranked.candidates
    adopted, scores = found.adopted[: len(head)], found.scores[: len(head)]
    inside = [(days_outside(adopted, one) == 0) & (adopted > 0) for one in times]
    subject = Subject.of(query, found.names)
    held = subject.held(passage_input(head[0]))
    return [
        place
        for place, one in enumerate(head)
        if len(held) >= _ENOUGH
        and any(time[place] for time in inside)
        and scores[place] >= scores[0] - _NEAR
        and held <= subject.held(passage_input(one))
    ]
