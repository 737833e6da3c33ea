"""Late interaction: an encoder that gives a vector for each token is its own second reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from embeddings.readings import PairReading, TokenVectors

Floats = NDArray[np.float32]


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder whose model may give token vectors; `token_dim` is their length, 0 where it gives none."""

    @property
    def name(self) -> str:
        """The model's name in the catalogue."""

    @property
    def sha256(self) -> str:
        """Digest of all that shapes a vector."""

    @property
    def token_dim(self) -> int:
        """Length of a token's vector."""

    def encode_query_tokens(self, text: str) -> TokenVectors:
        """The tokens of a query."""

    def encode_passage_tokens(self, text: str) -> TokenVectors:
        """The tokens of a passage."""


class LateScorer:
    """Scores a passage by how well every token of the query is met by some token of the passage: 0 to 1.

    Sees what one vector a text blurs (which year, which body, which of two numbers) at the price of one encoding a passage.
    Source: Khattab and Zaharia 2020, "ColBERT", with the mean over the query's tokens instead of the sum.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.sha256 = encoder.sha256

    def read(self, query: str, passages: Sequence[str]) -> list[PairReading]:
        """The mean, over the query's tokens, of the best cosine with a token of the passage.

        Raises:
            TextTooLongError: a text has more tokens than the model reads.
        """
        if not passages:
            return []
        asked = self._encoder.encode_query_tokens(query).vectors
        return [_reading(asked, self._encoder.encode_passage_tokens(text)) for text in passages]


def _reading(asked: Floats, passage: TokenVectors) -> PairReading:
    cosines = asked @ passage.vectors.T
    score = float(cosines.max(axis=1).mean()) if cosines.size else 0.0
    return PairReading(score, cosines, passage.places)
