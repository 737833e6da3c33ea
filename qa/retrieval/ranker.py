"""The second ordering: a model that reads question and passage together puts the best candidates in order."""

from __future__ import annotations

import numpy as np

from embeddings.pairs import PairScorer
from qa.retrieval.corpus import Corpus, Floats
from qa.retrieval.retriever import Candidates


def rerank(
    question: str, found: Candidates, corpus: Corpus, scorer: PairScorer | None, n: int, weight: float
) -> tuple[Candidates, Floats]:
    """The candidates with the best `n` of them reordered by first score + `weight` x the ranker's, and that score.

    The ranker's score (a logit, about -10 to 10) is NaN where it did not read. The others keep their order, below.
    """
    read = np.full(found.n, np.nan, dtype=np.float32)
    if scorer is None or n == 0 or found.n == 0:
        return found, read
    head = min(n, found.n)
    read[:head] = scorer.score(question, [corpus.input(int(row)) for row in found.rows[:head]])
    scores = found.scores.copy()
    scores[:head] += np.float32(weight) * np.tanh(read[:head] / 8.0)
    if head < found.n:  # what was not read never passes what was
        scores[head:] = np.minimum(scores[head:], scores[:head].min() - 1e-6 * np.arange(1, found.n - head + 1))
    order = np.lexsort((found.rows, -scores))
    return (
        Candidates(found.rows[order], found.features[order], scores[order].astype(np.float32), found.query_vector),
        read[order],
    )
