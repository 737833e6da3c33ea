"""The encoder that serves: onnxruntime and tokenizers, no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import OnnxEncoderSpec
from embeddings.errors import WeightsError
from embeddings.onnx_session import OnnxGraph, open_tokenizer
from embeddings.readings import Places, TokenVectors, packed
from embeddings.texts import batches_by_length, padded, refuse_long

if TYPE_CHECKING:
    from tokenizers import Encoding

_BATCH = 256  # tokens: what a layer works on then stays in a core's own cache
_Keep = Callable[[int, NDArray[np.float32]], None]
_SLAB = 2048  # texts tokenised at a time; an encoding weighs kilobytes, its ids do not


class OnnxEncoder:
    """A sentence encoder exported to ONNX; pooling and normalisation are part of the graph.

    Safe to call from several threads. A text over `max_tokens` is refused, never cut.
    """

    def __init__(self, spec: OnnxEncoderSpec, threads: int = 1, lanes: int = 1) -> None:
        """`threads` work on one batch, and `lanes` batches of one call are in work at once."""
        self.name = spec.name
        self.dim = spec.dim
        self.token_dim = spec.token_dim
        self.max_tokens = spec.max_tokens
        self.sha256 = _digest(spec)
        self._query_prefix = spec.query_prefix
        self._passage_prefix = spec.passage_prefix
        self._tokenizer = open_tokenizer(spec)
        self._longer_prefix = max(
            spec.passage_prefix, spec.query_prefix, key=lambda prefix: len(self._tokenizer.encode(prefix).ids)
        )
        self._graph = OnnxGraph(spec, threads)
        self._lanes = lanes
        self.encode_queries(["warm"])  # a wrong table is refused here, and the first question meets a warm graph

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised.

        Raises:
            TextTooLongError: a text with the query prefix is over `max_tokens`.
        """
        return self._encode(self._query_prefix, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised.

        Raises:
            TextTooLongError: a text with the passage prefix is over `max_tokens`; count with `count_tokens`.
        """
        return self._encode(self._passage_prefix, texts)

    def encode_queries_by_token(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """As `encode_queries`, and for each text the vectors of its tokens, (tokens, token_dim): one pass gives both.

        Raises:
            TextTooLongError: a text with the query prefix is over `max_tokens`.
            WeightsError: the model gives no token vectors (its `token_dim` is 0).
        """
        tokens: dict[int, NDArray[np.float32]] = {}
        vectors = self._encode(self._query_prefix, texts, tokens.__setitem__)
        return vectors, [tokens[row] for row in range(len(texts))]

    def encode_passages_by_token(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[bytes]]:
        """As `encode_passages`, and for each text the vectors of its tokens, as `readings.packed` stores them.

        Raises:
            TextTooLongError: a text with the passage prefix is over `max_tokens`.
            WeightsError: the model gives no token vectors (its `token_dim` is 0).
        """
        tokens = [b""] * len(texts)

        def pack(row: int, vectors: NDArray[np.float32]) -> None:
            tokens[row] = packed(vectors)

        return self._encode(self._passage_prefix, texts, pack), tokens

    def encode_query_tokens(self, text: str) -> TokenVectors:
        """The tokens of a query, prefix included.

        Raises:
            TextTooLongError: the text with its prefix is over `max_tokens`.
            WeightsError: the model gives no token vectors (its `token_dim` is 0).
        """
        return self._encode_tokens(self._query_prefix, text)

    def encode_passage_tokens(self, text: str) -> TokenVectors:
        """The tokens of a passage, as `encode_query_tokens` gives those of a query."""
        return self._encode_tokens(self._passage_prefix, text)

    def passage_places(self, text: str) -> Places:
        """Where the tokens of a passage stand in it, without encoding it: int64 (tokens, 2)."""
        return _places(self._tokenizer.encode(self._passage_prefix + text), len(self._passage_prefix))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones and the longer prefix included: what fits is encoded as a query and a passage."""
        return [len(ids) for ids in self._tokenise(self._longer_prefix, texts)]

    def _tokenise(self, prefix: str, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) == 1:  # no thread pool for one question
            return [self._tokenizer.encode(prefix + texts[0]).ids]
        out: list[list[int]] = []
        for start in range(0, len(texts), _SLAB):
            slab = [prefix + text for text in texts[start : start + _SLAB]]
            out.extend(encoding.ids for encoding in self._tokenizer.encode_batch_fast(slab))
        return out

    def _encode(self, prefix: str, texts: Sequence[str], keep: _Keep | None = None) -> NDArray[np.float32]:
        """The vectors of `texts`; `keep`, where given, is handed each row's vectors of its tokens."""
        ids = self._tokenise(prefix, texts)
        lengths = [len(row) for row in ids]
        refuse_long(lengths, self.max_tokens)
        out = np.empty((len(texts), self.dim), dtype=np.float32)
        batches = list(batches_by_length(lengths, _BATCH))

        def run(rows: NDArray[np.int64]) -> None:
            found = self._graph.run(_feed([ids[row] for row in rows]), *([] if keep is None else ["tokens"]))
            if found[0].shape[1:] != (self.dim,):
                said = f"gives {found[0].shape[-1]} dimensions, models.toml says {self.dim}"
                raise WeightsError(f"model {self.name}: {said}; correct the table")
            out[rows] = found[0]
            if keep is not None:
                for at, row in enumerate(rows.tolist()):
                    keep(row, found[1][at, 1 : lengths[row] - 1])

        if self._lanes == 1 or len(batches) == 1:
            for rows in batches:
                run(rows)
        else:  # whole batches side by side cost an eighth less than the products inside one, divided
            with ThreadPoolExecutor(self._lanes) as pool:
                for _ in pool.map(run, batches):
                    pass
        return out

    def _encode_tokens(self, prefix: str, text: str) -> TokenVectors:
        encoding = self._tokenizer.encode(prefix + text)
        refuse_long([len(encoding.ids)], self.max_tokens)
        _, vectors = self._graph.run(_feed([encoding.ids]), "tokens")
        return TokenVectors(vectors[0, 1:-1], _places(encoding, len(prefix)))


def _places(encoding: Encoding, shift: int) -> Places:
    return np.array(encoding.offsets[1:-1], dtype=np.int64).reshape(-1, 2) - shift


def _feed(ids: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
    tokens = padded(ids, fill=0)
    mask = padded([[1] * len(row) for row in ids], fill=0)
    return {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}


def _digest(spec: OnnxEncoderSpec) -> str:
    """Over all that shapes a vector; files by their pinned sha256, which opening has checked."""
    parts = [*(f"{file}={digest}" for file, digest in sorted(spec.files.items()))]
    parts += [repr(spec.query_prefix), repr(spec.passage_prefix), str(spec.max_tokens)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
