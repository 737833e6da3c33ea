"""Passages -> vectors, each encoded once: what the parent or an interrupted build has made already is taken over."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embeddings.late import TokenEncoder
from qa.collect import Readings
from qa.errors import EncodingError
from qa.passages import cut, passage_input
from qa.progress import Progress
from qa.records import Passage
from qa.scratch import Scratch
from qa.store.codec import RecordCodec
from qa.store.columns import Listed, Sharing
from qa.store.draft import list_new
from qa.store.generation import Generation
from qa.store.manifest import EncoderEntry
from qa.store.spool import Spool
from qa.store.vector_cache import HASH_SIZE, VectorCache

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

_BATCH = 512  # many batches for the encoder to divide among cores; what an interrupted build may lose
_TAKEN = 4096  # vectors of the parent copied at once


class PassageEncoder(Protocol):
    """What building needs of an encoder; the encoders of `embeddings` have it."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def dim(self) -> int: ...  # noqa: D102
    @property
    def max_tokens(self) -> int: ...  # noqa: D102
    def encode_passages(self, texts: list[str]) -> Vectors: ...  # noqa: D102
    def count_tokens(self, texts: list[str]) -> list[int]: ...  # noqa: D102


def entry_of(encoder: PassageEncoder) -> EncoderEntry:
    """How the manifest names an encoder."""
    return EncoderEntry(
        name=encoder.name,
        sha256=encoder.sha256,
        dim=encoder.dim,
        query_prefix=str(getattr(encoder, "query_prefix", "")),
        passage_prefix=str(getattr(encoder, "passage_prefix", "")),
    )


def hash_of(entry: EncoderEntry, passage: Passage) -> bytes:
    """What a passage's vector depends on, hashed: the model, its prefix, and what it sees."""
    known = f"{entry.sha256}\0{entry.name}\0{entry.dim}\0{entry.passage_prefix}\0{passage_input(passage)}"
    return hashlib.blake2b(known.encode("utf-8"), digest_size=HASH_SIZE).digest()


class Cuts:
    """Resolutions cut into passages, and their vectors once `encode` has been called: a `qa.store.shelf.Shelf`.

    Texts, vectors and records lie on disk. Memory holds the short form of each resolution, and of a passage its content
    hash and a few numbers.
    """

    def __init__(self, readings: Readings, encoder: PassageEncoder, cache: VectorCache, scratch: Scratch) -> None:
        """None yet; `cache` keeps their vectors, and `scratch` the passages."""
        self._readings = readings
        self._encoder = encoder
        self._cache = cache
        self._entry = entry_of(encoder)
        self._codec = RecordCodec()
        self._passages = Spool(scratch)
        self._listed: list[Listed] = []
        self._sharing = Sharing()
        self._first = array("q", [0])
        self._keys = bytearray()
        self._lengths = array("i")
        self._records: Rows = np.empty(0, dtype=np.int64)  # of each passage, in the cache

    def __len__(self) -> int:
        return len(self._listed)

    def put(self, symbol: str) -> None:
        """Cut the reading of `symbol`."""
        resolution = self._readings[symbol]
        passages = cut(resolution, self._encoder.max_tokens, self._encoder.count_tokens)
        for passage in passages:
            self._passages.append(self._codec.encode_passage(passage))
            self._keys += hash_of(self._entry, passage)
            self._lengths.append(len(passage_input(passage)))
        self._listed.append(self._sharing.share(list_new(resolution, passages)))
        self._first.append(len(self._passages))

    def encode(self, parent: Generation | None, progress: Progress) -> tuple[int, int]:
        """Have a vector for every passage; gives how many texts were encoded, and how many of them were taken over.

        Raises:
            EncodingError: the encoder gives the wrong shape, or numbers that are not finite or not of length 1.
        """
        keys, first, back = np.unique(_hashes(self._keys), return_index=True, return_inverse=True)
        records = np.full(len(keys), -1, dtype=np.int64)
        rows, found = _matches(self._cache.keys, keys)
        records[found] = rows
        if parent is not None:
            self._take_over(parent, keys, records)
        missing = np.flatnonzero(records < 0)
        n_reused = len(keys) - len(missing)
        missing = missing[np.argsort(np.array(self._lengths)[first[missing]], kind="stable")]
        for start in range(0, len(missing), _BATCH):
            progress("encode", start, len(missing))
            batch = missing[start : start + _BATCH]
            records[batch] = self._encode_batch(first[batch])
        progress("encode", len(missing), len(missing))
        self._records = records[back]
        return len(missing), n_reused

    def _take_over(self, parent: Generation, keys: npt.NDArray[np.bytes_], records: Rows) -> None:
        """Copy into the cache what the parent has and the cache has not."""
        rows, found = _matches(_hashes(parent.content_hashes().tobytes()), keys)
        new = records[found] < 0
        rows, found = rows[new], found[new]
        for start in range(0, len(rows), _TAKEN):
            some, at = rows[start : start + _TAKEN], found[start : start + _TAKEN]
            tokens = [parent.tokens(row) for row in some.tolist()]
            records[at] = self._cache.put(_padded(keys[at]), parent.vectors_of(some), tokens)

    def _encode_batch(self, rows: Rows) -> range:
        texts = [passage_input(self._codec.decode_passage(self._passages[row])) for row in rows.tolist()]
        vectors, tokens = encode_batch(self._encoder, texts)
        _check(self._encoder, vectors, len(texts))
        keys = [bytes(self._keys[HASH_SIZE * row : HASH_SIZE * (row + 1)]) for row in rows.tolist()]
        return self._cache.put(keys, vectors, tokens)

    def rows_at(self, number: int) -> range:
        """The numbers of a resolution's passages among all that were cut."""
        return range(self._first[number], self._first[number + 1])

    def listed_at(self, number: int) -> Listed:
        """As `Shelf`."""
        return self._listed[number]

    def raw_record(self, number: int) -> tuple[bytes, bytes]:
        """As `Shelf`."""
        return self._readings.raw(self._listed[number].symbol)

    def raw_passages(self, number: int) -> Sequence[bytes]:
        """As `Shelf`."""
        return [
            self._codec.with_tokens(self._passages[row], self._cache.tokens(int(self._records[row])))
            for row in self.rows_at(number)
        ]

    def vectors_at(self, number: int) -> Vectors:
        """As `Shelf`."""
        vectors = [self._cache.vector(int(self._records[row])) for row in self.rows_at(number)]
        return np.array(vectors, dtype=np.float32).reshape(-1, self._entry.dim)

    def hashes_at(self, number: int) -> npt.NDArray[np.uint8]:
        """As `Shelf`."""
        rows = self.rows_at(number)
        raw = bytes(self._keys[HASH_SIZE * rows.start : HASH_SIZE * rows.stop])
        return np.frombuffer(raw, dtype=np.uint8).reshape(-1, HASH_SIZE)


def cache_of(encoder: PassageEncoder, folder: Path) -> VectorCache:
    """The vectors of `encoder` that an interrupted build left in `folder`, or none."""
    return VectorCache(folder, encoder.sha256 or encoder.name, encoder.dim)


def _hashes(raw: bytes | bytearray) -> npt.NDArray[np.bytes_]:
    return np.frombuffer(bytes(raw), dtype=f"S{HASH_SIZE}")


def _padded(keys: npt.NDArray[np.bytes_]) -> list[bytes]:
    """The hashes in full: numpy leaves zeros at the end out."""
    return [key.ljust(HASH_SIZE, b"\0") for key in keys.tolist()]


def _matches(known: npt.NDArray[np.bytes_], wanted: npt.NDArray[np.bytes_]) -> tuple[Rows, Rows]:
    """Which of `known` are in `wanted` (sorted, each once), and where there; one of `known` for each at most."""
    if not len(wanted):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(wanted, known), len(wanted) - 1)
    rows = np.flatnonzero(wanted[at] == known)
    found, first = np.unique(at[rows], return_index=True)
    return rows[first], found


def encode_batch(encoder: PassageEncoder, texts: list[str]) -> tuple[Vectors, list[bytes]]:
    """The vectors of some texts and those of their tokens, which are empty where the encoder gives none."""
    if isinstance(encoder, TokenEncoder) and encoder.token_dim:
        return encoder.encode_passages_by_token(texts)
    return encoder.encode_passages(texts), [b""] * len(texts)


def _check(encoder: PassageEncoder, vectors: Vectors, n: int) -> None:
    if vectors.shape != (n, encoder.dim):
        raise EncodingError(encoder.name, f"gave an array of shape {vectors.shape}, not {(n, encoder.dim)}")
    norms = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(vectors).all() or not np.allclose(norms, 1.0, atol=1e-3):
        raise EncodingError(encoder.name, "gave vectors that are not finite or not of length 1")
