"""Paragraph numbers as printed ("4 (a)", "annex 12") and the ids they stand for (`A/RES/55/179#OP4(a)`).

The grammar is the one of passage ids: an optional part, then PPn, OPn with sub-paragraphs, an annex and its number, or an article
or rule and the number in it.
"""

from __future__ import annotations

import re

from qa.ids import parts_of
from qa.numerals import from_roman
from qa.symbols.units import UNIT_SIGN, UNITS

_LABEL = re.compile(
    r"(?:[A-Z]+\d*\.)*(?:PP\d+|OP\d+(?:\+\d+)?|A\d+\.(?:[A-Za-z]+\d*\.)*u?\d+"
    rf"|(?:A\d+\.)?{UNIT_SIGN}(?:~\d+)?(?:\.u?\d+)?)(?:\([A-Za-z0-9]+\)|~\d+|~[A-Z]+)*"
)
_BELOW = re.compile(r"(?:~[A-Z]+)?\(.*")
_PRINTED = re.compile(
    r"(?:(?P<part>[A-Z]{1,4})(?:\.\s*|\s+))?(?:(?P<where>annex|preamble)\s+(?:(?P<roman>[IVX]+)\s+)?)?"
    r"(?P<number>\d+)(?P<sub>(?:\s*\([A-Za-z0-9]+\))*)"
)
# As citations are written ("annex III, rule 57", "annex, art. 5, para. 3 (b)"), and as people shorten them ("annex art. 5 (3)").
_UNIT = re.compile(
    rf"(?:annex(?:\s+(?P<roman>[IVX]+))?,?\s+)?(?P<word>{'|'.join(UNITS)}|art|reg)\.?\s+(?P<number>\d+[A-Z]?)"
    r"(?:,?\s+para\.?\s+(?P<para>\d+)|\s*\((?P<first>\d+)\))?(?P<sub>(?:\s*\([A-Za-z0-9]+\))*)",
    re.IGNORECASE,
)


def label_of(printed: str) -> str | None:
    """The label that a printed number stands for, or None where it is no paragraph number.

    "4" is OP4, "4 (a)" OP4(a), "annex 12" A1.12, "annex II 3" A2.3, "preamble 2" PP2, "B 3" and "B.3" B.OP3; a label stands for
    itself. The annex of a text with one annex is annex 1, however it is headed. "annex II, art. 5, para. 3" is A2.Art5.3, "annex
    rule 57" A1.Rule57.
    """
    text = printed.strip()
    if _LABEL.fullmatch(text):
        return text
    if unit := _UNIT.fullmatch(text):
        return _unit(unit)
    found = _PRINTED.fullmatch(text)
    if not found:
        return None
    sub = re.sub(r"\s+", "", found["sub"])
    part = f"{found['part']}." if found["part"] else ""
    if found["where"] == "preamble":
        return f"{part}PP{found['number']}" if not sub else None
    if found["where"] == "annex":
        annex = from_roman(found["roman"] or "I")
        return f"{part}A{annex}.{found['number']}{sub}" if annex else None
    return f"{part}OP{found['number']}{sub}"


def _unit(found: re.Match[str]) -> str | None:
    annex = from_roman((found["roman"] or "I").upper())
    word = found["word"].capitalize()
    number = f".{found['para'] or found['first']}" if found["para"] or found["first"] else ""
    sub = re.sub(r"\s+", "", found["sub"])
    return f"A{annex}.{UNITS.get(word, word)}{found['number']}{number}{sub}" if annex else None


def fold(paragraph_id: str) -> str:
    """The id of the numbered paragraph that a sub-paragraph belongs to; other ids stand for themselves.

    `A/RES/80/206#OP4(a)` folds to `A/RES/80/206#OP4`; brackets before the `#` belong to the symbol and stay.
    """
    symbol, label = parts_of(paragraph_id)
    if not _LABEL.fullmatch(label):
        return paragraph_id
    return f"{symbol}#{_BELOW.sub('', label)}"


def fold_ranking(ids: tuple[str, ...]) -> tuple[str, ...]:
    """A ranking with every sub-paragraph replaced by its paragraph, which keeps its best place."""
    return tuple(dict.fromkeys(fold(one) for one in ids))
