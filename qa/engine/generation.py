"""One generation in the database, as the service reads it; `Generation` in `qa.store` is the one in a folder."""

from __future__ import annotations

import difflib
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import LiteralString, overload

import msgspec
import numpy as np
import numpy.typing as npt
from psycopg.sql import SQL, Composed

from qa.engine.connecting import Engine, within
from qa.engine.publishing import Words
from qa.engine.tables import ENGINE_SCHEMA
from qa.errors import NotFoundError
from qa.ids import parts_of, symbol_of
from qa.records import Paragraph, Passage, Resolution
from qa.store.codec import RecordCodec
from qa.store.columns import Listed, Rows
from qa.store.errors import DamagedError, EngineError, NoIndexError
from qa.store.manifest import Manifest
from qa.store.place import Database
from qa.store.published import Stored
from qa.suggesting import SIGNS, suggest, words_of

_COPY_AGAIN = "copy the index there again with: qa index copy"
_CACHED_RESOLUTIONS = 256
_AT_ONCE = 64  # resolutions read at once where all are read


def read_current(engine: Engine) -> str:
    """The name of the generation that the database serves from.

    Raises:
        NoIndexError: nothing was ever published there. EngineError: the database does not answer, or refuses.
    """
    there = engine.rows(SQL("SELECT to_regclass('qa.current') IS NOT NULL").format())
    found = engine.rows(SQL("SELECT name FROM qa.current").format()) if there[0][0] else []
    if not found:
        raise NoIndexError(engine.place)
    return str(found[0][0])


class EngineGeneration:
    """Read access to one generation; usable from many threads. Holds its manifest, its words and a few records."""

    def __init__(self, engine: Engine, name: str) -> None:
        """Open the generation `name`.

        Raises:
            NoIndexError: there is none of that name. EngineError: made by another version, or the database refused.
        """
        self.engine = engine
        self.name = name
        statement = SQL("SELECT schema_version, manifest, words FROM qa.generation WHERE name = %s").format()
        found = engine.rows(statement, [name])
        if not found:
            raise NoIndexError(engine.place, f"no generation {name}")
        version, manifest, words = found[0]
        if version != ENGINE_SCHEMA:
            why = f"holds tables of version {version}, this program reads {ENGINE_SCHEMA}"
            raise EngineError(str(engine.place), why, _COPY_AGAIN)
        self.manifest = msgspec.json.decode(manifest, type=Manifest)
        self.words = msgspec.json.decode(words, type=Words)
        self._codec = RecordCodec()
        self._cache: OrderedDict[int, Resolution] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def open(cls, place: Database, generation: str | None = None) -> EngineGeneration:
        """The generation of that id, or the current one, with an engine of its own.

        Raises:
            NoIndexError: nothing was published there; EngineError: the database does not answer or refuses.
        """
        engine = Engine(place)
        try:
            return cls(engine, generation.partition("-")[0] if generation else read_current(engine))
        except BaseException:
            engine.close()
            raise

    @property
    def place(self) -> Database:
        """The database."""
        return self.engine.place

    @property
    def id(self) -> str:
        """The schema's name and the beginning of the corpus's digest."""
        return self.manifest.id

    @property
    def symbols(self) -> Sequence[str]:
        """The canonical symbols of all resolutions, in order; read as asked for."""
        return _Symbols(self)

    def rows(self, statement: LiteralString, values: Sequence[object] = (), **parts: Composed | SQL) -> list[tuple]:  # type: ignore[type-arg]
        """The rows of a statement about this generation, which stands there as `{g}`."""
        return self.engine.rows(within(self.name, statement, **parts), values)

    def number_of(self, symbol: str) -> int:
        """Where `symbol` stands in the order of all. Raises NotFoundError."""
        found = self.rows("SELECT number FROM {g}.resolution WHERE symbol = %s", [symbol])
        if not found:
            raise NotFoundError(symbol, self._alike(symbol))
        return int(found[0][0])

    def _alike(self, symbol: str) -> tuple[str, ...]:
        """Of the symbols that differ in their last character only, those written most alike."""
        found = self.rows("SELECT symbol FROM {g}.resolution WHERE starts_with(symbol, %s) LIMIT 500", [symbol[:-1]])
        return tuple(difflib.get_close_matches(symbol, [one for (one,) in found], 3))

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""
        return bool(self.rows("SELECT 1 FROM {g}.resolution WHERE symbol = %s", [symbol]))

    def listed_at(self, number: int) -> Listed:
        """The short form of the resolution at `number`."""
        found = self.rows("SELECT listed FROM {g}.resolution WHERE number = %s", [number])
        return msgspec.json.decode(found[0][0], type=Listed)

    def passage(self, row: int) -> Passage:
        """The passage at `row`."""
        found = self.rows("SELECT passage FROM {g}.stored WHERE place = %s", [row])
        with self._reading(f"passage {row}"):
            return self._codec.decode_passage(found[0][0])

    def read(self, rows: Sequence[int]) -> list[tuple[Passage, bytes]]:
        """The passages at some rows, and the vectors of their tokens; one statement for all."""
        found = dict(self.rows("SELECT place, passage FROM {g}.stored WHERE place = ANY(%s)", [list(rows)]))
        with self._reading("a passage"):
            return [(self._codec.decode_passage(found[row]), self._codec.tokens_in(found[row])) for row in rows]

    def resolution(self, symbol: str) -> Resolution:
        """The record of `symbol` (canonical), whose text's sha256 has been compared. Raises NotFoundError."""
        return self.resolution_at(self.number_of(symbol))

    def resolution_at(self, number: int) -> Resolution:
        """The record of the resolution at `number`; the most recently used stay decoded."""
        with self._lock:
            if number in self._cache:
                self._cache.move_to_end(number)
                return self._cache[number]
        record, text = self.rows("SELECT record, source FROM {g}.resolution WHERE number = %s", [number])[0]
        with self._reading(f"the record of resolution {number}"):
            found = self._codec.decode_resolution(record, text.decode("utf-8"))
        if hashlib.sha256(text).hexdigest() != found.source.text_sha256:
            raise DamagedError(self.place, f"the text of {found.symbol} is not what was indexed", _COPY_AGAIN)
        with self._lock:
            self._cache[number] = found
            if len(self._cache) > _CACHED_RESOLUTIONS:
                self._cache.popitem(last=False)
        return found

    def paragraph(self, paragraph_id: str) -> tuple[Resolution, Paragraph]:
        """The paragraph with this id, and its resolution. Raises NotFoundError."""
        symbol, label = parts_of(paragraph_id)
        resolution = self.resolution(symbol)
        for paragraph in resolution.paragraphs:
            if paragraph.label == label:
                return resolution, paragraph
        raise NotFoundError(paragraph_id, tuple(f"{symbol}#{one.label}" for one in resolution.paragraphs[:3]))

    def paragraph_rows(self, paragraph_id: str) -> Rows:
        """The rows of the windows of one paragraph, in order. Raises NotFoundError."""
        number = self.number_of(symbol_of(paragraph_id))
        statement = "SELECT place FROM {g}.passage WHERE resolution = %s AND id = %s ORDER BY place"
        found = self.rows(statement, [number, paragraph_id])
        if not found:
            raise NotFoundError(paragraph_id)
        return np.array([row for (row,) in found], dtype=np.int64)

    def vectors_of(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The vectors of some rows as the encoder gave them."""
        found = dict(self.rows("SELECT place, vector FROM {g}.stored WHERE place = ANY(%s)", [rows.tolist()]))
        return np.array([np.frombuffer(found[row], dtype="<f4") for row in rows.tolist()], dtype=np.float32)

    def titles_of(self, symbols: Sequence[str]) -> dict[str, str]:
        """Of some resolutions (canonical symbols) those that are held, with their titles."""
        return dict(self.rows("SELECT symbol, title FROM {g}.resolution WHERE symbol = ANY(%s)", [list(symbols)]))

    def titled(self, words: str, k: int) -> list[str]:
        """At most `k` lines "title (symbol)" that hold the last of `words`, those that begin with them first."""
        typed = words_of(words)
        if not typed:
            return []
        last = f" {typed[-1]}"
        # A letter begins a word of most titles. Of several words only `suggest` tells how many are held.
        most = k if len(typed) == 1 else None
        found = self.rows(
            """SELECT line FROM (
                   SELECT line, ' ' || ltrim(translate(lower(line), %s, %s)) AS words FROM (
                       SELECT CASE title WHEN '' THEN symbol ELSE title || ' (' || symbol || ')' END AS line FROM {g}.resolution
                   ) t
               ) t WHERE position(%s IN words) > 0 ORDER BY position(%s IN words) > 1, line COLLATE "C" LIMIT %s""",
            [SIGNS, " " * len(SIGNS), last, last, most],
        )
        return suggest(words, (line for (line,) in found), k)

    def mentions_of(self, symbol: str) -> list[tuple[str, str, str, str | None]]:
        """(citing symbol, label, text as printed, paragraph named) of every mention in others."""
        return self.rows(
            """SELECT r.symbol, m.label, m.printed, m.paragraph FROM {g}.mention m JOIN {g}.resolution r USING (number)
               WHERE m.symbol = %s ORDER BY number, m.ctid""",
            [symbol],
        )

    def all_listed(self) -> Sequence[Listed]:
        """The short forms of all resolutions, in order."""
        found = self.rows("SELECT listed FROM {g}.resolution ORDER BY number")
        return [msgspec.json.decode(listed, type=Listed) for (listed,) in found]

    def all_stored(self) -> Iterator[Stored]:
        """All that is stored of every resolution, in order; a few resolutions are in memory at a time."""
        for first in range(0, self.manifest.counts.resolutions, _AT_ONCE):
            span = [first, first + _AT_ONCE]
            records = self.rows(
                "SELECT record, source FROM {g}.resolution WHERE number >= %s AND number < %s ORDER BY number", span
            )
            parts = self.rows(
                """SELECT resolution, s.passage, s.vector, s.hash FROM {g}.passage p JOIN {g}.stored s USING (place)
                   WHERE resolution >= %s AND resolution < %s ORDER BY place""",
                span,
            )
            for number, (record, text) in enumerate(records, start=first):
                mine = [part for part in parts if part[0] == number]
                vectors = np.array([np.frombuffer(part[2], dtype="<f4") for part in mine], dtype=np.float32)
                hashes = np.array([np.frombuffer(part[3], dtype=np.uint8) for part in mine], dtype=np.uint8)
                yield Stored(record, text, tuple(part[1] for part in mine), vectors, hashes)

    @contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        """Tells of a record that cannot be read, as a folder does of a file."""
        try:
            yield
        except (msgspec.MsgspecError, ValueError) as error:
            raise DamagedError(self.place, f"{what} cannot be read: {error}", _COPY_AGAIN) from None

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self.engine.close()


class _Symbols(Sequence[str]):
    """The symbols of a generation without holding them."""

    def __init__(self, generation: EngineGeneration) -> None:
        self._generation = generation

    def __len__(self) -> int:
        return self._generation.manifest.counts.resolutions

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        wanted = range(len(self))[at]
        numbers = [wanted] if isinstance(wanted, int) else list(wanted)
        statement = "SELECT symbol FROM {g}.resolution WHERE number = ANY(%s) ORDER BY number"
        found = [symbol for (symbol,) in self._generation.rows(statement, [numbers])]
        return found[0] if isinstance(at, int) else found
