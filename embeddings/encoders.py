"""What an encoder is, and how to get one from its table in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import HashingEncoderSpec, ModelSpec, OnnxEncoderSpec, TorchEncoderSpec
from embeddings.errors import WrongKindError
from embeddings.hashing import HashingEncoder


class Encoder(Protocol):
    """Text to vectors. Safe to call from several threads at once.

    `sha256` is over all that shapes a vector (weights, tokenizer, prefixes, limit): vectors of two encoders may be
    compared only if it is the same. A text fits if and only if `count_tokens` gives at most `max_tokens`.
    """

    @property
    def name(self) -> str:
        """The model's name in the catalogue."""

    @property
    def sha256(self) -> str:
        """Digest of all that shapes a vector."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The most that `count_tokens` may give for a text that is to be encoded."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised; raises TextTooLongError, never cuts."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised; raises TextTooLongError, never cuts."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones and the longer prefix included: what fits is encoded as a query and a passage."""


def load_encoder(spec: ModelSpec, threads: int = 1, lanes: int = 1) -> Encoder:
    """The encoder of a table; one call may use `threads` x `lanes` cores: for one text, and for batches of many.

    Raises:
        WeightsMissingError, WeightsTamperedError: the files are not as the catalogue says.
        ExtraMissingError: kind "torch" without the extra `models`.
        WrongKindError: the table is a pair scorer's.
    """
    match spec:
        case OnnxEncoderSpec():
            from embeddings.onnx_encoder import OnnxEncoder

            return OnnxEncoder(spec, threads, lanes)
        case TorchEncoderSpec():
            from embeddings.torch_encoder import TorchEncoder

            return TorchEncoder(spec, threads * lanes)
        case HashingEncoderSpec():
            return HashingEncoder(spec.dim, spec.max_tokens, spec.name)
        case _:
            raise WrongKindError(spec.name, str(spec.__struct_config__.tag), "encoder")
