"""An encoder without weights, for tests and dry runs: words hashed into a vector, the same on every machine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.texts import refuse_long

_WORD = re.compile(r"\w+")
_VERSION = 1


class HashingEncoder:
    """Counts of hashed words with hashed signs, L2-normalised. Texts that share words are near; nothing else is meant.

    Queries and passages are treated alike. One token is one word.
    """

    def __init__(self, dim: int = 256, max_tokens: int = 256, name: str = "hashing") -> None:
        self.name = name
        self.dim = dim
        self.max_tokens = max_tokens
        self.sha256 = hashlib.sha256(f"hashing {_VERSION} {dim} {max_tokens}".encode()).hexdigest()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised.

        Raises:
            TextTooLongError: a text is over `max_tokens`.
        """
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `encode_queries`."""
        return self._encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of words of each text."""
        return [len(_words(text)) for text in texts]

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        words = [_words(text) for text in texts]
        refuse_long([len(row) for row in words], self.max_tokens)
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, found in zip(out, words, strict=True):
            for word in found or [""]:
                digest = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
                row[(digest >> 1) % self.dim] += 1.0 if digest & 1 else -1.0
            if not row.any():  # opposite signs met in the same cells
                row[0] = 1.0
        norms: NDArray[np.float32] = np.linalg.norm(out, axis=1, keepdims=True)
        return out / norms


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
