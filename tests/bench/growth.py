"""How search grows from a thousand paragraphs to a million: `python -m tests.bench.growth WORK N` prints one line of JSON.

The vectors of real paragraphs are taken as they are as long as there are enough; beyond, they are repeated with noise.
The lexical index is repeated exactly: its lists grow as they would, its vocabulary does not.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.threads import cores
from embeddings.vectors import VectorIndex, choose_kind
from qa.lexical import LexicalIndex

NOISE = 0.35  # length of the noise beside a vector of length 1: cosine to the original 0.94
N_QUERIES = 200
K = 10


def repeated(real: NDArray[np.float32], n: int, seed: int = 0) -> NDArray[np.float32]:
    """`n` unit vectors: the real ones, then the same again with fresh noise each time."""
    if n <= len(real):
        return real[:n]
    rng = np.random.default_rng(seed)
    out = np.empty((n, real.shape[1]), dtype=np.float32)
    out[: len(real)] = real
    for start in range(len(real), n, len(real)):
        block = real[: min(len(real), n - start)]
        noisy = block + rng.standard_normal(block.shape, dtype=np.float32) * (NOISE / real.shape[1] ** 0.5)
        out[start : start + len(block)] = noisy / np.linalg.norm(noisy, axis=1, keepdims=True)
    return out


def tiled(index: LexicalIndex, times: int) -> LexicalIndex:
    """The index of the same texts, `times` over; the scores of its rows as they were."""
    if times <= 1:
        return index
    lengths = np.diff(index.starts)
    starts = np.concatenate([[0], np.cumsum(lengths * times)])
    rows = np.empty(starts[-1], dtype=np.int32)
    values = np.empty(starts[-1], dtype=np.float32)
    term = np.repeat(np.arange(len(lengths)), lengths)
    inside = np.arange(len(index.rows)) - np.repeat(index.starts[:-1], lengths)
    for turn in range(times):
        places = starts[:-1][term] + turn * lengths[term] + inside
        rows[places] = np.asarray(index.rows) + turn * index.n
        values[places] = index.values
    empty = np.zeros(0, dtype=np.int32)
    return LexicalIndex(index.vocabulary, starts, rows, values, empty, np.tile(index.lengths, times))


def exact(vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> list[set[int]]:
    """The true best rows of each query, block by block."""
    best = np.full((len(queries), K), -2.0, dtype=np.float32)
    rows = np.zeros((len(queries), K), dtype=np.int64)
    for start in range(0, len(vectors), 100_000):
        scores = queries @ vectors[start : start + 100_000].T
        kept = np.argpartition(-scores, min(K, scores.shape[1] - 1), axis=1)[:, :K]
        both = np.concatenate([best, np.take_along_axis(scores, kept, axis=1)], axis=1)
        which = np.concatenate([rows, kept + start], axis=1)
        order = np.argsort(-both, axis=1)[:, :K]
        best, rows = np.take_along_axis(both, order, axis=1), np.take_along_axis(which, order, axis=1)
    return [set(row.tolist()) for row in rows]


def measure(real: NDArray[np.float32], queries: NDArray[np.float32], n: int) -> dict[str, float | str]:
    """Build, bytes, recall and the time of one search on one core."""
    vectors = repeated(real, n)
    begun = time.perf_counter()
    kind = choose_kind(n)
    index = VectorIndex.build(vectors, kind, cores())
    built = time.perf_counter() - begun
    wanted = exact(vectors, queries)
    found, took = [], []
    for row in range(len(queries)):
        begun = time.perf_counter()
        found.append(index.search(queries[row : row + 1], K)[1][0])
        took.append(1000 * (time.perf_counter() - begun))
    recall = np.mean([len(a & set(b.tolist())) / K for a, b in zip(wanted, found, strict=True)])
    return {
        "n": n,
        "kind": kind.value,
        "build": built,
        "bytes": len(index.to_bytes()) / n,
        "p50": float(np.percentile(took, 50)),
        "p99": float(np.percentile(took, 99)),
        "recall": float(recall),
    }


def main() -> int:
    """One size, in a process of its own."""
    work, n = Path(sys.argv[1]), int(sys.argv[2])
    real, queries = np.load(work / "real.npy"), np.load(work / "queries.npy")[:N_QUERIES]
    result = measure(real, queries, n)
    index = tiled(LexicalIndex.open(work / "lexical"), max(1, n // len(real)))
    took = []
    for question in json.loads((work / "questions.json").read_text(encoding="utf-8")):
        begun = time.perf_counter()
        index.search(question, 200)
        took.append(1000 * (time.perf_counter() - begun))
    result |= {"lexical_n": index.n, "lexical_p50": float(np.percentile(took, 50))}
    result |= {"lexical_p99": float(np.percentile(took, 99))}
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
