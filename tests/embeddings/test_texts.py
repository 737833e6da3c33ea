"""Batches by length."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.texts import batches_by_length, padded


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 900))
def test_every_row_comes_once_longest_first_and_batches_are_full(lengths: list[int], n_tokens: int) -> None:
    batches = list(batches_by_length(lengths, n_tokens))
    rows = [int(row) for batch in batches for row in batch]
    assert sorted(rows) == list(range(len(lengths)))
    assert [lengths[row] for row in rows] == sorted(lengths, reverse=True)
    for at, batch in enumerate(batches):
        longest = max(1, lengths[batch[0]])
        assert len(batch) == 1 or len(batch) * longest <= n_tokens
        assert at == len(batches) - 1 or (len(batch) + 1) * longest > n_tokens


def test_rows_are_filled_on_the_right() -> None:
    assert np.array_equal(padded([[5, 6], [7]], fill=0), [[5, 6], [7, 0]])
