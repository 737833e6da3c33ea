"""Which articles, rules and the like a question names: "article 5 (3)", "art. 5, para. 3", "rules 57 and 58 of the annex"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.numerals import from_roman
from qa.symbols.asked_places import Place, Places
from qa.symbols.units import UNITS

_WORDS = {"art": "Art", "reg": "Reg"} | {word.lower(): sign for word, sign in UNITS.items()}
_NUMBER = r"(?:[1-9]\d{0,2}[A-Z]?|(?-i:[IVXLC]{1,7}))(?:\s?(?:bis|ter|quater))?(?![\w/%]|\s?/\s?\d)"
_FURTHER = (
    r"\s{0,4}+(?:(?P<through>\b(?:to|through)\s{1,4}+|[–—-]\s{0,4}+)|,\s{0,4}+(?:(?:and|or)\s{1,4}+)?|\b(?:and|or)\s{1,4}+|&\s{0,4}+)"
    rf"(?P<next>{_NUMBER})"
)
_SUBS = r"(?:\s?\((?:[a-z]|[ivx]{1,5})\))*"
_OWN = r"(?:statute|convention|rules(?:\s+of\s+procedure)?|regulations|treaty|agreement|code|principles|guidelines|model\s+law|text)"
_UNIT = re.compile(
    rf"\b(?P<word>{'|'.join(_WORDS)})s?\b\.?\s*(?:nos?\b\.?\s*)?(?P<number>{_NUMBER})"
    rf"(?:(?:\s?\((?P<paragraph>[1-9]\d?)\)|\.(?P<dotted>[1-9]\d?)(?![\w.]))?(?P<subs>{_SUBS}))",
    re.IGNORECASE,
)
_NEXT = re.compile(_FURTHER, re.IGNORECASE)
_APART = re.compile(r"[\s,:]{1,3}+(?:in\s+)?")
_OF = re.compile(r"[\s,]{1,3}+(?:of|in|to|under)\s+(?:the\s+)?", re.IGNORECASE)
_ANNEX = re.compile(r"annex(?:es)?\b(?:\s+(?P<which>[IVX]{1,4}|\d)\b)?", re.IGNORECASE)
_BEFORE_ANNEX = re.compile(r"(?<!\w)annex\b(?:\s+(?P<which>[IVX]{1,4}|\d))?[\s,]{1,3}$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[\s,]{{1,3}}+(?:of|in)\s+(?:the\s+|its\s+)?(?:(?:draft|annexed)\s+)?{_OWN}\b(?!\s+(?:on|against|for|relating|concerning|of)\b)"
    r"(?:\s+(?:annexed|attached|contained|set\s+out|adopted|approved|that\s+is\s+annexed))?",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"[\s,]{0,3}+(?:of|in|under|to)\s+(?:the\s+|its\s+|their\s+|that\s+)?(?:[\w’'-]{1,30}\s+){0,3}?"
    r"(?:charter|covenant|convention|statute|treaty|protocol|agreement|accords?|constitution|code|pact)\b",
    re.IGNORECASE,
)
_LONGEST_RANGE = 40


def with_units(text: str, groups: Sequence[Places], *, foreign: bool = False) -> list[Places]:
    """The namings of paragraphs with those of articles and rules put in, in order.

    "Paragraph 3 of article 5" and "article 5, paragraph 3" are one naming. One of a text that a resolution does not hold
    ("Article 51 of the Charter") is left out with its paragraphs, unless `foreign`.
    """
    found: list[Places] = []
    rest = list(groups)
    taken = 0
    for match in _UNIT.finditer(text):
        if match.start() < taken:
            continue
        signs, end = _signs(text, match)
        before = next((one for one in rest if _OF.fullmatch(text, one.span[1], match.start())), None)
        behind = None if before else next((one for one in rest if _APART.fullmatch(text, end, one.span[0])), None)
        joined = before or behind
        end = behind.span[1] if behind else end
        rest = [one for one in rest if one is not joined and not (one.span[0] < end and match.start() < one.span[1])]
        annex, start, end = _annex(text, before.span[0] if before else match.start(), end, joined)
        own = _BEHIND.match(text, end)
        taken = own.end() if own else end
        if own or foreign or not _FOREIGN.match(text, end):
            places = [_within(sign, one, annex) for sign in signs for one in _paragraphs(match, joined)]
            found.append(Places((start, taken), tuple(places)))
    return sorted([*rest, *found], key=lambda one: one.span)


def _signs(text: str, match: re.Match[str]) -> tuple[list[str], int]:
    """The signs of a list of units ("articles 3 and 5 to 7"), and where it ends."""
    word = _WORDS[match["word"].lower()]
    numbers, end = [_dense(match["number"])], match.end()
    while not match["paragraph"] and not match["subs"] and (further := _NEXT.match(text, end)):
        last, number = numbers[-1], _dense(further["next"])
        if further["through"] and last.isdecimal() and number.isdecimal():
            numbers += map(str, range(int(last) + 1, min(int(number), int(last) + _LONGEST_RANGE)))
        numbers.append(number)
        end = further.end()
    return [f"{word}{number}" for number in numbers], end


def _dense(number: str) -> str:
    digits = re.sub(r"\s", "", number)
    return re.sub(r"[a-z]$", lambda last: last[0].upper(), digits) if re.fullmatch(r"\d+[a-z]", digits) else digits


def _paragraphs(match: re.Match[str], joined: Places | None) -> Iterator[Place]:
    """The paragraphs named of a unit: those in brackets behind its number, or those beside it; else one for all of it."""
    if joined is not None:
        yield from joined.places
    else:
        number = match["paragraph"] or match["dotted"]
        yield Place(number=int(number) if number else None, sub=re.sub(r"\s", "", match["subs"] or "").lower())


def _within(sign: str, place: Place, annex: int) -> Place:
    return replace(place, kind="", unit=sign, annex=annex, plain=False, section="")


def _annex(text: str, start: int, end: int, joined: Places | None) -> tuple[int, int, int]:
    """The annex where a number says which (a unit's own number tells it in a text of one), and the span with its words."""
    inside = _ANNEX.search(text, *joined.span) if joined else None
    before = _BEFORE_ANNEX.search(text[max(0, start - 14) : start])
    of = _OF.match(text, end)
    behind = _ANNEX.match(text, of.end()) if of else None
    end = behind.end() if behind else end
    start = max(0, start - 14) + before.start() if before else start
    which = next((one["which"] for one in (inside, before, behind) if one and one["which"]), None)
    number = 0 if which is None else int(which) if which.isdecimal() else from_roman(which.upper()) or 0
    return number, start, end
