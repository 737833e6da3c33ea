"""Articles, rules and the like: the units of a treaty, statute or rules of procedure, in which paragraphs count anew."""

from __future__ import annotations

import re

UNITS = {"Article": "Art", "Rule": "Rule", "Regulation": "Reg", "Principle": "Principle", "Guideline": "Guideline"}
"""The word that is printed, and how a label spells it: "Article 5" is `Art5`."""

UNIT_WORDS = {sign: word.lower() for word, sign in UNITS.items()}
"""The word for a unit in a sentence: `Art` is "article"."""

_CITED = {"Art": "art.", "Rule": "rule", "Reg": "reg.", "Principle": "principle", "Guideline": "guideline"}
_HEADING = re.compile(
    rf"[“\"]?(?P<word>{'|'.join((*UNITS, *map(str.upper, UNITS)))}) (?P<number>\d{{1,3}}[A-Z]?|[IVXLC]{{1,7}})(?: (?P<again>bis|ter|quater))?"
    r"(?:\.?\s*$|[.:]? ?(?:[–—-]+ ?)?[“\"\[(]?[A-Z])"
)
UNIT_SIGN = rf"(?:{'|'.join(UNITS.values())})(?:\d{{1,3}}[A-Z]?|[IVXLC]{{1,7}})(?:bis|ter|quater)?"
"""The pattern of a unit's sign in a label."""

_PIECES = re.compile(r"([A-Z][a-z]+?)(\d+[A-Z]?|[IVXLC]+)(\w*)")


def read_unit(heading: str) -> str | None:
    """The sign of the unit that a heading opens, its number as printed: "Article 5 Definitions" -> "Art5"."""
    match = _HEADING.match(heading)
    return UNITS[match["word"].capitalize()] + match["number"] + (match["again"] or "") if match else None


def cite_unit(sign: str) -> str:
    """The words for a unit's sign: "Art5" -> "art. 5", "Rule4bis" -> "rule 4 bis"."""
    match = _PIECES.fullmatch(sign)
    word, number, again = match.groups() if match else (sign, "", "")
    return f"{_CITED.get(word, word)} {number} {again}".rstrip()
