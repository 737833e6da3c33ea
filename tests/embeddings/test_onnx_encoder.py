"""The serving encoder on the weights that ship."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest

from embeddings.catalogue import OnnxEncoderSpec, load_catalogue
from embeddings.encoders import Encoder, load_encoder
from embeddings.errors import TextTooLongError, WeightsError, WeightsMissingError, WeightsTamperedError, WrongKindError
from embeddings.export import calibration_texts
from embeddings.onnx_encoder import OnnxEncoder

pytestmark = pytest.mark.model
GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))["texts"]


@pytest.fixture(scope="module")
def spec() -> OnnxEncoderSpec:
    found = load_catalogue().get("all-MiniLM-L6-v2")
    assert isinstance(found, OnnxEncoderSpec)
    return found


@pytest.fixture(scope="module")
def encoder(spec: OnnxEncoderSpec) -> Encoder:
    return load_encoder(spec)


@pytest.fixture
def copied(spec: OnnxEncoderSpec, tmp_path: Path) -> OnnxEncoderSpec:
    """The model's files in a folder of the test's own."""
    shutil.copytree(Path(spec.root) / spec.folder, tmp_path / "weights")
    return msgspec.structs.replace(spec, root=str(tmp_path), folder="weights")


def test_golden_vectors_of_the_reference(encoder: Encoder) -> None:
    texts = [row["text"] for row in GOLDEN]
    found = encoder.encode_passages(texts)
    assert encoder.count_tokens(texts) == [row["n_tokens"] for row in GOLDEN]
    wanted = np.array([row["vector"] for row in GOLDEN])
    assert np.abs(found[:, :8] - wanted).max() < 0.02  # 8 bits: cosine 0.995 and more
    assert np.abs(wanted).max() > 0.05


def test_vectors_are_normalised_float32_in_the_order_given(encoder: Encoder) -> None:
    texts = calibration_texts()
    found = encoder.encode_passages(texts)
    assert found.dtype == np.float32
    assert found.shape == (len(texts), 384)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert np.allclose(found[::-1], encoder.encode_passages(texts[::-1]), atol=2e-3)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    texts = calibration_texts()
    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_padding_and_empty_texts_do_no_harm(encoder: Encoder) -> None:
    found = encoder.encode_passages(["", "word " * 200, "   "])
    assert np.isfinite(found).all()
    assert np.allclose(found[0], found[2], atol=2e-3)


def test_the_limit_is_exact_and_nothing_is_cut(encoder: Encoder) -> None:
    fits = "word " * (encoder.max_tokens - 2)
    assert encoder.count_tokens([fits]) == [encoder.max_tokens]
    assert encoder.encode_passages([fits]).shape == (1, 384)
    with pytest.raises(TextTooLongError) as caught:
        encoder.encode_queries(["short", fits + "word"])
    assert (caught.value.rows, caught.value.n_tokens, caught.value.max_tokens) == ((1,), (257,), 256)


def test_queries_and_passages_take_their_own_prefixes(spec: OnnxEncoderSpec, encoder: Encoder) -> None:
    prefixed = OnnxEncoder(msgspec.structs.replace(spec, query_prefix="query: ", passage_prefix="passage: "))
    text = "The troops leave by the end of 2002."
    assert np.array_equal(encoder.encode_queries([text]), encoder.encode_passages([text]))
    assert np.array_equal(prefixed.encode_queries([text]), encoder.encode_queries([f"query: {text}"]))
    assert np.array_equal(prefixed.encode_passages([text]), encoder.encode_passages([f"passage: {text}"]))
    assert not np.allclose(prefixed.encode_queries([text]), prefixed.encode_passages([text]))
    assert prefixed.count_tokens([text])[0] == encoder.count_tokens([text])[0] + 2
    assert prefixed.sha256 != encoder.sha256


def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    texts = calibration_texts()[:8]
    alone = [encoder.encode_queries([text]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda text: encoder.encode_queries([text]), texts * 4))
    assert all(np.array_equal(a, b) for a, b in zip(alone * 4, shared, strict=True))


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_one_changed_byte_is_refused(copied: OnnxEncoderSpec, file: str) -> None:
    path = Path(copied.root) / copied.folder / file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(WeightsTamperedError, match=rf"{file}.*pins.*qa models export") as caught:
        load_encoder(copied)
    assert caught.value.expected == copied.files[file]


def test_a_missing_file_names_the_mend(copied: OnnxEncoderSpec) -> None:
    (Path(copied.root) / copied.folder / "model.onnx").unlink()
    with pytest.raises(WeightsMissingError, match="run: qa models export all-MiniLM-L6-v2"):
        load_encoder(copied)


def test_a_file_without_a_pinned_digest_is_refused(copied: OnnxEncoderSpec) -> None:
    with pytest.raises(WeightsMissingError, match=r"the sha256 of model\.onnx"):
        load_encoder(msgspec.structs.replace(copied, files={"tokenizer.json": copied.files["tokenizer.json"]}))


def test_a_wrong_dimension_in_the_table_is_refused(spec: OnnxEncoderSpec) -> None:
    with pytest.raises(WeightsError, match=r"384 dimensions, models\.toml says 383"):
        load_encoder(msgspec.structs.replace(spec, dim=383))


def test_a_pair_scorer_is_no_encoder() -> None:
    with pytest.raises(WrongKindError, match="'overlap-pairs', which is no encoder"):
        load_encoder(load_catalogue().get("overlap"))


def test_importing_is_light_and_serving_needs_no_torch() -> None:
    code = """
import sys
import embeddings.encoders, embeddings.pairs, embeddings.vectors
heavy = {"torch", "faiss", "onnxruntime", "tokenizers", "sentence_transformers", "transformers", "onnx"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
from embeddings.catalogue import load_catalogue
embeddings.encoders.load_encoder(load_catalogue().get()).encode_queries(["x"])
assert not (heavy - {"onnxruntime", "tokenizers"}) & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    "prefixes", [("a longer prefix for queries: ", "p: "), ("q: ", "a longer prefix for passages: ")]
)
def test_what_is_counted_to_fit_fits_as_a_query_and_as_a_passage(
    spec: OnnxEncoderSpec, prefixes: tuple[str, str]
) -> None:
    prefixed = OnnxEncoder(msgspec.structs.replace(spec, query_prefix=prefixes[0], passage_prefix=prefixes[1]))
    fitting = next(n for n in range(256, 0, -1) if prefixed.count_tokens(["word " * n])[0] <= prefixed.max_tokens)
    assert prefixed.count_tokens(["word " * (fitting + 1)])[0] > prefixed.max_tokens
    assert prefixed.encode_queries(["word " * fitting]).shape == prefixed.encode_passages(["word " * fitting]).shape
