"""Ten-bit codes: faiss reads what they say, and they are as near as ten bits can be, however components are distributed."""

from __future__ import annotations

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.companding import BITS, Compander, Spread


def compander_of(vectors: NDArray[np.float32]) -> Compander:
    mean, deviation = vectors.mean(axis=0, dtype=np.float64), vectors.std(axis=0, dtype=np.float64)
    return Compander(vectors, Spread(vectors.min(axis=0), vectors.max(axis=0), mean, deviation))


def decoded(compander: Compander, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    dim = vectors.shape[1]
    quantiser = faiss.IndexPQ(dim, dim, BITS)
    faiss.copy_array_to_vector(compander.values.ravel(), quantiser.pq.centroids)
    quantiser.add_sa_codes(compander.encode(vectors))
    out: NDArray[np.float32] = quantiser.reconstruct_n(0, len(vectors))
    return out


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 20), st.sampled_from([1, 2, 1023, 1025]), st.integers(0, 10**6))
def test_faiss_reads_the_nearest_value(dim: int, n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    mean, deviation = random.normal(size=dim), 10 ** random.uniform(-6, 3, size=dim)
    vectors = (mean + deviation * random.normal(size=(n, dim))).astype(np.float32)
    compander = compander_of(vectors)
    nearest = np.abs(vectors[:, :, None] - compander.values).min(axis=2)
    a_place = 10 * vectors.std(axis=0) / 2**15
    rounding = 4e-7 * (np.abs(mean) + np.abs(vectors))
    assert np.all(np.abs(decoded(compander, vectors) - vectors) <= nearest + a_place + rounding)


def test_the_error_is_what_the_theory_says() -> None:
    vectors = np.random.default_rng(0).normal(3, 0.05, size=(20_000, 8)).astype(np.float32)
    error = decoded(compander_of(vectors), vectors) - vectors
    assert np.sqrt(np.mean(error**2)) == pytest.approx(0.05 * (3**0.5 * np.pi / 2) ** 0.5 / 1024, rel=0.04)


def test_few_far_components_cost_the_others_little_and_are_not_cut() -> None:
    vectors = np.random.default_rng(0).standard_t(3, size=(20_000, 8)).astype(np.float32)
    error = np.abs(decoded(compander_of(vectors), vectors) - vectors)
    assert np.median(error) < 0.01
    assert error.max() < 0.2 * np.abs(vectors).max()


def test_a_constant_component_comes_back_and_what_lies_too_far_out_is_the_outermost() -> None:
    vectors = np.column_stack([np.full(500, 0.3), np.linspace(-1, 1, 500), np.zeros(500)]).astype(np.float32)
    compander = compander_of(vectors)
    assert np.all(decoded(compander, vectors)[:, [0, 2]] == vectors[:, [0, 2]])
    beyond = np.array([[0.3, -50, 0], [0.3, 50, 0]], dtype=np.float32)
    assert decoded(compander, beyond)[:, 1].tolist() == pytest.approx([-1, 1], abs=0.01)
    assert np.array_equal(decoded(compander_of(vectors[:, :1]), vectors[:, :1]), vectors[:, :1])
