"""Recurring resolutions: paragraphs of other years that say almost the same, and those that say the same.

Two texts are *alike* where nearly all of their words are the same: the renewals of a mandate, the annual texts of a
series. They are *the same* where their figures, dates and names are the same too, so that one may stand for the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qa.numerals import MONTH, ORDINALS
from qa.terms import distinct_terms

_COUNTS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|"
    "fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
)
_ORDINALS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SYMBOL = r"(?:[A-Z]+/[\w./()-]+|\d{1,4}(?:/\d+| \(\d{4}\)| [A-Z] \([IVXL]+\))(?:[ ,]*[A-Z]\b)?)"
_DAY = rf"(?:,? (?:adopted )?of \d{{1,2}} (?:{MONTH}) \d{{4}})"
# What moves from year to year though the paragraph says the same: what it cites, and the session that is next.
_MOVES = re.compile(
    rf"(?<!\w)(?=\w)(?:(?<!/){_SYMBOL}{_DAY}?"
    rf"|(?<!\w)(?:{_ORDINALS}|\d{{1,3}}(?:st|nd|rd|th))(?:,? (?:and )?(?:{_ORDINALS}))*"
    r"(?: (?:regular|annual|substantive|resumed|special))* sessions?\b)",
    re.I,
)
_FACT = re.compile(
    rf"(?=[\dA-Zbefhmnst])(?:\d[\d,.]*(?<![,.])|(?<!\w)(?:{MONTH})\b|(?<!\w)(?i:{_COUNTS}|half|{_ORDINALS})\b"
    r"|(?<![.;:?!]\s)(?<!\A)(?<!\n)(?<![“\"‘(])\b[A-Z][\w']+)"  # a capital, but not one that begins a sentence
)
_JOINS = frozenset({"also", "further"})  # "Also decides": said for what stands before, not of what is decided
_OF_ITSELF = re.compile(r"\b(?:present|this) resolution\b", re.I)
_WORD = re.compile(r"\d[\d,.]*(?<![,.])|[^\W\d_][\w']*")
_NAME = re.compile(r"\b[A-Z][\w']+")
_ASKS_WHEN = re.compile(
    r"\b(?:when|until|till|dates?|days?|years?|months?|deadline|how (?:long|soon|late|early)|expir\w+|by which|sessions?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What of a question bears on which texts say the same to it: its words, and whether it asks for a time."""

    words: frozenset[str] = frozenset()
    when: bool = False

    @classmethod
    def of(cls, question: str, names: Mapping[str, Sequence[str]]) -> Bearing:
        """Of a question, and the names that its abbreviations stand for."""
        spelt = " ".join(name for each in names.values() for name in each)
        return cls(_words(f"{question} {spelt}"), bool(_ASKS_WHEN.search(question)))


@dataclass(frozen=True, slots=True)
class Said:
    """What one text says: its figures, dates and names, all its words, and which of the question's names it is about."""

    facts: frozenset[str]
    words: frozenset[str]
    about: frozenset[str]

    def same(self, other: Said) -> bool:
        """Whether neither has a fact of which the other says nothing, and both are about the same."""
        return self.facts <= other.words and other.facts <= self.words and self.about == other.about

    def repeats(self, other: Said) -> bool:
        """Whether both have the same words: what joins a paragraph to the one before it is none of them."""
        return self.words ^ other.words <= _JOINS


def alike(texts: Sequence[str], share: float) -> list[int]:
    """For each text the place of the first one that it nearly repeats, its own where it is the first.

    Nearly: they have at least `share` of their distinct terms in common (Jaccard), numbers among them.
    """
    sets = [distinct_terms(text) for text in texts]
    first: list[int] = []
    heads: list[tuple[int, frozenset[str]]] = []
    for place, terms in enumerate(sets):
        n, found = len(terms), place
        for head, other in heads:
            m = len(other)
            # The cheap bound first: the most that they can have in common.
            if min(n, m) >= share * max(n, m) and len(terms & other) * (1 + share) >= share * (n + m):
                found = head
                break
        first.append(found)
        if found == place:
            heads.append((place, terms))
    return first


def same_text(
    texts: Sequence[str],
    contexts: Sequence[str],
    kinds: Sequence[str],
    symbols: Sequence[str],
    days: Sequence[int],
    series: Sequence[int],
    asked: Bearing,
) -> list[int]:
    """As `alike`, for texts that say the same: those of one series (what `alike` gave) with the same figures, dates and names.

    What a text cites and the session that it names move from year to year and are not compared, unless the question asks
    for a time. `contexts` say what the texts are about; two that differ in a name of the question's are not the same. Nor are
    two of different `kinds`: what a recital recalls is not what a paragraph decides. Two of one resolution (`symbols`) are written
    for the word in which they differ (one scale of assessments, then another): those are the same only word for word. Nor are two
    resolutions of one day (`days` of adoption) of one series: "the present resolution" is in each another text.
    """
    said = cache(lambda place: said_by(texts[place], contexts[place], asked))
    return _first(
        len(texts),
        lambda one, other: (
            kinds[one] == kinds[other]
            and series[one] == series[other]
            and said(one).same(said(other))
            and (
                days[one] != days[other] or not _OF_ITSELF.search(texts[one])
                if symbols[one] != symbols[other]
                else said(one).repeats(said(other))
            )
        ),
    )


def without_moving(text: str) -> str:
    """A text without what moves from year to year though it says the same: what it cites, and the session that is next."""
    return _MOVES.sub(" ", text.replace("’", "'"))


def same_wording(one: str, other: str) -> bool:
    """Whether two texts have the same words, but for what joins them to what stands before."""
    return _words(one) ^ _words(other) <= _JOINS


def said_by(text: str, context: str, asked: Bearing) -> Said:
    """What a text in its context says, as far as it matters to who asks."""
    plain = text.replace("’", "'")
    facts = _FACT.findall(plain if asked.when else without_moving(plain))
    return Said(frozenset(one.casefold() for one in facts), _words(plain), names_shared(context, asked))


def names_shared(context: str, asked: Bearing) -> frozenset[str]:
    """Which of the names that the question has are in a context."""
    return frozenset(name.casefold() for name in _NAME.findall(context.replace("’", "'"))) & asked.words


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _first(n: int, same: Callable[[int, int], bool]) -> list[int]:
    first: list[int] = []
    heads: list[int] = []
    for place in range(n):
        first.append(next((head for head in heads if same(head, place)), place))
        if first[-1] == place:
            heads.append(place)
    return first
