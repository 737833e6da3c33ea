"""Weights in and out of folders: safetensors, tokenizer, and the plan that made them."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer

from embeddings.training.loop import freeze_words, keep_layers
from embeddings.training.plan import Plan
from embeddings.training.views import TwoViews

TOKEN_FILE = "token_projection.safetensors"  # noqa: S105  # a file's name


def open_encoder(folder: Path, plan: Plan) -> tuple[TwoViews, Any]:
    """The encoder of a folder and its tokenizer, on the device there is; the token map continues where one was saved."""
    views = TwoViews(AutoModel.from_pretrained(folder, dtype=torch.float32), plan.token_dim)
    if plan.layers:
        keep_layers(views.model, plan.layers)
    if views.project is not None and (folder / TOKEN_FILE).is_file():
        views.project.load_state_dict(load_file(folder / TOKEN_FILE))
    return _ready(views, views.model, plan), AutoTokenizer.from_pretrained(folder)


def open_pairs(folder: Path, plan: Plan) -> tuple[Any, Any]:
    """A reader that starts from the weights of a folder (an encoder's or a reader's), and its tokenizer."""
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1, dtype=torch.float32)
    if plan.layers:
        keep_layers(model, plan.layers)
    return _ready(model, model, plan), AutoTokenizer.from_pretrained(folder)


def _ready(module: Any, model: Any, plan: Plan) -> Any:
    if plan.freeze_words:
        freeze_words(model)
    for one in module.modules():
        if isinstance(one, nn.Dropout) and plan.dropout is not None:
            one.p = plan.dropout
    return module.to(torch.device("cuda" if torch.cuda.is_available() else "cpu"))


def save_encoder(views: TwoViews, tokenizer: Any, plan: Plan, out: Path) -> None:
    """A sentence-transformer: weights, tokenizer, the layout of the folder it started from, token map and plan."""
    _save(views.model, tokenizer, plan, out)
    if views.project is not None:
        save_file({"weight": views.project.weight.detach().float().cpu().contiguous()}, out / TOKEN_FILE)
    start = Path(plan.start)
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        if (start / name).is_file():
            shutil.copy(start / name, out / name)
    for folder in start.glob("[0-9]_*"):
        shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)


def save_pairs(model: Any, tokenizer: Any, plan: Plan, out: Path) -> None:
    """A cross-encoder: weights, tokenizer and plan."""
    _save(model, tokenizer, plan, out)


def _save(model: Any, tokenizer: Any, plan: Plan, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    model.float().save_pretrained(out, safe_serialization=True)
    tokenizer.save_pretrained(out)
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=2) + "\n", encoding="utf-8")
