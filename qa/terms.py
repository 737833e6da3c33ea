"""How texts and questions are split into terms: the one tokeniser of the project.

The lexical index, the question and the words shown as matched all use it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import Stemmer

TERMS_VERSION = 1
"""Raised whenever the same text would give other terms."""

_WORD = re.compile(
    r"""[^\W_][\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f])*                  # a word, combining accents included
        (?:[/.,\-\u2010\u2011'’](?:[^\W_]|[\u0300-\u036f])+|\([^\W_]+\))*  # joined on: 55/179, 2,000, 1244(1999)""",
    re.VERBOSE,
)
_PARTS = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_DIGIT = re.compile(r"\d")

STOP_WORDS = frozenset(
    """a about above after all also am an and any are as at be because been before being below between both but by can
    could did do does doing down during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just me more most must my myself of off on once only or other our ours
    out over own same shall she should so some such than that the their theirs them themselves then there these they
    this those through to too under until up very was we were what when where which while who whom whose why will with
    would you your yours""".split()  # noqa: SIM905 - as a list it would be a page long
)


class Term(NamedTuple):
    """One term of a text and the code points `text[start:end]` that it came from."""

    term: str
    start: int
    end: int


def split_terms(text: str) -> list[Term]:
    """The terms of `text` in order: accents and case folded, English stems, stop words dropped.

    What is joined by a stroke, a point, a hyphen or brackets and holds a digit (`55/179`, `1244(1999)`, `covid-19`) is
    one term and each of its parts another; `2,000` is `2000`.
    """
    stemmer = Stemmer.Stemmer("english")  # made anew: it is cheap, and one stemmer must not be shared by threads
    terms: list[Term] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if _DIGIT.search(word) and not _PARTS.fullmatch(word):
            whole = _fold(word.replace(",", "") if _THOUSANDS.fullmatch(word) else word)
            terms.append(Term(whole, start, match.end()))
            if _THOUSANDS.fullmatch(word):
                continue
        kept = _POSSESSIVE.sub("", word)
        for part in _PARTS.finditer(kept):
            folded = _fold(part.group())
            if folded and folded not in STOP_WORDS:
                terms.append(Term(stemmer.stemWord(folded), start + part.start(), start + part.end()))
    return terms


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def terms_of(text: str) -> list[str]:
    """The terms of `text` without their places; composed and decomposed accents give the same."""
    return [one.term for one in split_terms(unicodedata.normalize("NFC", text))]
