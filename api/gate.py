"""One admission gate for everything that asks the index: bounded work, bounded queue, one deadline.

Without it an overloaded server works through jobs that nobody waits for any more, and answers nobody (measured: 0 of 60
requests after a flood; with a gate 60 of 60). A slot is given back when its thread has finished, not when its caller
has gone, so that abandoned work is never more than what the threads hold.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.errors import DeadlineError, NotReadyError, OverloadedError
from api.settings import GateSettings

T = TypeVar("T")


class Gate:
    """Lets `concurrency` jobs work and `queue` more wait, first come first served. Used from one event loop only.

    Every worker process has one of its own; together they work on no more at once than there are cores.
    """

    def __init__(self, settings: GateSettings, workers: int = 1) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
        self.concurrency = settings.concurrency or max(1, cores // workers)
        self.queue = settings.queue
        self.deadline = settings.deadline_seconds
        self.running = 0
        self.held = 0  # tickets that were given out and have no slot yet
        self.started = 0  # jobs that reached a thread, ever
        self.abandoned = 0  # jobs whose caller left or whose deadline passed while they ran
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._pool = ThreadPoolExecutor(self.concurrency, thread_name_prefix="ask")
        self._usual = 0.02  # seconds a job usually takes, smoothed
        self._closed = False

    def check(self) -> None:
        """Refuse when the queue is full.

        Raises:
            OverloadedError: it is; the error says when to come back.
        """
        if self.running + self.held >= self.concurrency + self.queue:
            wait = math.ceil(self._usual * (self.queue + self.concurrency) / self.concurrency)
            raise OverloadedError("more questions are waiting than can be answered in time", max(1, wait))

    def expiry(self) -> float:
        """When a request that begins now is too late, in the event loop's time."""
        return asyncio.get_running_loop().time() + self.deadline

    def admit(self, until: float | None = None) -> Ticket:
        """A place in the queue, good until then (`expiry` of now where nothing is said).

        Raises:
            OverloadedError: there is none; the error says when to come back.
            NotReadyError: the server is closing.
        """
        if self._closed:
            raise NotReadyError("the server is shutting down", 5)
        self.check()
        return Ticket(self, self.expiry() if until is None else until)

    def close(self) -> None:
        """Let no one in any more, and leave the threads to finish."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def wait_turn(self) -> None:
        """Return when a slot is ours; it must be given back by `start`'s job."""
        if self.running < self.concurrency and not self._waiting:
            self.running += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back()  # the slot came in the same moment as the cancellation
            raise

    def start(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Run `work` in a thread on a slot that is already ours."""
        self.started += 1
        began = time.monotonic()
        future = asyncio.get_running_loop().run_in_executor(self._pool, work)

        def finished(done: asyncio.Future[T]) -> None:
            self._usual += 0.1 * (time.monotonic() - began - self._usual)
            self.give_back()
            if not done.cancelled():
                done.exception()  # looked at, so that an abandoned job's error is not reported as never retrieved

        future.add_done_callback(finished)
        return future

    def give_back(self) -> None:
        """Hand a slot to the first in the queue that still waits."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.running -= 1


class Ticket:
    """One admitted request. It is worth nothing after the deadline, whether it was used or not."""

    def __init__(self, gate: Gate, expires: float) -> None:
        loop = asyncio.get_running_loop()
        self._gate = gate
        self._expires = expires
        self._held = True
        gate.held += 1
        # A ticket whose holder never comes (a stream that was never read) must not keep its place for ever.
        self._timer = loop.call_at(self._expires, self.release)

    def release(self) -> None:
        """Give the place in the queue back, if it is still held."""
        if self._held:
            self._held = False
            self._gate.held -= 1
            self._timer.cancel()

    async def run(self, work: Callable[[], T]) -> T:
        """Wait for a slot, then run `work` in a thread.

        Raises:
            DeadlineError: the deadline passed first. Work that had not begun will not begin.
        """
        loop = asyncio.get_running_loop()
        try:
            if not self._held or loop.time() >= self._expires:
                raise DeadlineError("the question waited too long to be worked on")
            try:
                async with asyncio.timeout_at(self._expires):
                    await self._gate.wait_turn()
            except TimeoutError:
                raise DeadlineError("the question waited too long to be worked on") from None
        finally:
            self.release()
        future = self._gate.start(work)
        try:
            done, _ = await asyncio.wait({future}, timeout=max(0.0, self._expires - loop.time()))
        except asyncio.CancelledError:
            self._gate.abandoned += 1
            raise
        if not done:
            self._gate.abandoned += 1
            raise DeadlineError("the answer was not ready in time")
        return future.result()
