"""The one place that tells a folder from a database; whoever uses only folders never imports a database's driver."""

from __future__ import annotations

from qa.retrieval.searchable import MappedRows, Searchable
from qa.store.current import open_current
from qa.store.generation import Generation
from qa.store.holder import Holder
from qa.store.place import Database, Place
from qa.store.published import Held, Published


def hold(place: Place) -> Held:
    """The current generation, open to be served.

    Raises:
        StoreError: there is none that can be served.
    """
    if isinstance(place, Database):
        from qa.engine.holder import EngineHolder

        return EngineHolder.open(place)
    return Holder.open(place)


def read(place: Place, name: str | None = None) -> Published:
    """The generation of that id, or the current one, open to be read.

    Raises:
        StoreError: there is none that can be read.
    """
    if isinstance(place, Database):
        from qa.engine.generation import EngineGeneration

        return EngineGeneration.open(place, name)
    return open_current(place).generation if name is None else Generation(place / f"gen-{name}")


def rows_of(generation: Published) -> Searchable:
    """A generation as retrieval sees it."""
    if isinstance(generation, Generation):
        return MappedRows(generation)
    from qa.engine.searching import EngineRows

    return EngineRows.of(generation)
