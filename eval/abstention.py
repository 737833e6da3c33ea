"""Knowing when there is no answer: how well the stated probability tells, and what answering costs.

One row per question: the stated probabilities, whether the first citation answers, and whether the texts answer at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.intervals import SEED, Floats, Rows, rate_of, statistic_of
from eval.records import Estimate

N_BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one question. `correct`: its first citation (given or withheld) answers the question.

    `probability` that it does, and `answerability`, that the texts do, as stated.
    """

    probability: float
    answered: bool
    correct: bool
    answerable: bool
    answerability: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Answering only what is at least this probable: the share answered, and the share of that which is right."""

    threshold: float
    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose stated probability lies in [low, high), the last bin closed; means are None where n is 0."""

    low: float
    high: float
    n: int
    stated: float | None
    observed: float | None


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well the service knows when it does not know.

    `auroc`: by its stated answerability a random answerable question stands above a random unanswerable one.
    `auroc_correct`: by its stated probability one answered rightly above any other. `false_answers`: wrong among the answered.
    `answered_unanswerable`: answered among those that the texts do not answer. `refusal_precision`: unanswerable among
    the refused; `refusal_recall`: refused among the unanswerable. `ece` over ten bins of equal width, of the stated
    probability that the first citation answers; `brier` its mean squared error. `ece_by_chance`: the ECE that so many
    questions would show if every stated probability were true, with the range that chance alone spans.
    """

    auroc: Estimate
    auroc_correct: Estimate
    coverage: Estimate
    accuracy: Estimate
    false_answers: Estimate
    answered_unanswerable: Estimate
    refusal_precision: Estimate
    refusal_recall: Estimate
    ece: Estimate
    ece_by_chance: Estimate
    brier: Estimate
    curve: tuple[CurvePoint, ...]
    bins: tuple[Bin, ...]


def auroc(scores: Floats, positive: np.ndarray) -> float | None:
    """The chance that a random positive scores above a random negative, ties counting half; None without both.

    Source: the Mann-Whitney U statistic over ranks.
    """
    n_positive = int(positive.sum())
    n_negative = int(positive.size - n_positive)
    if not n_positive or not n_negative:
        return None
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2.0
    rank_sum = float(middle[place][positive].sum())
    return (rank_sum - n_positive * (n_positive + 1) / 2.0) / (n_positive * n_negative)


def bins_of(probabilities: Floats, correct: np.ndarray, n_bins: int = N_BINS) -> tuple[Bin, ...]:
    """The reliability diagram: stated against observed in bins of equal width."""
    place = np.minimum((probabilities * n_bins).astype(np.int64), n_bins - 1)
    bins = []
    for number in range(n_bins):
        inside = place == number
        n = int(inside.sum())
        stated = float(probabilities[inside].mean()) if n else None
        observed = float(correct[inside].mean()) if n else None
        bins.append(Bin(number / n_bins, (number + 1) / n_bins, n, stated, observed))
    return tuple(bins)


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between stated and observed, weighted by how many questions a bin holds.

    Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning,
    AAAI 2015. It is biased upwards on few questions: read it with its interval, of which the bias is taken away.
    """
    total = sum(one.n for one in bins)
    if not total:
        return None
    return sum(
        one.n * abs(one.stated - one.observed) for one in bins if one.stated is not None and one.observed is not None
    ) / float(total)


def calibration_by_chance(probabilities: Floats, *, count: int = 1000) -> Estimate:
    """The ECE of a forecaster who states these probabilities and is right exactly so often: its mean, and 95% of its draws.

    Source: J. Bröcker, L. A. Smith, Increasing the reliability of reliability diagrams, Weather and Forecasting 22 (2007):
    resampling under the hypothesis that the forecast is reliable.
    """
    if not probabilities.size:
        return Estimate(None, None, None, 0)
    generator = np.random.default_rng(SEED)
    draws = (generator.random(probabilities.size) < probabilities for _ in range(count))
    found = np.array([expected_calibration_error(bins_of(probabilities, right)) for right in draws], dtype=np.float64)
    if probabilities.size == 1:
        return Estimate(float(found.mean()), None, None, 1)
    low, high = np.quantile(found, [0.025, 0.975])
    return Estimate(float(found.mean()), float(low), float(high), int(probabilities.size))


def calibration_of(probabilities: Floats, correct: np.ndarray, by_chance: Estimate) -> Estimate:
    """The ECE with the basic bootstrap's interval, which reaches down to 0 where chance alone (`by_chance`) brings as much.

    Both ends bear the bias in mind: the figure itself lies near the upper one, or is it.
    """

    def ece(rows: Rows) -> float | None:
        return expected_calibration_error(bins_of(probabilities[rows], correct[rows]))

    found = statistic_of(int(probabilities.size), ece, basic=True)
    if found.value is None or found.low is None or found.high is None:
        return found
    none_shown = by_chance.high is not None and found.value <= by_chance.high
    return replace(found, low=0.0 if none_shown else max(0.0, found.low), high=max(found.value, found.high))


def curve_of(probabilities: Floats, correct: np.ndarray) -> tuple[CurvePoint, ...]:
    """Coverage against accuracy at every threshold that changes them; equally probable questions fall together."""
    points = []
    for threshold in np.unique(probabilities)[::-1]:
        kept = probabilities >= threshold
        points.append(CurvePoint(float(threshold), float(kept.mean()), float(correct[kept].mean())))
    return tuple(points)


def judge(verdicts: Sequence[Verdict]) -> Abstention:
    """Every figure about abstention and calibration."""
    probability = np.array([one.probability for one in verdicts], dtype=np.float64)
    answerability = np.array([one.answerability for one in verdicts], dtype=np.float64)
    answered = np.array([one.answered for one in verdicts], dtype=bool)
    answerable = np.array([one.answerable for one in verdicts], dtype=bool)
    correct = np.array([one.correct for one in verdicts], dtype=bool) & answerable

    def brier(rows: Rows) -> float | None:
        return float(((probability[rows] - correct[rows]) ** 2).mean()) if rows.size else None

    n = len(verdicts)
    wrong = int((answered & ~correct).sum())
    refused = ~answered
    by_chance = calibration_by_chance(probability)
    return Abstention(
        auroc=statistic_of(n, lambda rows: auroc(answerability[rows], answerable[rows])),
        auroc_correct=statistic_of(n, lambda rows: auroc(probability[rows], correct[rows])),
        coverage=rate_of(int(answered.sum()), n),
        accuracy=rate_of(int(answered.sum()) - wrong, int(answered.sum())),
        false_answers=rate_of(wrong, int(answered.sum())),
        answered_unanswerable=rate_of(int((answered & ~answerable).sum()), int((~answerable).sum())),
        refusal_precision=rate_of(int((refused & ~answerable).sum()), int(refused.sum())),
        refusal_recall=rate_of(int((refused & ~answerable).sum()), int((~answerable).sum())),
        ece=calibration_of(probability, correct, by_chance),
        ece_by_chance=by_chance,
        brier=statistic_of(n, brier),
        curve=curve_of(probability, correct),
        bins=bins_of(probability, correct),
    )
