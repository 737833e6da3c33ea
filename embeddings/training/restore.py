"""`python -m embeddings.training.restore`: weights that ship in 8 bits become weights that can be trained further.

The graph is the one that `embeddings.streamline` writes. What it computes is kept, not how its parts were called before: the
biases that it moved from products to normalisations stay there, and constants between two products stay in the second.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import load_file, save_file

from embeddings.training.folders import TOKEN_FILE

_WEIGHTS = "model.safetensors"
_PRODUCTS = (
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
_PER_LAYER = len(_PRODUCTS)
Floats = NDArray[np.float32]


def restore(graph: Path, like: Path, out: Path) -> None:
    """Write a folder as `embeddings.training` starts from.

    Args:
        graph: model.onnx of a BERT encoder with mean pooling, exported in 8 bits.
        like: folder of the published weights it was once trained from: the layout, the tokenizer and unused weights.
        out: the folder to write; made if missing.

    Raises:
        ValueError: the graph is of another kind, or not of the shape of `like`.
    """
    shutil.copytree(like, out, dirs_exist_ok=True)
    found, token_map = _weights(onnx.load(graph))
    kept = load_file(like / _WEIGHTS)
    prefix = "bert." if any(name.startswith("bert.") for name in kept) else ""
    for name, value in found.items():
        whole = prefix + name
        if whole not in kept or kept[whole].shape != value.shape:
            raise ValueError(
                f"{like / _WEIGHTS} has no {whole} of shape {value.shape}: not what this graph was made from"
            )
        kept[whole] = torch.from_numpy(np.array(value))
    save_file({name: value.contiguous() for name, value in kept.items()}, out / _WEIGHTS, metadata={"format": "pt"})
    if token_map is not None:
        save_file({"weight": torch.from_numpy(np.array(token_map.T, order="C"))}, out / TOKEN_FILE)


def _weights(model: Any) -> tuple[dict[str, Floats], Floats | None]:
    """The tensors of a BERT by their usual names, and the map of token vectors (width, token dim) where there is one."""
    constants = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    by_output = {name: node for node in model.graph.node for name in node.output}
    kinds: dict[str, list[Any]] = {}
    for node in model.graph.node:
        kinds.setdefault(node.op_type, []).append(node)
    products, norms = kinds.get("MatMulIntegerToFloat", []), kinds.get("LayerNormalization", [])
    n_layers = len(kinds.get("Attention", []))
    if not n_layers or len(products) != _PER_LAYER * n_layers or len(norms) != 2 * n_layers + 1:
        raise ValueError("not an encoder that this version exported in 8 bits")

    def matrix(node: Any) -> Floats:
        """(inputs, outputs): constants before the product, codes, and steps, multiplied."""
        codes, steps = (constants[node.input[at]].astype(np.float32) for at in (1, 3))
        before = by_output[by_output[node.input[0]].input[0]]
        smoothed = before.op_type == "Mul" and before.input[1] in constants
        inverse: Floats = constants[before.input[1]][:, None] if smoothed else np.ones((1, 1), np.float32)
        return np.asarray(codes * steps * inverse, np.float32)

    out: dict[str, Floats] = {}

    def norm(name: str, node: Any) -> None:
        out[f"{name}.weight"], out[f"{name}.bias"] = constants[node.input[1]], constants[node.input[2]]

    tables = [constants[node.input[0]] for node in kinds["Gather"]]
    width = tables[0].shape[1]
    out["embeddings.word_embeddings.weight"] = tables[0].astype(np.float32) * tables[1]
    places: Floats = constants[kinds["Slice"][0].input[0]]
    out["embeddings.position_embeddings.weight"] = places
    out["embeddings.token_type_embeddings.weight"] = np.zeros((2, width), np.float32)
    norm("embeddings.LayerNorm", norms[0])
    for at in range(n_layers):
        layer = f"encoder.layer.{at}"
        for name, product in zip(_PRODUCTS, products[_PER_LAYER * at :], strict=False):
            weight = matrix(product)
            out[f"{layer}.{name}.weight"] = weight.T
            out[f"{layer}.{name}.bias"] = (
                constants[product.input[6]] if len(product.input) > 6 else np.zeros(weight.shape[1], np.float32)
            )
        norm(f"{layer}.attention.output.LayerNorm", norms[2 * at + 1])
        norm(f"{layer}.output.LayerNorm", norms[2 * at + 2])
    maps = [constants[node.input[1]] for node in kinds.get("MatMul", []) if node.input[1] in constants]
    return out, maps[0] if maps else None


def main() -> None:
    """`--graph model.onnx --like FOLDER --out FOLDER`."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("graph", "like", "out"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    given = parser.parse_args()
    restore(given.graph, given.like, given.out)


if __name__ == "__main__":
    main()
