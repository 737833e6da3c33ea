"""Swapping generations while they are used."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path

import pytest

from qa.build import run_build, run_change
from qa.store.errors import ClosedError, NoIndexError
from qa.store.generation import Generation
from qa.store.holder import Holder
from tests.qa.corpora import CountingEncoder, workshop, write_corpus, write_resolution
from tests.torture import amount

N_SWAPS = amount(20, 100)


@pytest.fixture
def index(fast: Path) -> Path:
    run_build([write_corpus(fast / "corpus")], workshop(fast / "index"))
    return fast / "index"


def grow(index: Path, number: int) -> str:
    path = write_resolution(index.parent / "corpus", number)
    return run_change([path], workshop(index), replace=False).generation


def test_a_new_generation_is_taken_up(index: Path) -> None:
    holder = Holder.open(index)
    first = holder.current.id
    assert holder.refresh() is False
    second = grow(index, 50)
    assert holder.current.id == first
    assert holder.refresh() is True
    assert (holder.current.id, holder.degraded, holder.n_swaps) == (second, None, 1)
    holder.close()


def test_who_began_with_the_old_one_keeps_it_and_it_closes_after_the_last(index: Path) -> None:
    holder = Holder.open(index)
    with holder.use() as old:
        grow(index, 50)
        holder.refresh()
        with holder.use() as new:
            assert new.id != old.id
        assert old.passage(0).symbol == "A/RES/78/1"
    assert old._lock == -1
    assert holder.current._lock >= 0
    holder.close()
    assert holder.current._lock == -1
    holder.close()


def test_a_bad_generation_is_refused_and_the_old_one_serves(index: Path) -> None:
    holder = Holder.open(index)
    first = holder.current.id
    second = grow(index, 50)
    path = index / f"gen-{second}" / "sources.blob"
    good = path.read_bytes()
    path.write_bytes(good[:-1])
    assert holder.refresh() is False
    assert holder.current.id == first
    assert holder.degraded is not None
    assert "sources.blob" in holder.degraded
    holder.refresh()
    assert holder.n_refused == 1, "an unchanged bad generation is not read again and again"
    path.write_bytes(good)
    assert holder.refresh() is True
    assert holder.current.id == second
    assert str(holder.degraded) == "None"
    holder.close()


def test_a_generation_of_another_model_is_refused(index: Path) -> None:
    holder = Holder.open(index)
    run_build([index.parent / "corpus"], workshop(index, CountingEncoder(name="other")))
    assert holder.refresh() is False
    assert "built with another model" in str(holder.degraded)
    holder.close()


@pytest.mark.parametrize("content", [None, b"", b"rubbish", b"gen-000009-00000000\n"])
def test_a_lost_current_degrades_and_its_return_mends(index: Path, content: bytes | None) -> None:
    holder = Holder.open(index)
    good = (index / "CURRENT").read_bytes()
    (index / "CURRENT").unlink()
    if content is not None:
        (index / "CURRENT").write_bytes(content)
    holder.refresh()
    assert "names no generation" in str(holder.degraded)
    with holder.use() as generation:
        assert generation.passage(0).symbol == "A/RES/78/1"
    (index / "CURRENT").write_bytes(good)
    holder.refresh()
    assert holder.degraded is None
    holder.close()


def test_watching_takes_up_by_itself(index: Path) -> None:
    holder = Holder.open(index)
    holder.watch(0.02)
    wanted = grow(index, 50)
    until = time.monotonic() + 5
    while holder.current.id != wanted and time.monotonic() < until:
        time.sleep(0.01)
    assert holder.current.id == wanted
    holder.close()


def test_after_it_was_closed_it_says_so(index: Path) -> None:
    holder = Holder.open(index)
    holder.close()
    with pytest.raises(ClosedError, match="open it again"), holder.use():
        pass


def test_opening_nothing_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="qa build"):
        Holder.open(tmp_path / "nothing")


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def _maps(index: Path) -> int:
    with open("/proc/self/maps", encoding="utf-8") as file:
        return sum(str(index) in line for line in file)


def test_many_swaps_under_load_lose_no_call_and_leak_nothing(index: Path) -> None:
    holder = Holder.open(index)
    stop, failures, mixed, calls = threading.Event(), [], [], [0, 0]

    def ask(worker: int) -> None:
        while not stop.is_set():
            try:
                with holder.use() as generation:
                    seen = _read_everything(generation)
                    if seen != {generation.id} or len(generation.symbols) != generation.manifest.counts.resolutions:
                        mixed.append(seen)
                calls[worker] += 1
                stop.wait(0.001)  # without it the threads fight over the interpreter, and that is all one sees
            except Exception as error:
                failures.append(repr(error))

    gc.collect()
    before = _descriptors()
    threads = [threading.Thread(target=ask, args=(worker,)) for worker in range(2)]
    for thread in threads:
        thread.start()
    for number in range(N_SWAPS):
        grow(index, 100 + number)
        assert holder.refresh() is True
    stop.set()
    for thread in threads:
        thread.join()
    gc.collect()
    assert failures == []
    assert mixed == []
    assert min(calls) >= N_SWAPS
    assert holder.n_swaps == N_SWAPS
    assert _descriptors() <= before
    holder.close()
    gc.collect()
    assert _maps(index) == 0
    print(f"{N_SWAPS} swaps, {sum(calls)} calls, 0 failed, 0 mixed, no descriptor or map left")


def _read_everything(generation: Generation) -> set[str]:
    row = generation.n_passages - 1
    resolution, _ = generation.paragraph(generation.passage(row).id)
    assert generation.vectors.search(generation.stored_vectors()[row : row + 1].copy(), 1)[1][0][0] >= 0
    assert str(resolution.symbol) == generation.symbols[-1]
    assert len(generation.lexical.scores("troops")) == generation.n_passages
    return {generation.folder.name.removeprefix("gen-")}
