"""Trains a reader: a model that sees question and passage together and says whether the one answers the other."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from embeddings.training.collection import Collection
from embeddings.training.loop import half_where_faster, run_steps
from embeddings.training.mining import Mined
from embeddings.training.plan import Plan
from embeddings.training.tokens import Tokens

_AT_ONCE = 256  # pairs of like length, so that little is padded


@dataclass(frozen=True, slots=True)
class Reader:
    """A model with one logit a pair, and the texts of a collection as it reads them."""

    model: Any
    queries: Tokens
    passages: Tokens

    def read(self, questions: Sequence[int], passages: Sequence[int]) -> torch.Tensor:
        """The logit of each pair of rows, float32 (n,)."""
        device = next(self.model.parameters()).device
        order = sorted(range(len(passages)), key=lambda at: len(self.passages.ids[passages[at]]))
        logits = []
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            fed = self.queries.pairs(
                [questions[at] for at in part], self.passages, [passages[at] for at in part], device
            )
            if self.model.config.model_type != "bert":
                del fed["token_type_ids"]
            logits.append(self.model(**fed).logits[:, 0].float())
        back = torch.tensor(sorted(range(len(order)), key=order.__getitem__), device=device)
        return torch.cat(logits)[back]


def reader_of(model: Any, tokenizer: object, collection: Collection, plan: Plan) -> Reader:
    """A model and a collection's texts, cut as the plan says."""
    return Reader(
        model,
        Tokens(tokenizer, [one.text for one in collection.questions], plan.max_query),
        Tokens(tokenizer, [one.input for one in collection.passages], plan.max_passage),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A question and passages, of which the first answers it, or, where `answered` is false, none."""

    question: int
    passages: tuple[int, ...]
    answered: bool


def list_pairs(collection: Collection, mined: Mined, plan: Plan) -> list[Listed]:
    """For every question a passage that answers (or the one that tempts most) and the look-alikes, `plan.negatives` at least."""
    pick = random.Random(plan.seed)  # noqa: S311
    lists = []
    for row, asked in enumerate(collection.questions):
        first = pick.choice(asked.positives or asked.tempting[:1])
        listed = (first, *(one for one in mined.negatives[row] if one != first))
        if len(listed) > plan.negatives:
            lists.append(Listed(row, listed, bool(asked.positives)))
    return lists


def train_pairs(reader: Reader, lists: Sequence[Listed], plan: Plan, teacher: Reader | None) -> None:
    """Train on the first of each list and `plan.negatives` others, drawn anew in every epoch.

    Does each pair answer, which of a list does, and, where there is a teacher, what does it say of each?
    """
    pick = random.Random(plan.seed)  # noqa: S311
    taught = None if teacher is None else _read_all(teacher, lists)
    batches = [
        order[start : start + plan.batch]
        for order in (pick.sample(range(len(lists)), len(lists)) for _ in range(plan.epochs))
        for start in range(0, len(order), plan.batch)
    ]
    sys.stderr.write(f"pairs: {len(lists)} questions, {len(batches)} steps\n")

    def loss_of(batch: list[int]) -> torch.Tensor:
        drawn = [[0, *pick.sample(range(1, len(lists[at].passages)), plan.negatives)] for at in batch]
        pairs = [(at, place) for at, places in zip(batch, drawn, strict=True) for place in places]
        logits = reader.read(
            [lists[at].question for at, _ in pairs], [lists[at].passages[place] for at, place in pairs]
        ).view(len(batch), -1)
        answered = torch.tensor([lists[at].answered for at in batch], device=logits.device)
        wanted = (
            None
            if taught is None
            else torch.stack([taught[at][places] for at, places in zip(batch, drawn, strict=True)])
        )
        return _loss(logits, answered, plan, wanted)

    run_steps(reader.model, iter(batches), len(batches), plan.learning_rate, loss_of)


def _read_all(reader: Reader, lists: Sequence[Listed], at_once: int = 128) -> list[torch.Tensor]:
    """The logits of every list."""
    device = next(reader.model.parameters()).device
    found: list[torch.Tensor] = []
    for start in range(0, len(lists), at_once):
        part = lists[start : start + at_once]
        pairs = [(one.question, passage) for one in part for passage in one.passages]
        with torch.no_grad(), half_where_faster(device):
            logits = reader.read([row for row, _ in pairs], [row for _, row in pairs])
        found += logits.split([len(one.passages) for one in part])
    return found


def _loss(logits: torch.Tensor, answered: torch.Tensor, plan: Plan, wanted: torch.Tensor | None) -> torch.Tensor:
    """Logistic loss of each pair, softmax over each list with an answer, and the squared distance to the teacher's logits.

    `logits` and `wanted` are (lists, length), the first of a list answering where `answered` (lists,) says so.
    """
    right = torch.zeros_like(logits)
    right[:, 0] = answered.float()
    weight = torch.where(right > 0, logits.shape[1] / 2, 1.0)
    loss = nn.functional.binary_cross_entropy_with_logits(logits, right, weight=weight)
    if bool(answered.any()):
        first = torch.zeros(int(answered.sum()), dtype=torch.long, device=logits.device)
        loss = loss + nn.functional.cross_entropy(logits[answered], first)
    if wanted is not None:
        loss = loss + plan.teacher_weight * nn.functional.mse_loss(logits, wanted) / 4
    return loss
