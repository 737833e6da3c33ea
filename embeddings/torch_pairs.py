"""The reference pair scorer: a cross-encoder of sentence-transformers. Needs the extra `models`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import TorchPairSpec
from embeddings.errors import ExtraMissingError, WeightsError
from embeddings.readings import TextScorer
from embeddings.sources import check_folder, locate
from embeddings.torch_encoder import refuse_unsafe


class TorchPairScorer(TextScorer):
    """A cross-encoder with one logit, from local safetensors."""

    def __init__(self, spec: TorchPairSpec, threads: int = 1) -> None:
        folder = locate(spec.name, spec.source, Path(spec.root))
        check_folder(spec.name, folder, spec.files, f"see models.{spec.name}.source in models.toml")
        self.name = spec.name
        parts = [f"{file}={digest}" for file, digest in sorted(spec.files.items())]
        self.sha256 = hashlib.sha256("\n".join([*parts, str(spec.max_tokens)]).encode()).hexdigest()
        self._model = load_cross_encoder(folder, threads)
        self._model.max_seq_length = spec.max_tokens

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Raw logits, float32 (n,)."""
        import torch

        if not passages:
            return np.empty(0, dtype=np.float32)
        pairs = [(query, passage) for passage in passages]
        found = self._model.predict(pairs, activation_fn=torch.nn.Identity(), batch_size=8, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(-1)


def load_cross_encoder(folder: Path, threads: int) -> Any:
    """A CrossEncoder on the CPU from a local folder.

    Raises:
        ExtraMissingError: torch or sentence-transformers is not installed.
        WeightsError: pickled weights, code of its own, or more than one logit.
    """
    refuse_unsafe(folder)
    try:
        import torch
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ExtraMissingError(error.name or "torch", "loading a model of kind 'torch-pairs'") from error
    torch.set_num_threads(threads)
    options = {"use_safetensors": True, "attn_implementation": "eager"}
    model = CrossEncoder(
        str(folder), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options
    )
    if model.config.num_labels != 1:
        raise WeightsError(f"{folder} gives {model.config.num_labels} logits a pair; a pair scorer gives one")
    return model.eval()
