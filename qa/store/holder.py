"""The generation being served, and its change for a newer one while questions are answered.

Every call uses the generation that was current when it began, to its end. A newer one is opened, checked and probed
first; only then is the reference swapped, and the old one is closed when its last user has left. One that fails is
refused: the old one goes on serving, and `degraded` says why.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa.store.current import CURRENT_NAME, open_current, read_current
from qa.store.errors import ClosedError, StoreError
from qa.store.generation import Generation
from qa.store.matching import check_served
from qa.store.probe import probe
from qa.store.watcher import POLL_SECONDS, Watcher


@dataclass(slots=True)
class _Shared:
    """A generation, how many calls use it, and whether it is to close when they have ended."""

    generation: Generation
    users: int = 0
    retired: bool = False


class Holder:
    """Holds one open generation of an index folder; all methods may be called from any thread."""

    def __init__(self, index: Path, generation: Generation, note: str | None = None) -> None:
        self._index = index
        self._lock = threading.Lock()  # guards what follows; never held while a file is read
        self._shared = _Shared(generation)
        self._note = note
        self._swaps = 0
        self._refused = 0
        self._refreshing = threading.Lock()
        self._tried: tuple[object, ...] | None = None
        self._watcher = Watcher(self.refresh)

    @classmethod
    def open(cls, index: Path) -> Holder:
        """Open and probe the current generation of `index`.

        Raises:
            StoreError: there is none that can be served.
        """
        opened = open_current(index)
        try:
            probe(opened.generation)
        except BaseException:
            opened.generation.close()
            raise
        return cls(index, opened.generation, opened.note)

    @property
    def current(self) -> Generation:
        """The generation that a call beginning now would use; take `use` for anything that reads from it."""
        return self._shared.generation

    @property
    def degraded(self) -> str | None:
        """Why what is served is not what the folder says should be; None where it is."""
        return self._note

    @property
    def n_swaps(self) -> int:
        """How many newer generations have been taken up."""
        return self._swaps

    @property
    def n_refused(self) -> int:
        """How many newer generations have been refused."""
        return self._refused

    @contextmanager
    def use(self) -> Iterator[Generation]:
        """The current generation, kept open until the block ends.

        Raises:
            ClosedError: after `close`.
        """
        with self._lock:
            shared = self._shared
            if shared.retired:  # what is current is retired by `close` alone
                raise ClosedError(self._index)
            shared.users += 1
        try:
            yield shared.generation
        finally:
            with self._lock:
                shared.users -= 1
                last = shared.retired and shared.users == 0
            if last:
                shared.generation.close()

    def refresh(self) -> bool:
        """Look at `CURRENT` once, and take up the generation that it names; true where that was done.

        Never raises for a bad generation: that is refused, counted and told by `degraded`.
        """
        with self._refreshing:
            name = read_current(self._index)
            if name == self.current.folder.name:
                self._note, self._tried = None, None
                return False
            if name is None or not (self._index / name).is_dir():
                self._note = (
                    f"{self._index / CURRENT_NAME} names no generation; {self.current.folder.name} goes on serving"
                )
                return False
            state = _state_of(self._index / name)
            if state == self._tried:
                return False  # refused before, and not changed since
            return self._take_up(self._index / name, state)

    def _take_up(self, folder: Path, state: tuple[object, ...]) -> bool:
        try:
            generation = Generation(folder)
            try:
                check_served(generation, self.current.manifest.encoder)
                probe(generation)
            except BaseException:
                generation.close()
                raise
        except Exception as error:
            self._refused += 1
            self._tried = state
            why = str(error) if isinstance(error, StoreError) else f"{type(error).__name__}: {error}"
            self._note = f"{folder.name} refused, {self.current.folder.name} goes on serving: {why}"
            return False
        with self._lock:
            old, self._shared = self._shared, _Shared(generation)
            old.retired = True
            unused = old.users == 0
        if unused:
            old.generation.close()
        self._swaps += 1
        self._note, self._tried = None, None
        return True

    def watch(self, seconds: float = POLL_SECONDS) -> None:
        """Call `refresh` every so often in a thread of its own, until `close`."""
        self._watcher.start(seconds)

    def close(self) -> None:
        """Stop watching, and close the generation when its last user has left; may be called twice."""
        self._watcher.close()
        with self._lock:
            shared = self._shared
            already, shared.retired = shared.retired, True
            unused = shared.users == 0 and not already
        if unused:
            shared.generation.close()


def _state_of(folder: Path) -> tuple[object, ...]:
    """What tells whether a refused folder has been changed since: names, sizes and times of its files."""
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        stats = [path.stat() for path in files]
    except OSError:
        return (folder.name,)
    return (folder.name, *((str(path), one.st_size, one.st_mtime_ns) for path, one in zip(files, stats, strict=True)))
