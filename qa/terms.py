"""How texts and questions are split into terms: the one tokeniser of the project.

The lexical index, the question and the words shown as matched all use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import Stemmer

_WORD = re.compile(
    r"""[^\W_][\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f])*                  # a word, combining accents included
        (?:[/.,\-\u2010\u2011'’](?:[^\W_]|[\u0300-\u036f])+|\([^\W_]+\))*  # joined on: 55/179, 2,000, 1244(1999)""",
    re.VERBOSE,
)
_PARTS = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_DIGIT = re.compile(r"\d")
# Words that are written in several ways: the Council's older texts have "cease-fire" and "co-operation" where later ones have
# "ceasefire" and "cooperation". Each way gives the same term; which of them is kept does not matter.
_JOINED = re.compile(
    r"(?:co[-\u2010\u2011](?=op|ord|spons|exist|author)|cease[-\u2010\u2011](?=fire)|peace[-\u2010\u2011](?=keep|mak|build)"
    r"|re[-\u2010\u2011](?=affirm|emphasi|establish|elect|open|examin|enforc|settle|integrat)"
    r"|(?:sub|inter|socio|anti|cyber|multi|bio)[-\u2010\u2011](?=[a-z]))",
    re.IGNORECASE,
)
_SPELT = (
    (re.compile(r"(?<=\w\w)iz(?=(?:e[drs]?|ing|ations?|able|ational)$)"), "is"),  # organize
    (re.compile(r"(?<=\w\w)our(?=(?:s|ed|ing|able|al|ites?|hoods?|ly|ers?|ful)?$)"), "or"),  # labour
    (re.compile(r"(?<=\w\w\w)tre(?=s?$)"), "ter"),  # centre
    (re.compile(r"(?<=\wogra)mme(?=s?$)"), "m"),  # programme
    (re.compile(r"(?<=^def)ence(?=s?$)|(?<=^off)ence(?=s?$)|(?<=^lic)ence(?=[sd]?$)"), "ense"),
)
_LONGEST = 40  # characters of a word worth remembering
_MOST_CHUNKS = 32_768

LOOKALIKES = str.maketrans("ſıİ", "siI")
"""Letters that a pattern which ignores case takes for these, and no table of words has: one for one, so that places stay."""

STOP_WORDS = frozenset(
    """a about above after all also am an and any are as at be because been before being below between both but by can
    could did do does doing down during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just me more most must my myself of off on once only or other our ours
    out over own same shall she should so some such than that the their theirs them themselves then there these they
    this those through to too under until up very was we were what when where which while who whom whose why will with
    would you your yours""".split()
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
    return [
        Term(term, match.start() + start, match.start() + end)
        for match in _WORD.finditer(text)
        for term, start, end in _terms_in(match.group())
    ]


def _terms_in(word: str) -> tuple[Term, ...]:
    return _remembered(word) if len(word) <= _LONGEST else _split_word(word, Stemmer.Stemmer("english"))


@lru_cache(maxsize=16_384)
def _remembered(word: str) -> tuple[Term, ...]:
    """A word's terms, from a stemmer of its own, for one must not be shared by threads."""
    return _split_word(word, Stemmer.Stemmer("english"))


def _split_word(word: str, stemmer: Stemmer.Stemmer) -> tuple[Term, ...]:
    terms: list[Term] = []
    if _DIGIT.search(word) and not _PARTS.fullmatch(word):
        is_thousands = _THOUSANDS.fullmatch(word) is not None
        terms.append(Term(_fold(word.replace(",", "") if is_thousands else word), 0, len(word)))
        if is_thousands:
            return tuple(terms)
    plain = _POSSESSIVE.sub("", word)
    joined = _JOINED.match(plain)
    hyphen = joined.end() - 1 if joined and _PARTS.match(plain) else len(plain)
    for part in _PARTS.finditer(plain[:hyphen] + plain[hyphen + 1 :]):
        folded = _one_spelling(_fold(part.group()))
        start, end = part.start() + (part.start() >= hyphen), part.end() + (part.end() > hyphen)
        if folded and folded not in STOP_WORDS:
            terms.append(Term(stemmer.stemWord(folded), start, end))
    return tuple(terms)


def _one_spelling(word: str) -> str:
    """A folded word as it is kept whichever way it is written."""
    for pattern, kept in _SPELT:
        word = pattern.sub(kept, word)
    return word


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


class _Chunks(dict[str, tuple[str, ...]]):
    """Chunk -> terms of what stands between two blanks: no word reaches over a blank, so most need not be split again.

    Plain look-ups: keeping the last used in order, as `lru_cache` does, takes as long again.
    """

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        terms = tuple(one.term for word in _WORD.findall(chunk) for one in _terms_in(word))
        if len(chunk) <= _LONGEST:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = terms
        return terms


_terms_of_chunk = _Chunks().__getitem__


def _terms_in_order(text: str) -> Iterator[str]:
    return chain.from_iterable(map(_terms_of_chunk, unicodedata.normalize("NFC", text).split()))


def terms_of(text: str) -> list[str]:
    """The terms of `text` without their places; composed and decomposed accents give the same."""
    return list(_terms_in_order(text))


def distinct_terms(text: str) -> frozenset[str]:
    """The terms of `text`, each once."""
    return frozenset(_terms_in_order(text))


def _split_chunk(chunk: str, stemmer: Stemmer.Stemmer) -> tuple[str, ...]:
    return tuple(one.term for word in _WORD.findall(chunk) for one in _split_word(word, stemmer))


class TermCounter:
    """`terms_of` for many texts: remembers all that it has split. Not for several threads at once."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._known: dict[str, tuple[str, ...]] = {}

    def terms_of(self, text: str) -> list[str]:
        """The terms of `text`."""
        found: list[str] = []
        for chunk in unicodedata.normalize("NFC", text).split():
            terms = self._known.get(chunk)
            if terms is None:
                terms = self._known[chunk] = _split_chunk(chunk, self._stemmer)
            found.extend(terms)
        return found
