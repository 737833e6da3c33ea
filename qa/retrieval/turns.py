"""The shapes of a turn that has no sentence of its own: "and the snow leopard?", "children too?", "any newer one?", "and before that?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from qa.retrieval.parts import EVERYDAY
from qa.terms import distinct_terms

CORRECTS = re.compile(r"\A\W*+(?:no|not|nope|sorry|actually|wait|rather)\b|\bi meant?\b", re.I)
JOINS = re.compile(r"\A\W*+(?:and|but|or|also|then|so|plus)\b", re.I)
JOINS_A_QUESTION = re.compile(
    r"\A\W*+\w++\s++(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|could|may|must|"
    r"should|shall|will|would)\b",
    re.I,
)
ABOUT = re.compile(
    r"\A\W*+(?:(?:and|but|or|also|then|so)\b\W*+)?+"
    r"(?:what about|how about|what of|as (?:regards|for|to)|regarding|concerning|"
    r"(?:(?:is|was|are|were|does|did) (?:it|that|this|they) (?:also |still )?)?(?:the )?"
    r"(?P<same>same) (?:thing |question )?(?:for|with|in|on))\b",
    re.I,
)
ASKS = re.compile(r"\b(?:who|whom|whose|when|where|why|which|how(?! about))\b", re.I)
THE_ONE = re.compile(r"\A\W*+(?:(?:no|not|that|this|it|but|and|i|mean|meant)\b\W*+)*+the one (?:about|on|for)\b", re.I)
THE_ONE_THAT = re.compile(r"\bthe ones?\s++(?:who|that|which)\b", re.I)
_THAT = re.compile(r"\b(?:that|this|those|these|the same|the said)\s++(?P<noun>[a-z][\w-]{2,})", re.I)
_TOO = re.compile(r"\b(?:too|as well|also)\b\W*+\Z", re.I)
_DETERMINER = re.compile(r"\A\W*+(?:(?:the|a|an|for|in|on|of|about|any|all)\b\W*+)*+", re.I)
_ONES = re.compile(r"(?<=\w)\s++ones?\W*+\Z", re.I)  # "the snow leopard one"
_OF_IT = re.compile(
    r"\s(?:they|he|she|it|we|you|who|that|which|whose|was|were|is|are|had|has|have)\b", re.I
)  # "the boat they took"
_FRAGMENT = re.compile(r"\A\W*+(?:[^\W_][\w’'-]*+\W*+){1,3}", re.I)
_SENTENCE = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|has|have|had|can|could|may|must|should|shall|will|would|"
    r"until|till|since|before|after|by)\b",
    re.I,
)
_MOST, _WORDS = 2, 3  # terms, and words, that "what about X?" puts forward as one thing
_LINK = r"(?:(?:and|but|so|then|also|is|are|was|were|there|any|a|an|the|what|about|something|anything|happened|came|decided|did they decide)\b\W*+)*+"
_ORDER = re.compile(
    rf"\A\W*+{_LINK}(?:(?P<newest>newer|newest|latest|(?:more|most) recent)|older|oldest|earliest)"
    r"(?:\W++(?:one|text|resolution|version|decision)s?)?\W*\Z",
    re.I,
)
_TEXT = r"(?:one|resolution|text|decision|extension|renewal|prolongation|mandate)"
_BEYOND = re.compile(
    rf"\A\W*+{_LINK}(?:in\W++)?+(?:the\W++)?+(?:(?P<next>next|following|previous|preceding) {_TEXT}(?:\W++(?:after|before))?|(?:{_TEXT}\W++)?"
    r"(?P<side>before|after|since|afterwards|later|earlier|previously))(?:\W++(?:that|this|it|then|on)(?: one)?)?\W*\Z",
    re.I,
)
_SIDES = dict.fromkeys(("before", "earlier", "previously", "previous", "preceding"), "before")


# Words of a turn that put it at another time than the turns before it: what stands before or after a time named in it is another thing.
_NOW = re.compile(
    r"\b(?:today|now|nowadays|currently|these days|at present|right now|so far|as of now)\b|\byet(?=\W*\Z)", re.I
)
_LATER = re.compile(
    r"\b(?:later|afterwards?|ever|eventually|finally|subsequently|meanwhile|in the end|from then on)\b|\b(?:since|then|after(?: that)?)(?=\W*\Z|,)",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:earlier|previously|until then|up to then|in the past|already)\b|\bbefore(?: that)?(?=\W*\Z|,)", re.I
)


class Moved(Enum):
    """To what time a turn goes from the one that was named before it."""

    NOW = "now"
    LATER = "later"
    EARLIER = "earlier"


_MOVES = ((Moved.NOW, _NOW), (Moved.LATER, _LATER), (Moved.EARLIER, _EARLIER))


def moved(turn: str) -> Moved | None:
    """To what other time a turn goes, by its own words; None where it says nothing of it."""
    return next((move for move, pattern in _MOVES if pattern.search(turn)), None)


_SO = r"(?:(?:ok|okay|and|so|now|but|then|please|let['’]?s|can we|i want to)\b\W*+)*+"
_BACK = re.compile(
    rf"\A\W*+{_SO}(?:(?:go |going |come |coming |get |getting )?back to|return(?:ing)? to) (?P<thing>[^,:;?!–—]{{1,60}})[,:;?!–—]?(?P<rest>.*)\Z"
    rf"|\A\W*+{_SO}(?:(?:about|on|as for|regarding) |(?=the\b))(?P<again>[^,:;?!–—]{{1,60}}?) again[,:;–—](?P<then>.*)\Z",
    re.I | re.S,
)
_FIRST = re.compile(
    r"\A\W*(?:my |the )?(?:very )?(?:first|beginning|start)\b(?:\W(?:one|question|topic|thing|subject))?\W*\Z", re.I
)
_ELSE = re.compile(
    rf"\A\W*+{_SO}(?:(?:is|was) there )?(?:what|anything|something) (?:else|more)"
    r"(?:\W++(?:is there|was (?:said|decided)|do(?:es)? (?:it|they) (?:say|decide|ask)|"
    r"did (?:it|they) (?:say|decide|ask)|about (?:it|this|that)|on (?:it|this|that)|there))*+\W*\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Back:
    """A turn back to what was asked earlier: `thing` names it, "" for what was asked first; `rest` is what is asked of it now."""

    thing: str
    rest: str


def back_of(turn: str) -> Back | None:
    """What a turn goes back to; None for one that does not say so."""
    match = _BACK.match(turn)
    if match is None:
        return None
    thing = (match["thing"] or match["again"]).strip()
    return Back("" if _FIRST.match(thing) else thing, (match["rest"] or match["then"] or "").strip())


def asks_else(turn: str) -> bool:
    """Whether a turn asks only for what else there is: "what else?"."""
    return _ELSE.match(turn) is not None


def nouns_pointed_at(turn: str) -> frozenset[str]:
    """The terms of the nouns with which a turn points at something said before: "that office"."""
    return frozenset().union(*(distinct_terms(match["noun"]) for match in _THAT.finditer(turn)))


@dataclass(frozen=True, slots=True)
class Bare:
    """A turn that only names a thing: `thing` as it stands; `is_same` where it is to be asked the same."""

    thing: str
    is_same: bool

    @property
    def is_short(self) -> bool:
        """Whether it is one thing, and neither half a sentence nor only the present ("and today?")."""
        if _OF_IT.search(self.thing) or _NOW.fullmatch(self.thing):
            return False
        return len(self.thing.split()) <= _WORDS and 1 <= len(distinct_terms(self.thing) - EVERYDAY) <= _MOST


def bare_of(turn: str) -> Bare | None:
    """What a turn only names; None for one that asks something of its own."""
    about = ABOUT.match(turn) or THE_ONE.match(turn)
    joins = JOINS.match(turn) if not ASKS.search(turn) and not JOINS_A_QUESTION.match(turn) else None
    opening = about or joins
    if opening is None and not (_FRAGMENT.fullmatch(turn) and not _SENTENCE.search(turn)):
        return None
    rest = _TOO.sub("", turn[opening.end() if opening else 0 :])
    thing = _DETERMINER.sub("", _ONES.sub("", rest)).rstrip(" ?.!,;")
    return Bare(thing, bool(about and about.groupdict().get("same")))


def order_of(turn: str) -> str | None:
    """The word that asks for the newest or the oldest, where a turn asks nothing else."""
    match = _ORDER.match(turn)
    return match and ("latest" if match["newest"] else "earliest")


def side_of(turn: str) -> str | None:
    """On which side of what was asked before a turn lies: "before" or "after", where it asks nothing else."""
    match = _BEYOND.match(turn)
    return match and _SIDES.get((match["side"] or match["next"]).lower(), "after")
