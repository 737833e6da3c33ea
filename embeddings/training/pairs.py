"""Trains a reader: a model that sees question and passage together and says whether the one answers the other."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from embeddings.training.collection import Collection
from embeddings.training.loop import run_steps
from embeddings.training.mining import Mined
from embeddings.training.plan import Plan
from embeddings.training.tokens import Tokens


@dataclass(frozen=True, slots=True)
class PairTeacher:
    """A larger reader whose logits the smaller one imitates, with its own tokens."""

    model: Any
    queries: Tokens
    passages: Tokens


def train_pairs(
    model: Any, tokenizer: object, collection: Collection, mined: Mined, plan: Plan, teacher: PairTeacher | None
) -> None:
    """Train on lists: a passage that answers (where there is one) and `plan.negatives` look-alikes, each read with the question."""
    queries = Tokens(tokenizer, [one.text for one in collection.questions], plan.max_query)
    passages = Tokens(tokenizer, [one.input for one in collection.passages], plan.max_passage)
    pick = random.Random(plan.seed)  # noqa: S311
    steps = [one for _ in range(plan.epochs) for one in _batches(collection, mined, plan, pick)]
    sys.stderr.write(f"pairs: {len(collection.questions)} questions, {len(steps)} steps\n")
    run_steps(
        model,
        iter(steps),
        len(steps),
        plan.learning_rate,
        lambda batch: _loss(model, queries, passages, batch, plan, teacher),
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pairs as rows, list after list of `width`; `right` marks the pairs that answer."""

    questions: tuple[int, ...]
    passages: tuple[int, ...]
    right: tuple[bool, ...]
    width: int


def _batches(collection: Collection, mined: Mined, plan: Plan, pick: random.Random) -> Iterator[_Batch]:
    order = list(range(len(collection.questions)))
    pick.shuffle(order)
    width = plan.negatives + 1
    for start in range(0, len(order), plan.batch):
        questions: list[int] = []
        passages: list[int] = []
        right: list[bool] = []
        for row in order[start : start + plan.batch]:
            asked = collection.questions[row]
            listed = [pick.choice(asked.positives)] if asked.positives else list(asked.tempting[:1])
            rest = [one for one in mined.negatives[row] if one not in listed]
            listed += pick.sample(rest, min(width - len(listed), len(rest)))
            if len(listed) == width:
                questions += [row] * width
                passages += listed
                right += [bool(asked.positives), *[False] * (width - 1)]
        if questions:
            yield _Batch(tuple(questions), tuple(passages), tuple(right), width)


def _loss(
    model: Any, queries: Tokens, passages: Tokens, batch: _Batch, plan: Plan, teacher: PairTeacher | None
) -> torch.Tensor:
    """Does each pair answer (logistic loss), and which of a list answers (softmax over it); or the teacher's logits."""
    device = next(model.parameters()).device
    logits = read_pairs(model, queries, passages, batch.questions, batch.passages, plan, device)
    right = torch.tensor(batch.right, device=device, dtype=torch.float32)
    lists = logits.view(-1, batch.width)
    answered = right.view(-1, batch.width)[:, 0] > 0
    weight = torch.where(right > 0, float(batch.width) / 2, 1.0)
    loss = nn.functional.binary_cross_entropy_with_logits(logits, right, weight=weight)
    if bool(answered.any()):
        zeros = torch.zeros(int(answered.sum()), dtype=torch.long, device=device)
        loss = loss + nn.functional.cross_entropy(lists[answered], zeros)
    if teacher is not None:
        with torch.no_grad():
            wanted = read_pairs(
                teacher.model, teacher.queries, teacher.passages, batch.questions, batch.passages, plan, device
            )
        loss = loss + plan.teacher_weight * nn.functional.mse_loss(logits, wanted) / 4
    return loss


def read_pairs(
    model: Any,
    queries: Tokens,
    passages: Tokens,
    query_rows: tuple[int, ...],
    passage_rows: tuple[int, ...],
    plan: Plan,
    device: torch.device,
) -> torch.Tensor:
    """The logit of each pair, float32 (n,)."""
    fed = queries.pairs(query_rows, passages, passage_rows, plan.max_query + plan.max_passage, device)
    if model.config.model_type != "bert":
        del fed["token_type_ids"]
    logits: torch.Tensor = model(**fed).logits[:, 0].float()
    return logits
