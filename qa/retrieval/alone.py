"""Whether a turn may be meant by itself: a whole question, or a thing named in several words, that points at nothing before it.

Words do not tell "how can journalists be protected?" after a question about Cyprus from "how are children protected?": what is found for
both readings does (`qa.answering.answering`).
"""

from __future__ import annotations

import re

from qa.retrieval.editions import edition_asked
from qa.retrieval.parts import EVERYDAY
from qa.retrieval.pointing import pointed_at
from qa.retrieval.turns import ABOUT, CORRECTS, JOINS, asks_else, back_of, moved, order_of, side_of
from qa.terms import distinct_terms

_OWN = 2  # words of its own
# "Any new posts?"; "has anyone paid into the fund?": what any text has some of was spoken of before.
_POINTS = re.compile(
    r"\A\W*+any\b|\bthe (?:[\w-]+ ){0,2}?(?:fund|force|mission|committee|commission|court|conference|meeting|panel|convention|treaty"
    r"|agreement|programme|centre|office|mandate|budget|deadline|sanctions|measures|embargo|report|draft|operation|group|tribunal)\b"
    r"(?! (?:of|on|for|in|against|to)\b)",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how|does|do|did|is|are|was|were|has|have|had|can|could|may|must|should|will|show|list)\b",
    re.I,
)
_NUMBER = re.compile(r"\d{2}")
_TEXTS = re.compile(
    r"\A\W*+(?:(?:list|show|find|give|me|all|the|latest|newest|any|which|what) )*resolutions? (?:on|about|concerning|regarding)\b",
    re.I,
)


def is_whole_question(turn: str) -> bool:
    """Whether a turn is a sentence that asks, asks for texts or names a time or a number, and is no mere thing: "death penalty"."""
    return bool(_ASKS.search(turn) or _TEXTS.match(turn) or _NUMBER.search(turn))


def may_stand_alone(turn: str) -> bool:
    """Whether nothing in a turn says that it goes on from what was asked before."""
    if JOINS.match(turn) or ABOUT.match(turn) or CORRECTS.search(turn) or asks_else(turn):
        return False
    if back_of(turn) or order_of(turn) or side_of(turn) or edition_asked(turn) or moved(turn):
        return False
    points = _POINTS.search(turn) or pointed_at(turn, EVERYDAY, frozenset(), frozenset()) is None
    own = len(distinct_terms(turn) - EVERYDAY)
    return not points and (own >= _OWN or bool(own and _TEXTS.match(turn)))
