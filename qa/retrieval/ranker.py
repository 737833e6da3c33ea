"""The second ordering: a model that reads question and passage together puts the best candidates in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from embeddings.pairs import PairScorer
from embeddings.readings import PairReading
from qa.retrieval.corpus import Corpus, Floats, Mask
from qa.retrieval.retriever import Candidates

_ALONE = 0.3  # of the ranker's score, what a question's own words count beside those of its topic
_ALONE_INSIDE = 0.5  # the same in the text that the topic finds: all of it is about the topic


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates, best first, and beside the first of them what the ranker made of each, and by how much each was lowered."""

    candidates: Candidates
    readings: tuple[PairReading, ...] = ()
    lowered: tuple[float, ...] = ()

    def reading(self, place: int) -> PairReading | None:
        """The ranker's reading of the candidate at a place; None where it did not read."""
        return self.readings[place] if place < len(self.readings) else None

    def only(self, places: Sequence[int]) -> Ranked:
        """Those at some places, in that order, with the scores that they have.

        All that are moved have been read, or none has.
        """
        kept = self.candidates.turned(np.array(places, dtype=np.int64))
        return Ranked(kept, _at(self.readings, places), _at(self.lowered, places))

    def turned(self, places: Sequence[int]) -> Ranked:
        """With the first candidates in another order; those after them stay. The scores stay too: the first has the highest."""
        moved = self.only([*places, *range(len(places), self.candidates.n)])
        return replace(moved, candidates=replace(moved.candidates, scores=self.candidates.scores))

    def lowered_by(self, place: int) -> float:
        """By how much the candidate at a place stands lower than its score had put it."""
        return self.lowered[place] if place < len(self.lowered) else 0.0


def _at(values: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    return tuple(values[place] for place in places if place < len(values))


def rerank(
    wordings: Sequence[str],
    found: Candidates,
    corpus: Corpus,
    scorer: PairScorer | None,
    n: int,
    weight: float,
    asked: Sequence[Floats | None] = (),
    inside: Mask | None = None,
) -> Ranked:
    """The candidates with the best `n` of them reordered by first score + `weight` x the ranker's.

    `wordings` are the question's: with its topic, then its own words alone where it carries a topic. `asked` are the
    vectors of the tokens of each where they are known already, `inside` says which of the best `n` are of the text that the
    topic finds. The other candidates keep their order, below.
    """
    if scorer is None or n == 0 or found.n == 0:
        return Ranked(found)
    head = min(n, found.n)
    inputs, tokens = zip(*corpus.inputs(found.rows[:head].tolist()), strict=True)
    known = asked or [None] * len(wordings)
    readings, *alone = (
        scorer.read(text, inputs, tokens, vectors) for text, vectors in zip(wordings, known, strict=True)
    )
    shares = [_ALONE] * head if inside is None else np.where(inside, _ALONE_INSIDE, _ALONE).tolist()
    for others in alone:
        readings = [
            replace(one, score=(1 - share) * one.score + share * other.score)
            for one, other, share in zip(readings, others, shares, strict=True)
        ]
    scores = found.scores.copy()
    scores[:head] += np.float32(weight) * np.array([one.score for one in readings], dtype=np.float32)
    order = np.lexsort((found.rows[:head], -scores[:head]))
    # What was not read stands below: its score is first score + weight x the least that was read.
    scores[head:] += np.float32(weight * min(one.score for one in readings))
    scores[head:] = np.minimum(scores[head:], scores[:head].min())
    places = np.concatenate([order, np.arange(head, found.n)])
    ordered = replace(found, scores=scores).turned(places)
    return Ranked(ordered, tuple(readings[place] for place in order))


def lower(ranked: Ranked, by: Floats) -> Ranked:
    """The first `len(by)` candidates put in order again, each with a score lower by so much; the others stay below them."""
    head, found = len(by), ranked.candidates
    if not by.any():
        return ranked
    scores = found.scores.copy()
    scores[:head] -= by
    scores[head:] = np.minimum(scores[head:], scores[:head].min())
    order = np.lexsort((found.rows[:head], -scores[:head]))
    lowered = tuple(ranked.lowered_by(place) + less for place, less in enumerate(by.tolist()))
    scored = Ranked(replace(found, scores=scores), ranked.readings, lowered)
    return scored.only([*order.tolist(), *range(head, found.n)])


def lower_some(ranked: Ranked, some: Mask, by: float) -> Ranked:
    """With some of the first candidates lower by so much; as it is where that would be all of them."""
    return ranked if some.all() else lower(ranked, some * np.float32(by))
