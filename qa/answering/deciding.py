"""How certain an answer is: that the corpus answers the question at all, and that the first hit does.

The two are told from the same evidence, but by other weights. That a question is of a kind that resolutions answer, and that all of
it is met somewhere, says that there is an answer; that one hit stands out from the others says that this is it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from embeddings.readings import PairReading
from qa.settings import Certainty, Logistic


class Evidence(NamedTuple):
    """What was seen of the best hit; signs are 0 or 1."""

    dense: float = 0.0  # cosine of question and first hit
    margin: float = (
        0.0  # how far the first hit's final score lies above the next different text's, at most `MOST_MARGIN`
    )
    met: float = 0.0  # how well the tokens of the question are met by the first hit's, on average; 0 where no ranker reads tokens
    weakest: float = 0.0  # the same over the quarter of the question's tokens that are met worst
    prior: float = (
        0.0  # log odds that such a question is one that resolutions answer (`prior`); 0 where nothing is known of it
    )
    lacking: float = 0.0  # the question asks for a kind of answer that the first hit has nothing of (`answer_kind`)
    late: float = 0.0  # the question names a time of adoption and the first hit is of another
    carried: float = 0.0  # the question is read with the topic of one before it: it is met worse as it stands
    contradicted: float = 0.0  # the question states what the first hit states otherwise (`contradicting`)
    uncounted: float = (
        0.0  # the question asks how many there are of something that the first hit does not count (`counted`)
    )
    counted: float = 0.0  # the question asks that and the first hit counts it
    timed: float = 0.0  # the question names a time: what is of that time meets a part of it whatever it says
    named: float = 0.0  # the question names the one text that is searched: the hit stands out from nothing else


EVIDENCE = Evidence._fields
AGAINST = frozenset({"lacking", "late", "contradicted", "uncounted"})  # that nothing answers, or not this
RULED_OUT = 0.05  # that a hit answers which a rule refuses (`telling.is_ruled_out`)
MOST_MARGIN = (
    0.5  # all but a twentieth of the calibration lies below; in an index of a few texts every first hit stands alone
)


def how_met(reading: PairReading | None) -> tuple[float, float]:
    """How well the question's tokens are met by the best hit's, on average and over the quarter that is met worst; 0 where none are read."""
    if reading is None or reading.cosines is None or not reading.cosines.size:
        return 0.0, 0.0
    best = np.sort(reading.cosines.max(axis=1))
    return float(best.mean()), float(best[: max(1, len(best) // 4)].mean())


@dataclass(frozen=True, slots=True)
class Stated:
    """The probability that the corpus answers, and, at most that, the probability that the first hit does; to four places, as
    they are shown: what is decided can be read off them.
    """

    answerable: float
    first: float

    def at_most(self, bound: float) -> Stated:
        """Both, where a rule knows better."""
        return Stated(min(self.answerable, bound), min(self.first, bound))

    def at_least(self, bound: float) -> Stated:
        """Both, where a rule knows better."""
        return Stated(max(self.answerable, bound), max(self.first, bound))


def state(seen: Evidence, certainty: Certainty) -> Stated:
    """What the evidence says of both."""
    answerable = _logistic(seen, certainty.answerable)
    return Stated(round(answerable, 4), round(answerable * _logistic(seen, certainty.first), 4))


def band(answerable: float, n: int) -> int:
    """In which of `n` equal bands a probability lies."""
    return min(int(answerable * n), n - 1)


def _logistic(seen: Evidence, fitted: Logistic) -> float:
    total = fitted.intercept + sum(fitted.weights.get(name, 0.0) * value for name, value in seen._asdict().items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def margin_of(scores: Sequence[float], same: Sequence[int]) -> float:
    """The first score less the best score of a different text (`same` gives the first place of each text), at most `MOST_MARGIN`; that if alone."""
    others = [score for score, place in zip(scores, same, strict=True) if place != 0]
    return min(scores[0] - max(others), MOST_MARGIN) if others else MOST_MARGIN
