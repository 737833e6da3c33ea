"""Late interaction: an encoder that gives a vector for each token is its own second reader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders import Encoder
from embeddings.readings import PairReading, Places, TokenVectors, unpacked

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

    def encode_passages_by_token(self, texts: Sequence[str]) -> tuple[Floats, list[bytes]]:
        """Vectors of passages, and those of their tokens as they are stored."""

    def passage_places(self, text: str) -> Places:
        """Where the tokens of a passage stand in it."""


@runtime_checkable
class QueryTokens(Protocol):
    """An encoder that gives the vectors of queries and of their tokens in one pass."""

    def encode_queries_by_token(self, texts: Sequence[str]) -> tuple[Floats, list[Floats]]:
        """One row per text, float32 (n, dim), and for each text its tokens', float32 (tokens, token_dim)."""


def encode_query(encoder: Encoder, scorer: object, text: str) -> tuple[Floats, Floats | None]:
    """A query's vector, float32 (1, dim), and the vectors of its tokens where `scorer` will read those of this encoder.

    Raises:
        TextTooLongError: the text with the query prefix is over the limit.
    """
    shared = isinstance(scorer, LateScorer) and scorer.sha256 == encoder.sha256
    if shared and isinstance(encoder, QueryTokens):
        vectors, tokens = encoder.encode_queries_by_token([text])
        return vectors, tokens[0]
    return encoder.encode_queries([text]), None


_BEHIND = (
    0.4  # of a score, what the tokens count in which a passage falls furthest behind the best of those read with it
)
_FURTHEST = 3  # these are one of so many


class LateScorer:
    """Scores passages that are read together by how well every token of the query is met by some token of each; 1 at most.

    Sees what one vector a text blurs (which year, which body, which of two numbers). The passages' tokens are stored when an
    index is built, so that a reading costs a product of two small matrices.
    Source: Khattab and Zaharia 2020, "ColBERT"; of the weights of tokens, `compared`.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.sha256 = encoder.sha256

    def read(
        self, query: str, passages: Sequence[str], tokens: Sequence[bytes] = (), asked: Floats | None = None
    ) -> list[PairReading]:
        """What `compared` makes of the best cosine of each of the query's tokens with a token of each passage.

        `tokens` are those of the passages as stored (b"" where none are), `asked` those of the query as `encode_query`
        gives them; what is not given is encoded now.

        Raises:
            TextTooLongError: a text has more tokens than the model reads.
        """
        if not passages:
            return []
        stored = list(tokens) if tokens else [b""] * len(passages)
        missing = [at for at, raw in enumerate(stored) if not raw]
        if missing:
            for at, raw in zip(
                missing, self._encoder.encode_passages_by_token([passages[at] for at in missing])[1], strict=True
            ):
                stored[at] = raw
        asked = self._encoder.encode_query_tokens(query).vectors if asked is None else asked
        dim = self._encoder.token_dim
        vectors = unpacked(b"".join(stored), dim)
        ends = accumulate((len(raw) // dim for raw in stored), initial=0)
        # Passage by passage: of one large product BLAS would make several threads, which cost ten times as much.
        cosines = [asked @ vectors[start:end].T for start, end in pairwise(ends)]
        met = np.array([one.max(axis=1) if one.size else np.zeros(len(asked), np.float32) for one in cosines])
        return [PairReading(float(score), one) for score, one in zip(compared(met), cosines, strict=True)]

    def places(self, passage: str) -> Places:
        """Where the tokens of a passage, the columns of a reading's `cosines`, stand in it: code points, half-open."""
        return self._encoder.passage_places(passage)


def compared(met: Floats) -> Floats:
    """One score a passage, float32 (passages,), of how well it meets each token: `met`, float32 (passages, tokens), 0 to 1.

    A token counts by how much better than the average the best passage meets it: what all meet alike tells them apart in
    nothing. And the third of its tokens in which a passage falls furthest behind the best counts once more: what is asked for
    and missing here, though another has it, is not made up for by what both have. One passage alone scores its mean.
    """
    if not met.size:
        return np.zeros(len(met), np.float32)
    best = met.max(axis=0)
    lead = best - met.mean(axis=0)
    weights = lead / lead.sum() if lead.sum() > 0 else np.full(len(best), 1 / len(best), np.float32)
    behind = np.sort(best - met, axis=1)[:, -max(1, len(best) // _FURTHEST) :].mean(axis=1)
    scores: Floats = (1 - _BEHIND) * (met @ weights) + _BEHIND * (best.mean() - behind)
    return scores
