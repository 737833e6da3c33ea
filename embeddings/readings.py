"""What comes of reading a text token by token, and a passage against a query."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text by its tokens, the special ones left out.

    Attributes:
        vectors: float32 (tokens, token_dim), L2-normalised.
        places: int64 (tokens, 2), where each stands in the text: code points, half-open.
    """

    vectors: Floats
    places: Places


def packed(vectors: Floats) -> bytes:
    """Token vectors as they are stored: one byte a component, 127 being 1, token after token."""
    return np.round(vectors * 127.0).astype(np.int8).tobytes()


def unpacked(raw: bytes, dim: int) -> Floats:
    """What `packed` stored, float32 (tokens, dim), lengths within a hundredth of 1."""
    vectors = np.frombuffer(raw, dtype=np.int8).reshape(-1, dim).astype(np.float32)
    vectors /= np.float32(127.0)
    return vectors


@dataclass(frozen=True, slots=True)
class PairReading:
    """What a scorer made of one passage.

    Where it reads tokens, `cosines` (query tokens, passage tokens) says how well each meets each.
    """

    score: float
    cosines: Floats | None = None


class TextScorer(ABC):
    """A pair scorer that sees texts, not tokens: one score a pair, and no places."""

    @abstractmethod
    def score(self, query: str, passages: Sequence[str]) -> Floats:
        """One score a passage, float32 (n,), in their order; a higher one is better."""

    def read(
        self, query: str, passages: Sequence[str], tokens: Sequence[bytes] = (), asked: Floats | None = None
    ) -> list[PairReading]:
        """The scores as readings; `tokens` and `asked` are of no use here. Raises as `score`."""
        return [PairReading(float(score)) for score in self.score(query, passages)]

    def places(self, passage: str) -> None:  # noqa: B027  # it does nothing on purpose
        """None: tokens are not read one by one."""
