"""The generation that is served from the database, and its change for a newer one; as `qa.store.holder` for folders.

There is no state to lose: when the database is away a call says so, the next one tries again, and a generation that is
read stays there for as long as two newer ones have not been published.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qa.engine.connecting import Engine
from qa.engine.generation import EngineGeneration, read_current
from qa.store.errors import EngineDownError, StoreError
from qa.store.matching import check_served
from qa.store.place import Database
from qa.store.watcher import POLL_SECONDS, Watcher


class EngineHolder:
    """Holds the current generation of a database; all methods may be called from any thread."""

    def __init__(self, generation: EngineGeneration) -> None:
        self._generation = generation
        self._note: str | None = None
        self._watcher = Watcher(self.refresh)

    @classmethod
    def open(cls, place: Database) -> EngineHolder:
        """Open the current generation.

        Raises:
            NoIndexError: nothing was published there; EngineError: the database does not answer, or refuses.
        """
        return cls(EngineGeneration.open(place))

    @property
    def current(self) -> EngineGeneration:
        """The generation that a call beginning now would use."""
        return self._generation

    @property
    def degraded(self) -> str | None:
        """Why what is served is not what should be, or cannot be served just now; None where all is well."""
        return self._note

    @contextmanager
    def use(self) -> Iterator[EngineGeneration]:
        """The current generation, to the end of the block."""
        yield self._generation

    def refresh(self) -> bool:
        """Look once which generation is current, and take it up; true where that was another. Never raises."""
        engine: Engine = self._generation.engine
        try:
            name = read_current(engine)
            if name == self._generation.name:
                self._note = None
                return False
            found = EngineGeneration(engine, name)
            check_served(found, self._generation.manifest.encoder)
        except EngineDownError as error:
            self._note = str(error)
            return False
        except StoreError as error:
            self._note = f"{self._generation.id} goes on serving: {error}"
            return False
        self._generation, self._note = found, None
        return True

    def watch(self, seconds: float = POLL_SECONDS) -> None:
        """Call `refresh` every so often in a thread of its own, until `close`."""
        self._watcher.start(seconds)

    def close(self) -> None:
        """Stop watching and close the connections; may be called twice."""
        self._watcher.close()
        self._generation.close()
