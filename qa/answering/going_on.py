"""A question that goes on from others: its answer is looked for in the text that its topic finds first, and where the topic's countries are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qa.answering.countries import countries_in, unspoken
from qa.passages import passage_input
from qa.retrieval.corpus import Floats, Mask, Scope
from qa.retrieval.gathering import behind_the_first
from qa.retrieval.parts import EVERYDAY
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked, lower_some
from qa.retrieval.retriever import Candidates, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.turn_reading import Reading
from qa.terms import distinct_terms

_EACH = 40  # paragraphs of that text that are read beside the best of all texts
_OUTSIDE = 0.2  # of the final score: by so much what is of other texts stands lower
_ELSEWHERE = 0.2  # the same of what speaks of no country of the topic


@dataclass(frozen=True, slots=True)
class TextBefore:
    """The resolution that the topic of a question finds first, and its rows."""

    symbol: str
    rows: Scope

    def holds(self, ranked: Candidates, n: int, corpus: Searchable) -> Mask:
        """Which of the first `n` candidates are of it."""
        return np.array([one.symbol == self.symbol for one in ranked.head(corpus, n)], dtype=np.bool_)


def goes_on(reading: Reading) -> bool:
    """Whether a question asks something of its own of its topic, so that what the topic finds may tell it.

    Not where it names another thing, or another time.
    """
    if not reading.topic or reading.is_again or reading.name or reading.move:
        return False
    return bool(distinct_terms(reading.question) - EVERYDAY - distinct_terms(reading.topic))


def with_text(
    text: TextBefore,
    query: Query,
    vector: Floats,
    found: Candidates,
    n: int,
    weights: Mapping[str, float],
    corpus: Searchable,
) -> tuple[Candidates, int]:
    """The candidates with the best of a text behind the first `n`, and how many are to be read then."""
    inside = search_candidates(query, vector, corpus, _EACH, weights, text.rows)
    return behind_the_first(found, [inside.turned(np.arange(min(_EACH, inside.n)))], n, corpus)


def text_first(text: TextBefore, ranked: Ranked, n: int, corpus: Searchable) -> Ranked:
    """With those of the first `n` candidates that are of other texts lower."""
    return lower_some(ranked, ~text.holds(ranked.candidates, n, corpus), _OUTSIDE)


def speaking_of_topic(reading: Reading, ranked: Ranked, n: int, corpus: Searchable) -> Ranked:
    """With those of the first `n` candidates lower that speak of no country of the topic, where any does and the question names none."""
    carried = countries_in(reading.topic) if reading.topic and not reading.name else {}
    if not carried or countries_in(reading.question):
        return ranked
    first = ranked.candidates.head(corpus, n)
    silent = np.array([len(unspoken(carried, passage_input(one))) == len(carried) for one in first], dtype=np.bool_)
    return lower_some(ranked, silent, _ELSEWHERE)
