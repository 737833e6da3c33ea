"""One server for all tests of the folder; a test that kills it starts it again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from qa.store.place import Database, place_of
from tests.qa.engine.server import Server, binaries


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server(binaries())
    try:
        made.start()
        yield made
    finally:
        made.remove()


_numbers = itertools.count()


@pytest.fixture(scope="session")
def fresh(server: Server) -> Callable[[], Database]:
    """Makes empty databases."""

    def make() -> Database:
        place = place_of(server.create(f"index_{next(_numbers)}"))
        assert isinstance(place, Database)
        return place

    return make
