"""How certain an answer is: that the corpus answers the question at all, and that the first hit does.

The two are told from the same evidence, but by other weights. That a question is of a kind that resolutions answer, and that all of
it is met somewhere, says that there is an answer; that one hit stands out from the others says that this is it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.readings import PairReading
from qa.settings import Certainty, Logistic

EVIDENCE: tuple[str, ...] = (
    "dense",  # cosine of question and first hit
    "margin",  # how far the first hit's final score lies above the next different text's, at most `MOST_MARGIN`
    "met",  # how well the tokens of the question are met by the first hit's, on average; 0 where no ranker reads tokens
    "weakest",  # the same over the quarter of the question's tokens that are met worst
    "prior",  # log odds that such a question is one that resolutions answer (`prior`); 0 where nothing is known of it
    "lacking",  # 1 where the question asks for a kind of answer that the first hit has nothing of (`answer_kind`)
    "late",  # 1 where the question names a time of adoption and the first hit is of another
    "carried",  # 1 where the question is read with the topic of one before it: it is met worse as it stands
    "contradicted",  # 1 where the question states what the first hit states otherwise (`contradicting`)
    "uncounted",  # 1 where the question asks how many there are of something that the first hit does not count (`counted`)
    "counted",  # 1 where the question asks that and the first hit counts it
    "timed",  # 1 where the question names a time: what is of that time meets a part of it whatever it says
)
AGAINST = frozenset({"lacking", "late", "contradicted", "uncounted"})  # that nothing answers, or not this
RULED_OUT = 0.05  # that a hit answers which a rule refuses (`telling.is_ruled_out`)
MOST_MARGIN = (
    0.5  # all but a twentieth of the calibration lies below; in an index of a few texts every first hit stands alone
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of the best hit, feature by feature of `EVIDENCE`."""

    values: tuple[float, ...]

    def named(self) -> dict[str, float]:
        """Feature -> value."""
        return dict(zip(EVIDENCE, self.values, strict=True))


def evidence(
    dense: float,
    margin: float,
    reading: PairReading | None,
    prior: float,
    lacking: bool = False,
    late: bool = False,
    carried: bool = False,
    contradicted: bool = False,
    counted: bool | None = None,
    timed: bool = False,
) -> Evidence:
    """The evidence for one question and its best hit; `reading` is the ranker's of that hit, `counted` None where nothing is to be counted."""
    met = weakest = 0.0
    if reading is not None and reading.cosines is not None and reading.cosines.size:
        best = np.sort(reading.cosines.max(axis=1))
        met, weakest = float(best.mean()), float(best[: max(1, len(best) // 4)].mean())
    signs = (lacking, late, carried, contradicted, counted is False, counted is True, timed)
    return Evidence((dense, min(margin, MOST_MARGIN), met, weakest, prior, *map(float, signs)))


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
    total = fitted.intercept + sum(fitted.weights.get(name, 0.0) * value for name, value in seen.named().items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def margin_of(scores: Sequence[float], same: Sequence[int]) -> float:
    """The first score less the best score of a different text (`same` gives the first place of each text); 1 if alone."""
    others = [score for score, place in zip(scores, same, strict=True) if place != 0]
    return scores[0] - max(others) if others else 1.0
