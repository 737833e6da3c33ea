"""What a series is about: what was adopted time and again tells itself by the question's own words that it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.corpus import Mask
from qa.retrieval.features import FEATURES
from qa.retrieval.query import Query
from qa.retrieval.retriever import IN_TIME, Candidates
from qa.retrieval.roles import Role
from qa.terms import distinct_terms

# Words that tell no series from another: those of asking, of organs and of texts as such.
_GENERAL = distinct_terms(
    """security council general assembly united nations un sc ga resolution resolutions text texts decision decisions decide
    adopt adoption mandate latest newest recent recently last earliest oldest first held current currently nowadays present original originally
    initial initially final new still force year time date say said ask tell happen next come came follow long much many become
    session situation question issue matter topic deal concern country state people"""
)
_RENEWED = "renew"
# Renewals are told in several words, one as the other.
_SAME: Mapping[str, str] = dict.fromkeys(
    distinct_terms("extend extension renew renewal prolong prolongation"), _RENEWED
)


_RECALLS = re.compile(r"\bthe (?:latest|most recent|last) of which \w+ .{0,80}? by which the Council \w+", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question asks about: its own words, and its abbreviations with the names that they stand for."""

    words: frozenset[str]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, query: Query, names: Mapping[str, tuple[str, ...]]) -> Subject:
        """Of a question without its times, and without the words that tell no series from another."""
        asked = query.lexical
        for one in query.dates:
            asked = asked.replace(one.text, " ")
        return cls(_terms(asked) - _GENERAL - {letters.casefold() for letters in names}, names)

    def held(self, text: str) -> frozenset[str]:
        """Which of it a text holds; an abbreviation also by its name."""
        found = self.words & _terms(text)
        if not self.names:
            return found
        plain = text.replace("’", "'").casefold()
        return found | {
            letters
            for letters, names in self.names.items()
            if letters in text or any(name.casefold() in plain for name in names)
        }

    def series(self, passages: Sequence[Passage], fits: Sequence[bool] | Mask) -> Series | None:
        """The series of the passage that holds most of it, of equal ones the first; only those that fit count."""
        best, most = None, 0
        for one, fit in zip(passages, fits, strict=True):
            if fit and len(held := self.held(passage_input(one))) > most:
                best, most = Series(self, held, self.held(one.context)), len(held)
        return best


@dataclass(frozen=True, slots=True)
class Series:
    """What is about the same: it holds what the best passage holds of the question, in the passage itself or before it (`about`)."""

    subject: Subject
    words: frozenset[str]
    about: frozenset[str]

    def holds(self, one: Passage) -> bool:
        """Whether a passage is of it."""
        return self.words <= self.subject.held(passage_input(one))

    def heads(self, one: Passage) -> bool:
        """Whether also its text as a whole is about what the best one's is, as its title or its first recitals tell."""
        return self.about <= self.subject.held(one.context)


def asks_for_renewals(query: Query) -> bool:
    """Whether a question asks for what extended, renewed or prolonged something."""
    return _RENEWED in Subject.of(query, {}).words


def renews(one: Passage) -> bool:
    """Whether a passage says so, in one of these words."""
    return _RENEWED in _terms(one.text)


def recalls_renewal(text: str) -> bool:
    """Whether a recital tells the last renewal of a mission: "the latest of which was resolution 2749 (2024), by which the Council ..."."""
    return _RECALLS.search(text) is not None


def may_be_meant(found: Candidates, query: Query, head: Sequence[Passage]) -> Mask:
    """Which of the first candidates (`head`) are of the organ and of the time of adoption that the question names, where it names any.

    What an organ renewed last another organ's recital may tell.
    """
    found = found.turned(np.arange(len(head)))
    fits: Mask = found.features[:, FEATURES.index("organ")] >= 0
    if query.organs:
        fits = fits | np.array([recalls_renewal(one.text) for one in head], dtype=np.bool_)
    if any(one.tells_adoption for one in query.dates):
        exact = any(one.role is Role.ADOPTED for one in query.dates)  # "the first of 1968" is of no other year
        fits = fits & (found.features[:, FEATURES.index("date")] >= (1.0 if exact else IN_TIME))
    return fits


def _terms(text: str) -> frozenset[str]:
    return frozenset(_SAME.get(term, term) for term in distinct_terms(text))
