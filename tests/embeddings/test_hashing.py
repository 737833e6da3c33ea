"""The hashing encoder: the contract of every encoder, cheaply."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.errors import TextTooLongError
from embeddings.hashing import HashingEncoder


@given(st.lists(st.text(max_size=200), max_size=8))
def test_vectors_are_normalised_finite_and_repeatable(texts: list[str]) -> None:
    encoder = HashingEncoder(dim=32)
    found = encoder.encode_passages(texts)
    assert found.shape == (len(texts), 32)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    assert np.array_equal(found, HashingEncoder(dim=32).encode_queries(texts))


def test_the_codes_never_change() -> None:
    found = HashingEncoder(dim=4).encode_queries(["maintenance of international peace", "peace", "", "troops leave"])
    assert [[round(float(x), 3) for x in row] for row in found] == [
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, -1.0],
        [0.0, 0.0, -1.0, 0.0],
        [0.0, 0.707, 0.0, 0.707],
    ]


def test_shared_words_bring_texts_near() -> None:
    encoder = HashingEncoder()
    query = encoder.encode_queries(["troops leave Moldova"])
    near, far = encoder.encode_passages(["all troops shall leave Moldova", "the scale of assessments"])
    assert query[0] @ near > query[0] @ far


def test_long_texts_are_refused_with_their_rows() -> None:
    encoder = HashingEncoder(max_tokens=3)
    with pytest.raises(TextTooLongError) as caught:
        encoder.encode_passages(["a b c", "a b c d", "", "a b c d e"])
    assert (caught.value.rows, caught.value.n_tokens) == ((1, 3), (4, 5))
    assert encoder.count_tokens(["a b c d"]) == [4]


def test_the_digest_tells_dimensions_apart() -> None:
    assert HashingEncoder(8).sha256 != HashingEncoder(16).sha256
