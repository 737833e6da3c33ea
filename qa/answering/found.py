"""What was found for a question, and what of it the user is told beside the answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.answering.by_name import ByName
from qa.answering.references import Named
from qa.retrieval.order import order_asked
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.wire import Filters, Understood


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates after both orderings, with what was read out of the question; and what may not be quoted.

    `withheld` gathers, while citing, the paragraphs whose quotation is not what their source holds.
    """

    query: Query
    named: Named
    filters: Filters
    ranked: Ranked
    prior: float  # log odds that such a question is one that resolutions answer
    series: list[int]  # for each of the first candidates the place of the first that it nearly repeats
    late: str | None  # the times named for an adoption, where the first candidate is of none of them
    by_name: ByName | None  # the paragraphs asked for of a text that is named without a symbol
    withheld: set[str] = field(default_factory=set)

    @property
    def first(self) -> tuple[str, ...]:
        """The paragraphs that come first whatever their meaning: named outright, or told by the name of their text."""
        return self.named.paragraphs or (self.by_name.paragraphs if self.by_name else ())

    @property
    def candidates(self) -> Candidates:
        """The candidates in their last order."""
        return self.ranked.candidates


def understood(found: Found, k: int) -> Understood:
    """What was read out of the question and what follows, for the user."""
    expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
    expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
    dates = tuple(one.note for one in found.query.dates)
    asked, late = order_asked(found.query.text), unheld(found)
    dates += (f"{asked[1]!r}: of what fits about equally the {asked[0].value}",) if asked else ()
    dates += (late,) if late else ()
    organs = tuple(f"{organ.value} is preferred" for organ in found.query.organs)
    unread = found.query.n_unread
    cut = (f"the question is long: its last {unread} words were searched as words only",) if unread else ()
    read = (found.query.reading.note,) if found.query.reading.note else ()
    references = list(found.first or found.named.symbols)
    n_named = len(found.first)
    more = (f"{n_named} paragraphs are named: the first {k} are shown; ask for more (k)",) if n_named > k else ()
    titled = (found.by_name.note,) if found.by_name else ()
    notes = [*found.query.notes, *read, *found.named.notes, *titled, *more, *cut, *dates, *organs]
    return Understood(found.filters, references, expansions, notes)


def unheld(found: Found) -> str | None:
    """That the nearest paragraph is of another time than was named; None where it is not."""
    return f"the nearest paragraph was not adopted in {found.late} and does not name that time" if found.late else None
