"""One published generation, checked and open for reading."""

from __future__ import annotations

import difflib
import fcntl
import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from embeddings.threads import cores
from embeddings.vectors import VectorIndex
from qa.errors import NotFoundError, SymbolError
from qa.ids import parts_of
from qa.lexical import LexicalIndex
from qa.records import Paragraph, Passage, Resolution
from qa.store import mentions
from qa.store.blobs import BlobFile
from qa.store.codec import RecordCodec
from qa.store.columns import Columns, Ints, Listed, Rows, Stretch, read_listed
from qa.store.errors import DamagedError, NoIndexError, StoreError
from qa.store.manifest import MANIFEST_NAME, FileEntry, Manifest, read_manifest
from qa.store.published import Stored
from qa.suggesting import suggest

_CACHED_RESOLUTIONS = 256
_GAP = 5  # years without a text that do not yet break a stretch of years


class Generation:
    """Read access to one generation; usable from many threads, gives everything back on `close`.

    Opening takes a shared lock, so that no publisher removes the folder while it is read, and compares size and sha256
    of every file with the manifest before any of them is decoded.
    """

    def __init__(self, folder: Path, check: bool = True) -> None:
        """Open `folder`. Without `check` only the manifest is verified: for a folder just written and checked.

        Raises:
            NoIndexError: no such folder.
            SchemaError: written by another version.
            DamagedError: a file is not what the manifest says; it names the file.
        """
        self.folder = folder
        self._lock = _lock_shared(folder)
        self._blobs: list[BlobFile] = []
        self._mapped: dict[str, npt.NDArray[Any]] = {}
        try:
            self.manifest = read_manifest(folder)
            if check:
                check_files(folder, self.manifest)
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        try:
            self.vectors = VectorIndex.from_file(self.folder / "vectors.faiss")
            self.lexical = LexicalIndex.open(self.folder / "lexical")
            self.columns = Columns.open(self.folder / "columns")
            self.listed = read_listed((self.folder / "resolutions.json").read_bytes())
            self._passages, self._resolutions, self._sources = (
                self._blob(name) for name in ("passages.blob", "resolutions.blob", "sources.blob")
            )
        except StoreError:
            raise
        except Exception as error:
            raise DamagedError(self.folder, f"cannot be opened ({type(error).__name__}: {error})") from error
        self._codec = RecordCodec()
        self._number = {one.symbol: number for number, one in enumerate(self.listed)}
        self._cache: OrderedDict[int, Resolution] = OrderedDict()
        self._cache_lock = threading.Lock()
        self._compare_counts()

    def _blob(self, name: str) -> BlobFile:
        blob = BlobFile(self.folder / name)
        self._blobs.append(blob)
        return blob

    def _compare_counts(self) -> None:
        counts, dim = self.manifest.counts, self.manifest.encoder.dim
        found = {
            "vectors": (self.vectors.n, counts.passages),
            "vector dimensions": (self.vectors.dim, dim),
            "lexical rows": (self.lexical.n, counts.passages),
            "columns": (self.columns.n, counts.passages),
            "passages": (len(self._passages), counts.passages),
            "resolutions": (len(self._resolutions), counts.resolutions),
            "sources": (len(self._sources), counts.resolutions),
            "listed resolutions": (len(self.listed), counts.resolutions),
        }
        for what, (has, wanted) in found.items():
            if has != wanted:
                raise DamagedError(self.folder, f"{has} {what} where the manifest counts {wanted}")

    @property
    def place(self) -> Path:
        """The index folder that it is a generation of."""
        return self.folder.parent

    @property
    def id(self) -> str:
        """The generation's name without `gen-`."""
        return self.manifest.id

    @property
    def n_passages(self) -> int:
        """How many passages can be searched."""
        return self.manifest.counts.passages

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The canonical symbols of all resolutions, in the order of `listed`."""
        return tuple(one.symbol for one in self.listed)

    @cached_property
    def adoptions(self) -> tuple[Ints, Rows]:
        """The dates of adoption in the order of the rows, and how many rows beside each other have each.

        They are few, for rows lie resolution by resolution.
        """
        adopted = self.columns.adopted
        starts = np.flatnonzero(np.diff(adopted, prepend=adopted[:1] - 1))
        return adopted[starts], np.diff(starts, append=len(adopted))

    @cached_property
    def years(self) -> dict[str, list[Stretch]]:
        """Of every organ, in the order of their names, the stretches of years of adoption held, which no gap of more than `_GAP` years
        breaks; none of an organ whose texts' years are not known.
        """
        held: dict[str, list[Stretch]] = {organ: [] for organ in sorted({one.organ for one in self.listed})}
        for organ, year in sorted((one.organ, one.year) for one in self.listed if one.year):
            spans = held[organ]
            last = spans.pop() if spans and year - spans[-1].last <= _GAP else Stretch(year, year, 0)
            spans.append(Stretch(last.first, year, last.n + 1))
        return held

    def titles_of(self, symbols: Sequence[str]) -> dict[str, str]:
        """Of some resolutions (canonical symbols) those that are held, with their titles."""
        return {one: self.listed[self._number[one]].title for one in symbols if one in self._number}

    def titled(self, words: str, k: int) -> list[str]:
        """At most `k` lines "title (symbol)" that hold the last of `words`, those that begin with them first."""
        return suggest(words, (f"{one.title} ({one.symbol})" if one.title else one.symbol for one in self.listed), k)

    def mentions_of(self, symbol: str) -> list[tuple[str, str, str, str | None]]:
        """(citing symbol, label, text as printed, paragraph named) of every mention in others."""
        return [(one.citing, one.label, one.text, one.paragraph) for one in self._cited.get(symbol, ())]

    def holds(self, symbol: str) -> bool:
        """Whether the corpus has this resolution (canonical symbol)."""
        return symbol in self._number

    def listed_at(self, number: int) -> Listed:
        """The short form of the resolution at `number`."""
        return self.listed[number]

    def all_listed(self) -> Sequence[Listed]:
        """The short forms of all resolutions, in order."""
        return self.listed

    def all_stored(self) -> Iterator[Stored]:
        """All that is stored of every resolution, in order."""
        for number in range(len(self.listed)):
            rows = self.columns.rows_of_resolution(number)
            passages = tuple(self.raw_passages(number))
            yield Stored(*self.raw_record(number), passages, self.vectors_of(rows), self.content_hashes()[rows])

    @cached_property
    def _cited(self) -> Mapping[str, tuple[mentions.Citing, ...]]:
        """Cited symbol -> its mentions in other resolutions; read out of all records when first asked for."""
        with self._reading("resolutions.blob"):
            return mentions.mentions_of(self._resolutions[number] for number in range(len(self._resolutions)))

    def number_of(self, symbol: str) -> int:
        """Where `symbol` (canonical) stands in `listed`.

        Raises:
            NotFoundError: the corpus does not hold it; the error names what is written most alike.
        """
        if symbol not in self._number:
            raise NotFoundError(symbol, tuple(difflib.get_close_matches(symbol, self._number, 3)))
        return self._number[symbol]

    def passage(self, row: int) -> Passage:
        """The passage at `row` of the vectors, the lexical index and the columns."""
        with self._reading("passages.blob"):
            return self._codec.decode_passage(self._passages[row])

    def tokens(self, row: int) -> bytes:
        """The vectors of the row's tokens as they are stored; empty where the encoder gives none."""
        return self._codec.tokens_in(self._passages[row])

    def read(self, rows: Sequence[int]) -> list[tuple[Passage, bytes]]:
        """The passages at some rows, and the vectors of their tokens."""
        with self._reading("passages.blob"):
            found = [self._passages[row] for row in rows]
            return [(self._codec.decode_passage(raw), self._codec.tokens_in(raw)) for raw in found]

    def resolution(self, symbol: str) -> Resolution:
        """The record of `symbol` (canonical), with its source's text, whose sha256 has been compared.

        Raises:
            NotFoundError: the corpus does not hold it.
        """
        return self.resolution_at(self.number_of(symbol))

    def resolution_at(self, number: int) -> Resolution:
        """The record of the resolution at `number` of `listed`; the most recently used stay decoded."""
        with self._cache_lock:
            if number in self._cache:
                self._cache.move_to_end(number)
                return self._cache[number]
        text = self._sources[number]
        with self._reading("resolutions.blob"):
            found = self._codec.decode_resolution(self._resolutions[number], text.decode("utf-8", errors="replace"))
        if hashlib.sha256(text).hexdigest() != found.source.text_sha256:
            raise DamagedError(self.folder / "sources.blob", f"the text of {found.symbol} is not what was indexed")
        with self._cache_lock:
            self._cache[number] = found
            if len(self._cache) > _CACHED_RESOLUTIONS:
                self._cache.popitem(last=False)
        return found

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        """Whatever cannot be decoded although it was whole when it was opened has been damaged since."""
        try:
            yield
        except (msgspec.MsgspecError, UnicodeDecodeError, SymbolError) as error:
            raise DamagedError(self.folder / name, f"changed while it was served ({error})") from error

    def paragraph(self, paragraph_id: str) -> tuple[Resolution, Paragraph]:
        """The paragraph with this id, and its resolution.

        Raises:
            NotFoundError: the corpus does not hold it.
        """
        number, at = self._place(paragraph_id)
        resolution = self.resolution_at(number)
        return resolution, resolution.paragraphs[at]

    def paragraph_rows(self, paragraph_id: str) -> Rows:
        """The rows of the windows of one paragraph, in order.

        Raises:
            NotFoundError: the corpus does not hold it.
        """
        number, at = self._place(paragraph_id)
        first = self.columns.bounds_of(number)[0] + sum(self.listed[number].windows[:at])
        return np.arange(first, first + self.listed[number].windows[at], dtype=np.int64)

    def _place(self, paragraph_id: str) -> tuple[int, int]:
        symbol, label = parts_of(paragraph_id)
        number = self.number_of(symbol)
        for at, (found, _, _) in enumerate(self.listed[number].paragraphs):
            if found == label:
                return number, at
        raise NotFoundError(paragraph_id, tuple(f"{symbol}#{one}" for one, _, _ in self.listed[number].paragraphs[:3]))

    # What a builder takes over into the next generation, as it lies on disk.

    def raw_record(self, number: int) -> tuple[bytes, bytes]:
        """The encoded record and the source text of one resolution."""
        return self._resolutions[number], self._sources[number]

    def raw_passages(self, number: int) -> list[bytes]:
        """The encoded passages of one resolution."""
        return [self._passages[int(row)] for row in self.columns.rows_of_resolution(number)]

    def vectors_at(self, number: int) -> npt.NDArray[np.float32]:
        """The vectors of one resolution's passages as the encoder gave them."""
        return self.stored_vectors()[self.rows_at(number)]

    def hashes_at(self, number: int) -> npt.NDArray[np.uint8]:
        """The content hashes of one resolution's passages."""
        return self.content_hashes()[self.rows_at(number)]

    def rows_at(self, number: int) -> slice:
        """The rows of one resolution's passages, which lie side by side."""
        return slice(*self.columns.bounds_of(number))

    def stored_vectors(self) -> npt.NDArray[np.float32]:
        """The vectors as the encoder gave them, (n, dim), mapped from disk."""
        return self._arrays("vectors.npy")

    def vectors_of(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The vectors of some rows as the encoder gave them."""
        return np.array(self.stored_vectors()[rows])

    def content_hashes(self) -> npt.NDArray[np.uint8]:
        """What each row's vector was made from, hashed, (n, 16)."""
        return self._arrays("hashes.npy")

    def _arrays(self, name: str) -> npt.NDArray[Any]:
        if name not in self._mapped:
            self._mapped[name] = np.load(self.folder / name, mmap_mode="r", allow_pickle=False)
        return self._mapped[name]

    def close(self) -> None:
        """Give back the files and the lock; may be called twice."""
        for blob in self._blobs:
            blob.close()
        for mapped in ("vectors", "lexical", "columns", "_mapped"):  # the maps go when nobody holds them
            self.__dict__.pop(mapped, None)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _lock_shared(folder: Path) -> int:
    """A handle on the folder's manifest that keeps publishers from removing the folder."""
    path = folder / MANIFEST_NAME
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        if folder.is_dir():
            raise DamagedError(path, "is missing") from error
        raise NoIndexError(folder, "no such generation") from error
    except OSError as error:
        raise DamagedError(path, f"cannot be read ({error.strerror})") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise NoIndexError(folder, "the generation is being removed") from error
    return handle


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file of a generation with its manifest.

    Raises:
        DamagedError: the first that differs, in the manifest's order.
    """
    with ThreadPoolExecutor(cores()) as pool:  # hashing leaves the interpreter free: files side by side
        found = pool.map(lambda name: find_damage(folder / name, manifest.files[name]), manifest.files)
        for name, why in zip(manifest.files, found, strict=True):
            if why:
                raise DamagedError(folder / name, why)


def find_damage(path: Path, entry: FileEntry) -> str | None:
    """What is wrong with one file; None where nothing is."""
    try:
        size = path.stat().st_size
        if size != entry.size:
            return f"{size} bytes where the manifest says {entry.size}"
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None if digest == entry.sha256 else "changed since it was written (its sha256 differs)"
