"""What a Member State pays of the regular budget: "what percentage does China pay?", "Germany's assessment 2026": its row of the scale.

A table of two hundred States is near to none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.answering.countries import countries_in
from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.targets import states_in
from qa.answering.lookups.worded import dated
from qa.answering.lookups.wordings import wordings
from qa.answering.tables import rows
from qa.records import Passage

_TITLE = "scale of assessments"
_WHOM = r"(?:the )?(?P<whom>[^?;:,]{2,70}?)"
_OWN = r"(?:(?:un|united nations|regular|organi[sz]ation|whole) ?)*(?:budget|expenses|costs|contributions|assessments)?"
_BUDGET = rf"(?: (?:of|to|for|towards|in) (?:the )?(?:un['’]s )?{_OWN})*"
_THE_UN = r"(?:un|united nations|organi[sz]ation)"
_OF_BUDGET = rf" (?:of|to|for|towards|in) (?:the )?(?:un['’]s )?(?:(?:(?:regular|un|united nations|whole) ){{0,2}}budget|{_THE_UN})"
_RATE = r"(?:(?:un |regular budget )?(?:assessments?|assessed contributions?|assessment rate|rate of assessment|scale of assessments?|dues))"
_PART = r"(?:share|percentage|part|contributions?)"
_PAY = r"(?:have to |has to )?(?:pay|pays|contribute|contributes|bear|bears)"
_HOW_MUCH = r"(?:how much|(?:what|which) (?:percentage|share|rate|part|portion|proportion|per cent))"
_FORMS = whole(
    rf"{_HOW_MUCH}{_BUDGET} (?:does|do|will|must|should) {_WHOM} {_PAY}{_BUDGET}",
    rf"(?:what(?: is|['’]s| was) )?{_WHOM}(?:['’]s?)? (?:{_RATE}{_BUDGET}|{_PART}{_OF_BUDGET})",
    rf"(?:what(?: is|['’]s| was) )?(?:the )?{_RATE} (?:of|for) {_WHOM}{_BUDGET}",
)


def shares(question: LookupQuestion) -> LookedUp | None:
    """The newest table with the State's row, below the paragraph that opens it; of a year only one that is for it. None for other questions."""
    query, corpus = question.query, question.corpus
    asked = without_times(query)
    match = first_match(_FORMS, asked)
    named = [states_in(one) for one in wordings(match["whom"], query, corpus)] if match else []
    names = [
        name.casefold() for one in reversed(named) if len(one) == 1 for name in one
    ]  # as resolutions word it first
    if not names:
        return None
    years = {str(day.year) for one in query.dates for day in (one.first, one.last)}
    for table, row in _tables(names, question):
        opening = corpus.passages(corpus.generation.paragraph_rows(table.id.rpartition("+")[0])[:1].tolist())
        if all(year in f"{opening[0].text if opening else ''} {table.context}" for year in years):
            ids = (*(one.id for one in opening), table.id)
            return LookedUp(ids, f"the row of the newest scale of assessments that is held: {row}", LIKELY, words=row)
    return None


def _tables(names: Sequence[str], question: LookupQuestion) -> Iterator[tuple[Passage, str]]:
    """The tables of scales of assessments, the newest first, each with the row of the State that has one of these names."""
    for _, one in sorted(dated([_TITLE], question), key=lambda pair: -pair[0]):
        of_scale = "+" in one.label and re.search(rf"\b{_TITLE}\b", one.context, re.I)
        row = _row_of(names, [one.text[row.start : row.end] for row in rows(one.text)]) if of_scale else None
        if row:
            yield one, row


def _row_of(names: Sequence[str], said: Sequence[str]) -> str | None:
    """The row that begins with one of the names, of several the first; else the only row of a State that is called so too: of two Congos none."""
    states = [(name.casefold(), forms, row) for row in said for name, forms in countries_in(row).items()]
    exact = [row for wanted in names for name, _, row in states if name == wanted]
    called = [row for wanted in names[:1] for _, forms, row in states if wanted in forms]
    return exact[0] if exact else called[0] if len(called) == 1 else None
