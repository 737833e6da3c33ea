"""Weights that ship in 8 bits become weights that training starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is missing: make models")
pytest.importorskip("transformers", reason="transformers is missing: make models")
pytest.importorskip("onnx", reason="onnx is missing: make models")

from embeddings.catalogue import OnnxEncoderSpec, load_catalogue  # noqa: E402
from embeddings.encoders import load_encoder  # noqa: E402
from embeddings.sources import locate  # noqa: E402
from embeddings.training.folders import open_encoder  # noqa: E402
from embeddings.training.plan import Plan  # noqa: E402
from embeddings.training.restore import restore  # noqa: E402
from embeddings.training.tokens import Tokens  # noqa: E402
from embeddings.training.views import encode_all  # noqa: E402

pytestmark = [pytest.mark.torch, pytest.mark.model]


@pytest.fixture(scope="module")
def spec() -> OnnxEncoderSpec:
    found = load_catalogue().get("all-MiniLM-L6-v2")
    assert isinstance(found, OnnxEncoderSpec)
    return found


def test_weights_that_ship_can_be_trained_on(spec: OnnxEncoderSpec, tmp_path: Path) -> None:
    assert spec.source is not None
    like, out = locate(spec.name, spec.source, Path(spec.root)), tmp_path / "restored"
    restore(Path(spec.root) / spec.folder / "model.onnx", like, out)
    views, tokenizer = open_encoder(out, Plan(str(out)))
    texts = ["Who shall report to the Assembly, and when?", "Decides to remain seized of the matter."]
    found = encode_all(views, Tokens(tokenizer, texts, 64)).numpy()
    wanted = load_encoder(spec).encode_queries(texts)
    assert (found * wanted).sum(axis=1).min() > 0.997


def test_weights_are_restored_only_where_they_fit(spec: OnnxEncoderSpec, tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"embeddings.word_embeddings.weight": torch.zeros(3, 4)}, tmp_path / "model.safetensors")
    with pytest.raises(ValueError, match="not what this graph was made from"):
        restore(Path(spec.root) / spec.folder / "model.onnx", tmp_path, tmp_path.with_name("other"))
