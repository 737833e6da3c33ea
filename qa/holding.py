"""The generation that answers now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.store.current import open_current
from qa.store.generation import Generation


class Holder:
    """Keeps one generation open for as long as the service lives."""

    def __init__(self, generation: Generation, degraded: str | None) -> None:
        self.current = generation
        self.degraded = degraded

    @classmethod
    def open(cls, index: Path) -> Holder:
        """Open the current generation. Raises StoreError."""
        opened = open_current(index)
        return cls(opened.generation, opened.note)

    @contextmanager
    def use(self) -> Iterator[Generation]:
        """The generation to answer one call from."""
        yield self.current

    def close(self) -> None:
        """Give the generation back."""
        self.current.close()
