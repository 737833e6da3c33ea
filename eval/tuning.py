"""Fits what the settings hold: the weights of the first ordering, the ranker's weight, the stated probability.

Fitted on training questions (`eval/questions/train.jsonl`), never on the questions that figures are reported for. The
questions are split by resolution into folds, and what is reported here is cross-validated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from eval.records import Question
from qa.answering.deciding import EVIDENCE, read
from qa.retrieval.features import FEATURES, weighted
from qa.retrieval.query import understand
from qa.retrieval.retriever import Candidates, find_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import same_text
from qa.service import QAService

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
_L2 = 1e-3
_TWIN = 0.75


@dataclass(frozen=True, slots=True)
class Seen:
    """One training question after the first stage: candidates, which of them answer, the ranker's reading of the head."""

    question: Question
    candidates: Candidates
    right: npt.NDArray[np.bool_]
    readings: npt.NDArray[np.float32]
    dated: bool


def look(service: QAService, corpus: Searchable, questions: Sequence[Question], progress: Progress) -> list[Seen]:
    """The candidates of every question, its named resolution being held by the corpus (others are left out)."""
    retrieval = service.settings.retrieval
    seen = []
    for done, question in enumerate(questions, start=1):
        wanted = {_folded(one) for one in question.paragraphs}
        if not wanted or any(corpus.holds(name.partition("#")[0]) for name in wanted):
            query = understand(question.text, (), retrieval.expansion)
            found = find_candidates(query, corpus, service.encoder, retrieval.candidates, retrieval.weights)
            seen.append(_judge(service, corpus, question, found, wanted, bool(query.dates)))
        progress(done, len(questions))
    return seen


def _judge(
    service: QAService, corpus: Searchable, question: Question, found: Candidates, wanted: set[str], dated: bool
) -> Seen:
    ids = [_folded(corpus.paragraph_id(int(row))) for row in found.rows]
    right = np.array([one in wanted for one in ids], dtype=np.bool_)
    n = min(service.settings.retrieval.reranked, found.n)
    readings = np.full(found.n, np.nan, dtype=np.float32)
    if service.scorer is not None and n:
        readings[:n] = service.scorer.score(question.text, [corpus.input(int(row)) for row in found.rows[:n]])
    if not dated and right.any():  # without a date in the question a twin answers as well
        head = [int(place) for place in range(min(30, found.n))]
        first = int(np.flatnonzero(right)[0])
        texts = [corpus.generation.passage(int(found.rows[place])).text for place in [first, *head]]
        same = same_text(texts, _TWIN)
        right[[place for place, same_as in zip(head, same[1:], strict=True) if same_as == 0]] = True
    return Seen(question, found, right, readings, dated)


def _folded(paragraph_id: str) -> str:
    symbol, _, label = paragraph_id.partition("#")
    return f"{symbol}#{label.partition('(')[0]}"


def fit_weights(seen: Sequence[Seen]) -> dict[str, float]:
    """Weights under which the right candidates take the most of a softmax over all; `dense` is scaled to 1."""
    kept = [(one.candidates.features.astype(np.float64), one.right) for one in seen if one.right.any()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _L2 * float(weights @ weights), 2 * _L2 * weights
        for features, right in kept:
            scores = features @ weights
            odds = np.exp(scores - scores.max())
            odds /= odds.sum()
            mass = odds[right].sum()
            total -= np.log(max(mass, 1e-12)) / len(kept)
            slope = slope + (odds @ features - (odds[right] / max(mass, 1e-12)) @ features[right]) / len(kept)
        return total, slope

    start = np.zeros(len(FEATURES))
    start[FEATURES.index("dense")] = 10.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    scale = found.x[FEATURES.index("dense")]
    return {name: round(float(value / scale), 4) for name, value in zip(FEATURES, found.x, strict=True)}


def fit_probability(
    readings: Floats, answered: npt.NDArray[np.bool_], weight: Floats
) -> tuple[dict[str, float], float]:
    """Logistic weights and intercept for the evidence (n, n features) of questions whose first hit answers, or not."""
    inputs = np.hstack([readings, np.ones((len(readings), 1))])
    target = answered.astype(np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        stated = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        fit = (
            -(weight * (target * np.log(stated + 1e-12) + (1 - target) * np.log(1 - stated + 1e-12))).sum()
            / weight.sum()
        )
        slope = inputs.T @ (weight * (stated - target)) / weight.sum()
        return float(fit + _L2 * weights[:-1] @ weights[:-1]), slope + 2 * _L2 * np.append(weights[:-1], 0.0)

    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 4) for name, value in zip(EVIDENCE, found[:-1], strict=True)}, round(
        float(found[-1]), 4
    )


def folds_of(seen: Sequence[Seen], n: int = 5) -> npt.NDArray[np.int64]:
    """A fold for every question; questions over one resolution stay together, unanswerable ones are dealt in turn."""
    symbols = sorted({_symbol(one) for one in seen if one.question.paragraphs})
    place = {symbol: number % n for number, symbol in enumerate(np.random.default_rng(1).permutation(symbols))}
    return np.array([place[_symbol(one)] if one.question.paragraphs else at % n for at, one in enumerate(seen)])


def _symbol(one: Seen) -> str:
    return one.question.paragraphs[0].partition("#")[0] if one.question.paragraphs else ""


def success_at_1(seen: Sequence[Seen], weights: dict[str, float]) -> float:
    """The share of answerable questions whose best candidate is right."""
    firsts = [
        one.right[np.argmax(weighted(one.candidates.features, weights))]
        for one in seen
        if one.question.paragraphs and one.candidates.n
    ]
    return float(np.mean(firsts))


__all__ = ["Seen", "fit_probability", "fit_weights", "folds_of", "look", "read", "success_at_1"]
