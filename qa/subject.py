"""What a resolution is about: its title, or where none is printed (as by the Security Council) its own words in place of one.

The names that most paragraphs hold come first, then the recitals, without the clauses that only cite: "Reaffirming its
resolutions 696 (1991) of 30 May 1991, 747 (1992) of 24 March 1992" says nothing of Angola. For encoding only, never quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qa.numerals import MONTH
from qa.records import Kind, Resolution

_ROOM = 12  # words of all names together
_RARE = 4  # a name that so many times fewer paragraphs hold than the first is not what the text is about
# What "and" joins to the name of one State.
_SECOND_HALF = r"Northern Ireland|Herzegovina|Tobago|Barbuda|Pr[ií]ncipe|Nevis|the Grenadines"
# Capitalised words, joined as in "National Union for the Total Independence of Angola"; the first word of a sentence is none.
_NAME = re.compile(
    rf"(?:(?<=[\w,] )|(?<=[(“\"‘]))[A-Z][\w-]+(?: and (?:{_SECOND_HALF})\b| (?:(?:of|for|in) )?(?:the )?[A-Z][\w-]*)*"
)
_CLAUSE = re.compile(r"(?<=[,;]) ")
_FIGURE = re.compile(r"\d")
# What any resolution may have, whatever it is about: a name begins after it, and is none where nothing is left.
_HOUSE = re.compile(
    r"(?:(?:United Nations|General|Assembly|Security|Council|Secretary[\w-]{0,12}|Secretariat|Organization|Charter|Chapter|Articles?|"
    r"Statute|Annex|Members?|States?|Governments?|Republic|People|Territory|Power|President|Chairman|Permanent|Special|Acting|"
    r"Personal|Representatives?|Envoy|Prime|Ministers?|Foreign|Affairs|Force|Mission|Operation|Group|Committee|Commission|"
    r"Authority|Agreements?|Conference|Declaration|Convention|Mr|His|Her|The|Add|Corr|Rev|Agenda|(?:[A-Z]{1,2}-)?[IVXL]{1,6}|"
    rf"{MONTH}|of|for|in|the)(?: |$))+"
)


def subject_of(resolution: Resolution) -> str:
    """The title; where none is printed the names it is about and what its recitals say; "" where there is neither."""
    if resolution.title:
        return resolution.title
    recitals = " ".join(
        clause
        for one in resolution.paragraphs
        if one.kind is Kind.PREAMBULAR
        for clause in _CLAUSE.split(one.text)
        if not _FIGURE.search(clause) or any(_names(clause))
    )
    names = ", ".join(_most_held([one.text for one in resolution.paragraphs]))
    return ". ".join(one for one in (names, recitals) if one)


def _most_held(texts: list[str]) -> list[str]:
    """The names that most of the texts hold, most first, as far as room goes; none that is part of another."""
    held = Counter(name for text in texts for name in dict.fromkeys(_names(text))).most_common()
    chosen: list[str] = []
    words: set[str] = set()
    for name, times in held:
        words.update(name.split())
        if times * _RARE < held[0][1] or len(words) > _ROOM:
            break
        chosen.append(name)
    return [name for name in chosen if not any(f" {name} " in f" {other} " for other in chosen if other != name)]


def _names(text: str) -> Iterator[str]:
    """The names in a text, each from its first word that is not of the house."""
    for match in _NAME.finditer(text):
        house = _HOUSE.match(match.group())
        if name := match.group()[house.end() if house else 0 :]:
            yield name
