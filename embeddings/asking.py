"""Questions that are asked at the same time share a batch; a question asked lately is not encoded again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders import Encoder
from embeddings.late import QueryTokens

Vector = NDArray[np.float32]
Read = tuple[Vector, Vector | None]
"""A question's vector (dim,) and, where they were asked for, those of its tokens (tokens, token_dim)."""

MOST = 16  # questions a batch: more bring nothing, and the first would wait for the last


class AskingEncoder:
    """An encoder for many callers at once; passages and counts go straight to the encoder inside.

    At most `lanes` batches are in work. A question that comes while a lane is free is encoded at once: nothing is ever
    waited for, and if no other lane is busy either, `alone` may use all cores for it. What comes while all are busy is
    queued; whoever is next, the oldest of the queue, takes along those nearest to it in length, so that little of a batch
    is padding. One that fails is told so itself; the others of its batch get what they would have got alone (to about
    1e-7, the rounding of another batch).
    """

    def __init__(self, encoder: Encoder, lanes: int, remembered: int = 0, alone: Encoder | None = None) -> None:
        """`remembered` vectors of the last questions are kept; 0 keeps none. `alone` is the same model on more threads."""
        self._encoder = encoder
        self._alone = alone or encoder
        self._lanes = self._free = lanes
        self._waiting: deque[_Asked] = deque()
        self._lock = threading.Lock()  # guards the two above; never held while something is encoded
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
        read = self._join(_Asked(text, by_token))
        self._kept.put(text, read)
        return read

    def _join(self, asked: _Asked) -> Read:
        with self._lock:
            leads = self._free > 0
            if leads:
                self._free -= 1
            else:
                self._waiting.append(asked)
        if not leads:
            asked.woken.wait()
        if asked.read is None and asked.error is None:
            self._lead(asked)
        if asked.error is not None:
            raise asked.error
        if asked.read is None:
            raise RuntimeError("a batch ended without a result for one of its questions")
        return asked.read

    def _lead(self, first: _Asked) -> None:
        """Encode `first` and what waits, then hand the lane to the next that came meanwhile."""
        with self._lock:
            batch = [first, *self._like(first)]
            alone = len(batch) == 1 and self._free == self._lanes - 1
        try:
            self._encode(batch, self._alone if alone else self._encoder)
        finally:
            with self._lock:
                following = self._waiting.popleft() if self._waiting else None
                if following is None:
                    self._free += 1
            for asked in batch[1:]:
                asked.woken.set()
            if following is not None:
                following.woken.set()  # wakes without a result: it leads

    def _like(self, first: _Asked) -> list[_Asked]:
        """Takes out of the queue the questions nearest to `first` in length; the caller holds the lock."""
        near = sorted(self._waiting, key=lambda asked: abs(len(asked.text) - len(first.text)))[: MOST - 1]
        for asked in near:
            self._waiting.remove(asked)
        return near

    def _encode(self, batch: list[_Asked], encoder: Encoder) -> None:
        texts = [asked.text for asked in batch]
        tokens: Sequence[Vector | None] = [None] * len(batch)
        try:
            if any(asked.by_token for asked in batch):
                vectors, tokens = _by_token(encoder, texts)
            else:
                vectors = encoder.encode_queries(texts)
        except BaseException as error:  # handed to the thread that asked
            if len(batch) == 1:
                batch[0].error = error
                return
            for asked in batch:
                self._encode([asked], encoder)
            return
        for asked, vector, its_tokens in zip(batch, vectors, tokens, strict=True):
            asked.read = vector, its_tokens


def _by_token(encoder: Encoder, texts: Sequence[str]) -> tuple[Vector, list[Vector]]:
    if not isinstance(encoder, QueryTokens):
        raise TypeError(f"{encoder.name} gives no vectors of tokens")
    return encoder.encode_queries_by_token(texts)


class _Asked:
    """One question on its way."""

    __slots__ = ("by_token", "error", "read", "text", "woken")

    def __init__(self, text: str, by_token: bool) -> None:
        self.text = text
        self.by_token = by_token
        self.read: Read | None = None
        self.error: BaseException | None = None
        self.woken = threading.Event()


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
