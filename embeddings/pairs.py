"""Scores a query against passages one pair at a time, for re-ranking."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import Catalogue, ModelSpec, OnnxEncoderSpec, OnnxPairSpec, OverlapPairSpec, TorchPairSpec
from embeddings.encoders import Encoder
from embeddings.errors import WrongKindError
from embeddings.onnx_session import OnnxGraph, open_tokenizer
from embeddings.readings import PairReading, Places, TextScorer
from embeddings.texts import batches_by_length, padded, refuse_long

_BATCH = 256  # tokens: what a layer works on then stays in a core's own cache
_WORD = re.compile(r"\w+")


class PairScorer(Protocol):
    """How well a passage answers a query. Safe to call from several threads at once.

    Scores of two scorers may be compared only if `sha256` is the same.
    """

    @property
    def name(self) -> str:
        """The model's name in the catalogue."""

    @property
    def sha256(self) -> str:
        """Digest of all that shapes a score."""

    def read(
        self,
        query: str,
        passages: Sequence[str],
        tokens: Sequence[bytes] = (),
        asked: NDArray[np.float32] | None = None,
    ) -> list[PairReading]:
        """One reading a passage, in their order; a higher score is better.

        `tokens` are what the index keeps of each passage's tokens, `asked` the vectors of the query's (tokens, token_dim)
        where they are known already; scorers that read text have no use for them.
        """

    def places(self, passage: str) -> Places | None:
        """Where the passage's tokens stand in it, (tokens, 2); None where no tokens are read."""


def load_pair_scorer(spec: ModelSpec, threads: int = 1) -> PairScorer:
    """The pair scorer of a table; `threads` is the number of cores one call may use.

    Raises:
        WeightsMissingError, WeightsTamperedError: the files are not as the catalogue says.
        ExtraMissingError: kind "torch-pairs" without the extra `models`.
        WrongKindError: the table is an encoder's that gives no token vectors.
    """
    match spec:
        case OnnxPairSpec():
            return OnnxPairScorer(spec, threads)
        case OnnxEncoderSpec() if spec.token_dim:
            from embeddings.late import LateScorer
            from embeddings.onnx_encoder import OnnxEncoder

            return LateScorer(OnnxEncoder(spec, threads))
        case TorchPairSpec():
            from embeddings.torch_pairs import TorchPairScorer

            return TorchPairScorer(spec, threads)
        case OverlapPairSpec():
            return OverlapPairScorer(spec.name)
        case _:
            raise WrongKindError(spec.name, str(spec.__struct_config__.tag), "pair scorer")


def scorer_for(encoder: Encoder, ranker: str, catalogue: Catalogue, threads: int = 1) -> PairScorer | None:
    """The scorer named `ranker`; None where none is named.

    "encoder" is the encoder itself, reading again token by token with the graph that is open already; None where its model
    gives no token vectors.

    Raises:
        UnknownModelError: the catalogue has no such model.
        And whatever `load_pair_scorer` raises.
    """
    if not ranker:
        return None
    if ranker != "encoder":
        return load_pair_scorer(catalogue.get(ranker), threads)
    from embeddings.late import LateScorer, TokenEncoder

    return LateScorer(encoder) if isinstance(encoder, TokenEncoder) and encoder.token_dim else None


class OnnxPairScorer(TextScorer):
    """A cross-encoder exported to ONNX.

    A passage that does not fit beside the query is scored by its beginning (passages are cut to the encoder's limit
    beforehand, so little or nothing is lost); a query that fills the model by itself is refused.
    """

    def __init__(self, spec: OnnxPairSpec, threads: int = 1) -> None:
        self.name = spec.name
        self.max_tokens = spec.max_tokens
        parts = [f"{file}={digest}" for file, digest in sorted(spec.files.items())]
        self.sha256 = hashlib.sha256("\n".join([*parts, str(spec.max_tokens)]).encode()).hexdigest()
        self._whole = open_tokenizer(spec)
        self._tokenizer = open_tokenizer(spec)
        self._tokenizer.enable_truncation(spec.max_tokens, strategy="only_second")
        self._graph = OnnxGraph(spec, threads)

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Raw logits, float32 (n,).

        Raises:
            TextTooLongError: the query leaves no room for a passage.
        """
        out = np.empty(len(passages), dtype=np.float32)
        if not passages:
            return out
        refuse_long([len(self._whole.encode(query, "").ids)], self.max_tokens - 1)
        found = self._tokenizer.encode_batch_fast([(query, passage) for passage in passages])
        lengths = [len(encoding.ids) for encoding in found]
        for rows in batches_by_length(lengths, _BATCH):
            chosen = [found[row] for row in rows]
            feed = {
                "input_ids": padded([encoding.ids for encoding in chosen], fill=0),
                "attention_mask": padded([encoding.attention_mask for encoding in chosen], fill=0),
                "token_type_ids": padded([encoding.type_ids for encoding in chosen], fill=0),
            }
            out[rows] = self._graph.run(feed)[0].reshape(-1)
        return out


class OverlapPairScorer(TextScorer):
    """The share of the query's words that a passage holds, as log odds: no weights; for tests and dry runs."""

    def __init__(self, name: str = "overlap") -> None:
        self.name = name
        self.sha256 = hashlib.sha256(b"overlap 1").hexdigest()

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Log odds of the smoothed share, float32 (n,)."""
        wanted = set(_WORD.findall(query.lower()))
        shared = np.array([len(wanted & set(_WORD.findall(text.lower()))) for text in passages], dtype=np.float32)
        odds: NDArray[np.float32] = np.log((shared + 0.5) / (len(wanted) - shared + 0.5))
        return odds.astype(np.float32)
