"""The comparison's own parts: the load generator counts right, the growth is what it says, a stopped run goes on."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.lexical import LexicalIndex
from tests.bench import __main__ as bench
from tests.bench.growth import exact, measure, repeated, tiled
from tests.bench.load import run
from tests.bench.machine import work_of
from tests.bench.page import growth_plot, write_page
from tests.bench.peers.shell import _Connection
from tests.bench.systems import SYSTEMS, FailedError, Place, requests_of, rows_of, run_build


def unit(n: int, dim: int = 24, seed: int = 0) -> np.ndarray[Any, np.dtype[np.float32]]:
    found = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


async def loaded(clients: int) -> tuple[dict[str, float], list[str]]:
    """The generator's figures against the peers' shell, and what was searched for."""
    asked: list[str] = []

    def search(question: str, k: int) -> list[int]:
        asked.append(question)
        if question == "bad":
            raise ValueError(question)
        return list(range(k))

    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(2) as pool:
        server = await loop.create_server(lambda: _Connection(partial(pool.submit, search), loop), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        requests = requests_of(SYSTEMS[0], ["one", "bad", "two — ü"])
        found = await run(port, clients, 0.3, [one.encode() for one in requests])
        server.close()
    return found, asked


@pytest.mark.parametrize("clients", [1, 7])
def test_the_generator_counts_what_was_answered_and_what_failed(clients: int) -> None:
    found, asked = asyncio.run(loaded(clients))
    assert set(asked) == {"one", "bad", "two — ü"}
    assert found["failed"] == asked.count("bad")
    assert found["n"] == len(asked) - asked.count("bad")
    assert 0 < found["p50"] <= found["p99"]


def test_rows_are_read_from_both_forms_of_answer() -> None:
    named = {one.name: one for one in SYSTEMS}
    assert rows_of(named["plain"], b'{"rows": [3, 1]}') == [3, 1]
    assert rows_of(named["txtai"], b'[{"id": 3, "score": 0.9}, {"id": "1", "score": 0.8}]') == [3, 1]


def test_an_index_is_built_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path, Path("python"))
    left = place.folder(SYSTEMS[0]) / "left from an earlier run"
    left.mkdir(parents=True)
    seen: list[bool] = []

    def build(command: list[str], seconds: float) -> str:
        seen.append(left.exists())
        return '{"build": 1.0, "seconds": {"encode": 1.0}}'

    monkeypatch.setattr("tests.bench.systems.run", build)
    run_build(place, SYSTEMS[0], 1.0)
    assert seen == [False]


def test_vectors_beyond_the_real_ones_are_noisy_copies() -> None:
    real = unit(50, 384)
    more = repeated(real, 130)
    assert np.array_equal(more[:50], real)
    assert np.allclose(np.linalg.norm(more, axis=1), 1, atol=1e-5)
    near = (more[50:100] * real).sum(axis=1)
    assert 0.92 < near.min() <= near.max() < 0.97
    assert not np.array_equal(more[50:80], more[100:130])
    assert np.array_equal(repeated(real, 20), real[:20])


def test_a_tiled_index_scores_each_copy_as_the_original() -> None:
    index = LexicalIndex.build(["troops shall withdraw", "a report on troops", "nothing here", "withdraw the report"])
    found = tiled(index, 3).scores("report on troops")
    assert np.array_equal(found, np.tile(index.scores("report on troops"), 3))


def test_the_true_neighbours_are_those_of_a_sort_and_recall_counts_them() -> None:
    vectors, queries = unit(400, 384), unit(12, 384, seed=5)
    assert exact(vectors, queries) == [set(row) for row in np.argsort(-(queries @ vectors.T), axis=1)[:, :10].tolist()]
    found = measure(vectors, queries, 400)
    assert found["kind"] == "exact"
    assert float(found["recall"]) > 0.95


def test_a_text_twice_as_long_takes_more_than_twice_the_work() -> None:
    assert work_of([50, 50]).all < work_of([100]).all < 1.05 * work_of([50, 50]).all
    assert 1.2e9 < work_of([63]).all < 1.5e9  # about 1.37 thousand million
    assert work_of([100]).attention == 4 * work_of([50]).attention
    assert work_of([63]).least(8.0, 2.0) == pytest.approx(
        work_of([63]).weights / 8e9 + work_of([63]).attention / 2e9, rel=1e-9
    )


def test_what_is_done_is_kept_and_what_failed_is_tried_again(tmp_path: Path) -> None:
    ledger, runs = bench.Ledger(tmp_path), []

    def step() -> dict[str, Any]:
        runs.append(1)
        if len(runs) == 1:
            raise FailedError("no")
        return {"figure": 7}

    assert "no" in ledger.take("a", step)["error"]
    assert ledger.take("a", step)["figure"] == 7
    again = bench.Ledger(tmp_path)
    assert again.take("a", step)["figure"] == 7
    assert (len(runs), ledger.failed, again.failed) == (2, 1, 0)


def results() -> dict[str, Any]:
    def one(rps: float, p50: float) -> dict[str, Any]:
        load = {"rps": rps, "p50": p50, "p99": 2 * p50, "failed": 0, "n": 10}
        return {"1": load, "8": load, "64": load, "start": 1.0, "memory": 100.0, "loaded": 120.0, "others": 0.0,
                "at": "2026-01-01 00:00", "rows": [[1, 2, 3, 4]]}  # fmt: skip

    return {
        "floors": {"fp32": 400.0, "int8": 1500.0, "bandwidth": 30.0, "cores": 2.0, "others": 0.0},
        "builds": {"dense": {"build": 2.0}, "plain": {"build": 20.0, "naive_per_second": 5.0}, "txtai": {"error": "gone"}},
        "rounds": [{"dense": one(600, 2), "plain": one(60, 10)}, {"dense": one(300, 4), "plain": one(60, 10)}],
        "growth": [{"n": n, "kind": "exact", "p50": n / 1e5, "p99": n / 1e4, "recall": 1.0, "bytes": 768, "build": 0.1,
                    "lexical_p50": 0.1, "lexical_p99": 0.2} for n in (1000, 10_000)],
        "tokens": {"paragraphs": [60] * 100, "questions": [20] * 9},
        "about": {"processor": "p", "versions": "v", "peers": "w", "questions": 9,
                  "plan": {"name": "full", "rounds": 2, "seconds": 3.0}},
    }  # fmt: skip


def test_the_page_pairs_ratios_round_by_round_and_names_what_failed(tmp_path: Path) -> None:
    text = write_page(results(), tmp_path / "benchmarks.md")
    assert "| dense search: requests/s, ours / best peer | 7.50 (5.00-10.00) |" in text
    assert "| dense search: p50, ours / best peer | 0.30 (0.20-0.40) |" in text
    assert "txtai (its API): gone" in text
    assert "| the naive loop: 32 at a time as they come | (20) | 5 | 10.0 |" in text
    assert (tmp_path / "figures" / "growth.svg").read_text(encoding="utf-8") == growth_plot(results()["growth"])
    assert (tmp_path / "benchmarks.md").read_text(encoding="utf-8") == text + "\n"
