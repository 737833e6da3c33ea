"""A look at something every so often, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

POLL_SECONDS = 2.0


class Watcher:
    """Calls a function, which must not raise, until `close`; begins at the first `start`."""

    def __init__(self, look: Callable[[], object]) -> None:
        self._look = look
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, seconds: float = POLL_SECONDS) -> None:
        """Look every `seconds` from now on; where it has begun already, nothing changes."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(seconds,), name="index-watch", daemon=True)
            self._thread.start()

    def _run(self, seconds: float) -> None:
        while not self._stop.wait(seconds):
            self._look()

    def close(self) -> None:
        """Look no more, and wait for a look under way; may be called twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
