"""A paragraph asked of a text by its name, without a symbol: "paragraph 3 of the political declaration on ...", "X, last paragraph"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.symbols.asked_places import Place, find_places
from qa.symbols.asked_units import with_units
from qa.symbols.spelling import fold

_LONGEST = 400  # characters of a question that may be no more than a paragraph and a name
_OF = re.compile(r"\s{0,3}+,?\s{0,3}+(?:of|in|from)\s+(?:the\s+|its\s+)?(?P<name>[^?;]{3,200})", re.IGNORECASE)
_BEFORE = re.compile(r"^(?P<name>[^?;:]{3,200}?)\s{0,4}+[,:–-]\s{0,4}+(?:(?:the|its)\s{1,4}+)?$", re.IGNORECASE)
_BEHIND = re.compile(r"^\s*[,:–-]\s*(?P<name>[^?;:]{3,200})", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:what|which|who|whom|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|on)\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:say|ask|decide|provide|request|require|mean)s?\b|\bcalls?\s+(?:for|on|upon)\b|,\s",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(
    r"\b(?:under|pursuant\s+to|with|by|per|touching\s+on|relating\s+to|recall\w*|cit\w+|mention\w*|refer\w*\s+(?:back\s+)?to|invok\w+|to"
    r"|carr(?:y|ied|ying)\s+out|implement\w*|compl\w+\s+with|follow\w*|against|reservations?)\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_ANOTHER_TEXT = re.compile(
    r"\b(?:report|letter|note|memorandum|statement|draft|charter|covenant|same|above|said|this|that)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AskedByName:
    """The paragraphs asked for, the name of the text that they are asked of, and the words of both."""

    places: tuple[Place, ...]
    name: str
    words: str


def asked_by_name(question: str) -> AskedByName | None:
    """What a question that is little else than a paragraph and a name asks for; None for any other question.

    A paragraph on the way to something else ("observers sent under paragraph 5 of ...") or of a report is not asked for.
    """
    if len(question) > _LONGEST:
        return None
    folded = fold(question)
    groups = with_units(folded, find_places(folded), foreign=True)
    if len(groups) != 1 or not all(place.is_numbered for place in groups[0].places):
        return None
    start, end = groups[0].span
    before, after = question[:start], question[end:]
    if _ON_THE_WAY.search(before[-40:]):
        return None
    name = _name(before, after)
    if name is None or _ANOTHER_TEXT.search(name):
        return None
    return AskedByName(groups[0].places, name, question[start:end].strip())


def _name(before: str, after: str) -> str | None:
    of = _OF.match(after)
    if of is not None:
        return _ENDS.split(of["name"])[0].strip(" .!") or None
    last, first = not after.strip(" .?!"), not before.strip()
    match = _BEFORE.match(before) if last else _BEHIND.match(after) if first else None
    return match["name"].strip(" .!") if match and not _ASKS.match(match["name"]) else None
