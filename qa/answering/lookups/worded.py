"""The passages that have some words, which most lookups read: exactly these, by the lexical index, not by likeness."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from qa.answering.lookups.fitting import fits
from qa.answering.lookups.question import LookupQuestion
from qa.records import Passage
from qa.retrieval.corpus import Rows, Scope
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_MOST = 5_000
"""Passages that are read; of words that more have, those that match best."""


def dated(wordings: Iterable[str], question: LookupQuestion, n: int = _MOST) -> list[tuple[int, Passage]]:
    """The passages searched that have all words of one of the wordings, the best `n` of each, with their days of adoption (yyyymmdd, 0 unknown),
    in the order in which they stand.
    """
    corpus = question.corpus
    rows = np.unique(np.concatenate([_with_all(one, question.scope.allowed, corpus, n) for one in wordings]))
    if not len(rows):
        return []
    days = corpus.columns_of(rows).adopted.tolist()
    return [(int(day), one) for day, one in zip(days, corpus.passages(rows.tolist()), strict=True)]


def of_time(wordings: Iterable[str], question: LookupQuestion) -> list[tuple[int, Passage]]:
    """Those of the organs and of the times of adoption that the question names."""
    return [(day, one) for day, one in dated(wordings, question) if fits(question.query, one, day)]


def _with_all(words: str, allowed: Scope | None, corpus: Searchable, n: int) -> Rows:
    """Rows that have all words, the best `n` of them, best first; none where a word is nowhere."""
    terms = distinct_terms(words)
    frequencies = corpus.lexical.frequencies(terms)
    if not terms or len(frequencies) < len(terms):
        return np.zeros(0, np.int64)
    written = {term: word for word in words.split() for term in distinct_terms(word)}
    rarest = min(frequencies, key=frequencies.__getitem__)
    rows = corpus.lexical.match(written.get(rarest, words)).best(frequencies[rarest], allowed)
    for term, word in written.items():
        rows = rows[corpus.lexical.match(word).at(rows) > 0] if term != rarest and len(rows) else rows
    return rows[:n]
