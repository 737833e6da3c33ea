"""What was found for a question, before it is decided whether that is an answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qa.answering.lookups.looked_up import LookedUp
from qa.answering.ordering import Ordered
from qa.answering.quoted import Quoted
from qa.answering.references import References
from qa.answering.scoping import SearchScope
from qa.retrieval.features import days_outside
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import OF_ADOPTION, Role
from qa.wire import Filters


@dataclass(slots=True)
class Clock:
    """Milliseconds a stage, in the order in which they ran."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.stages[stage] = round(self.stages.get(stage, 0.0) + (time.perf_counter() - begun) * 1000, 3)


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates after both orderings, with what was read out of the question; and what may not be quoted.

    `withheld` gathers, while citing, the paragraphs whose quotation is not what their source holds.
    """

    query: Query
    asked: SearchScope
    ordered: Ordered
    prior: float  # log odds that such a question is one that resolutions answer
    looked_up: LookedUp | None  # what is looked up rather than weighed
    quoted: Quoted | None  # what is found of words that are quoted
    unsaid: str | None = (
        None  # what a turn asks about beside its topic, where the first candidate neither says nor means it
    )
    withheld: set[str] = field(default_factory=set)

    @property
    def named(self) -> References:
        """The references of the question."""
        return self.asked.named

    @property
    def filters(self) -> Filters:
        """What was asked for, with the resolutions that the question names."""
        return self.asked.filters

    @property
    def ranked(self) -> Ranked:
        """The candidates in their last order, as they were ranked."""
        return self.ordered.ranked

    @property
    def candidates(self) -> Candidates:
        """The candidates in their last order."""
        return self.ordered.ranked.candidates

    @property
    def first(self) -> tuple[str, ...]:
        """The paragraphs that come first whatever their meaning: named outright, quoted, or told by the name of their text."""
        told = (self.quoted, self.looked_up)
        if self.looked_up and self.looked_up.instead:
            return self.looked_up.paragraphs
        return self.named.paragraphs or next((one.paragraphs for one in told if one and one.paragraphs), ())

    @property
    def is_misdated(self) -> bool:
        """Whether the question names when a text was adopted, and the first candidate is of another time."""
        return self.ordered.late is not None and any(one.role is Role.ADOPTED for one in self.query.dates)

    def stands_for(self, place: int, other: int) -> bool:
        """Whether the candidate at a place may be shown in one at another: not if that is of the named time, and it is not."""
        adopted = self.candidates.adopted[[place, other]]
        return not any(
            away[0] > 0 == away[1]
            for one in self.query.dates
            if one.role in OF_ADOPTION
            for away in [days_outside(adopted, one)]
        )

    @property
    def late_note(self) -> str | None:
        """That the nearest paragraph is of another time than was named; None where it is not."""
        if not self.ordered.late:
            return None
        year = int(self.candidates.adopted[0]) // 10000
        return f"the nearest paragraph was adopted in {year} and does not name the time that was named ({self.ordered.late})"
