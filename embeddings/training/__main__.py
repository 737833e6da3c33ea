"""`python -m embeddings.training encoder|pairs`: train on a folder that holds passages.jsonl and questions.jsonl."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import torch

from embeddings.training.collection import drawn, read_collection
from embeddings.training.encoder import train_encoder, vectors_of
from embeddings.training.folders import open_encoder, open_pairs, save_encoder, save_pairs
from embeddings.training.mining import mine
from embeddings.training.pairs import list_pairs, reader_of, train_pairs
from embeddings.training.plan import Plan


def main() -> None:
    """Train as the command line says, and write weights (safetensors), tokenizer and plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("encoder", "pairs"))
    parser.add_argument("--examples", required=True, type=Path, help="folder with passages.jsonl and questions.jsonl")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--teacher", type=Path, help="folder of a larger model of the same kind to imitate")
    parser.add_argument("--miner", type=Path, help="pairs only: folder of the encoder that finds look-alikes")
    parser.add_argument("--without-fold", default="", help="leave the questions of this fold out, or of 'all'")
    parser.add_argument(
        "--shared", action="store_true", help="learn from questions that share an answer with that fold's"
    )
    parser.add_argument("--passages", type=int, default=0, help="only so many: those that questions name, others drawn")
    for one in fields(Plan):
        kind = {"int": int, "float": float, "float | None": float}.get(str(one.type), str)
        parser.add_argument("--" + one.name.replace("_", "-"), type=kind, required=one.name == "start")
    given = vars(parser.parse_args())
    what, folder, out = given.pop("what"), given.pop("examples"), given.pop("out")
    teacher, miner, fold = given.pop("teacher"), given.pop("miner"), given.pop("without_fold")
    shared, n_passages = given.pop("shared"), given.pop("passages")
    given = {name: value for name, value in given.items() if value is not None}
    if "layers" in given:
        given["layers"] = tuple(int(layer) for layer in given["layers"].split(",") if layer)
    if "freeze_words" in given:
        given["freeze_words"] = given["freeze_words"] == "yes"
    plan = Plan(**given)
    torch.manual_seed(plan.seed)
    collection = read_collection(folder, fold, shared=shared)
    if n_passages:
        collection = drawn(collection, n_passages, plan.seed)
    if what == "encoder":
        taught = vectors_of(*open_encoder(teacher, Plan(str(teacher))), collection, plan) if teacher else None
        views, tokenizer = open_encoder(Path(plan.start), plan)
        train_encoder(views, tokenizer, collection, plan, taught)
        save_encoder(views, tokenizer, plan, out)
        return
    seen = vectors_of(*open_encoder(miner or Path(plan.start), plan), collection, plan)
    lists = list_pairs(collection, mine(collection, seen.questions, seen.passages, plan.depth), plan)
    del seen
    model, tokenizer = open_pairs(Path(plan.start), plan)
    taught_by = None
    if teacher:
        large, words = open_pairs(teacher, Plan(str(teacher)))
        taught_by = reader_of(large.eval(), words, collection, plan)
    train_pairs(reader_of(model, tokenizer, collection, plan), lists, plan, taught_by)
    save_pairs(model, tokenizer, plan, out)


if __name__ == "__main__":
    main()
