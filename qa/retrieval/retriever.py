"""The first ordering: candidates from meaning and from words, put in order by what is known of each.

Windows of one paragraph are folded to the best of them, so that every candidate is a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from embeddings.encoders import Encoder
from embeddings.late import encode_query
from embeddings.vectors import distinct
from qa.records import Passage
from qa.retrieval.abbreviations import look_up
from qa.retrieval.corpus import Corpus, Floats, Ints, Mask, Rows, Scope
from qa.retrieval.dates import DateMention
from qa.retrieval.ends import rows_naming, worth_of
from qa.retrieval.features import date_fit, describe, weighted
from qa.retrieval.query import Query
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the first stage brings, best first: rows, features (n, n features), first scores, dates of adoption (yyyymmdd).

    `names` are those that the corpus gives to the question's abbreviations.
    """

    rows: Rows
    features: Floats
    scores: Floats
    adopted: Ints
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.rows)

    def head(self, corpus: Searchable, n: int) -> list[Passage]:
        """The passages of the first `n`."""
        return corpus.passages(self.rows[:n].tolist())

    def turned(self, places: Ints | Rows) -> Candidates:
        """The candidates at some places, in that order, with the scores that they have."""
        return replace(
            self,
            rows=self.rows[places],
            features=self.features[places],
            scores=self.scores[places],
            adopted=self.adopted[places],
        )

    def and_(self, more: Sequence[Candidates]) -> Candidates:
        """These, and others behind them."""
        every = (self, *more)
        return replace(
            self,
            rows=np.concatenate([one.rows for one in every]),
            features=np.concatenate([one.features for one in every]),
            scores=np.concatenate([one.scores for one in every]),
            adopted=np.concatenate([one.adopted for one in every]),
        )


_DECIMALS = 6  # beyond lies the rounding of one engine or another: equal texts tie, whoever compared them
IN_TIME = 0.2  # rows whose date fits at least so well are searched on their own as well


def encode_question(query: Query, encoder: Encoder, scorer: object = None) -> tuple[Floats, list[Floats | None]]:
    """The vector (1, dim) of a question, and the vectors of the tokens of each of its `wordings` where `scorer` will read them.

    Where a topic is carried over, the vector lies half way between the question's with it and the question's own: so the
    topic, which is the longer of the two, does not drown it.
    """
    vectors, tokens = zip(*(encode_query(encoder, scorer, text) for text in query.wordings), strict=True)
    if len(vectors) == 1:
        return vectors[0], list(tokens)
    both = sum(vectors)
    return (both / np.linalg.norm(both)).astype(np.float32), list(tokens)


def find_candidates(
    query: Query,
    corpus: Corpus,
    encoder: Encoder,
    n: int,
    weights: Mapping[str, float],
) -> Candidates:
    """As `search_candidates`, over the whole corpus, for a question that is encoded here."""
    return search_candidates(query, encode_question(query, encoder)[0], corpus, n, weights)


def search_candidates(
    query: Query, vector: Floats, corpus: Corpus, n: int, weights: Mapping[str, float], allowed: Scope | None = None
) -> Candidates:
    """The best rows for a question with the vector (1, dim), one a paragraph, best first; ties by row.

    `n` rows are taken from each of four lists: dense and lexical, over all that is allowed and, where the question names
    a time, over what was adopted about then; of two times that are compared each has its own.
    """
    words = corpus.lexical.match(query.lexical)
    pools = [allowed]
    for times in times_apart(query):
        in_time = corpus.adopted_when(partial(_is_of, times), allowed)
        pools += [in_time] if in_time is not None else []
    found = [part for pool in pools for part in (corpus.vectors.search(vector, n, pool)[1][0], words.best(n, pool))]
    known = query.known if allowed is None else None
    abbreviations = look_up(query.abbreviations, corpus, allowed) if known is None else known
    naming = rows_naming(query.dates, corpus, pools, words)
    rows = distinct(np.concatenate([*found, *abbreviations.rows.values(), np.array(sorted(naming), np.int64)]))
    if not len(rows):
        return Candidates(rows, np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32))
    columns = corpus.columns_of(rows)
    dense = corpus.vectors.compare(vector[0], rows)
    features = describe(
        query, columns, dense, words.at(rows), words.highest, abbreviations.share(rows), worth_of(naming, rows)
    )
    scores = np.round(weighted(features, weights), _DECIMALS)
    order = np.argsort(-scores, kind="stable")  # of equal ones the first row, for rows ascend
    _, first = np.unique(columns.paragraph[order], return_index=True)
    kept = order[np.sort(first)]
    return Candidates(rows[kept], features[kept], scores[kept], columns.adopted[kept], abbreviations.names)


def _is_of(times: tuple[DateMention, ...], adopted: Ints) -> Mask:
    fits: Mask = date_fit(adopted, times) >= IN_TIME
    return fits


def times_apart(query: Query) -> tuple[tuple[DateMention, ...], ...]:
    """The times of adoption that are searched together: all of them, but of two that are compared each alone."""
    if any(one.role is Role.COMPARED for one in query.dates):
        return tuple((one,) for one in query.dates)
    return (query.dates,) if any(one.tells_adoption for one in query.dates) else ()
