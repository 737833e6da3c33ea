"""Trains an encoder so that a question lies near the passages that answer it, by one vector and by its tokens' vectors."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn

from embeddings.training.collection import Collection
from embeddings.training.loop import run_steps
from embeddings.training.mining import Mined, mine
from embeddings.training.plan import Plan
from embeddings.training.tokens import Tokens
from embeddings.training.views import TwoViews, encode_all, inner, max_sim


@dataclass(frozen=True, slots=True)
class Teacher:
    """A larger encoder's vectors of all questions and passages, normalised: whom the smaller one imitates."""

    questions: torch.Tensor
    passages: torch.Tensor


def train_encoder(
    views: TwoViews, tokenizer: object, collection: Collection, plan: Plan, teacher: Teacher | None
) -> None:
    """Train in `plan.rounds` rounds, mining look-alikes with the model as it then is; only answerable questions."""
    kept = Collection(collection.passages, tuple(one for one in collection.questions if one.positives))
    rows = [row for row, one in enumerate(collection.questions) if one.positives]
    queries = Tokens(tokenizer, [one.text for one in kept.questions], plan.max_query)
    passages = Tokens(tokenizer, [one.input for one in kept.passages], plan.max_passage)
    taught = None if teacher is None else Teacher(teacher.questions[rows], teacher.passages)
    for number in range(plan.rounds):
        mined = mine(kept, encode_all(views, queries), encode_all(views, passages), plan.depth)
        epochs = plan.epochs // plan.rounds
        pick = random.Random(plan.seed + number)  # noqa: S311
        steps = [one for _ in range(epochs) for one in _batches(kept, mined, plan, pick)]
        sys.stderr.write(f"round {number + 1}: {len(kept.questions)} questions, {len(steps)} steps\n")
        run_steps(
            views,
            iter(steps),
            len(steps),
            plan.learning_rate,
            lambda batch: _loss(views, queries, passages, batch, plan, taught),
        )


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows of questions and of passages, the place of each question's answer, and what may not be held against it."""

    questions: tuple[int, ...]
    passages: tuple[int, ...]
    answers: tuple[int, ...]
    spared: torch.Tensor  # bool (questions, passages)
    taught: torch.Tensor  # bool (questions,): where the teacher speaks


def _batches(collection: Collection, mined: Mined, plan: Plan, pick: random.Random) -> Iterator[_Batch]:
    order = list(range(len(collection.questions)))
    pick.shuffle(order)
    for start in range(0, len(order) - plan.batch // 2, plan.batch):
        questions = order[start : start + plan.batch]
        chosen = [pick.choice(collection.questions[row].positives) for row in questions]
        others = [
            row
            for question in questions
            for row in pick.sample(mined.negatives[question], min(plan.negatives, len(mined.negatives[question])))
        ]
        passages = list(dict.fromkeys([*chosen, *others]))
        place = {row: at for at, row in enumerate(passages)}
        spared = torch.tensor([[row in mined.spared[question] for row in passages] for question in questions])
        spared[torch.arange(len(questions)), torch.tensor([place[row] for row in chosen])] = False
        # A teacher has seen no fold, or what is measured on folds would not be held out: it is silent on their questions.
        taught = torch.tensor([collection.questions[row].fold < 0 for row in questions])
        yield _Batch(tuple(questions), tuple(passages), tuple(place[row] for row in chosen), spared, taught)


def _loss(
    views: TwoViews, queries: Tokens, passages: Tokens, batch: _Batch, plan: Plan, teacher: Teacher | None
) -> torch.Tensor:
    """Multiple-negatives ranking, and the teacher's distribution over the same passages, for both views.

    Sources: Henderson et al. 2017 for the first; Hofstätter et al. 2021, "TAS-B", for in-batch teaching.
    """
    device = next(views.parameters()).device
    pooled, near = _scores(views, queries, passages, batch, device)
    spared = batch.spared.to(device)
    answers = torch.tensor(batch.answers, device=device)
    wanted = _taught(teacher, batch, spared, plan) if teacher is not None else None
    taught = batch.taught.to(device)
    total = _both(pooled / plan.temperature, spared, answers, wanted, taught, plan)
    if near is not None:
        total = total + plan.token_weight * _both(near / plan.token_temperature, spared, answers, wanted, taught, plan)
    return total


def _scores(
    views: TwoViews, queries: Tokens, passages: Tokens, batch: _Batch, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The questions' cosines with the passages, and how well their tokens are met, both (questions, passages)."""
    fed_q = queries.batch(batch.questions, device)
    pooled_q, tokens_q = views(fed_q)
    pooled, near = [], []
    parts, places = passages.parts(batch.passages)
    for rows in parts:
        fed_p = passages.batch(rows, device)
        pooled_p, tokens_p = views(fed_p)
        pooled.append(pooled_q @ pooled_p.T)
        if tokens_q is not None and tokens_p is not None:
            near.append(max_sim(tokens_q, inner(fed_q["attention_mask"]), tokens_p, inner(fed_p["attention_mask"])))
    back = torch.tensor(places, device=device)
    return torch.cat(pooled, dim=1)[:, back], torch.cat(near, dim=1)[:, back] if near else None


def _both(
    scores: torch.Tensor,
    spared: torch.Tensor,
    answers: torch.Tensor,
    wanted: torch.Tensor | None,
    taught: torch.Tensor,
    plan: Plan,
) -> torch.Tensor:
    scores = scores.float().masked_fill(spared, -1e4)
    loss = nn.functional.cross_entropy(scores, answers)
    if wanted is not None:
        apart = nn.functional.kl_div(scores.log_softmax(-1), wanted, reduction="none").sum(-1)
        loss = loss + plan.teacher_weight * (apart * taught).sum() / len(taught)
    return loss


def _taught(teacher: Teacher, batch: _Batch, spared: torch.Tensor, plan: Plan) -> torch.Tensor:
    scores = teacher.questions[list(batch.questions)] @ teacher.passages[list(batch.passages)].T
    return (scores.float() / plan.temperature).masked_fill(spared, -1e4).softmax(-1)


def vectors_of(views: TwoViews, tokenizer: object, collection: Collection, plan: Plan) -> Teacher:
    """The vectors of all questions and passages: what a teacher knows."""
    return Teacher(
        encode_all(views, Tokens(tokenizer, [one.text for one in collection.questions], plan.max_query)),
        encode_all(views, Tokens(tokenizer, [one.input for one in collection.passages], plan.max_passage)),
    )
