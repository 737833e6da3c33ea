"""Whether what a question counts is what a text counts: "how many journalists" is not told by a number of staff."""

from __future__ import annotations

import re

from qa.answering.quantities import NUMBER_WORDS, without_labels

_AFTER = (
    r"were|was|are|is|did|do|does|have|has|had|will|would|may|can|could|should|must|shall|in|of|for|at|on|from|to|that|who|went|sat"
    r"|die|died|work|take|make|took|sit|be|killed"
)
_COUNTED = re.compile(
    rf"\bhow many (?:of (?:the|its|their) )?(?:[\w-]+ ){{0,4}}?([\w-]+)(?= (?:{_AFTER})\b|\?|,|\Z)"
    rf"|\b(?:what|which) (?:number|figure)\b.{{0,40}}? (?:of|for) (?:[\w-]+ ){{0,3}}?([\w-]+)(?= (?:{_AFTER})\b|\?|\Z)",
    re.I,
)
_NUMBER = re.compile(rf"(?<!\w)(?:\d[\d,.]*|{NUMBER_WORDS})\b", re.I)
# Words of one line are counted alike.
_ALIKE = tuple(
    frozenset(line.split())
    for line in (
        "people persons staff personnel employees members individuals workers",
        "troops soldiers men contingent contingents peacekeepers personnel",
        "observers monitors watchers",
        "posts jobs positions",
        "children babies kids",
        "countries states governments nations parties",
        "experts specialists",
        "deaths killed fatalities casualties lives dead",
        "police officers",
        "seats vacancies",
    )
)
_STEM = 6  # letters of a noun that another form of it has too


def counts(question: str, text: str) -> bool | None:
    """Whether a number stands with that of which a question asks how many there are, or a plain synonym, in any sentence.

    None where a question asks for no such number.
    """
    match = _COUNTED.search(question)
    if match is None:
        return None
    noun = (match[1] or match[2]).lower()
    nouns = {noun, noun.removesuffix("s")}.union(*(line for line in _ALIKE if noun in line or f"{noun}s" in line))
    told = re.compile(rf"\b(?:{'|'.join(map(_any_form, sorted(nouns)))})", re.I)
    sentences = re.split(r"[.;] ", without_labels(text))
    return any(told.search(one) and _NUMBER.search(one) for one in sentences)


def _any_form(noun: str) -> str:
    """A pattern for a noun: of a long one its first letters, of a short one itself and its plural ("dead" is not in "deadline")."""
    return re.escape(noun[:_STEM]) if len(noun) > _STEM else rf"{re.escape(noun)}(?:s|es|ren)?\b"
