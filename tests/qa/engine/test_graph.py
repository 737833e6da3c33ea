"""Many vectors: a graph over several partitions instead of a scan, filters inside its walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa.build import run_build
from qa.engine.connecting import Engine
from qa.engine.generation import EngineGeneration
from qa.engine.publishing import as_text, publish
from qa.opening import read, rows_of
from qa.progress import quiet
from qa.store.place import Database
from qa.store.published import Stored
from qa.wire import Filters
from tests.qa.corpora import workshop, write_corpus
from tests.qa.engine.test_both import hashing


def scattered(kept: Iterator[Stored]) -> Iterator[Stored]:
    """The same resolutions with vectors that have nothing to do with each other, as of a large corpus."""
    draw = np.random.default_rng(7)
    for one in kept:
        vectors = draw.normal(size=one.vectors.shape).astype(np.float32)
        yield replace(one, vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_the_graph_finds_what_a_scan_finds_with_and_without_filters(
    tmp_path: Path, fresh: Callable[[], Database]
) -> None:
    run_build([write_corpus(tmp_path / "corpus", 200)], workshop(tmp_path / "index", hashing()))
    folder, place = read(tmp_path / "index"), fresh()
    stored = list(scattered(folder.all_stored()))
    made = publish(
        Engine(place), folder.manifest, folder.all_listed(), stored, quiet, partition_rows=250, exact_up_to=0
    )
    assert made.vectors == "hnsw"
    there = EngineGeneration.open(Database(f"{place.url}?options=-c%20enable_seqscan%3Doff"))  # few rows: insist
    assert there.rows("SELECT count(*) FROM pg_inherits WHERE inhparent = '{g}.passage'::regclass") == [(3,)]
    vectors = np.concatenate([one.vectors for one in stored])
    queries = vectors[::25]
    for filters in (Filters(), Filters(kind=["operative"]), Filters(symbol=["A/RES/78/4", "A/RES/78/150"])):
        allowed = rows_of(folder).allowed(filters)
        rows = np.arange(len(vectors)) if allowed is None else allowed
        wanted = rows[np.argsort(-(queries @ vectors[rows].T), axis=1)[:, :10]]
        found = rows_of(there).vectors.search(queries, 10, rows_of(there).allowed(filters))[1]
        assert {len(one) for one in found} == {min(10, len(rows))}
        recall = np.mean(
            [len(set(a) & set(b)) / len(a) for a, b in zip(wanted.tolist(), map(list, found), strict=True)]
        )
        assert recall >= 0.95, (filters, recall)
    plan = there.rows(
        "EXPLAIN SELECT place FROM {g}.passage p WHERE kind = 0 ORDER BY embedding <#> %s::halfvec LIMIT 5",
        [as_text(queries[0])],
    )
    assert any("Index Scan using passage_" in line and "embedding" in line for (line,) in plan), plan
    folder.close()
    there.close()
