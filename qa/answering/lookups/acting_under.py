"""Resolutions asked for by what they act under: "which resolutions were adopted under Chapter VII in 1993?"."""

from __future__ import annotations

import re

from qa.answering.lookups.charter import CHAPTER, acts_under, place_asked, places_in
from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.mentioned import TEXTS
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.worded import of_time
from qa.retrieval.order import Order

_ALL = (
    r"(?:(?:please|list|show|find|give|me|which|what|all|the|any|how many|are there|first|last|earliest|latest|of) )*"
)
_ACT = (
    r"(?:act(?:s|ed|ing)?|adopted|passed|taken|made|based|invok(?:e|es|ed|ing)|rel(?:y|ies|ied|ying)"
    r"|is|are|was|were|does|did|do|that|which|have|has|on)"
)
_COUNCIL = r"(?:the )?(?:un |security |un security )?council"
_FIRST = re.compile(r"\A\W*+when did", re.I)
_FORMS = whole(
    rf"{_ALL}{TEXTS} (?:{_ACT} )+(?:under )?{CHAPTER}",
    rf"{_ALL}{CHAPTER} {TEXTS}",
    rf"(?:when|how often|how many times) (?:did|has|have) {_COUNCIL} (?:(?:first|last|ever) )?(?:act(?:ed)?|invoked?) (?:under )?{CHAPTER}",
    rf"(?:did|has) {_COUNCIL} ever (?:act(?:ed)?|invoked?) (?:under )?{CHAPTER}",
)


def acting_under(question: LookupQuestion) -> LookedUp | None:
    """Of every resolution that acts under the chapter or article of the Charter that is asked for the first paragraph that does, the newest
    first; None for other questions.
    """
    asked = without_times(question.query)
    place = place_asked(asked) if first_match(_FORMS, asked) else None
    if place is None:
        return None
    does = f"act under {place}"
    held = of_time([place.partition(" ")[2]], question)
    acting = [(day, one) for day, one in held if acts_under(one.text, place)]
    if not acting:  # "in accordance with Article 25"
        acting, does = [(day, one) for day, one in held if place in places_in(one.text)], f"name {place}"
    if not acting:
        return LookedUp((), f"no resolution that is searched acts under {place} or names it", refuses=True)
    first: dict[str, str] = {}
    is_oldest = question.scope.order is Order.OLDEST or _FIRST.match(asked) is not None
    for _, one in sorted(acting, key=lambda pair: pair[0] if is_oldest else -pair[0]):
        first.setdefault(one.symbol, one.id)
    begins = "oldest" if is_oldest else "newest"
    note = f"resolutions that {does} in so many words: {len(first)}; of each the first paragraph, the {begins} first"
    return LookedUp(tuple(first.values()), note, CERTAIN)
