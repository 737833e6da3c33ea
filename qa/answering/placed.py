"""Where and between whom something is, in a question and in a paragraph: whose forces leave which country, who attacks whom, which
government, in which city. Told apart where the paragraph has the same slot filled otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.answering.countries import countries_in, is_capital, is_country, place_of, unspoken

Told = tuple[str, str]  # the question's words and the paragraph's

_FORCES = r"(?:forces|troops|army|armies|soldiers|units|personnel|military)"
_AND = r"[^;.?]"
# What is between two countries, in an order: (whose, where).
_PAIRS = (
    re.compile(
        rf"\b(?:withdraw\w*|pull\w* out|remov\w*|evacuat\w*)\b(?P<one>{_AND}{{2,60}}?)\b{_FORCES}\b{_AND}{{0,40}}?\bfrom\b(?P<other>[^;.?,]{{3,60}})",
        re.I,
    ),
    re.compile(
        rf"\b(?:attack|aggression|raid|invasion|incursion|intrusion)s?\b{_AND}{{0,20}}?\b(?:by|of)\b(?P<one>{_AND}{{3,60}}?)\b(?:on|against|into)\b(?P<other>[^;.?,]{{3,60}})",
        re.I,
    ),
)
_SIDES = ("one", "other")
_IN_ORDER = re.compile(r"\b(?:withdr|pull|remov|evacuat|attack|aggression|raid|inva|incursion|intrusion)", re.I)

_GOVERNMENT = re.compile(r"\bthe governments? of (?P<of>[^;.,?]{3,60})", re.I)
_BEFORE = re.compile(r"(?<![\w-])[\w-]{4,32} \w{2,7} \Z")
_ROOM = 32  # characters before a government

_MEETS = r"(?:conven(?:e[sd]?|ing)|h[eo]ld(?:ing)?|meet(?:s|ing)?|met|hosted|take place|takes place)"
_CITIES = frozenset(
    {"new york", "geneva", "the hague", "addis ababa", "istanbul", "montreal", "bonn", "dubai", "sharm el-sheikh"}
)
_PLACE = r"(?:The )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_MEETING = re.compile(rf"\b(?i:{_MEETS})\b,?(?P<between>[^;.?]{{0,120}}?)\b(?i:in|at) (?P<place>{_PLACE})")


def misplaced(question: str, paragraph: str, opening: str) -> Told | None:
    """What of it a paragraph tells otherwise, in the words of both."""
    return (
        _exchanged(question, paragraph)
        or _of_another_government(question, paragraph)
        or _elsewhere(question, paragraph, opening)
    )


def is_placed(question: str) -> bool:
    """Whether a question says anything of the kind."""
    return any(pattern.search(question) for pattern in (_IN_ORDER, _GOVERNMENT, _MEETING))


def _exchanged(question: str, paragraph: str) -> Told | None:
    """The countries of a pair that the paragraph has the other way round."""
    if not _IN_ORDER.search(question):
        return None
    for pattern in _PAIRS:
        asked, held = pattern.search(question), [*pattern.finditer(paragraph)]
        if asked is None or not held:
            continue
        one, other = (_first(asked[name]) for name in _SIDES)
        pairs = [tuple(_first(each[name]) for name in _SIDES) for each in held]
        if one and other and one != other and all(pair == (other, one) for pair in pairs):
            return _until_country(asked), _until_country(held[0])
    return None


def _first(words: str) -> frozenset[str]:
    return next(iter(countries_in(words).values()), frozenset())


def _until_country(match: re.Match[str]) -> str:
    """What a pair is told in, to the end of the second country's name."""
    named = place_of(next(iter(countries_in(match["other"]))), match["other"])
    end = match.start("other") + named[1] if named else match.end("other")
    return match.string[match.start() : end]


def _of_another_government(question: str, paragraph: str) -> Told | None:
    """A government in whose place, after the same words, the paragraph has another's, and never that."""
    asked = _GOVERNMENT.search(question)
    named = _own(countries_in(asked["of"])) if asked else {}
    before = _before(asked) if asked else ""
    if not before or len(named) != 1 or not unspoken(named, paragraph):
        return None
    for held in _GOVERNMENT.finditer(paragraph):
        others = _own(countries_in(held["of"]))
        if len(others) == 1 and _before(held) == before:
            return next(iter(named)), next(iter(others))
    return None


def _before(match: re.Match[str]) -> str:
    """The last two words before a place, without their hyphens: "cooperating with"."""
    found = _BEFORE.search(match.string[max(0, match.start() - _ROOM) : match.start()])
    return found[0].replace("-", "").casefold() if found else ""


def _own(named: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {name: forms for name, forms in named.items() if is_country(name)}


def _elsewhere(question: str, paragraph: str, opening: str) -> Told | None:
    """A city in whose place the paragraph, or what opens it, has something convened or held in another, and never that."""
    asked, text = _MEETING.search(question), f"{opening}\n{paragraph}"
    if asked is None or not _is_city(asked["place"]) or asked["place"].casefold() in text.casefold():
        return None
    held = next((one for one in _MEETING.finditer(text) if _is_city(one["place"])), None)
    return (asked["place"], held["place"]) if held else None


def _is_city(name: str) -> bool:
    return name.casefold() in _CITIES or is_capital(name)
