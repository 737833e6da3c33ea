"""How sure a figure is: bootstrap intervals over questions, Wilson's interval for a rate."""

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
    generator = np.random.default_rng(seed)
    at_once = max(1, _CELLS // values.size)
    means = [
        values[generator.integers(0, values.size, size=(min(at_once, RESAMPLES - start), values.size))].mean(axis=1)
        for start in range(0, RESAMPLES, at_once)
    ]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high), int(values.size))


def statistic_of(n: int, statistic: Callable[[Rows], float | None], *, seed: int = SEED, count: int = 1000) -> Estimate:
    """Any statistic of a sample of rows with its 95% percentile interval.

    Resamples on which it is not defined (no unanswerable question drawn) are left out of the interval; one row has none.
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
    return Estimate(float(value), float(low), float(high), n)


def rate_of(hits: int, n: int) -> Estimate:
    """A rate with Wilson's 95% interval, which does not shrink to nothing when nothing went wrong.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not n:
        return Estimate(None, None, None, 0)
    z, p = 1.959963984540054, hits / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * ((p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5)
    return Estimate(p, max(0.0, centre - half), min(1.0, centre + half), n)
