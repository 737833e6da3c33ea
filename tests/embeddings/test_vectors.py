"""The vector index: right rows, filters inside the search, refusals, files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.blocks import check_vectors, sample_of
from embeddings.errors import BadVectorsError, IndexFileError
from embeddings.index_kinds import IndexKind
from embeddings.vectors import VectorIndex, choose_kind, distinct


def unit(n: int, dim: int = 32, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    normalised: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return normalised


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 80), st.integers(1, 12), st.integers(0, 10**6), st.data())
def test_a_flat_search_is_a_sort(n: int, k: int, seed: int, data: st.DataObject) -> None:
    vectors, query = unit(n, 8, seed), unit(1, 8, seed + 1)
    allowed = data.draw(st.none() | st.lists(st.integers(0, n - 1), unique=True))
    rows = np.arange(n) if allowed is None else np.array(sorted(allowed), dtype=np.int64)
    wanted = rows[np.argsort(-(vectors[rows] @ query[0]), kind="stable")][:k]
    chosen = None if allowed is None else np.array(allowed, dtype=np.int64)
    scores, found = VectorIndex.build(vectors, "flat").search(query, k, chosen)
    assert np.allclose(scores[0], vectors[found[0]] @ query[0], atol=1e-5)
    assert np.allclose(vectors[found[0]] @ query[0], vectors[wanted] @ query[0], atol=1e-5)
    assert len(set(found[0].tolist())) == len(wanted)


@pytest.mark.parametrize("kind", list(IndexKind))
def test_each_kind_finds_what_it_holds(kind: IndexKind) -> None:
    vectors = unit(3000)
    index = VectorIndex.build(vectors, kind)
    assert (index.n, index.dim, index.kind) == (3000, 32, kind)
    scores, rows = index.search(vectors[:50], 3)
    assert [int(found[0]) for found in rows] == list(range(50))
    assert all(abs(found[0] - 1) < 0.02 for found in scores)


@pytest.mark.parametrize("kind", list(IndexKind))
@pytest.mark.parametrize("n_allowed", [1, 20, 2000])
def test_filters_work_inside_the_search(kind: IndexKind, n_allowed: int) -> None:
    vectors, queries = unit(3000), unit(20, seed=9)
    allowed = np.random.default_rng(3).permutation(3000)[:n_allowed].astype(np.int64)
    _, rows = VectorIndex.build(vectors, kind).search(queries, 10, allowed)
    for query, found in zip(queries, rows, strict=True):
        best = allowed[np.argsort(-(vectors[allowed] @ query))][:10]
        assert set(found.tolist()) <= set(allowed.tolist())
        assert len(found) == min(10, n_allowed)
        assert len(set(found.tolist()) & set(best.tolist())) >= 0.5 * len(best)


@pytest.mark.parametrize("n_allowed", [20, 70])
def test_many_lists_and_a_scan_under_a_filter_find_the_same(n_allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, queries = unit(1500), unit(20, seed=9)
    allowed = np.random.default_rng(3).permutation(1500)[:n_allowed].astype(np.int64)
    monkeypatch.setattr("embeddings.vectors._ONE_LIST", 1000)
    listed = VectorIndex.build(vectors, "ivf")
    one_by_one = listed.search(queries, 10, allowed)[1]
    monkeypatch.setattr("embeddings.vectors._FEW_ROWS", 0)
    assert [rows.tolist() for rows in listed.search(queries, 10, allowed)[1]] == [one.tolist() for one in one_by_one]
    assert [int(rows[0]) for rows in listed.search(vectors[:20], 1)[1]] == list(range(20))


@pytest.fixture
def few_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists as among very many rows: more than are searched."""
    monkeypatch.setattr("embeddings.vectors._ONE_LIST", 1000)
    monkeypatch.setattr("embeddings.vectors._LEAST_PROBES", 8)


@pytest.mark.usefixtures("few_a_list")
def test_lists_find_the_nearest() -> None:
    centres = np.repeat(unit(400, 64), 10, axis=0)
    vectors = centres + 0.5 * unit(4000, 64, seed=1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    queries = unit(400, 64)[:100]
    index = VectorIndex.build(vectors, "ivf")
    best = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    found = index.search(queries, 10)[1]
    assert np.mean([len(set(a.tolist()) & set(b.tolist())) / 10 for a, b in zip(best, found, strict=True)]) > 0.98
    assert np.abs(index.vectors() - vectors).mean() < 0.0004


@pytest.mark.usefixtures("few_a_list")
def test_lists_under_a_filter_find_what_is_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.vectors._FEW_ROWS", 0)
    vectors, query = unit(4000), unit(1, seed=9)
    allowed = np.argsort(vectors @ query[0])[:150].astype(np.int64)  # in lists that a search without filter leaves out
    found = VectorIndex.build(vectors, "ivf").search(query, 10, allowed)[1][0]
    best = allowed[::-1][:10]
    assert len(found) == 10
    assert len(set(found.tolist()) & set(best.tolist())) >= 9


@pytest.mark.usefixtures("few_a_list")
def test_lists_hold_what_is_not_distributed_normally() -> None:
    vectors = unit(2000, 24)
    vectors[:, 0] = 0  # constant
    vectors[:, 1] = 0.25  # constant
    vectors[1234, 2:] = 0
    vectors[:, 2] = np.where(np.arange(2000) == 1234, 1, 0)  # once 45 times its deviation
    vectors[::200, 2:] = np.eye(22, dtype=np.float32)[10:20]
    index = VectorIndex.build(vectors, "ivf")
    asked = [*range(0, 2000, 200), 1234]
    scores, rows = index.search(vectors[asked], 1)
    assert [int(found[0]) for found in rows] == asked
    wanted = np.einsum("ij,ij->i", vectors[asked], vectors[asked])
    assert np.abs(np.concatenate(scores) - wanted).max() < 0.05


def test_a_deviation_is_right_beside_a_great_mean() -> None:
    vectors = 1000 + 50 * unit(900, 4)
    _, spread = sample_of(iter([vectors[:1], vectors[1:400], vectors[400:]]), 900, 4, 100)
    assert np.allclose(spread.mean, vectors.mean(axis=0, dtype=np.float64), rtol=1e-12)
    assert np.allclose(spread.deviation, vectors.std(axis=0, dtype=np.float64), rtol=1e-9)
    assert np.array_equal([spread.least, spread.greatest], [vectors.min(axis=0), vectors.max(axis=0)])


@pytest.mark.usefixtures("few_a_list")
def test_lists_in_a_file_give_the_same_answers(tmp_path: Path) -> None:
    vectors, path = unit(2000), tmp_path / "vectors.faiss"
    index = VectorIndex.build(vectors, "ivf")
    path.write_bytes(index.to_bytes())
    opened = VectorIndex.from_file(path)
    assert (opened.kind, opened.n, opened.dim) == (IndexKind.IVF, 2000, 32)
    for allowed in (None, np.arange(1990, 2000)):
        for wanted, found in zip(index.search(vectors, 7, allowed), opened.search(vectors, 7, allowed), strict=True):
            assert all(np.array_equal(a, b) for a, b in zip(wanted, found, strict=True))
    assert np.array_equal(opened.vectors(7, 9), index.vectors()[7:9])
    assert bytes(opened.to_bytes()) == bytes(index.to_bytes()) == bytes(VectorIndex.build(vectors, "ivf").to_bytes())


@pytest.mark.parametrize(("n", "dim"), [(1, 8), (5, 7), (40, 32)])
def test_inverted_lists_of_next_to_nothing(n: int, dim: int) -> None:
    vectors = unit(n, dim)
    assert [int(rows[0]) for rows in VectorIndex.build(vectors, "ivf").search(vectors, 3)[1]] == list(range(n))


@pytest.mark.parametrize("kind", list(IndexKind))
def test_rows_are_compared_in_the_order_in_which_they_are_named(kind: IndexKind) -> None:
    vectors = unit(900)
    index = VectorIndex.build(vectors, kind)
    rows = np.array([700, 3, 3, 41], dtype=np.int64)
    (scores,), (found,) = index.search(vectors[:1], 4, rows)
    wanted = dict(zip(found.tolist(), scores.tolist(), strict=True))
    assert index.compare(vectors[0], rows).tolist() == [wanted[row] for row in rows.tolist()]
    assert index.compare(vectors[0], rows[:0]).shape == (0,)


@given(st.lists(st.integers(0, 30), max_size=40))
def test_distinct_rows_ascend(rows: list[int]) -> None:
    assert distinct(np.array(rows, dtype=np.int64)).tolist() == sorted(set(rows))


def test_no_allowed_rows_find_nothing() -> None:
    scores, rows = VectorIndex.build(unit(10)).search(unit(2), 5, np.empty(0, np.int64))
    assert [len(x) for x in scores] == [len(x) for x in rows] == [0, 0]


def test_equal_scores_come_by_row() -> None:
    vectors = np.repeat(unit(1), 6, axis=0)
    assert VectorIndex.build(vectors).search(unit(1), 6)[1][0].tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        (unit(3).astype(np.float64), "float64"),
        ([[1.0]], "list"),
        (unit(3)[0], "shape"),
        (np.empty((2, 0), np.float32), "shape"),
        (np.where(np.arange(3)[:, None] == 1, np.nan, unit(3)).astype(np.float32), "row 1 is not finite"),
        (np.where(np.arange(3)[:, None] == 2, -np.inf, unit(3)).astype(np.float32), "row 2 is not finite"),
        (np.where(np.arange(3)[:, None] == 0, 0, unit(3)).astype(np.float32), "row 0 is zero"),
        (np.empty((0, 4), np.float32), "nothing to index"),
    ],
)
def test_unusable_vectors_are_refused(vectors: Any, said: str) -> None:
    with pytest.raises(BadVectorsError, match=said):
        VectorIndex.build(vectors)


def test_unusable_searches_are_refused() -> None:
    index = VectorIndex.build(unit(5))
    with pytest.raises(BadVectorsError, match="expected 32 dimensions, found 8"):
        index.search(unit(1, 8), 3)
    with pytest.raises(BadVectorsError, match="not finite"):
        index.search(np.full((1, 32), np.nan, np.float32), 3)
    with pytest.raises(BadVectorsError, match="k must be"):
        index.search(unit(1), 0)
    with pytest.raises(BadVectorsError, match=r"0\.\.4, found 5\.\.5"):
        index.search(unit(1), 1, np.array([5], np.int64))
    with pytest.raises(BadVectorsError, match="int64"):
        index.search(unit(1), 1, np.array([True] * 5))
    with pytest.raises(BadVectorsError, match="rows 2:9"):
        index.vectors(2, 9)


def test_subnormal_rows_are_zero_or_kept_never_nan() -> None:
    check_vectors(np.full((1, 4), 1e-30, np.float32))


@pytest.mark.parametrize("kind", list(IndexKind))
def test_a_file_gives_the_same_answers(tmp_path: Path, kind: IndexKind) -> None:
    index = VectorIndex.build(unit(2000), kind)
    path = tmp_path / "vectors.faiss"
    path.write_bytes(index.to_bytes())
    opened = VectorIndex.from_file(path)
    assert (opened.kind, opened.n, opened.dim) == (kind, 2000, 32)
    queries = unit(10, seed=4)
    for wanted, found in zip(index.search(queries, 7), opened.search(queries, 7), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(wanted, found, strict=True))
    assert bytes(opened.to_bytes()) == bytes(index.to_bytes())


def test_stored_vectors_come_back(tmp_path: Path) -> None:
    vectors = unit(100)
    assert np.array_equal(VectorIndex.build(vectors, "flat").vectors(), vectors)
    assert np.allclose(VectorIndex.build(vectors, "exact").vectors(10, 20), vectors[10:20], atol=1e-3)


def test_an_opened_file_is_mapped_not_read(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(VectorIndex.build(unit(20_000, 128)).to_bytes())
    opened = VectorIndex.from_file(path)
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("needs /proc to see what is mapped")
    assert str(path) in maps.read_text()
    assert opened.search(opened.vectors(5, 6), 1)[1][0].tolist() == [5]


@pytest.mark.parametrize("cut", [0, 3, 40, -1])
@pytest.mark.parametrize("kind", list(IndexKind))
def test_a_file_cut_short_is_refused(tmp_path: Path, cut: int, kind: IndexKind) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(bytes(VectorIndex.build(unit(2000), kind).to_bytes())[:cut])
    with pytest.raises(IndexFileError, match="qa build"):
        VectorIndex.from_file(path)


def test_a_file_with_more_at_its_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(bytes(VectorIndex.build(unit(20)).to_bytes()) + b"x")
    with pytest.raises(IndexFileError, match="no proper end"):
        VectorIndex.from_file(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match="no such file"):
        VectorIndex.from_file(tmp_path / "none")
    path = tmp_path / "other"
    path.write_bytes(b"not an index at all" * 10)
    with pytest.raises(IndexFileError, match="other"):
        VectorIndex.from_file(path)


def test_threads_may_share_an_index() -> None:
    index, queries = VectorIndex.build(unit(5000)), unit(64, seed=2)
    alone = index.search(queries, 5)[1]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda i: index.search(queries[i : i + 1], 5)[1][0], range(64)))
    assert all(np.array_equal(a, b) for a, b in zip(alone, shared, strict=True))


def test_kinds_by_size() -> None:
    assert choose_kind(9_999) is IndexKind.EXACT
    assert choose_kind(10_000) is IndexKind.IVF
    assert choose_kind(5_000_000) is IndexKind.IVF


@pytest.mark.parametrize(("kind", "one_list"), [("flat", 0), ("exact", 0), ("ivf", 900), ("ivf", 800), ("hnsw", 0)])
def test_blocks_of_any_size_give_the_index_of_all_rows_at_once(
    kind: str, one_list: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.vectors._BLOCK", 200)
    monkeypatch.setattr("embeddings.vectors._ONE_LIST", one_list)
    vectors = unit(900, 16)
    at = [0, 1, 5, 400, 850, 900]
    blocks = [vectors[a:b] for a, b in pairwise(at)]
    streamed = VectorIndex.from_blocks(lambda: iter(blocks), vectors.shape, kind)
    assert streamed.to_bytes() == VectorIndex.build(vectors, kind).to_bytes()
    with pytest.raises(BadVectorsError, match="900 rows came where 901"):
        VectorIndex.from_blocks(lambda: iter(blocks), (901, 16), "exact")


def test_what_cannot_be_written_is_told_as_it_was_raised() -> None:
    def full(piece: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        VectorIndex.build(unit(5)).write(full)
