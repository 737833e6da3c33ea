"""Passages -> vectors, each encoded once: what the parent or an interrupted build has made already is taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embeddings.late import TokenEncoder
from qa.collect import Progress
from qa.errors import EncodingError
from qa.passages import passage_input
from qa.records import Passage
from qa.store.generation import Generation
from qa.store.manifest import EncoderEntry
from qa.store.vector_cache import HASH_SIZE, VectorCache

Vectors = npt.NDArray[np.float32]

_BATCH = 512  # many batches for the encoder to divide among cores; what an interrupted build may lose


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


@dataclass(slots=True)
class Encoded:
    """Vectors by content hash, those of the tokens (empty where the encoder gives none), and how many were made."""

    vectors: dict[bytes, Vectors] = field(default_factory=dict)
    tokens: dict[bytes, bytes] = field(default_factory=dict)
    n_encoded: int = 0
    n_reused: int = 0

    def keep(self, keys: Sequence[bytes], vectors: Iterable[Vectors], tokens: Sequence[bytes]) -> None:
        """Add some of each."""
        self.vectors.update(zip(keys, vectors, strict=True))
        self.tokens.update(zip(keys, tokens, strict=True))


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


def encode(
    encoder: PassageEncoder,
    wanted: Iterable[tuple[bytes, Passage]],
    parent: Generation | None,
    cache: VectorCache,
    progress: Progress,
) -> Encoded:
    """The vectors of all `wanted` passages, keyed by content hash.

    Raises:
        EncodingError: the encoder gives the wrong shape, or numbers that are not finite or not of length 1.
    """
    texts = {key: passage_input(passage) for key, passage in wanted}
    encoded = _taken_over(texts, parent, cache)
    encoded.n_reused = len(encoded.vectors)
    missing = sorted((key for key in texts if key not in encoded.vectors), key=lambda key: (len(texts[key]), key))
    for start in range(0, len(missing), _BATCH):
        progress("encode", start, len(missing))
        keys = missing[start : start + _BATCH]
        vectors, tokens = encode_batch(encoder, [texts[key] for key in keys])
        _check(encoder, vectors, len(keys))
        cache.put(keys, vectors, tokens)
        encoded.keep(keys, vectors, tokens)
    encoded.n_encoded = len(missing)
    progress("encode", len(missing), len(missing))
    return encoded


def encode_batch(encoder: PassageEncoder, texts: list[str]) -> tuple[Vectors, list[bytes]]:
    """The vectors of some texts and those of their tokens, which are empty where the encoder gives none."""
    if isinstance(encoder, TokenEncoder) and encoder.token_dim:
        return encoder.encode_passages_by_token(texts)
    return encoder.encode_passages(texts), [b""] * len(texts)


def _taken_over(texts: Iterable[bytes], parent: Generation | None, cache: VectorCache) -> Encoded:
    rows = {} if parent is None else {key.tobytes(): row for row, key in enumerate(parent.content_hashes())}
    found = Encoded()
    for key in texts:
        cached = cache.get(key)
        if cached is not None:
            found.keep([key], [cached[0]], [cached[1]])
        elif parent is not None and key in rows:
            found.keep([key], [np.array(parent.stored_vectors()[rows[key]])], [parent.tokens(rows[key])])
    return found


def _check(encoder: PassageEncoder, vectors: Vectors, n: int) -> None:
    if vectors.shape != (n, encoder.dim):
        raise EncodingError(encoder.name, f"gave an array of shape {vectors.shape}, not {(n, encoder.dim)}")
    norms = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(vectors).all() or not np.allclose(norms, 1.0, atol=1e-3):
        raise EncodingError(encoder.name, "gave vectors that are not finite or not of length 1")


def stack(keys: Sequence[bytes], encoded: Encoded, dim: int) -> tuple[Vectors, npt.NDArray[np.uint8]]:
    """Vectors and hashes of `keys`, row by row."""
    vectors = np.array([encoded.vectors[key] for key in keys], dtype=np.float32).reshape(-1, dim)
    return vectors, np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, HASH_SIZE)
