"""Many callers of one function: lanes divide what waits, event loops get futures, what is cancelled is left out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from embeddings.sharing import MOST, Shared


class Work:
    """Doubles numbers; writes down its batches, and stays in the first `held` of them until told to go on."""

    def __init__(self, held: int) -> None:
        self.batches: list[list[int]] = []
        self.held = held
        self.entered, self.go_on = threading.Semaphore(0), threading.Event()

    def __call__(self, asked: Sequence[int], alone: bool) -> list[int]:
        self.batches.append(list(asked))
        if len(self.batches) <= self.held:
            self.entered.release()
            assert self.go_on.wait(20)
        if 13 in asked:
            raise ValueError("unlucky")
        return [2 * one for one in asked]


def held_up(lanes: int) -> tuple[Work, Shared[int, int]]:
    """All lanes busy with a number each: -1, -2, ..."""
    work = Work(lanes)
    shared: Shared[int, int] = Shared(work, lanes, size=abs)
    for lane in range(lanes):
        shared.submit(-1 - lane)
        assert work.entered.acquire(timeout=20)
    return work, shared


def test_each_lane_takes_its_share_of_the_queue_and_no_more() -> None:
    work, shared = held_up(lanes=2)
    waiting = [shared.submit(number) for number in range(1, 9)]
    work.go_on.set()
    assert [one.result(20) for one in waiting] == [2 * number for number in range(1, 9)]
    sizes = [len(batch) for batch in work.batches[2:]]
    assert sum(sizes) == 8
    assert max(sizes) == 4  # of eight; which lane writes its batch down first is open


def test_a_batch_is_never_longer_than_is_good() -> None:
    work, shared = held_up(lanes=1)
    waiting = [shared.submit(number) for number in range(100, 100 + 2 * MOST + 1)]
    work.go_on.set()
    assert [one.result(20) for one in waiting] == [2 * number for number in range(100, 100 + 2 * MOST + 1)]
    assert [len(batch) for batch in work.batches] == [1, MOST, MOST, 1]


def test_an_event_loop_is_not_held_up() -> None:
    async def ask() -> list[int]:
        shared: Shared[int, int] = Shared(Work(0), 2, size=abs)
        return await asyncio.gather(*(asyncio.wrap_future(shared.submit(number)) for number in range(20, 70)))

    assert asyncio.run(ask()) == [2 * number for number in range(20, 70)]


def test_what_is_cancelled_while_it_waits_is_left_out() -> None:
    work, shared = held_up(lanes=1)
    dropped, kept = shared.submit(5), shared.submit(6)
    assert dropped.cancel()
    work.go_on.set()
    assert kept.result(20) == 12
    assert work.batches == [[-1], [6]]


def test_all_cancelled_leaves_the_lane_free() -> None:
    work, shared = held_up(lanes=1)
    assert shared.submit(5).cancel()
    work.go_on.set()
    assert shared(7) == 14


def test_each_fails_for_itself() -> None:
    work, shared = held_up(lanes=1)
    waiting = [shared.submit(number) for number in (12, 13, 14)]
    work.go_on.set()
    assert waiting[0].result(20) == 24
    assert waiting[2].result(20) == 28
    with pytest.raises(ValueError, match="unlucky"):
        waiting[1].result(20)
    with pytest.raises(ValueError, match="unlucky"):
        shared(13)
    assert shared(1) == 2


def test_a_result_that_is_missing_is_an_error_and_not_a_wait_without_end() -> None:
    short: Shared[int, int] = Shared(lambda asked, alone: [0] * (len(asked) - 1), 1, size=abs)
    with pytest.raises(RuntimeError, match="1 were asked for and 0 found"):
        short.submit(1).result(20)
