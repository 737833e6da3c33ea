from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.abstention import (
    Verdict,
    auroc,
    bins_of,
    calibration_by_chance,
    calibration_of,
    curve_of,
    expected_calibration_error,
    judge,
)
from eval.intervals import mean_of, mean_or_rate_of, rate_of, resamples, statistic_of

PROBABILITIES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.9, 1.0])


@given(st.lists(st.tuples(PROBABILITIES, st.booleans()), min_size=1, max_size=40))
@settings(deadline=None)
def test_auroc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[float, bool]]) -> None:
    scores, positive = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    pairs = [(p, n) for p in scores[positive] for n in scores[~positive]]
    brute = sum(1.0 if p > n else 0.5 if p == n else 0.0 for p, n in pairs) / len(pairs) if pairs else None
    got = auroc(scores, positive)
    assert got is None if brute is None else got == pytest.approx(brute)


def test_ece_by_hand() -> None:
    # Bin [0.2, 0.3): 0.2 and 0.28, none right: |0.24 - 0| x 2/5. Bin [0.9, 1]: 0.9, 1.0, 0.95, two right:
    # |0.95 - 2/3| x 3/5. Together 0.096 + 0.17 = 0.266.
    bins = bins_of(np.array([0.2, 0.28, 0.9, 1.0, 0.95]), np.array([False, False, True, True, False]))
    assert [one.n for one in bins] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 3]
    assert expected_calibration_error(bins) == pytest.approx(0.266)
    assert bins[0].stated is None


def test_nothing_stated_is_not_well_calibrated_but_undefined() -> None:
    assert expected_calibration_error(bins_of(np.array([]), np.array([], dtype=bool))) is None


def test_the_ece_that_chance_alone_brings_shrinks_with_the_questions() -> None:
    # One bin, n questions at one half: the mean of |share - 1/2| is that of a fair coin, about 0.4 / sqrt(n).
    few, many = calibration_by_chance(np.full(16, 0.5)), calibration_by_chance(np.full(1600, 0.5))
    assert few.value == pytest.approx(0.0982, abs=0.006)
    assert many.value == pytest.approx(0.00997, abs=0.0006)
    assert calibration_by_chance(np.array([0.0, 1.0, 1.0])).high == 0.0
    assert calibration_by_chance(np.array([])).value is None


def test_the_curve_by_hand() -> None:
    # Thresholds 0.9 (one answered, right), 0.5 (two more, one right), 0.1 (the last, wrong).
    points = curve_of(np.array([0.5, 0.9, 0.1, 0.5]), np.array([True, True, False, False]))
    assert [(p.threshold, p.coverage, p.accuracy) for p in points] == [
        (0.9, 0.25, 1.0),
        (0.5, 0.75, pytest.approx(2 / 3)),
        (0.1, 1.0, 0.5),
    ]


def test_rates_by_hand() -> None:
    got = judge(
        [
            Verdict(0.9, answered=True, correct=True, answerable=True, answerability=0.9),
            Verdict(0.8, answered=True, correct=False, answerable=True, answerability=0.8),
            Verdict(0.7, answered=True, correct=False, answerable=False, answerability=0.5),
            Verdict(0.3, answered=False, correct=True, answerable=True, answerability=0.6),
            Verdict(0.2, answered=False, correct=False, answerable=False, answerability=0.7),
            Verdict(0.1, answered=False, correct=False, answerable=False, answerability=0.1),
        ]
    )
    assert got.coverage.value == 0.5
    assert got.accuracy.value == pytest.approx(1 / 3)
    assert got.false_answers.value == pytest.approx(2 / 3)
    assert got.answered_unanswerable.value == pytest.approx(1 / 3)
    assert got.refusal_precision.value == pytest.approx(2 / 3)
    assert got.refusal_recall.value == pytest.approx(2 / 3)
    assert got.auroc.value == pytest.approx(8 / 9)  # of nine pairs only 0.6 against 0.7 is the wrong way round
    # By the probability: of the one answered rightly or withheld, 0.9 and 0.3, against 0.8, 0.7, 0.2, 0.1.
    assert got.auroc_correct.value == pytest.approx(6 / 8)
    # (0.1)^2 + 0.8^2 + 0.7^2 + 0.7^2 + 0.2^2 + 0.1^2 over six
    assert got.brier.value == pytest.approx((0.01 + 0.64 + 0.49 + 0.49 + 0.04 + 0.01) / 6)


def test_without_unanswerable_questions_auroc_is_undefined_and_nothing_breaks() -> None:
    got = judge([Verdict(0.9, answered=True, correct=True, answerable=True, answerability=0.9)])
    assert got.auroc.value is None
    assert got.refusal_recall.value is None
    assert judge([]).ece.value is None


def test_a_right_citation_for_an_unanswerable_question_is_never_correct() -> None:
    assert judge([Verdict(0.9, answered=True, correct=True, answerable=False, answerability=0.9)]).accuracy.value == 0.0


def test_wilson_by_hand() -> None:
    # 0 of 12: centre z^2/2n / (1 + z^2/n) = 0.16007 / 1.32012 = 0.12125, half the same: [0, 0.2425].
    got = rate_of(0, 12)
    assert (got.low, got.high) == pytest.approx((0.0, 0.2425), abs=1e-4)
    assert rate_of(0, 0).value is None


def test_the_interval_of_the_ece_is_not_above_what_is_true() -> None:
    """Of forecasts that are true, or off by 0.06: the plain bootstrap held neither, for it counts the bias twice."""
    generator = np.random.default_rng(4)
    for off, true in ((0.0, 0.0), (0.06, 0.057)):
        held = 0
        for _ in range(12):
            stated = generator.random(150)
            right = generator.random(150) < np.minimum(stated + off, 1.0)
            got = calibration_of(stated, right, calibration_by_chance(stated, count=200))
            assert got.low is not None
            assert got.high is not None
            assert got.value is not None
            assert 0.0 <= got.low <= got.value <= got.high
            held += got.low <= true <= got.high
        assert held >= 10


def test_a_measure_of_zeros_and_ones_is_a_rate() -> None:
    assert mean_or_rate_of(np.ones(34)) == rate_of(34, 34)
    assert rate_of(34, 34).low == pytest.approx(0.8985, abs=1e-4)  # n / (n + z^2)
    assert mean_or_rate_of(np.array([1.0, 0.5, 0.0])) == mean_of(np.array([1.0, 0.5, 0.0]))
    assert mean_or_rate_of(np.array([1.0])).low is None


def test_the_bootstrap_is_seeded_and_holds_the_mean() -> None:
    values = np.random.default_rng(1).random(50)
    one, two = mean_of(values), mean_of(values)
    assert one == two
    assert one.low is not None
    assert one.high is not None
    assert one.low < values.mean() < one.high
    # For 50 uniform values the standard error is about 0.29 / sqrt(50) = 0.041: an interval of about 0.16.
    assert 0.1 < one.high - one.low < 0.22
    assert mean_of(np.array([])).value is None


def test_one_question_has_no_interval() -> None:
    """All resamples of one are the same: an interval of them would look like certainty."""
    (one, statistic) = mean_of(np.array([1.0])), statistic_of(1, lambda rows: 1.0)
    for got in (one, statistic, calibration_by_chance(np.array([0.7]))):
        assert got.value is not None
        assert (got.low, got.high, got.n) == (None, None, 1)
    never = statistic_of(3, lambda rows: 1.0 if rows.tolist() == [0, 1, 2] else None, seed=8)
    assert never.low is None or never.low == 1.0
    assert mean_of(np.array([1.0, 0.0])).low is not None


def test_the_bootstrap_covers_what_it_promises() -> None:
    generator = np.random.default_rng(2)
    held = 0
    for _ in range(100):
        sample = generator.random(40)
        drawn = [sample[rows].mean() for rows in resamples(40, count=400, seed=int(generator.integers(1 << 30)))]
        low, high = np.quantile(drawn, [0.025, 0.975])
        held += low <= 0.5 <= high
    assert held >= 88  # 95 expected; under 88 would come once in some hundreds


def test_resamples_without_a_value_are_left_out() -> None:
    got = statistic_of(3, lambda rows: None if 0 not in rows else 1.0)
    assert (got.value, got.low, got.high) == (1.0, 1.0, 1.0)
