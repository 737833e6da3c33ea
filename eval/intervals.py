"""How sure a figure is: bootstrap intervals over questions, Wilson's interval for a rate; both are scipy's where it has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from eval.records import Estimate

RESAMPLES = 2000
SEED = 20001219
_LEAST = 2  # values that a bootstrap interval needs
_CELLS = 1_000_000  # drawn at once: bounds the memory, whatever the number of questions
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


def resamples(n: int, *, count: int = RESAMPLES, seed: int = SEED) -> Iterator[Rows]:
    """Row numbers of `count` samples of `n` questions, drawn with replacement; the same for the same arguments."""
    generator = np.random.default_rng(seed)
    for _ in range(count):
        yield generator.integers(0, n, size=n)


def mean_of(values: Floats, *, seed: int = SEED) -> Estimate:
    """The mean with its 95% percentile bootstrap interval; undefined over no values.

    One value has no interval: all its resamples are the same, which would look like certainty.
    """
    if values.size < _LEAST:
        return Estimate(float(values.mean()) if values.size else None, None, None, int(values.size))
    from scipy.stats import bootstrap

    drawn = bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=max(1, _CELLS // values.size),
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Estimate(float(values.mean()), float(drawn.low), float(drawn.high), int(values.size))


def mean_or_rate_of(values: Floats) -> Estimate:
    """The mean of questions' values; where each is 0 or 1 it is a rate, with Wilson's interval: a bootstrap of 34 ones has no width."""
    plain = values.size >= _LEAST and bool(np.isin(values, (0.0, 1.0)).all())
    return rate_of(int(values.sum()), int(values.size)) if plain else mean_of(values)


def statistic_of(
    n: int, statistic: Callable[[Rows], float | None], *, basic: bool = False, seed: int = SEED, count: int = 1000
) -> Estimate:
    """Any statistic of a sample of rows with its 95% percentile interval; with `basic`, that mirrored at the statistic.

    Resamples on which it is not defined (no unanswerable question drawn) are left out of the interval; one row has none. What is biased is
    biased once more in its resamples: mirrored, that takes the bias away where the percentile interval would count it twice.

    Source: A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application, 1997, section 5.2 (basic bootstrap).
    """
    value = statistic(np.arange(n)) if n else None
    if value is None:
        return Estimate(None, None, None, n)
    if n < _LEAST:
        return Estimate(float(value), None, None, n)
    drawn = [got for rows in resamples(n, count=count, seed=seed) if (got := statistic(rows)) is not None]
    if not drawn:
        return Estimate(float(value), None, None, n)
    low, high = np.quantile(drawn, [0.025, 0.975])
    if basic:
        low, high = 2 * value - high, 2 * value - low
    return Estimate(float(value), float(low), float(high), n)


def rate_of(hits: int, n: int) -> Estimate:
    """A rate with Wilson's 95% interval, which does not shrink to nothing when nothing went wrong.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not n:
        return Estimate(None, None, None, 0)
    from scipy.stats import binomtest

    held = binomtest(hits, n).proportion_ci(method="wilson")
    return Estimate(hits / n, float(held.low), float(held.high), n)
