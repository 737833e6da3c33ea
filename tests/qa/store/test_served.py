"""The store behind a real server: swaps under load, and answers that anyone can check. Full form: TORTURE=full."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, shared_data
from tests.torture import amount, swaps
from tests.torture.run import torture

FULL = amount(0, 1) == 1
full_only = pytest.mark.skipif(not FULL, reason="takes many minutes: TORTURE=full runs it")


def test_generations_are_swapped_under_load_without_a_failed_or_mixed_answer(tmp_path: Path) -> None:
    counts = torture("swaps", tmp_path, n := amount(2, 100))
    print(f"swaps: {counts}")
    assert (counts["swaps"], counts["generations_seen"]) == (n, n + 1)
    assert counts["requests"] >= 10 * n
    assert [counts[name] for name in ("failed", "mixed", "old_maps", "degraded")] == [0, 0, 0, False]
    assert counts["files"][1] <= counts["files"][0] + n // 2, "a connection more or less; a swap that leaks shows"
    if FULL:  # two swaps say nothing of memory
        assert counts["rss_mb"][1] <= 1.1 * counts["rss_mb"][0]


def test_a_mixed_answer_and_a_failed_one_would_be_counted() -> None:
    """The null control of the test above."""
    good = [swaps.Seen(at, 0.01, 200, f"g{at}", {str(at)}) for at in range(4)]
    assert [swaps.count(good, [2.0], 0.1)[name] for name in ("failed", "mixed")] == [0, 0]
    two_at_once = swaps.Seen(4, 0.01, 200, "g4", {"3", "4"})
    under_another_name = swaps.Seen(5, 0.01, 200, "g3", {"5"})
    refused, lost = swaps.Seen(6, 0.01, 503), swaps.Seen(7, 10.0, 0)
    bad = swaps.count([*good, two_at_once, under_another_name, refused, lost], [2.0], 0.1)
    assert (bad["failed"], bad["mixed"]) == (2, 3)


def _build(index: Path, *sources: Path, model: str | None = None) -> Path:
    command = [sys.executable, "-m", "qa.cli", "build", *map(str, sources), "--index", str(index)]
    subprocess.run([*command, *(["--model", model] if model else [])], cwd=ROOT, capture_output=True, check=True)
    return index


def _check_answers(folder: Path, index: Path, n: int, n_tampered: int, *sources: Path) -> None:
    counts = torture("answers", folder, index, n, n_tampered, *sources)
    print(f"answers: {counts}")
    assert (counts["answers"], counts["tampered"]) == (n, n_tampered)
    assert counts["citations"] > 0.9 * n
    assert counts["ends"]["answered"] + counts["ends"]["abstained"] == n
    assert [counts["not verified"], counts["tampered and accepted"], counts["ends"]["withheld"]] == [0, 0, 0]


def test_served_answers_verify_against_their_file_and_changed_ones_do_not(tmp_path: Path, sample_path: Path) -> None:
    index = _build(tmp_path / "index", sample_path, model="hashing")
    _check_answers(tmp_path, index, 60, 70, sample_path)


@full_only
def test_ten_thousand_served_answers_verify(tmp_path: Path) -> None:
    texts = shared_data() / "text"
    _check_answers(tmp_path, _build(tmp_path / "index", texts), 10_000, 1_000, texts)


@full_only
def test_swaps_of_a_large_index_leave_no_memory_behind(tmp_path: Path, sample_path: Path) -> None:
    """And the times during a swap beside the quiet ones, which are judged by whoever sees that the machine was quiet."""
    index = _build(tmp_path / "index", shared_data() / "text")
    _build(index, shared_data() / "text", sample_path)
    counts = torture("swaps", tmp_path, 100, index)
    print(f"swaps of a large index: {counts}")
    assert [counts[name] for name in ("failed", "mixed", "old_maps", "degraded")] == [0, 0, 0, False]
    assert counts["files"][1] <= counts["files"][0]
    assert counts["rss_mb"][1] <= 1.1 * counts["rss_mb"][0]


@full_only
def test_adding_one_costs_a_fiftieth_of_building(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    reference = shared_data() / "reference" / "paragraphs.jsonl.gz"
    command = [sys.executable, "-m", "eval.parsing.convert", str(reference), str(corpus)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    counts = torture("adding", tmp_path, corpus, shared_data() / "text" / "sc", timeout=14_400)
    print(f"adding: {json.dumps(counts)}")
    assert counts["resolutions"] > 2_500
    assert counts["added"] == 1
    assert counts["encoded"][1] < 200
    assert counts["cpu_share"] <= 0.02
