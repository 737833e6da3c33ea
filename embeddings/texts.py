"""Checks and batches shared by all models: limits, padding, batches sorted by length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import TextTooLongError

Ids = Sequence[int]


def refuse_long(n_tokens: Sequence[int], max_tokens: int) -> None:
    """Refuses a list in which any text is over the limit.

    Raises:
        TextTooLongError: with the positions and counts of all that are.
    """
    rows = [row for row, n in enumerate(n_tokens) if n > max_tokens]
    if rows:
        raise TextTooLongError(rows, [n_tokens[row] for row in rows], max_tokens)


def batches_by_length(lengths: Sequence[int], n_tokens: int) -> Iterator[NDArray[np.int64]]:
    """Row numbers in batches of at most `n_tokens` tokens, padding counted, or of one text; longest first.

    Like lengths together leave little padding. Longest first: the arena grows once, and a model that runs out of memory
    does so at once. Ties keep their order.
    """
    order = np.argsort(-np.asarray(lengths, dtype=np.int64), kind="stable")
    start = 0
    while start < len(order):
        size = max(1, n_tokens // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def padded(rows: Sequence[Ids], fill: int) -> NDArray[np.int64]:
    """The rows as one rectangle, int64, filled up on the right."""
    out = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
