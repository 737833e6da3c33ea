"""Ten bits a component: 1,024 values, close together where many components lie and far apart where few do.

A compander: with its values as dense as the cube root of what they stand for, its error is the least (P. F. Panter and W. Dite,
1951). How dense components lie is counted in a sample, of all dimensions together, each about its mean and by its deviation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 10  # 9 to 12
_GRID = 1 << 16  # even places up to the furthest components; of each the nearest value is known, so that none is sought
_BINS = 1 << 10  # places are counted in so many bins
_EVEN = 0.05  # share of the values that lie evenly, so that what is nowhere in the sample has one not too far off
_ROWS = 1_024  # rows encoded at once: what that takes stays in a core's cache


@dataclass(frozen=True)
class Spread:
    """Where the components of many rows lie, dimension by dimension."""

    least: NDArray[np.float32]
    greatest: NDArray[np.float32]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]


class Compander:
    """Turns rows into codes as faiss's product quantiser reads them: one component after another, the lowest bit first.

    Attributes:
        values: what the codes of each dimension stand for, (dim, 1 << BITS).
    """

    def __init__(self, sample: NDArray[np.float32], spread: Spread) -> None:
        unit = np.where(spread.deviation > 0, spread.deviation, 1)
        furthest = np.maximum(spread.greatest - spread.mean, spread.mean - spread.least) / unit
        scale = _GRID / 2 / (furthest.max() or 1)
        self._mean = spread.mean.astype(np.float32)
        self._scale = (scale / unit).astype(np.float32)
        counts = np.zeros(_BINS, dtype=np.int64)
        for places in self._places(sample):
            counts += np.bincount(places.ravel() // (_GRID // _BINS), minlength=_BINS)
        values = _companded(counts)
        self._nearest = np.searchsorted((values[1:] + values[:-1]) / 2, np.arange(_GRID) + 0.5).astype(np.uint16)
        away = (values - _GRID / 2) / scale
        self.values = (spread.mean[:, None] + spread.deviation[:, None] * away).astype(np.float32)

    def encode(self, vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
        """The codes of at least one row without NaN: (n, bytes a row)."""
        return np.concatenate([_packed(self._nearest[part]) for part in self._places(vectors)])

    def _places(self, vectors: NDArray[np.float32]) -> Iterator[NDArray[np.int32]]:
        for start in range(0, len(vectors), _ROWS):
            places = (vectors[start : start + _ROWS] - self._mean) * self._scale
            places += _GRID / 2
            yield np.clip(places, 0, _GRID - 1, out=places).astype(np.int32)


def _companded(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Places of the values, by how many components there are in each bin."""
    density = np.cbrt(counts)
    density += _EVEN * density.mean()
    before = np.concatenate([[0], np.cumsum(density)])
    ranks = (np.arange(1 << BITS) + 0.5) / (1 << BITS)
    values: NDArray[np.float64] = np.interp(ranks * before[-1], before, np.linspace(0, _GRID, len(before)))
    return values


def _packed(codes: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Four numbers of ten bits are five bytes: each byte has the end of one number and the beginning of the next."""
    n, dim = codes.shape
    over = BITS - 8
    group = 8 // over
    groups = np.pad(codes, ((0, 0), (0, -dim % group))).reshape(n, -1, group)
    shifts = over * np.arange(group, dtype=np.uint16)
    out = np.zeros((n, groups.shape[1], group + 1), dtype=np.uint8)
    out[:, :, :group] = groups << shifts & 255
    out[:, :, 1:] |= (groups >> 8 - shifts).astype(np.uint8)
    return out.reshape(n, -1)[:, : -(-dim * BITS // 8)]
