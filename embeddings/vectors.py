"""Nearest rows by inner product: a FAISS index behind six verbs. Rows are positions in what was built.

One thread a search: with several OpenMP threads on busy cores a search can take a hundred times as long. Parallelise
over questions instead; `search` may be called from several threads at once.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.blocks import check_vectors, regrouped, sample_of
from embeddings.companding import BITS, Compander
from embeddings.errors import BadVectorsError, IndexFileError
from embeddings.index_kinds import IndexKind
from embeddings.threads import SEARCH

_FOOTER = struct.Struct("<8sQ")  # a mark and the number of bytes before it: faiss itself misses some cuts
_MARK = b"vectors1"
_BLOCK = 8_192  # rows added at once
_ONE_LIST = 150_000  # up to so many rows all short codes are scanned; more are divided among lists
_LISTS = 2  # times the root of the number of rows: so many lists
_PROBED = 16  # one list in so many is searched, and at least
_LEAST_PROBES = 96
_PER_LIST = 40  # vectors per inverted list to train on: more change nothing but the time
_LEAST_SAMPLE = 4_096
_ROUNDS = 10  # of k-means for the short codes
_SHORTLIST = 400  # rows found by short codes and ranked by long ones, or twice `k` if that is more
_LISTED_SHORTLIST = 600  # the same where there are lists
_FEW_ALLOWED = 0.05  # under this share of allowed rows, a graph or some of the lists would miss; everything is scanned
_FEW_ROWS = 1_000  # up to so many allowed rows are taken one by one, and nothing is scanned


def choose_kind(n: int) -> IndexKind:
    """The kind for `n` vectors: exact as long as that costs nothing, then short codes: a fifth of the time, two thirds of the room."""
    return IndexKind.EXACT if n < 10_000 else IndexKind.IVF


class VectorIndex:
    """An immutable index of L2-normalised vectors; scores are inner products, so cosines."""

    def __init__(self, index: Any, kind: IndexKind) -> None:
        self._index = index
        self.kind = kind
        faiss = _faiss(SEARCH)
        self._long = _long_codes(faiss, index)
        size = self._long.code_size
        self._unfiltered: dict[int, tuple[Any, Any, list[Any]]] = {}  # by k, what `_plan` makes for all rows
        self._codes: NDArray[np.uint8] = faiss.rev_swig_ptr(self._long.codes.data(), self.n * size).reshape(-1, size)

    @classmethod
    def build(
        cls, vectors: NDArray[np.float32], kind: IndexKind | str = IndexKind.EXACT, threads: int = 1
    ) -> VectorIndex:
        """An index of all rows, in order.

        Args:
            vectors: float32 (n, dim), n at least 1.
            kind: see `IndexKind`, and `choose_kind`.
            threads: cores used to build; the result for kinds "flat" and "exact" does not depend on it.

        Raises:
            BadVectorsError: see `check_vectors`; or there are none.
        """
        check_vectors(vectors)
        return cls.from_blocks(lambda: iter([vectors]), vectors.shape, kind, threads)

    @classmethod
    def from_blocks(
        cls,
        blocks: Callable[[], Iterator[NDArray[np.float32]]],
        shape: tuple[int, ...],
        kind: IndexKind | str = IndexKind.EXACT,
        threads: int = 1,
    ) -> VectorIndex:
        """The index that `build` gives of vectors that need not be in memory together (a graph's are nevertheless).

        Args:
            blocks: called once, or twice where something is learnt from a sample; gives the rows in order, each time the same.
            shape: (n, dim) of all of them together.
            kind: as for `build`.
            threads: as for `build`.

        Raises:
            BadVectorsError: see `check_vectors`; or there are none, or not as many as `shape` says.
        """
        n, dim = shape
        if n == 0:
            raise BadVectorsError("there are none: nothing to index")
        faiss = _faiss(
            threads if n > _ONE_LIST else 1
        )  # so little is soon done, and threads that wait for each other cost more
        chosen = IndexKind(kind)
        if chosen is IndexKind.IVF:
            index, add = _trained_lists(faiss, regrouped(blocks(), _BLOCK), n, dim)
        else:
            index = _empty(faiss, chosen, n, dim)
            add = index.add
        for block in regrouped(blocks(), n if chosen is IndexKind.HNSW else _BLOCK):
            check_vectors(block, dim)
            if not index.is_trained:
                index.train(block)  # of half-precision codes nothing depends on it
            add(block)
        if index.ntotal != n:
            raise BadVectorsError(f"{index.ntotal} rows came where {n} were announced")
        return cls(index, chosen)

    @classmethod
    def from_file(cls, path: Path) -> VectorIndex:
        """Opens a file that holds `to_bytes()`, memory-mapped: pages are read when searched, and shared by processes.

        Raises:
            IndexFileError: not there, cut short, or no index of a known kind.
        """
        faiss = _faiss(SEARCH)
        _check_footer(path)
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexFileError(path, _first_line(error)) from error
        kind = _kind_of(faiss, index)
        if kind is None or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise IndexFileError(path, f"holds a {type(index).__name__}, which this program does not write")
        return cls(index, kind)

    def to_bytes(self) -> memoryview:
        """The whole index; write it with a call that fails on a short write, read it with `from_file`."""
        content = io.BytesIO()
        self.write(content.write)
        return content.getbuffer()

    def write(self, put: Callable[[bytes], object]) -> None:
        """Give `to_bytes` to `put` piece by piece; what `put` raises goes through."""
        size, failed = 0, None

        def take(piece: bytes) -> int:
            nonlocal size, failed
            try:
                put(piece)
            except Exception as error:
                failed = error
                return 0
            size += len(piece)
            return len(piece)

        faiss = _faiss(SEARCH)
        try:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(take))
        except RuntimeError as error:
            raise failed or error from None
        put(_FOOTER.pack(_MARK, size))

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vectors(self, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """Rows `start` to `stop` as stored: rounded to the kind's precision."""
        end = self.n if stop is None else stop
        if not 0 <= start <= end <= self.n:
            raise BadVectorsError(f"rows {start}:{end} asked of an index of {self.n}")
        out: NDArray[np.float32] = self._index.reconstruct_n(start, end - start)
        return out

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[list[NDArray[np.float32]], list[NDArray[np.int64]]]:
        """The `k` rows nearest to each query: scores and rows, best first, equal scores by row.

        Args:
            queries: float32 (q, dim).
            k: at least 1.
            allowed: the only rows that may come back, in any order; None means all.

        Returns:
            Two lists with one array per query, shorter than `k` where fewer rows are allowed or found.

        Raises:
            BadVectorsError: unusable queries, `k` or `allowed`.
        """
        check_vectors(queries, self.dim)
        if k < 1:
            raise BadVectorsError(f"k must be at least 1, is {k}")
        if len(queries) == 0:
            return [], []
        if allowed is not None and len(allowed) == 0:
            return [np.empty(0, np.float32) for _ in queries], [np.empty(0, np.int64) for _ in queries]
        faiss = _faiss(SEARCH)
        if allowed is not None:
            self._check_rows(allowed)
            if len(allowed) <= _FEW_ROWS:
                rows = distinct(allowed)
                found = _trim(np.array([self.compare(one, rows) for one in queries]), np.tile(rows, (len(queries), 1)))
                return [one[:k] for one in found[0]], [one[:k] for one in found[1]]
        if allowed is None and k not in self._unfiltered:
            self._unfiltered[k] = self._plan(faiss, k, None)
        index, params, keep = self._unfiltered[k] if allowed is None else self._plan(faiss, k, allowed)
        scores, rows = index.search(np.ascontiguousarray(queries), min(k, self.n), params=params)
        del keep  # faiss holds bare pointers: these objects had to live until here
        return _trim(scores, rows)

    def compare(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The score of each of `rows`, in their order, without a look at the others.

        Summed row by row, so that equal rows score equal.

        Args:
            query: float32 (dim,).
            rows: numbers of rows.
        """
        _faiss(SEARCH)
        codes = self._codes.take(rows, axis=0)
        vectors = self._long.sa_decode(codes)  # all at once: one by one takes four times as long
        vectors *= query  # in place: so large an array is fetched from the system and given back each time
        scores: NDArray[np.float32] = vectors.sum(axis=1)
        return scores

    def _plan(self, faiss: Any, k: int, allowed: NDArray[np.int64] | None) -> tuple[Any, Any, list[Any]]:
        """Which index to search, its parameters, and the objects that these point to."""
        selector, keep = None, []
        share = 1.0
        if allowed is not None:
            bits = self._bits(allowed)
            selector = faiss.IDSelectorBitmap(bits)
            keep = [bits, selector]
            share = len(allowed) / self.n
        if self.kind is IndexKind.HNSW:
            if share < _FEW_ALLOWED:
                return faiss.downcast_index(self._index.storage), faiss.SearchParameters(sel=selector), keep
            return self._index, faiss.SearchParametersHNSW(sel=selector, efSearch=128), keep
        if self.kind is IndexKind.IVF:
            n_lists = int(faiss.downcast_index(self._index.base_index).nlist)
            few = share < _FEW_ALLOWED
            if few and n_lists == 1:  # faiss does not scan the codes of more under a filter
                return faiss.downcast_index(self._index.refine_index), faiss.SearchParameters(sel=selector), keep
            probes = n_lists if few else min(n_lists, max(_LEAST_PROBES, n_lists // _PROBED))
            shortlist = _SHORTLIST if n_lists == 1 else _LISTED_SHORTLIST
            short = faiss.SearchParametersIVF(sel=selector, nprobe=probes)
            factor = max(2.0, shortlist / min(k, self.n))
            keep.append(short)
            return self._index, faiss.IndexRefineSearchParameters(k_factor=factor, base_index_params=short), keep
        return self._index, faiss.SearchParameters(sel=selector) if selector is not None else None, keep

    def _check_rows(self, allowed: NDArray[np.int64]) -> None:
        if allowed.dtype != np.int64 or allowed.ndim != 1:
            raise BadVectorsError(f"allowed rows must be a flat int64 array, found {allowed.dtype} {allowed.shape}")
        if allowed.min() < 0 or allowed.max() >= self.n:
            raise BadVectorsError(f"allowed rows must lie in 0..{self.n - 1}, found {allowed.min()}..{allowed.max()}")

    def _bits(self, allowed: NDArray[np.int64]) -> NDArray[np.uint8]:
        mask = np.zeros(self.n, dtype=bool)
        mask[allowed] = True
        return np.packbits(mask, bitorder="little")


def _trained_lists(
    faiss: Any, blocks: Iterator[NDArray[np.float32]], n: int, dim: int
) -> tuple[Any, Callable[[NDArray[np.float32]], None]]:
    """Empty lists with room for `n` rows, and what adds to them: what a short code stands for is learnt from a sample.

    A long code has 256 even steps a component; they reach from the least to the greatest of all rows, so that none is cut. Among
    so many rows that they need lists the nearest are too alike for that: 1,024 steps tell them apart, close where many components lie.
    """
    lists = 1 if n <= _ONE_LIST else round(_LISTS * n**0.5)
    sample, spread = sample_of(blocks, n, dim, max(_PER_LIST * lists, _LEAST_SAMPLE))
    short = faiss.index_factory(dim, f"IVF{lists},PQ{dim // 2 if dim % 2 == 0 else dim}x4fs", _metric(faiss))
    short.pq.cp.niter = _ROUNDS
    short.train(sample)
    if lists == 1:
        long = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_8bit, _metric(faiss))
        long.train(np.array([spread.least, spread.greatest]))
        encode = long.sa_encode
    else:
        compander = Compander(sample, spread)
        long = faiss.IndexPQ(dim, dim, BITS, _metric(faiss))
        faiss.copy_array_to_vector(compander.values.ravel(), long.pq.centroids)
        long.is_trained = True
        encode = compander.encode  # faiss itself would compare each component with all 1,024 values
    _reserve(long, n)
    index = faiss.IndexRefine(short, long)

    def add(block: NDArray[np.float32]) -> None:
        short.add(block)
        long.add_sa_codes(encode(block))
        index.ntotal = long.ntotal

    return index, add


def _trim(
    scores: NDArray[np.float32], rows: NDArray[np.int64]
) -> tuple[list[NDArray[np.float32]], list[NDArray[np.int64]]]:
    """Without the padding (row -1), equal scores by row."""
    out_scores, out_rows = [], []
    for line_scores, line_rows in zip(scores, rows, strict=True):
        found = line_rows >= 0
        kept_scores, kept_rows = line_scores[found], line_rows[found]
        order = np.lexsort((kept_rows, -kept_scores))
        out_scores.append(kept_scores[order])
        out_rows.append(kept_rows[order])
    return out_scores, out_rows


def distinct(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows, ascending and each once. For some hundreds it takes a quarter of the time of `np.unique`, which hashes them."""
    ordered = np.sort(rows)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def _check_footer(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _FOOTER.size), os.SEEK_SET)
            end = file.read()
    except OSError as error:
        raise IndexFileError(path, "no such file" if not path.exists() else str(error)) from error
    if len(end) != _FOOTER.size or _FOOTER.unpack(end) != (_MARK, size - _FOOTER.size):
        raise IndexFileError(path, f"the file of {size} bytes has no proper end: cut short, or no vector index")


def _faiss(threads: int) -> Any:
    """The library, its thread count set: OpenMP keeps that per calling thread, so it is set on every call."""
    import faiss

    faiss.omp_set_num_threads(threads)
    return faiss


def _empty(faiss: Any, kind: IndexKind, n: int, dim: int) -> Any:
    """An index of a kind that learns nothing, with room for `n` rows."""
    factory = {IndexKind.FLAT: "Flat", IndexKind.EXACT: "SQfp16", IndexKind.HNSW: "HNSW32,SQfp16"}[kind]
    index = faiss.index_factory(dim, factory, _metric(faiss))
    if kind is IndexKind.HNSW:
        index.hnsw.efConstruction = 200
    else:
        _reserve(index, n)
    return index


def _metric(faiss: Any) -> int:
    return int(faiss.METRIC_INNER_PRODUCT)


def _reserve(index: Any, n: int) -> None:
    """Room for all codes at once: grown by doubling it would be thrice as much."""
    index.codes.resize(n * index.code_size)
    index.codes.resize(0)


def _kind_of(faiss: Any, index: Any) -> IndexKind | None:
    if isinstance(index, faiss.IndexRefine):
        short, long = faiss.downcast_index(index.base_index), faiss.downcast_index(index.refine_index)
        ranked = isinstance(long, (faiss.IndexScalarQuantizer, faiss.IndexPQ))
        return IndexKind.IVF if ranked and isinstance(short, faiss.IndexIVFPQFastScan) else None
    if isinstance(index, faiss.IndexHNSWSQ):
        return IndexKind.HNSW
    if isinstance(index, faiss.IndexScalarQuantizer):
        return IndexKind.EXACT
    return IndexKind.FLAT if isinstance(index, faiss.IndexFlat) else None


def _long_codes(faiss: Any, index: Any) -> Any:
    """The part of an index that has one long code a row."""
    if isinstance(index, faiss.IndexRefine):
        return faiss.downcast_index(index.refine_index)
    return faiss.downcast_index(index.storage) if isinstance(index, faiss.IndexHNSW) else index


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
