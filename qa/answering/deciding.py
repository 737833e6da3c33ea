"""The calibrated probability that the first hit answers the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.terms import split_terms, terms_of

EVIDENCE: tuple[str, ...] = (
    "dense",  # cosine of question and first hit
    "margin",  # how far the first hit's final score lies above the next different text's
    "ranker",  # the ranker's reading of the first hit, squashed to 0..1; 0 without a ranker
    "coverage",  # share of the question's terms that the first hit's passage holds
    "names",  # share of the question's capitalised names and numbers that the first hit's passage holds
    "date",  # how well the adoption date fits the times named; 0 where none is named
    "dated",  # 1 where the question names a time
    "length",  # number of the question's terms, 20 and more being 1
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen of the best hit, feature by feature of `EVIDENCE`."""

    values: tuple[float, ...]

    def named(self) -> dict[str, float]:
        """Feature -> value."""
        return dict(zip(EVIDENCE, self.values, strict=True))


def read(
    question: str, passage: str, dense: float, margin: float, ranker: float | None, date: float, dated: bool
) -> Reading:
    """The evidence for one question and its best hit; `passage` is context and text."""
    wanted = set(terms_of(question))
    held = set(terms_of(passage))
    names = {one.term for one in split_terms(question) if one.start and not question[one.start].islower()}
    return Reading(
        (
            dense,
            margin,
            1.0 / (1.0 + math.exp(-ranker)) if ranker is not None else 0.0,
            len(wanted & held) / max(1, len(wanted)),
            len(names & held) / len(names) if names else 1.0,
            date,
            float(dated),
            min(1.0, len(wanted) / 20.0),
        )
    )


def probability(reading: Reading, weights: Mapping[str, float], intercept: float) -> float:
    """Logistic of the weighted evidence; the weights are fitted by `qa-eval tune`."""
    total = intercept + sum(weights.get(name, 0.0) * value for name, value in reading.named().items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def margin_of(scores: Sequence[float], same: Sequence[int]) -> float:
    """The first score less the best score of a different text (`same` gives the first place of each text); 1 if alone."""
    others = [score for score, place in zip(scores, same, strict=True) if place != 0]
    return scores[0] - max(others) if others else 1.0
