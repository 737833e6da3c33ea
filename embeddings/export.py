"""Exports a sentence-transformer or a cross-encoder to ONNX, checks it against the original, and writes its TOML table.

Needs the extra `models`. Safetensors only: no pickle is opened and no code from a model's folder is run.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.catalogue import ModelSpec, OnnxEncoderSpec, OnnxPairSpec, TorchEncoderSpec, TorchPairSpec
from embeddings.errors import ExportError, ExtraMissingError, WeightsError
from embeddings.onnx_session import MODEL_FILE, TOKENIZER_FILE
from embeddings.quantise import Precision
from embeddings.sources import check_folder, locate, sha256_of

TOKEN_MAP_FILE = "token_projection.safetensors"  # noqa: S105  # a file's name
_LEAST_COSINE = {Precision.FP32: 0.9999, Precision.FP16: 0.9999, Precision.WEIGHTS8: 0.99, Precision.INT8: 0.98}
_MOST_LOGIT = {Precision.FP32: 0.01, Precision.FP16: 0.02, Precision.WEIGHTS8: 0.5, Precision.INT8: 1.0}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    `table` is the TOML for a catalogue that lies in `folder`'s parent. `agreement` compares with the original over the
    calibration texts: the least cosine for an encoder, the largest difference of a logit for a pair scorer.
    """

    name: str
    folder: Path
    files: dict[str, str]
    table: str
    agreement: float


def export_model(spec: ModelSpec, models: Path, precision: Precision = Precision.INT8) -> Exported:
    """Exports a catalogue's model into `models`/NAME.

    Raises:
        ExportError: nothing to export from, an unknown architecture, or the export strays from the original.
        WeightsMissingError, WeightsTamperedError: the source is not as the catalogue says.
        ExtraMissingError: torch, sentence-transformers or onnx is not installed.
    """
    source = getattr(spec, "source", None)
    if source is None:
        raise ExportError(spec.name, "its table names no source; add one (see docs/models.md)")
    folder = locate(spec.name, source, Path(spec.root))
    if isinstance(spec, TorchEncoderSpec | TorchPairSpec):
        check_folder(spec.name, folder, spec.files, f"see models.{spec.name}.source in models.toml")
    if isinstance(spec, OnnxPairSpec | TorchPairSpec):
        return export_pair_scorer(spec.name, folder, models, precision, spec.max_tokens)
    prefixes = ("", "")
    if isinstance(spec, OnnxEncoderSpec | TorchEncoderSpec):
        prefixes = (spec.query_prefix, spec.passage_prefix)
    return export_encoder(spec.name, folder, models, precision, spec.max_tokens, prefixes)


def export_encoder(
    name: str,
    source: Path,
    models: Path,
    precision: Precision = Precision.INT8,
    max_tokens: int | None = None,
    prefixes: tuple[str, str] | None = None,
) -> Exported:
    """Exports the sentence-transformer in the folder `source` into `models`/NAME.

    `max_tokens` and `prefixes` (query, passage) default to what the folder says of itself.
    """
    from embeddings.torch_encoder import load_sentence_transformer

    original = load_sentence_transformer(source, threads=os.cpu_count() or 1)
    torch_tools = _tools()
    limit = max_tokens or int(original.max_seq_length or 512)
    said = original.prompts or {}
    query, passage = prefixes or (said.get("query") or "", said.get("document") or said.get("passage") or "")
    texts = [text[:800] for text in calibration_texts()]
    tokens = original.tokenizer(texts, padding=True, truncation=True, max_length=limit, return_tensors="np")
    feed = {key: tokens[key].astype(np.int64) for key in ("input_ids", "attention_mask")}
    token_map = _token_map(source)
    graph = torch_tools.trace_encoder(original, token_map)
    content = _shrink(graph, _config(source, original), feed, precision, source)
    wanted = np.asarray(original.encode(texts, prompt="", normalize_embeddings=True, batch_size=1), np.float32)
    found = _run(content, feed)
    least = float((wanted * found).sum(axis=1).min())
    if not least >= _LEAST_COSINE[precision]:
        raise ExportError(name, f"cosine to the original falls to {least:.4f}; try --precision weights8 or fp32")
    files = _write(models / name, content, original.tokenizer)
    keys: dict[str, str | int] = {"kind": "onnx", "dim": int(wanted.shape[1]), "max_tokens": limit}
    keys |= {"token_dim": len(token_map)} if token_map is not None else {}
    keys |= {"query_prefix": query, "passage_prefix": passage}
    return Exported(name, models / name, files, _table(name, keys, files), least)


def export_pair_scorer(
    name: str, source: Path, models: Path, precision: Precision = Precision.INT8, max_tokens: int | None = None
) -> Exported:
    """Exports the cross-encoder (one logit) in the folder `source` into `models`/NAME."""
    from embeddings.torch_pairs import load_cross_encoder

    original = load_cross_encoder(source, threads=os.cpu_count() or 1)
    torch_tools = _tools()
    limit = max_tokens or int(original.max_seq_length or 512)
    texts = [text[:800] for text in calibration_texts()]
    pairs = list(zip(texts[::-1], texts, strict=True))
    left, right = [a[:200] for a, _ in pairs], [b for _, b in pairs]
    tokens = original.tokenizer(
        left, right, padding=True, truncation="only_second", max_length=limit, return_tensors="np"
    )
    given = [key for key in ("input_ids", "attention_mask", "token_type_ids") if key in tokens]
    feed = {key: tokens[key].astype(np.int64) for key in given}
    graph = torch_tools.trace_pairs(original.model, with_types="token_type_ids" in given)
    content = _shrink(graph, _config(source, original), feed, precision, source)
    import torch

    wanted = original.predict(
        list(zip(left, right, strict=True)), activation_fn=torch.nn.Identity(), show_progress_bar=False, batch_size=1
    )
    furthest = float(np.abs(np.asarray(wanted, np.float32).reshape(-1) - _run(content, feed)).max())
    if not furthest <= _MOST_LOGIT[precision]:
        raise ExportError(
            name, f"a logit differs by {furthest:.3f} from the original; try --precision weights8 or fp32"
        )
    files = _write(models / name, content, original.tokenizer)
    keys: dict[str, str | int] = {"kind": "onnx-pairs", "max_tokens": limit}
    return Exported(name, models / name, files, _table(name, keys, files), furthest)


def _token_map(source: Path) -> NDArray[np.float32] | None:
    """The map of token vectors, (token dim, width), that `embeddings.training` leaves beside an encoder's weights."""
    from safetensors.numpy import load_file

    path = source / TOKEN_MAP_FILE
    return np.asarray(load_file(path)["weight"], np.float32) if path.is_file() else None


def calibration_texts() -> list[str]:
    """Texts by which the ranges of a model's inner values are measured; the same for every export."""
    return resources.files("embeddings").joinpath("calibration.txt").read_text(encoding="utf-8").splitlines()


def _tools() -> Any:
    try:
        from embeddings import tracing
    except ImportError as error:
        raise ExtraMissingError(error.name or "onnx", "exporting a model") from error
    return tracing


def _config(source: Path, original: Any) -> tuple[int, int]:
    """Heads and width of the transformer."""
    config = original[0].auto_model.config
    n_heads, width = getattr(config, "num_attention_heads", None), getattr(config, "hidden_size", None)
    if not (isinstance(n_heads, int) and isinstance(width, int)):
        raise ExportError(str(source), "config.json gives no num_attention_heads and hidden_size: not a transformer")
    return n_heads, width


def _shrink(
    graph: Any,
    sizes: tuple[int, int],
    feed: dict[str, NDArray[np.int64]],
    precision: Precision,
    source: Path,
) -> bytes:
    import onnx

    from embeddings.quantise import product_inputs, quantise
    from embeddings.streamline import parts_of, streamline
    from embeddings.tracing import fuse

    fused = fuse(graph, *sizes)
    ranges: dict[str, NDArray[np.float32]] = {}
    if precision is Precision.INT8:
        inputs = product_inputs(fused)
        if not inputs:
            raise ExportError(str(source), "found no products to quantise; try --precision fp32")
        ranges = _ranges(fused, inputs, feed)
    quantise(fused, precision, ranges)
    parts = parts_of(fused) if precision is Precision.INT8 else None
    if parts is not None:
        fused = streamline(
            parts, [row[: mask.sum()] for row, mask in zip(feed["input_ids"], feed["attention_mask"], strict=True)]
        )
    digests = {file.name: sha256_of(file) for file in sorted(source.glob("*.safetensors"))}
    onnx.helper.set_model_props(fused, {"precision": precision.value, **digests})
    content: bytes = fused.SerializeToString(deterministic=True)
    return content


def _ranges(graph: Any, names: list[str], feed: dict[str, NDArray[np.int64]]) -> dict[str, NDArray[np.float32]]:
    """The largest absolute value of each channel of the named tensors over the real tokens of `feed`."""
    import onnx

    probe = onnx.ModelProto()
    probe.CopyFrom(graph)
    probe.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    session = _session(probe.SerializeToString())
    wanted = {node.name for node in session.get_inputs()}
    out: dict[str, NDArray[np.float32]] = {}
    for row, mask in enumerate(feed["attention_mask"]):
        n = int(mask.sum())
        one = {key: value[row : row + 1, :n] for key, value in feed.items() if key in wanted}
        for name, value in zip(names, session.run(names, one), strict=True):
            largest = np.abs(value.reshape(-1, value.shape[-1])).max(axis=0)
            out[name] = np.maximum(out[name], largest) if name in out else largest
    return out


def _run(content: bytes, feed: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
    session = _session(content)
    wanted = {node.name for node in session.get_inputs()}
    found: NDArray[np.float32] = session.run(None, {key: value for key, value in feed.items() if key in wanted})[0]
    return found


def _session(content: bytes) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _write(folder: Path, content: bytes, tokenizer: Any) -> dict[str, str]:
    """Writes both files, each whole or not at all, and gives their digests."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise WeightsError(f"{folder.name}: the model has no fast tokenizer (tokenizer.json); serving needs one")
    backend.no_truncation()
    backend.no_padding()
    folder.mkdir(parents=True, exist_ok=True)
    for file, value in ((MODEL_FILE, content), (TOKENIZER_FILE, backend.to_str().encode())):
        with NamedTemporaryFile(dir=folder, delete=False) as part:
            part.write(value)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(folder / file)
    return {file: sha256_of(folder / file) for file in (MODEL_FILE, TOKENIZER_FILE)}


def _table(name: str, keys: dict[str, str | int], files: dict[str, str]) -> str:
    # JSON strings are TOML strings
    lines = [f"[models.{json.dumps(name)}]", f"folder = {json.dumps(name)}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    lines += [f"files.{json.dumps(file)} = {json.dumps(digest)}" for file, digest in files.items()]
    return "\n".join(lines) + "\n"
