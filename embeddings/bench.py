"""Measures what the choices of this package rest on: `python -m embeddings.bench index | precision`.

`index` compares the kinds of index: bytes a vector, time a search as a ratio to the exact scan in float32 of the same
run, and recall@10. `precision` exports one model in every precision and compares size, speed and fidelity. Ratios
from one run hold; absolute times belong to the machine and its load.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import OnnxEncoderSpec, load_catalogue
from embeddings.encoders import Encoder, load_encoder
from embeddings.index_kinds import IndexKind
from embeddings.vectors import VectorIndex

_DIM = 384
_K = 10


def main(argv: list[str] | None = None) -> int:
    """Runs one of the two benchmarks and prints a table."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    index = commands.add_parser("index", help="kinds of index: recall, size, speed")
    index.add_argument("--vectors", type=Path, help=".npy, float32 (n, dim), normalised; without it, made-up clusters")
    index.add_argument("--n", type=int, nargs="+", default=[10_000], help="numbers of vectors")
    index.add_argument("--kinds", nargs="+", choices=list(IndexKind), default=list(IndexKind))
    index.add_argument("--queries", type=int, default=200)
    precision = commands.add_parser("precision", help="precisions of one encoder: fidelity, size, speed")
    precision.add_argument("--texts", type=Path, required=True, help="passages, one a line")
    precision.add_argument("--questions", type=Path, required=True, help="questions, one a line")
    precision.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(argv)
    if chosen.command == "index":
        for n in chosen.n:
            _write(_index_table(_sample(chosen.vectors, n + chosen.queries), n, [IndexKind(k) for k in chosen.kinds]))
    else:
        _write(_precision_table(_lines(chosen.texts), _lines(chosen.questions), chosen.rounds))
    return 0


def _write(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _sample(path: Path | None, n: int) -> NDArray[np.float32]:
    """`n` vectors of the file in a seeded order, or made up: points around centres of uneven weight."""
    rng = np.random.default_rng(0)
    if path is not None:
        stored: NDArray[np.float32] = np.load(path, allow_pickle=False)
        return stored[rng.permutation(len(stored))[:n]]
    centres = rng.standard_normal((max(1, n // 50), _DIM), dtype=np.float32)
    weights = rng.pareto(1.5, len(centres)) + 0.1
    home = rng.choice(len(centres), n, p=weights / weights.sum())
    out = centres[home] + 0.7 * rng.standard_normal((n, _DIM), dtype=np.float32)
    unit: NDArray[np.float32] = out / np.linalg.norm(out, axis=1, keepdims=True)
    return unit


def _index_table(vectors: NDArray[np.float32], n: int, kinds: list[IndexKind]) -> list[str]:
    queries, stored = vectors[n:], vectors[:n]
    flat = VectorIndex.build(stored, IndexKind.FLAT)
    wanted = [set(rows.tolist()) for rows in flat.search(queries, _K)[1]]
    base, _ = _search_times(flat, queries)
    lines = [f"\n{len(stored)} vectors, {len(queries)} queries, one thread", "| kind | bytes/vector | build s |"]
    lines[-1] += " p50 ms | time / flat | recall@10 |"
    lines.append("|---|---|---|---|---|---|")
    for kind in kinds:
        start = time.perf_counter()
        index = VectorIndex.build(stored, kind, threads=2)
        built = time.perf_counter() - start
        p50, found = _search_times(index, queries)
        recall = np.mean([len(a & b) / len(a) for a, b in zip(wanted, found, strict=True)])
        size = len(index.to_bytes()) / len(stored)
        lines.append(f"| {kind} | {size:.0f} | {built:.1f} | {p50 * 1e3:.3f} | {p50 / base:.3f} | {recall:.4f} |")
    return lines


def _search_times(index: VectorIndex, queries: NDArray[np.float32]) -> tuple[float, list[set[int]]]:
    times, found = [], []
    for row in range(len(queries)):
        start = time.perf_counter()
        _, rows = index.search(queries[row : row + 1], _K)
        times.append(time.perf_counter() - start)
        found.append(set(rows[0].tolist()))
    return float(np.median(times)), found


def _precision_table(texts: list[str], questions: list[str], rounds: int) -> list[str]:
    from embeddings.export import export_encoder
    from embeddings.quantise import Precision
    from embeddings.sources import locate

    spec = load_catalogue().get()
    if not isinstance(spec, OnnxEncoderSpec) or spec.source is None:
        return ["the default model names no source to export from"]
    source = locate(spec.name, spec.source, Path(spec.root))
    with TemporaryDirectory() as folder:
        encoders: dict[str, Encoder] = {}
        sizes: dict[str, int] = {}
        for precision in Precision:
            done = export_encoder(precision.value, source, Path(folder), precision)
            made = OnnxEncoderSpec(folder=str(done.folder), dim=spec.dim, files=done.files, name=precision.value)
            encoders[precision.value] = load_encoder(made, threads=1)
            sizes[precision.value] = (done.folder / "model.onnx").stat().st_size
        return _compare(encoders, sizes, texts, questions, rounds)


def _compare(
    encoders: dict[str, Encoder], sizes: dict[str, int], texts: list[str], questions: list[str], rounds: int
) -> list[str]:
    """The table; the first encoder is the yardstick. Timed in turns, so that all meet the same load."""
    texts = [text for text, n in zip(texts, next(iter(encoders.values())).count_tokens(texts), strict=True) if n <= 256]
    vectors = {name: (e.encode_passages(texts), e.encode_queries(questions)) for name, e in encoders.items()}
    bulk: dict[str, list[float]] = {name: [] for name in encoders}
    single: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(rounds):
        for name, encoder in encoders.items():
            start = time.process_time()
            encoder.encode_passages(texts[:160])
            bulk[name].append((time.process_time() - start) / 160)
        for question in questions[:40]:
            for name, encoder in encoders.items():
                start = time.process_time()
                encoder.encode_queries([question])
                single[name].append(time.process_time() - start)
    versions = ", ".join(f"{p} {metadata.version(p)}" for p in ("onnxruntime", "torch", "sentence-transformers"))
    lines = [f"{len(texts)} passages, {len(questions)} questions, one thread, CPU time; {versions}"]
    lines.append(
        "| precision | MB | cosine min | mean | top-10 kept | top-1 kept | ms/question | ms/passage | / fp32 |"
    )
    lines.append("|---|---|---|---|---|---|---|---|---|")
    base = next(iter(encoders))
    for name, (passages, asked) in vectors.items():
        cosine = (passages * vectors[base][0]).sum(axis=1)
        kept, first = _agreement(vectors[base], (passages, asked))
        cost = np.median(bulk[name])
        lines.append(
            f"| {name} | {sizes[name] / 1e6:.1f} | {cosine.min():.4f} | {cosine.mean():.5f} | {kept:.3f} |"
            f" {first:.3f}"
            f" | {np.median(single[name]) * 1e3:.2f} | {cost * 1e3:.2f} | {cost / np.median(bulk[base]):.2f} |"
        )
    return lines


def _agreement(
    wanted: tuple[NDArray[np.float32], NDArray[np.float32]], found: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[float, float]:
    """Shares of the top ten and of the top one that are the same."""
    a, b = (np.argsort(-(queries @ passages.T), axis=1, kind="stable")[:, :_K] for passages, queries in (wanted, found))
    kept = np.mean([len(set(x) & set(y)) / _K for x, y in zip(a.tolist(), b.tolist(), strict=True)])
    return float(kept), float((a[:, 0] == b[:, 0]).mean())


if __name__ == "__main__":
    sys.exit(main())
