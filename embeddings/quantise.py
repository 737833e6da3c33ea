"""Makes ONNX graphs of transformers smaller and faster: 8-bit tables, 8-bit products, half precision storage.

The 8-bit products differ from onnxruntime's own dynamic quantisation in two ways, both for fidelity. Each token gets
its own scale (onnxruntime takes one for the whole batch, so that a text's vector depends on its neighbours), and
large input channels are divided by a constant that the weights are multiplied with.

Source: Xiao et al., SmoothQuant, 2023 (the constants); Dettmers et al., LLM.int8(), 2022 (a scale per token).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Graph = Any  # onnx.ModelProto: protobuf gives its classes no types
_SMOOTHING = 0.65  # share of the spread that moves from inputs to weights; measured flat between 0.6 and 0.7
_BLOCK = 64
_LARGE = 384 * 384


class Precision(StrEnum):
    """How weights are kept, and what they are multiplied in."""

    FP32 = "fp32"
    FP16 = "fp16"  # kept in 16 bits, multiplied in 32: half the file, no faster
    WEIGHTS8 = "weights8"  # kept in 8 bits, a scale per 64 weights; inputs in blocks of 8 bits
    INT8 = "int8"  # kept and multiplied in 8 bits, a scale per column and per token


def quantise(model: Graph, precision: Precision, ranges: Mapping[str, NDArray[np.float32]]) -> None:
    """Rewrites the graph in place.

    Args:
        model: an onnx.ModelProto.
        precision: the wanted one.
        ranges: for INT8: largest absolute value of each channel of every product's input, by tensor name.
    """
    match precision:
        case Precision.FP32:
            return
        case Precision.FP16:
            _store_half(model)
        case Precision.WEIGHTS8:
            _Rewriter(model).products_by_block()
            _Rewriter(model).tables()
        case Precision.INT8:
            _Rewriter(model).smooth(ranges)
            _Rewriter(model).products_by_token()
            _Rewriter(model).tables()


def product_inputs(model: Graph) -> list[str]:
    """Names of the tensors that are multiplied with constant matrices, without repeats."""
    constants = {tensor.name for tensor in model.graph.initializer}
    found = [node.input[0] for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in constants]
    return list(dict.fromkeys(found))


class _Rewriter:
    """One pass over a graph; nodes are replaced, new constants added, unused ones dropped at the end."""

    def __init__(self, model: Graph) -> None:
        self._model = model
        self._graph = model.graph
        self._constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self._nodes: list[Any] = []

    def smooth(self, ranges: Mapping[str, NDArray[np.float32]]) -> None:
        """Divides each product's input channels by constants, multiplies the weights with them: the same product.

        What comes out of an activation is left as it is: its channels are alike, and are rounded better so.
        """
        activated = {name for node in self._graph.node if node.op_type == "BiasGelu" for name in node.output}
        scales: dict[str, NDArray[np.float64]] = {}
        groups: dict[str, list[str]] = {}
        for node in self._products():
            groups.setdefault(node.input[0], []).append(node.input[1])
        for node in self._graph.node:
            if not self._is_product(node) or node.input[0] in activated:
                self._nodes.append(node)
                continue
            source, matrix = node.input[0], node.input[1]
            if source not in scales:
                scales[source] = _smoothing(ranges[source], [self._array(name) for name in groups[source]])
                inverse = self._constant(f"{source}/inverse", (1 / scales[source]).astype(np.float32))
                self._emit("Mul", [source, inverse], f"{source}/smooth")
            weights = self._array(matrix) * scales[source][:, None]
            node.input[1] = self._constant(f"{matrix}/smooth", weights.astype(np.float32))
            node.input[0] = f"{source}/smooth"
            self._nodes.append(node)
        self._finish()

    def products_by_token(self) -> None:
        """Products with constant matrices in 8 bits: a scale per token (last axis) and per column."""
        self._constant("int8/step", np.array(1 / 127, np.float32))
        self._constant("int8/one", np.array(1, np.float32))
        self._constant("int8/zero", np.array(128, np.uint8))
        self._constant("int8/flat", np.array([-1], np.int64))
        ready: set[str] = set()
        for node in self._graph.node:
            if not self._is_product(node):
                self._nodes.append(node)
                continue
            source, matrix, target = node.input[0], node.input[1], node.output[0]
            weights = self._array(matrix)
            if source not in ready:
                self._quantise_tokens(source, weights.shape[0])
                ready.add(source)
            scale = _scale(weights, axis=0)
            codes = self._constant(f"{matrix}/codes", np.rint(weights / scale).astype(np.int8))
            steps = self._constant(f"{matrix}/steps", scale.reshape(-1).astype(np.float32))
            inputs = [f"{source}/codes", codes, "int8/one", steps, "int8/zero"]
            self._emit("MatMulIntegerToFloat", inputs, f"{target}/units", domain="com.microsoft")
            self._emit("Mul", [f"{target}/units", f"{source}/scale"], target)
        self._finish()

    def _quantise_tokens(self, source: str, width: int) -> None:
        """Emits `source`/codes (unsigned, zero at 128) and `source`/scale, one per token.

        A token whose channels are all zero gets the scale zero, and so the product zero, whatever its codes.
        """
        shape = self._constant(f"{source}/rows", np.array([-1, width], np.int64))
        self._emit("Abs", [source], f"{source}/abs")
        self._emit("ReduceMax", [f"{source}/abs"], f"{source}/max", axes=[-1], keepdims=1)
        self._emit("Mul", [f"{source}/max", "int8/step"], f"{source}/scale")
        self._emit("Reshape", [f"{source}/scale", "int8/flat"], f"{source}/scale_flat")
        if not any(node.output[0] == "int8/zeros" for node in self._nodes):  # all products see the same tokens
            self._emit("Shape", [f"{source}/scale_flat"], "int8/n")
            self._emit("Expand", ["int8/zero", "int8/n"], "int8/zeros")
        self._emit("Reshape", [source, shape], f"{source}/flat")
        flat = [f"{source}/flat", f"{source}/scale_flat", "int8/zeros"]
        self._emit("QuantizeLinear", flat, f"{source}/codes_flat", axis=0)
        self._emit("Shape", [source], f"{source}/shape")
        self._emit("Reshape", [f"{source}/codes_flat", f"{source}/shape"], f"{source}/codes")

    def products_by_block(self) -> None:
        """Products with matrices kept in 8 bits, a scale per block of inputs (onnxruntime's MatMulNBits)."""
        for node in self._graph.node:
            if not self._is_product(node) or self._array(node.input[1]).shape[0] % _BLOCK:
                self._nodes.append(node)
                continue
            matrix = node.input[1]
            weights = self._array(matrix)
            n_in, n_out = weights.shape
            blocks = weights.T.reshape(n_out, n_in // _BLOCK, _BLOCK)
            scale = _scale(blocks, axis=2)
            codes = self._constant(f"{matrix}/codes", (np.rint(blocks / scale) + 128).astype(np.uint8))
            steps = self._constant(f"{matrix}/steps", scale.reshape(-1).astype(np.float32))
            sizes = {"K": n_in, "N": n_out, "bits": 8, "block_size": _BLOCK, "accuracy_level": 4}
            inputs = [node.input[0], codes, steps]
            self._emit("MatMulNBits", inputs, node.output[0], domain="com.microsoft", **sizes)
        self._finish()

    def tables(self) -> None:
        """Large look-up tables (the word embeddings) in 8 bits, a scale per row."""
        for node in self._graph.node:
            table = self._constants.get(node.input[0]) if node.op_type == "Gather" else None
            if table is None or table.data_type != TensorProto.FLOAT or np.prod(table.dims) < 4 * _LARGE:
                self._nodes.append(node)
                continue
            name, rows, target = node.input[0], node.input[1], node.output[0]
            weights = self._array(name)
            scale = _scale(weights, axis=1)
            codes = self._constant(f"{name}/codes", np.rint(weights / scale).astype(np.int8))
            steps = self._constant(f"{name}/steps", scale.astype(np.float32))
            self._emit("Gather", [codes, rows], f"{target}/codes")
            self._emit("Gather", [steps, rows], f"{target}/steps")
            self._emit("Cast", [f"{target}/codes"], f"{target}/units", to=TensorProto.FLOAT)
            self._emit("Mul", [f"{target}/units", f"{target}/steps"], target)
        self._finish()

    def _products(self) -> list[Any]:
        return [node for node in self._graph.node if self._is_product(node)]

    def _is_product(self, node: Any) -> bool:
        return node.op_type == "MatMul" and node.input[1] in self._constants

    def _array(self, name: str) -> NDArray[np.float32]:
        return np.asarray(numpy_helper.to_array(self._constants[name]), dtype=np.float32)

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    def _emit(self, op: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self._nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))

    def _finish(self) -> None:
        del self._graph.node[:]
        self._graph.node.extend(self._nodes)
        used = {name for node in self._graph.node for name in node.input}
        kept = [tensor for tensor in self._graph.initializer if tensor.name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(kept)
        if "com.microsoft" not in {entry.domain for entry in self._model.opset_import}:
            self._model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _scale(weights: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Steps of a symmetric 8-bit code along `axis`; 1 where all weights are zero."""
    largest: NDArray[np.float32] = np.abs(weights).max(axis=axis, keepdims=True)
    return np.where(largest == 0, np.float32(1), largest / np.float32(127)).astype(np.float32)


def _smoothing(inputs: NDArray[np.float32], matrices: list[NDArray[np.float32]]) -> NDArray[np.float64]:
    weights = np.abs(np.concatenate(matrices, axis=1)).max(axis=1).astype(np.float64) + 1e-6
    scale = (inputs.astype(np.float64) + 1e-6) ** _SMOOTHING / weights ** (1 - _SMOOTHING)
    centred: NDArray[np.float64] = scale / np.exp(np.log(scale).mean())
    return centred


def _store_half(model: Graph) -> None:
    """Keeps large constants in 16 bits, cast back before use."""
    graph = model.graph
    casts, kept = [], []
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= _LARGE:
            half = numpy_helper.to_array(tensor).astype(np.float16)
            kept.append(numpy_helper.from_array(half, f"{tensor.name}/half"))
            casts.append(helper.make_node("Cast", [f"{tensor.name}/half"], [tensor.name], to=TensorProto.FLOAT))
        else:
            kept.append(tensor)
    nodes = [*casts, *graph.node]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
