"""Questions that are asked at the same time share a batch; a question asked lately is not encoded again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders import Encoder

Vector = NDArray[np.float32]

MOST = 16  # questions a batch: more bring nothing, and the first would wait for the last


class AskingEncoder:
    """An encoder for many callers at once; passages and counts go straight to the encoder inside.

    At most `lanes` batches are in work. A question that comes while a lane is free is encoded at once: nothing is ever
    waited for, and if no other lane is busy either, `alone` may use all cores for it. What comes while all are busy is
    queued, and whoever is next takes all of it along. One that fails is told so itself; the others of its batch get
    what they would have got alone (to about 1e-7, the rounding of another batch).
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
        kept = self._kept.get(texts[0])
        if kept is not None:
            return kept[np.newaxis].copy()
        vector = self._join(_Asked(texts[0]))
        self._kept.put(texts[0], vector)
        return vector[np.newaxis]

    def _join(self, asked: _Asked) -> Vector:
        with self._lock:
            leads = self._free > 0
            if leads:
                self._free -= 1
            else:
                self._waiting.append(asked)
        if not leads:
            asked.woken.wait()
        if asked.vector is None and asked.error is None:
            self._lead(asked)
        if asked.error is not None:
            raise asked.error
        if asked.vector is None:
            raise RuntimeError("a batch ended without a result for one of its questions")
        return asked.vector

    def _lead(self, first: _Asked) -> None:
        """Encode `first` and what waits, then hand the lane to the next that came meanwhile."""
        with self._lock:
            batch = [first, *(self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1)))]
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

    def _encode(self, batch: list[_Asked], encoder: Encoder) -> None:
        try:
            vectors = encoder.encode_queries([asked.text for asked in batch])
        except BaseException as error:  # handed to the thread that asked
            if len(batch) == 1:
                batch[0].error = error
                return
            for asked in batch:
                self._encode([asked], encoder)
            return
        for asked, vector in zip(batch, vectors, strict=True):
            asked.vector = vector


class _Asked:
    """One question on its way."""

    __slots__ = ("error", "text", "vector", "woken")

    def __init__(self, text: str) -> None:
        self.text = text
        self.vector: Vector | None = None
        self.error: BaseException | None = None
        self.woken = threading.Event()


class _Kept:
    """The vectors of the last questions, by a digest: no question's words are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._vectors: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str) -> Vector | None:
        if not self._most:
            return None
        key = _digest(text)
        with self._lock:
            if key in self._vectors:
                self._vectors.move_to_end(key)
            return self._vectors.get(key)

    def put(self, text: str, vector: Vector) -> None:
        if not self._most:
            return
        with self._lock:
            self._vectors[_digest(text)] = vector.copy()
            if len(self._vectors) > self._most:
                self._vectors.popitem(last=False)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
