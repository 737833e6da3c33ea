"""The reference encoder: sentence-transformers with torch, behind the same protocol. Needs the extra `models`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import TorchEncoderSpec
from embeddings.errors import ExtraMissingError, WeightsError
from embeddings.sources import check_folder, locate
from embeddings.texts import refuse_long


class TorchEncoder:
    """Any sentence-transformer, from local safetensors; no pickle and no code from the model's folder is run."""

    def __init__(self, spec: TorchEncoderSpec, threads: int = 1) -> None:
        folder = locate(spec.name, spec.source, Path(spec.root))
        check_folder(spec.name, folder, spec.files, f"see models.{spec.name}.source in models.toml")
        self._model = load_sentence_transformer(folder, threads)
        self._model.max_seq_length = spec.max_tokens  # longer texts are refused before it could cut them
        self.name = spec.name
        self.dim = spec.dim
        self.max_tokens = spec.max_tokens
        self._query_prefix = spec.query_prefix
        self._passage_prefix = spec.passage_prefix
        self._longer_prefix = max(
            spec.passage_prefix, spec.query_prefix, key=lambda prefix: self._count(prefix, [""])[0]
        )
        parts = [f"{file}={digest}" for file, digest in sorted(spec.files.items())]
        parts += [repr(spec.query_prefix), repr(spec.passage_prefix), str(spec.max_tokens)]
        self.sha256 = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        found = self.encode_queries(["dimension"]).shape[1]
        if found != self.dim:
            raise WeightsError(f"model {self.name}: gives {found} dimensions, models.toml says {self.dim}; correct it")

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised; raises TextTooLongError."""
        return self._encode(self._query_prefix, texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text, float32 (n, dim), L2-normalised; raises TextTooLongError."""
        return self._encode(self._passage_prefix, texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones and the longer prefix included: what fits is encoded as a query and a passage."""
        return self._count(self._longer_prefix, texts)

    def _count(self, prefix: str, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        found = self._model.tokenizer([prefix + text for text in texts], truncation=False, padding=False)
        return [len(ids) for ids in found["input_ids"]]

    def _encode(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        refuse_long(self._count(prefix, texts), self.max_tokens)
        out = self._model.encode(
            [prefix + text for text in texts],
            batch_size=8,
            prompt="",  # the prefix is ours, from the catalogue
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(out, dtype=np.float32)


def load_sentence_transformer(folder: Path, threads: int) -> Any:
    """A SentenceTransformer on the CPU from a local folder.

    Raises:
        ExtraMissingError: torch or sentence-transformers is not installed.
        WeightsError: the folder holds pickled weights or modules of its own code.
    """
    refuse_unsafe(folder)
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ExtraMissingError(error.name or "torch", "loading a model of kind 'torch'") from error
    torch.set_num_threads(threads)
    options = {"use_safetensors": True, "attn_implementation": "eager"}
    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options
    )
    return model.eval()


def refuse_unsafe(folder: Path) -> None:
    """Refuses weights that exist only as pickles, and modules that are code from the folder.

    Raises:
        WeightsError: naming the file or module.
    """
    for pickled in sorted([*folder.rglob("*.bin"), *folder.rglob("*.pt"), *folder.rglob("*.pkl")]):
        if not list(pickled.parent.glob("*.safetensors")):
            raise WeightsError(f"{pickled} holds pickled weights, which can run code; save them as safetensors first")
    listing = folder / "modules.json"
    if listing.is_file():
        for module in json.loads(listing.read_text(encoding="utf-8")):
            if not str(module.get("type", "")).startswith("sentence_transformers."):
                raise WeightsError(f"{listing} asks for the module {module.get('type')!r}, which is not this library's")
