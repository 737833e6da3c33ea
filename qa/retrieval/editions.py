"""Which text of a series is asked for beside one that is named: "the 2023 version of 80/148", and as a turn "and the previous one?"."""

from __future__ import annotations

import re

from qa.retrieval.succession import succession_of
from qa.retrieval.turns import order_of, side_of

PREVIOUS, NEXT, LATEST = "previous", "next", "latest"
_NOUN = r"(?:version|edition|text|resolution|one|update)"
_YEAR = r"(?:19[4-9]|20[0-4])\d"
_WORDS = {
    PREVIOUS: "previous preceding prior earlier last older former",
    NEXT: "next following subsequent later newer",
    LATEST: "newest latest current",
}
_MEANT = {word: which for which, words in _WORDS.items() for word in words.split()} | {"most recent": LATEST}
_WHICH = rf"(?P<which>{_YEAR}|{'|'.join(_MEANT)})"
EDITION = rf"(?:the )?{_WHICH}(?:['’]s)? {_NOUN}"
"""One of a series, as a pattern with the group `which`."""
EDITION_OF = rf"(?:the )?{_WHICH}(?:['’]s)? (?:(?:version|edition|update|text) (?:of|to)|(?:version|edition|update) (?:before|after))"
"""The same before the text that is named; "the last resolution before 338" is of a time."""
_OPENING = r"\A\W*+(?:(?:and|but|so|then|ok|okay|what about|how about|what of|what|in|for|is there|does|did|any|an?|show|me|give)\b\W*+)*+"
_TURN = re.compile(
    rf"{_OPENING}(?:{EDITION}|(?:the )?(?P<bare>previous|next))(?: (?:say|says|said|decide|do|does|mention)(?: (?:it|that|so))?)?\W*\Z",
    re.I,
)
_OF_YEAR = re.compile(rf"{_OPENING}(?:(?:the )?{_NOUN} (?:of|from|in) )?(?P<which>{_YEAR})\W*\Z", re.I)
_SAME = re.compile(r"\b(?:version|edition|update)\b", re.I)
_SIDES = {"before": PREVIOUS, "after": NEXT}


def which_of(words: str) -> str:
    """What such words mean: a year, `PREVIOUS`, `NEXT` or `LATEST`."""
    return _MEANT.get(words.lower(), words)


def edition_asked(turn: str) -> str | None:
    """Which text of a series a turn asks for, as `which_of` gives it, where it asks nothing else; None for another."""
    match = _TURN.match(turn)
    if match is None and (of_year := _OF_YEAR.match(turn)):
        return of_year["which"]
    if match is not None:
        return which_of(match["which"] or match["bare"])
    if order_of(turn) == "latest":
        return LATEST
    following = succession_of(turn)
    side = side_of(turn) or (following.side if following and not following.asked else None)
    return _SIDES.get(side or "")


def names_edition(turn: str) -> bool:
    """Whether a turn says that it is of the same series: "and the 2023 version?", not "and in 2023?"."""
    return _SAME.search(turn) is not None
