"""Statements sent to the database: bounded in time, tried once more where the line was stale, errors told in ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import errors as told
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composed, Identifier

from qa.store.errors import EngineDownError, EngineError
from qa.store.place import Database

SECONDS = 4.0
"""How long one statement of a question may take: the server is asked to stop it, and a server that is deaf is left."""

_CONNECT_SECONDS = 2
_SETTINGS: dict[str, str] = {
    "search_path": "public",
    "jit": "off",
    "hnsw.ef_search": "400",  # at least the candidates asked for
    "hnsw.iterative_scan": "strict_order",  # a filter that rejects many makes the walk longer, not the list shorter
}
_GOES_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, told.SerializationFailure)
_FINAL = ("does not exist", "authentication failed", "no pg_hba.conf entry", "no password supplied")
_LOST = (told.InvalidSchemaName, told.UndefinedTable)
T = TypeVar("T")


class _Patient(psycopg.Connection[TupleRow]):
    """A connection that waits so long for an answer and no longer, whatever the server does; None waits for ever."""

    patience: float | None = SECONDS + 1

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's, with a bound of our own."""
        return super().wait(gen, interval, self.patience if timeout is None else timeout)


class Engine:
    """One database. Connections are opened as needed, one a thread at work, and kept for the next; from any thread."""

    def __init__(self, place: Database) -> None:
        self.place = place
        self._idle: list[_Patient] = []  # the last one given back is the first one taken

    def rows(self, statement: Composed, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement that changes nothing.

        Raises:
            EngineDownError: the database does not answer, or not in time; EngineError: it refuses.
        """
        with self._telling():
            if self._idle:
                connection = self._idle.pop()
                try:
                    return self._ask(connection, statement, values)
                except _GOES_AWAY:
                    if connection.info.transaction_status != psycopg.pq.TransactionStatus.UNKNOWN:
                        raise  # slow or overruled, not gone: to ask again would double the load
                    self.close()  # the others are most likely stale as well
            return self._ask(self._connect(SECONDS), statement, values)

    def _ask(self, connection: _Patient, statement: Composed, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return connection.execute(statement, values, binary=True).fetchall()
        finally:
            self._give_back(connection)

    def _give_back(self, connection: _Patient) -> None:
        """Keep a connection that is fit for more, close any other."""
        if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """A connection of its own for long work, closed at the end."""
        with self._telling():
            connection = self._connect(None)
            try:
                yield connection
            finally:
                connection.close()

    def _connect(self, seconds: float | None) -> _Patient:
        given = {"connect_timeout": _CONNECT_SECONDS, "autocommit": True, "application_name": "un-resolution-qa"}
        connection = _Patient.connect(self.place.url, **given)  # type: ignore[arg-type]
        connection.patience = None if seconds is None else seconds + 1
        settings = _SETTINGS | ({} if seconds is None else {"statement_timeout": f"{round(seconds * 1000)}"})
        pairs = SQL(", ").join(SQL("set_config(%s, %s, false)") for _ in settings)
        connection.execute(SQL("SELECT {}").format(pairs), [part for pair in settings.items() for part in pair])
        return connection

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except _GOES_AWAY as error:
            raise self._down(error) from error
        except _LOST as error:
            why = "what was being read has been replaced or removed"
            raise EngineDownError(str(self.place), why) from error
        except psycopg.Error as error:
            mend = "see the database's log, or copy the index there again with: qa index copy"
            raise EngineError(str(self.place), f"the database refused: {_first_line(error)}", mend) from error

    def _down(self, error: psycopg.Error) -> EngineError:
        if any(word in str(error) for word in _FINAL):  # libpq gives no code where no connection came to be
            return EngineError(str(self.place), f"the database refused: {_first_line(error)}", "mend the URL")
        slow = isinstance(error, told.QueryCanceled)
        why = f"did not answer within {SECONDS:g} s" if slow else f"does not answer ({_first_line(error)})"
        return EngineDownError(str(self.place), why)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            with suppress(psycopg.Error, IndexError):
                self._idle.pop().close()


def within(schema: str, statement: LiteralString, **parts: Composed | SQL) -> Composed:
    """A statement with `{g}` as the schema of a generation, and other parts by name."""
    return SQL(statement).format(g=Identifier(schema), **parts)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
