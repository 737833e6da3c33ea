"""Batches by length."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.texts import batches_by_length, padded


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 9))
def test_every_row_comes_once_longest_first(lengths: list[int], size: int) -> None:
    batches = list(batches_by_length(lengths, size))
    rows = [int(row) for batch in batches for row in batch]
    assert sorted(rows) == list(range(len(lengths)))
    assert [lengths[row] for row in rows] == sorted(lengths, reverse=True)
    assert all(len(batch) == size for batch in batches[:-1])


def test_rows_are_filled_on_the_right() -> None:
    assert np.array_equal(padded([[5, 6], [7]], fill=0), [[5, 6], [7, 0]])
