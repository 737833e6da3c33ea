"""Writing a generation into the database and making it the current one, in one step that lasts.

Tables are filled in a schema that nobody reads yet. Only when they are whole and have been probed does one transaction
name them current. What a publisher that died left behind is removed by the next; the generation before the current one
stays for the calls that still read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import psycopg
from psycopg import errors as told
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Identifier

from qa.engine.connecting import Engine, within
from qa.engine.tables import (
    CATALOGUE,
    ENGINE_SCHEMA,
    GRAPH,
    finish,
    name_of,
    partition,
    sequence_of,
    tables,
    weigh_words,
)
from qa.lexical import K1, B
from qa.passages import passage_input
from qa.store.codec import RecordCodec
from qa.store.columns import PLAIN, Columns, Listed
from qa.store.errors import BusyError, EngineError
from qa.store.manifest import Manifest
from qa.store.published import Stored
from qa.terms import TermCounter

if TYPE_CHECKING:
    from qa.progress import Progress

Connection = psycopg.Connection[TupleRow]
PARTITION = 5_000_000
"""Passages a partition: each has a graph of its own, built and scanned by a core of its own."""

_LOCK = 0x554E5141  # any number, the same for all who publish
_BATCH = 64  # resolutions sent at once
_EXACT_UP_TO = 150_000  # vectors compared one by one; more get a graph


class Words(msgspec.Struct, frozen=True):
    """What the codes in the columns stand for, and every day on which a resolution was adopted (yyyymmdd)."""

    organs: tuple[str, ...]
    sessions: tuple[str, ...]
    kinds: tuple[str, ...]
    verb_names: tuple[str, ...]
    days: tuple[int, ...]


def publish(
    engine: Engine,
    manifest: Manifest,
    listed: Sequence[Listed],
    stored: Iterable[Stored],
    progress: Progress,
    *,
    partition_rows: int = PARTITION,
    exact_up_to: int = _EXACT_UP_TO,
) -> Manifest:
    """Make what `listed` and `stored` give, resolution by resolution, the current generation of the database.

    Raises:
        BusyError: somebody else is publishing there. EngineError: the database refused; what it served it serves on.
    """
    with engine.writing() as connection, _alone(connection, engine):
        name = _next_name(connection)
        kind = "exact" if manifest.counts.passages <= exact_up_to else "hnsw"
        manifest = msgspec.structs.replace(
            manifest, id=f"{name}-{manifest.corpus_sha256[:8]}", parent=None, vectors=kind, files={}
        )
        columns = Columns.of(listed)
        connection.execute(tables(name, manifest.encoder.dim))
        for number in range(-(-columns.n // partition_rows)):
            connection.execute(partition(name, number, partition_rows))
        _fill(connection, name, columns, listed, stored, progress)
        progress("index", 0, 3)
        connection.execute(weigh_words(name), {"k1": K1, "b": B})
        progress("index", 1, 3)
        connection.execute(finish(name))
        progress("index", 2, 3)
        if kind == "hnsw":
            connection.execute(within(name, GRAPH))
        connection.execute(SQL("ANALYZE {}, {}").format(Identifier(name, "passage"), Identifier(name, "posting")))
        progress("index", 3, 3)
        _check(connection, engine, name, manifest)
        _make_current(connection, name, manifest, _words(columns))
        _prune(connection)
        return manifest


@contextmanager
def _alone(connection: Connection, engine: Engine) -> Iterator[None]:
    """Be the one publisher, and find the catalogue there."""
    found = connection.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    if found is None or not found[0]:
        raise BusyError(engine.place)
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except (told.FeatureNotSupported, told.UndefinedFile, told.InsufficientPrivilege) as error:
        mend = "install pgvector 0.8 or newer there and let a superuser run: CREATE EXTENSION vector"
        raise EngineError(str(engine.place), "the database has no pgvector", mend) from error
    connection.execute(CATALOGUE)
    yield  # the lock goes with the connection


def _next_name(connection: Connection) -> str:
    """A name above all that are there; schemas that were never published are what dead publishers left."""
    known = {name for (name,) in connection.execute("SELECT name FROM qa.generation").fetchall()}
    for left in sorted(_schemas(connection) - known):
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(left)))
    return name_of(1 + max((sequence_of(name) or 0 for name in known), default=0))


def _schemas(connection: Connection) -> set[str]:
    found = connection.execute("SELECT nspname FROM pg_namespace").fetchall()
    return {name for (name,) in found if sequence_of(name) is not None}


def _fill(
    connection: Connection,
    name: str,
    columns: Columns,
    listed: Sequence[Listed],
    stored: Iterable[Stored],
    progress: Progress,
) -> None:
    """Send the resolutions in batches, each in a transaction of its own; memory holds one batch."""
    codec, counter, row = RecordCodec(), TermCounter(), 0
    members = zip(range(len(listed)), listed, stored, strict=True)
    while batch := list(islice(members, _BATCH)):
        rows: dict[str, list[Sequence[object]]] = {
            table: [] for table in ("resolution", "mention", "passage", "stored", "counted", "length")
        }
        for number, one, kept in batch:
            short = msgspec.json.encode(one)
            rows["resolution"].append((number, one.symbol, one.title, row, short, kept.record, kept.text))
            rows["mention"] += _mentions(codec, number, one.symbol, kept)
            for encoded, vector, content in zip(kept.passages, kept.vectors, kept.hashes, strict=True):
                passage = codec.decode_passage(encoded)
                plain = [int(getattr(columns, column)[row]) for column in PLAIN]
                verbs = columns.verbs[columns.verb_starts[row] : columns.verb_starts[row + 1]].tolist()
                rows["passage"].append((row, *plain, verbs, passage.id, as_text(vector)))
                rows["stored"].append((row, encoded, vector.astype("<f4").tobytes(), content.tobytes()))
                terms = counter.terms_of(passage_input(passage))
                rows["length"].append((row, len(terms)))
                rows["counted"] += [(term, row, n) for term, n in Counter(terms).items()]
                row += 1
        with connection.transaction():
            for table, lines in rows.items():
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name, table))) as copy:
                    for line in lines:
                        copy.write_row(line)
        progress("send", batch[-1][0] + 1, len(listed))


def _mentions(codec: RecordCodec, number: int, symbol: str, kept: Stored) -> list[Sequence[object]]:
    resolution = codec.decode_resolution(kept.record, kept.text.decode("utf-8"))
    return [
        (one.symbol, number, paragraph.label, one.text, one.paragraph)
        for paragraph in resolution.paragraphs
        for one in paragraph.references
        if one.symbol is not None and one.symbol != symbol
    ]


def as_text(vector: np.ndarray[Any, np.dtype[np.float32]]) -> str:
    """A vector as pgvector reads it."""
    return f"[{','.join(map(repr, vector.tolist()))}]"


def _words(columns: Columns) -> Words:
    days = tuple(np.unique(columns.adopted).tolist())
    return Words(columns.organs, columns.sessions, columns.kinds, columns.verb_names, days)


def _check(connection: Connection, engine: Engine, name: str, manifest: Manifest) -> None:
    """Count what arrived, and let some vectors find themselves, before anybody is served from it."""
    counts = manifest.counts
    for table, wanted in (
        ("passage", counts.passages),
        ("stored", counts.passages),
        ("resolution", counts.resolutions),
    ):
        found = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(name, table))).fetchone()
        if found != (wanted,):
            raise EngineError(str(engine.place), f"{found} in {table}, not {wanted}", "copy the index again")
    step = max(1, counts.passages // 20)
    lost = connection.execute(
        within(
            name,
            """SELECT a.place FROM {g}.passage a WHERE a.place %% %s = 0 AND
               (SELECT min(b.embedding <#> a.embedding) FROM
                   (SELECT embedding FROM {g}.passage ORDER BY embedding <#> a.embedding LIMIT 1) b) > -0.98 LIMIT 1""",
        ),
        [step],
    ).fetchone()
    if lost:
        raise EngineError(str(engine.place), f"row {lost[0]} does not find itself", "copy the index again")


def _make_current(connection: Connection, name: str, manifest: Manifest, words: Words) -> None:
    with connection.transaction():
        connection.execute(
            "INSERT INTO qa.generation (name, schema_version, manifest, words) VALUES (%s, %s, %s, %s)",
            [name, ENGINE_SCHEMA, msgspec.json.encode(manifest), msgspec.json.encode(words)],
        )
        connection.execute(
            "INSERT INTO qa.current (name) VALUES (%s) ON CONFLICT (alone) DO UPDATE SET name = excluded.name", [name]
        )


def _prune(connection: Connection) -> None:
    """Remove all but the two newest generations; one that is being read just now goes at a later time."""
    old = connection.execute("SELECT name FROM qa.generation ORDER BY name DESC OFFSET 2").fetchall()
    for (name,) in old:
        try:
            with connection.transaction():
                connection.execute("SET LOCAL lock_timeout = '2s'")
                connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(name)))
                connection.execute("DELETE FROM qa.generation WHERE name = %s", [name])
        except told.LockNotAvailable:
            continue
