"""Questions that are asked at the same time share a batch; a question asked lately is not encoded again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders import Encoder
from embeddings.late import QueryTokens
from embeddings.sharing import Shared

Vector = NDArray[np.float32]
Read = tuple[Vector, Vector | None]
"""A question's vector (dim,) and, where they were asked for, those of its tokens (tokens, token_dim)."""

_Asked = tuple[str, bool]
"""A question, and whether the vectors of its tokens are asked for."""


class AskingEncoder:
    """An encoder for many callers at once; passages and counts go straight to the encoder inside.

    Which questions share a batch is told in `embeddings/sharing.py`: none waits for others to come. One that is asked while
    nothing else is in work may use all cores, by `alone`. One that fails is told so itself; the others of its batch get what
    they would have got alone (to about 1e-7, the rounding of another batch).
    """

    def __init__(self, encoder: Encoder, lanes: int, remembered: int = 0, alone: Encoder | None = None) -> None:
        """`remembered` vectors of the last questions are kept; 0 keeps none. `alone` is the same model on more threads."""
        self._encoder = encoder
        self._alone = alone or encoder
        self._shared = Shared(self._work, lanes, lambda asked: len(asked[0]))
        self._kept = _Kept(remembered)

    @property
    def name(self) -> str:
        """The model's name in the catalogue."""
        return self._encoder.name

    @property
    def sha256(self) -> str:
        """Digest of all that shapes a vector."""
        return self._encoder.sha256

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    @property
    def max_tokens(self) -> int:
        """The most that `count_tokens` may give for a text that is to be encoded."""
        return self._encoder.max_tokens

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """As the encoder inside."""
        return self._encoder.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the encoder inside."""
        return self._encoder.count_tokens(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vector:
        """One row per text, float32 (n, dim), L2-normalised; a single one may share a batch with other callers'."""
        if len(texts) != 1:
            return self._encoder.encode_queries(texts)
        return self._read(texts[0], by_token=False)[0][np.newaxis]

    def encode_queries_by_token(self, texts: Sequence[str]) -> tuple[Vector, list[Vector]]:
        """As `encode_queries`, and for each text the vectors of its tokens; the encoder inside must give them."""
        if len(texts) != 1:
            return _by_token(self._encoder, texts)
        vector, tokens = self._read(texts[0], by_token=True)
        return vector[np.newaxis], [] if tokens is None else [tokens]

    def _read(self, text: str, by_token: bool) -> Read:
        kept = self._kept.get(text)
        if kept is not None and (kept[1] is not None or not by_token):
            return kept[0].copy(), kept[1]
        read = self._shared((text, by_token))
        self._kept.put(text, read)
        return read

    def _work(self, batch: Sequence[_Asked], alone: bool) -> list[Read]:
        encoder = self._alone if alone else self._encoder
        texts = [text for text, _ in batch]
        if not any(by_token for _, by_token in batch):
            return [(vector, None) for vector in encoder.encode_queries(texts)]
        vectors, tokens = _by_token(encoder, texts)
        return list(zip(vectors, tokens, strict=True))


def _by_token(encoder: Encoder, texts: Sequence[str]) -> tuple[Vector, list[Vector]]:
    if not isinstance(encoder, QueryTokens):
        raise TypeError(f"{encoder.name} gives no vectors of tokens")
    return encoder.encode_queries_by_token(texts)


class _Kept:
    """The vectors of the last questions, by a digest: no question's words are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._vectors: OrderedDict[bytes, Read] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str) -> Read | None:
        if not self._most:
            return None
        key = _digest(text)
        with self._lock:
            if key in self._vectors:
                self._vectors.move_to_end(key)
            return self._vectors.get(key)

    def put(self, text: str, read: Read) -> None:
        if not self._most:
            return
        with self._lock:
            self._vectors[_digest(text)] = read[0].copy(), None if read[1] is None else read[1].copy()
            if len(self._vectors) > self._most:
                self._vectors.popitem(last=False)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
