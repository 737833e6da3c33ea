"""Where in a text: "paragraph 5 (a)", "OP4", "third preambular paragraph", "annex, para. 12", read into labels."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from qa.numerals import ORDINALS, from_roman

ORDINAL_WORDS = "|".join(  # by first letter: a word that is none is told at once
    f"{first}(?:{'|'.join(word[1:] for word in words)})" for first, words in groupby(sorted(ORDINALS), itemgetter(0))
)
_SUB = r"(?:\s?\((?:[a-z]|[ivx]{1,5})\))*"
PLACE = (
    r"(?<![a-z])(?=[a-z¶]|[1-9]\d?[a-z])(?:(?P<annex>annex(?:\s+(?P<annex_number>[IVX]{1,4}|\d))?,?\s+)?"
    r"(?:(?:sect(?:ion)?\.?|part)\s+(?P<sect>[IVX]{1,4}|[A-Z])\s*,\s*)?"
    r"(?:(?P<kind>operative\s+para(?:graph)?s?|preambular\s+para(?:graph)?s?|para(?:graph)?s?|OPs?|PPs?|¶{1,2})"
    r"\s*+(?:\.\s*+)?"
    rf"(?P<place>[1-9]\d{{0,2}})(?P<sub>{_SUB})(?:\s*(?:,|and|to|-|–|or|&)\s*[1-9]\d{{0,2}}(?![\w/]){_SUB}){{0,5}}"
    rf"|(?:the\s+)?(?P<ordinal>{ORDINAL_WORDS}|[1-9]\d?(?:st|nd|rd|th))\s++"
    r"(?:(?P<ordinal_kind>preambular|operative)\s*+)?"
    r"para(?:graph)?\b))"
)
_BEFORE = re.compile(
    PLACE + r"\s*+(?:,\s*+)?(?:(?:of|in|from|under|to)\s++)?(?:the\s++)?(?P<of_annex>annex(?:es)?\s++(?:of|to|in)\s++)?"
    r"(?:the\s++)?(?:its\s++)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?<!\s)\s*+(?:[,:(]\s*+)?+(?:(?:in|at|under|and)\s++)?+(?:(?:its|the)\s++)?+" + PLACE, re.IGNORECASE
)
_LABEL = re.compile(r"#(?P<label>(?:[A-Z]+\.)?(?:(?:PP|OP)\d{1,3}|A\d\.u?\d{1,3}(?:~[A-Z]+)?)(?:\([a-z]{1,4}\))*)")
_ENDING = re.compile(r"(?:\b(?:of|in|from|under|to|the|its|para|paragraph)|[\d),])\s*$", re.IGNORECASE)
_LOOKED_BACK = 110


def place_before(text: str, start: int) -> tuple[int, str] | None:
    """The place named right before `start` ("OP4 of |1325"): where it begins and its label."""
    begin = max(0, start - _LOOKED_BACK)
    if not _likely(text[begin:start]):
        return None
    match = _BEFORE.search(text[begin:start])
    if match is None:
        return None
    return begin + match.start(), _label(match, annex=bool(match["annex"] or match["of_annex"]))


def place_after(text: str, end: int) -> tuple[int, str] | None:
    """The place named right after `end` ("55/179|, para. 24"): where it ends and its label."""
    label = _LABEL.match(text, end)
    if label:
        return label.end(), label["label"]
    match = _AFTER.match(text, end, end + _LOOKED_BACK)
    return (match.end(), _label(match, annex=bool(match["annex"]))) if match else None


def _likely(text: str) -> bool:
    """A cheap look before the costly one: the text must end as a place does, and hold a word for one."""
    if not _ENDING.search(text[-14:]):
        return False
    lower = text.lower()
    return "para" in lower or "op" in lower or "pp" in lower or "¶" in lower


def _label(match: re.Match[str], annex: bool) -> str:
    section = f"{match['sect'].upper()}." if match["sect"] else ""
    if match["ordinal"]:
        word = match["ordinal"].lower()
        number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        recital = (match["ordinal_kind"] or "").lower().startswith("pre")
    else:
        number = int(match["place"])
        recital = match["kind"].lower().startswith(("pp", "pre"))
    sub = re.sub(r"\s", "", match["sub"] or "")
    if annex:
        which = match["annex_number"]
        return f"{section}A{(from_roman(which.upper()) or which) if which else 1}.{number}{sub}"
    return f"{section}{'PP' if recital else 'OP'}{number}{sub}"
