"""Vectors that come in blocks: checked, regrouped, and what a sample and the spread of all of them say."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from embeddings.companding import Spread
from embeddings.errors import BadVectorsError

_FEWEST = 16 * 39  # rows to train the 16 values of a short code's half byte on; where there are fewer they are repeated


def check_vectors(vectors: NDArray[np.float32], dim: int | None = None) -> None:
    """Refuses what no encoder gives.

    Raises:
        BadVectorsError: not float32 (n, dim), or a row that is NaN, infinite or zero; names the first such row.
    """
    if not isinstance(vectors, np.ndarray) or vectors.dtype != np.float32:
        found = getattr(vectors, "dtype", type(vectors).__name__)
        raise BadVectorsError(f"expected a float32 array, found {found}")
    if vectors.ndim != 2 or vectors.shape[1] == 0:
        raise BadVectorsError(f"expected the shape (n, dim), found {vectors.shape}")
    if dim is not None and vectors.shape[1] != dim:
        raise BadVectorsError(f"expected {dim} dimensions, found {vectors.shape[1]}; another model made them")
    # A sum of squares is NaN or infinite if a component is, and zero only if all are.
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64)
    good = (squares > 0) & (squares < np.inf)  # of NaN neither is true
    if not good.all():
        bad = np.flatnonzero(~good)
        row = int(bad[0])
        what = "zero" if squares[row] == 0 else "not finite"
        raise BadVectorsError(f"row {row} is {what} ({bad.size} such row(s) of {len(vectors)})")


def sample_of(blocks: Iterator[NDArray[np.float32]], n: int, dim: int, size: int) -> tuple[NDArray[np.float32], Spread]:
    """A seeded sample, so that the same vectors give the same lists; and the spread of all."""
    size = min(n, size)
    rows = np.sort(np.random.default_rng(0).permutation(n)[:size]) if size < n else np.arange(n)
    sample = np.empty((size, dim), dtype=np.float32)
    least, greatest = np.full(dim, np.inf, np.float32), np.full(dim, -np.inf, np.float32)
    origin = total = squares = np.zeros(dim)
    at = first = 0
    for block in blocks:
        check_vectors(block, dim)
        taken = rows[at : np.searchsorted(rows, first + len(block))] - first
        sample[at : at + len(taken)] = block[taken]
        least, greatest = np.minimum(least, block.min(axis=0)), np.maximum(greatest, block.max(axis=0))
        origin = origin if first else block[0].copy()
        apart = block - origin  # so that nothing is lost where a mean is much greater than the deviation
        total = total + apart.sum(axis=0, dtype=np.float64)
        squares = squares + np.einsum("ij,ij->j", apart, apart, dtype=np.float64)
        at, first = at + len(taken), first + len(block)
    deviation = np.sqrt(np.maximum(squares / n - (total / n) ** 2, 0))
    spread = Spread(least, greatest, origin + total / n, deviation)
    return (sample if size >= _FEWEST else np.resize(sample, (_FEWEST, dim))), spread


def regrouped(blocks: Iterator[NDArray[np.float32]], size: int) -> Iterator[NDArray[np.float32]]:
    """The same rows, `size` at a time."""
    waiting: list[NDArray[np.float32]] = []
    n = 0
    for block in blocks:
        for start in range(0, len(block), size):
            part = block[start : start + size]
            if waiting and n + len(part) > size:
                head = size - n
                yield np.concatenate([*waiting, part[:head]])
                waiting, n, part = [], 0, part[head:]
            waiting.append(part)
            n += len(part)
    if waiting:
        yield np.ascontiguousarray(np.concatenate(waiting)) if len(waiting) > 1 else np.ascontiguousarray(waiting[0])
