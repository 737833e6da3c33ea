"""The gate: what is let in, in which order, and what becomes of work that nobody waits for."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from api.errors import DeadlineError, NotReadyError, OverloadedError
from api.gate import Gate
from api.settings import GateSettings


def gate(concurrency: int = 1, queue: int = 2, deadline: float = 2.0) -> Gate:
    return Gate(GateSettings(concurrency, queue, deadline))


def run(body: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(body())


class Job:
    """Work that ends when it is told to, and counts how much of it goes on at once."""

    def __init__(self) -> None:
        self.release = threading.Event()
        self.started: list[int] = []
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def work(self, number: int) -> Callable[[], int]:
        def body() -> int:
            with self._lock:
                self.started.append(number)
                self._now += 1
                self.most = max(self.most, self._now)
            self.release.wait(5)
            with self._lock:
                self._now -= 1
            return number

        return body


def test_no_more_work_at_once_than_slots_and_first_come_first_served() -> None:
    async def body() -> None:
        door, job = gate(2, 6), Job()
        tasks = [asyncio.ensure_future(door.admit().run(job.work(n))) for n in range(8)]
        await asyncio.sleep(0.05)
        assert len(job.started) == 2
        job.release.set()
        assert await asyncio.gather(*tasks) == list(range(8))
        assert job.most == 2
        assert job.started == sorted(job.started)
        assert (door.running, door.held) == (0, 0)
        door.close()

    run(body)


def test_the_one_too_many_is_refused_at_once_and_the_next_is_welcome_when_there_is_room() -> None:
    async def body() -> None:
        door, job = gate(1, 2), Job()
        tasks = [asyncio.ensure_future(door.admit().run(job.work(n))) for n in range(3)]
        await asyncio.sleep(0.02)
        with pytest.raises(OverloadedError) as refused:
            door.admit()  # not awaited: it cannot wait
        assert refused.value.retry_after >= 1
        job.release.set()
        await asyncio.gather(*tasks)
        assert await door.admit().run(lambda: 5) == 5
        door.close()

    run(body)


def test_a_ticket_counts_from_the_moment_it_is_given() -> None:
    async def body() -> None:
        door = gate(1, 1)
        tickets = [door.admit(), door.admit()]
        with pytest.raises(OverloadedError):
            door.admit()
        tickets[0].release()
        tickets[0].release()
        door.admit().release()
        assert await tickets[1].run(lambda: 1) == 1
        door.close()

    run(body)


def test_a_ticket_that_is_never_used_gives_its_place_back_at_the_deadline() -> None:
    async def body() -> None:
        door = gate(1, 0, 0.05)
        forgotten = door.admit()
        with pytest.raises(OverloadedError):
            door.admit()
        await asyncio.sleep(0.1)
        with pytest.raises(DeadlineError):
            await forgotten.run(lambda: 1)
        assert await door.admit().run(lambda: 2) == 2
        assert (door.running, door.held) == (0, 0)
        door.close()

    run(body)


def test_work_whose_deadline_passed_in_the_queue_is_never_begun() -> None:
    async def body() -> None:
        door, job = gate(1, 5, 0.1), Job()
        tasks = [asyncio.ensure_future(door.admit().run(job.work(n))) for n in range(5)]
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(each, DeadlineError) for each in done)
        assert job.started == [0]
        assert door.running == 1, "the slot stays taken until its thread is done"
        job.release.set()
        await asyncio.sleep(0.05)
        assert door.running == 0
        door.close()

    run(body)


def test_work_of_callers_who_left_is_dropped_but_for_what_had_begun() -> None:
    async def body() -> None:
        door, job = gate(2, 50), Job()
        tasks = [asyncio.ensure_future(door.admit().run(job.work(n))) for n in range(50)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        job.release.set()
        await asyncio.sleep(0.05)
        assert len(job.started) == 2
        assert (door.running, door.held) == (0, 0)
        assert await door.admit().run(lambda: 7) == 7
        door.close()

    run(body)


def test_a_slot_handed_over_in_the_moment_of_leaving_is_not_lost() -> None:
    async def body() -> None:
        door = gate(1, 200, 5.0)
        for _ in range(100):
            first = asyncio.ensure_future(door.admit().run(lambda: time.sleep(0.0005)))
            second = asyncio.ensure_future(door.admit().run(lambda: 1))
            await first
            second.cancel()
            await asyncio.gather(second, return_exceptions=True)
        await asyncio.sleep(0.05)
        assert (door.running, door.held) == (0, 0)
        assert await door.admit().run(lambda: 3) == 3
        door.close()

    run(body)


def test_an_error_reaches_its_caller_and_frees_the_slot() -> None:
    async def body() -> None:
        door = gate(1, 1)

        def fail() -> None:
            raise ValueError("x")

        for _ in range(3):
            with pytest.raises(ValueError, match="x"):
                await door.admit().run(fail)
        assert door.running == 0
        door.close()
        with pytest.raises(NotReadyError):
            door.admit()

    run(body)


def test_workers_share_out_the_cores() -> None:
    cores = len(os.sched_getaffinity(0))
    assert Gate(GateSettings()).concurrency == cores
    assert Gate(GateSettings(), 2).concurrency == max(1, cores // 2)
    assert Gate(GateSettings(), 1000).concurrency == 1
    assert Gate(GateSettings(concurrency=7), 4).concurrency == 7
