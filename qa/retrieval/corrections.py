"""What a turn says before it asks: that it takes something back ("no, i meant Cyprus", "not Lebanon, Cyprus") or begins anew ("other question:")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.retrieval.turns import ABOUT, ASKS, JOINS, THE_ONE
from qa.terms import distinct_terms

_ASIDE = r"(?:(?:ok|okay|so|and|but|well|hm+|by the way|btw|one more thing|another thing|also|sorry)\b\W*+)*+"
_ANEW = re.compile(
    rf"\A\W*+{_ASIDE}(?:(?:now|then|here['’]?s|i have|let me ask|let['’]?s|(?:to )?chang(?:e|ing))\b\W*+)?+"
    r"(?:something else|something (?:completely |totally |quite )?different|(?:(?:an)?other|(?:a )?(?:new|different|unrelated)|(?:the )?next)"
    r" (?:question|topic|subject|matter))\b(?: now| then| please)?\s*+[:,;.?!–—-]\s*+",
    re.I,
)
_BESIDE = re.compile(r"\A\W*+(?:by the way|btw|(?:one more|another) (?:thing|question))\b\s*+[:,;.–—-]?\s*+", re.I)
_MEANT = re.compile(
    r"\A\W*+(?:(?:no|nope|sorry|actually|wait|rather|oh|oops|i)\b\W*+)++"
    r"(?:(?:meant?|am asking about|asked about|was asking about|am talking about|was talking about)\b\W*+)"
    r"(?:(?:about|for|in|is)\b\W*+)?+",
    re.I,
)
_NO = re.compile(r"\A\W*+(?:(?:no|nope|rather|wait)\s*+[,;:.!–—-]\W*+|(?:sorry|actually|oh|oops)\W++)++", re.I)
_THING = r"(?:(?:the|in|for|on|about)\s++)?+(?P<{}>[\w’'.-]++(?:\s++[\w’'.-]++){{0,3}}?)"
_NOT = re.compile(
    r"\A\W*+(?:no\W++)?+not\s++(?!(?:that|this|it|the one|so|quite|really)\b)"
    rf"{_THING.format('old')}\s*+[,;–—-]\s*+(?:but\s++|rather\s++|i meant?\s++)*+{_THING.format('new')}\W*\Z"
    rf"|\A\W*+{_THING.format('other')}\s*+[,;–—-]?\s++not\s++{_THING.format('first')}\W*\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn without what it says before it asks.

    `withdrawn` is what is taken back, "" where nothing is named; `corrects`: what follows stands in the place of something
    said before; `begins_anew`: it has nothing to do with what was said before.
    """

    asked: str
    withdrawn: str = ""
    corrects: bool = False
    begins_anew: bool = False


def said(turn: str) -> Opened:
    """The turn, parted from its opening; as it stands where nothing is left without."""
    anew = _ANEW.match(turn)
    if anew and distinct_terms(turn[anew.end() :]):
        return Opened(turn[anew.end() :], begins_anew=True)
    beside = _BESIDE.match(turn)
    if beside and beside.end() < len(turn):
        turn = turn[beside.end() :]
    meant = _MEANT.match(turn) or _NO.match(turn)
    rest = turn[meant.end() :] if meant else turn
    if not distinct_terms(rest):
        return Opened(turn)
    instead = _NOT.match(rest)
    if instead:
        old, new = instead["old"] or instead["first"], instead["new"] or instead["other"]
        return Opened(new, withdrawn=old, corrects=True)
    if meant is None:
        return Opened(turn)
    return Opened(
        rest, corrects=not (ASKS.search(rest) or ABOUT.match(rest) or THE_ONE.match(rest) or JOINS.match(rest))
    )
