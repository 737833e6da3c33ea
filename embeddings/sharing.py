"""What many callers ask for at the same time is worked on together."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

MOST = 16  # a batch: more bring nothing, and the first would wait for the last
Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Shared(Generic[Asked, Found]):
    """A function of many things at once, for callers with one thing each: threads call it, event loops `submit`.

    At most `lanes` batches are in work. What comes while a lane is free is worked on at once: nothing is ever waited for.
    What comes while all are busy is queued; a lane that becomes free takes the oldest, and of its share of the queue what is
    nearest to that in size. A batch that fails is tried again one by one, so that each fails or succeeds for itself.
    """

    def __init__(
        self, work: Callable[[Sequence[Asked], bool], Sequence[Found]], lanes: int, size: Callable[[Asked], int]
    ) -> None:
        """`work` is given a batch, and whether nothing else is in work; it gives one result for each, in order."""
        self._work = work
        self._size = size
        self._lanes = self._free = lanes
        self._waiting: deque[tuple[Asked, Future[Found]]] = deque()
        self._lock = threading.Lock()  # guards the two above; never held while something is worked on
        self._pool = ThreadPoolExecutor(lanes, thread_name_prefix="shared")

    def __call__(self, asked: Asked) -> Found:
        """The result for one thing, worked on in this thread where a lane is free; what `work` raises goes through."""
        with self._lock:
            leads = self._free > 0
            self._free -= leads
            alone = self._free == self._lanes - 1
        if not leads:
            return self.submit(asked).result()
        try:
            return self._results([asked], alone)[0]
        finally:
            self._pass_on()

    def submit(self, asked: Asked) -> Future[Found]:
        """The result for one thing, when it is there; a future that is cancelled before is left out."""
        future: Future[Found] = Future()
        with self._lock:
            self._waiting.append((asked, future))
            leads = self._free > 0
            self._free -= leads
        if leads:
            self._pool.submit(self._drain)
        return future

    def _pass_on(self) -> None:
        """Give the lane up, or to a thread that works on what waits."""
        with self._lock:
            waits = bool(self._waiting)
            self._free += not waits
        if waits:
            self._pool.submit(self._drain)

    def _drain(self) -> None:
        """Work on what waits until nothing does; this thread holds a lane."""
        while True:
            with self._lock:
                batch = self._take()
                if not batch:
                    self._free += 1
                    return
                alone = len(batch) == 1 and self._free == self._lanes - 1
            self._run([one for one in batch if one[1].set_running_or_notify_cancel()], alone)

    def _take(self) -> list[tuple[Asked, Future[Found]]]:
        """The next batch out of the queue; the caller holds the lock."""
        if not self._waiting:
            return []
        share = min(MOST, -(-len(self._waiting) // self._lanes))  # the rest is for the other lanes
        first = self._waiting.popleft()
        size = self._size(first[0])
        near = sorted(self._waiting, key=lambda one: abs(self._size(one[0]) - size))[: share - 1]
        for one in near:
            self._waiting.remove(one)
        return [first, *near]

    def _results(self, asked: Sequence[Asked], alone: bool) -> Sequence[Found]:
        found = self._work(asked, alone)
        if len(found) != len(asked):  # else somebody would wait without end
            raise RuntimeError(f"{len(asked)} were asked for and {len(found)} found")
        return found

    def _run(self, batch: Sequence[tuple[Asked, Future[Found]]], alone: bool) -> None:
        try:
            found = self._results([asked for asked, _ in batch], alone) if batch else []
        except BaseException as error:  # handed to whoever asked
            if len(batch) == 1:
                batch[0][1].set_exception(error)
                return
            for single in batch:
                self._run([single], False)
            return
        for (_, future), one in zip(batch, found, strict=True):
            future.set_result(one)
