"""From torch modules to optimised ONNX graphs. Needs the extra `models`; nothing here runs when serving."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from embeddings.quantise import Graph

_OPSET = 17
_DYNAMIC = {0: "batch", 1: "tokens"}


class _SentenceModule(torch.nn.Module):  # type: ignore[misc]  # torch is not type-checked here
    """Encoder, pooling and normalisation in one; with a map, the tokens' own short vectors as well."""

    def __init__(self, model: Any, token_map: Any = None) -> None:
        super().__init__()
        self.model = model
        self.token_map = token_map

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        found = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        embedding = torch.nn.functional.normalize(found["sentence_embedding"], p=2, dim=1)
        if self.token_map is None:
            return embedding
        tokens = torch.matmul(found["token_embeddings"], self.token_map.T)
        return embedding, torch.nn.functional.normalize(tokens, p=2, dim=2)


class _PairModule(torch.nn.Module):  # type: ignore[misc]
    """One raw logit per pair."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any = None) -> Any:
        found = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return found.logits[:, 0]


def trace_encoder(sentence_transformer: Any, token_map: NDArray[np.float32] | None = None) -> Graph:
    """The graph input_ids, attention_mask -> embedding (batch, dim)[, tokens (batch, tokens, token dim)], normalised."""
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    module = _SentenceModule(sentence_transformer, None if token_map is None else torch.from_numpy(token_map))
    outputs = {"embedding": {0: "batch"}} | ({} if token_map is None else {"tokens": _DYNAMIC})
    return _trace(module, {"input_ids": ids, "attention_mask": mask}, outputs)


def trace_pairs(classifier: Any, with_types: bool) -> Graph:
    """The graph input_ids, attention_mask[, token_type_ids] -> logit (batch,).

    Without types where the model's own tokenizer gives none: a graph that has no such input is not fed it.
    """
    ids = torch.tensor([[101, 7592, 102, 2088, 102], [101, 7592, 102, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
    kinds = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 1, 0]])
    feed = {"input_ids": ids, "attention_mask": mask} | ({"token_type_ids": kinds} if with_types else {})
    return _trace(_PairModule(classifier), feed, {"logit": {0: "batch"}})


def _trace(module: Any, feed: dict[str, Any], outputs: dict[str, dict[int, str]]) -> Graph:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns of every Python branch in the library's code
        torch.onnx.export(
            module.eval(),
            tuple(feed.values()),
            buffer,
            input_names=list(feed),
            output_names=list(outputs),
            dynamic_axes={**dict.fromkeys(feed, _DYNAMIC), **outputs},
            opset_version=_OPSET,
            dynamo=False,
        )
    return onnx.load_from_string(buffer.getvalue())


def fuse(model: Graph, n_heads: int, width: int) -> Graph:
    """The graph with attention, normalisation and activation fused into onnxruntime's operators.

    Attention keeps its projections as products of their own, so that they can be quantised like all others.
    """
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.use_multi_head_attention = True
    options.enable_embed_layer_norm = False  # it would hide the table of words
    # Fused with the sum, onnxruntime's normalisation takes four times as long as alone (measured with 1.32).
    options.enable_skip_layer_norm = False
    options.enable_bias_skip_layer_norm = False
    with TemporaryDirectory() as folder:
        path = Path(folder) / "traced.onnx"
        onnx.save(model, str(path))
        found = optimize_model(
            str(path), "bert", num_heads=n_heads, hidden_size=width, optimization_options=options, opt_level=0
        )
        fused = found.model
    _forget(fused)
    return fused


def _forget(model: Graph) -> None:
    """Drops what tells of the machine that traced it: the same weights give the same file."""
    model.doc_string = ""
    model.graph.name = "main"
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
