"""What a run folder holds on disk: the JSON shapes of its files, apart from the TREC ones.

`questions.jsonl` (`question_files.QuestionLine`), `answers.jsonl` (`AnswerLine`), `hits.jsonl` (`HitsLine`), `each.jsonl`
(`EachLine`), `measures.json` (`Measures`), `conditions.json` (`Conditions`).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from qa.wire import Stage, Wire


class AnswerLine(Wire, frozen=True):
    """The answer to one question. `first` is the paragraph that `probability` speaks of, cited or withheld.

    `answerability` is the service's own; None in runs of others: then `probability` speaks of both.

    `status` is the service's own, or `error` where it refused the question; `faults` are the broken citations.
    `timings` are the service's, in milliseconds per stage; `wall_ms` is measured from outside.
    """

    id: str
    status: str
    probability: float
    citations: list[str]
    first: str | None
    reason: str | None = None
    wall_ms: float = 0.0
    timings: dict[str, float] = {}
    n_checked: int = 0
    faults: list[str] = []
    answerability: float | None = None


class HitLine(Wire, frozen=True):
    """One ranked paragraph, with its place in every stage."""

    id: str
    text: str
    score: float
    stages: list[Stage] = []
    terms: list[str] = []
    also: list[str] = []


class ExpectedLine(Wire, frozen=True):
    """A judged paragraph. `rank` is its place in the list, None where it is not in it; `text` None where not held.

    Where it is not in the list, `stages` has scores without ranks: those of a search of its own resolution only.
    """

    id: str
    grade: int
    text: str | None
    rank: int | None
    stages: list[Stage] = []


class HitsLine(Wire, frozen=True):
    """What a question found: the first hits, and where the judged paragraphs stand."""

    id: str
    hits: list[HitLine]
    expected: list[ExpectedLine]
    notes: list[str] = []


class Figure(Wire, frozen=True):
    """A figure with its 95% interval over `n` questions; null where it is not defined."""

    value: float | None
    low: float | None
    high: float | None
    n: int


class EachLine(Wire, frozen=True):
    """One question's values: folded (sub-paragraphs count as their paragraph) and exact; empty where not ranked."""

    id: str
    kind: str
    folded: dict[str, float]
    exact: dict[str, float]
    correct: bool
    answerable: bool | None
    failure: str | None


class CurveOut(Wire, frozen=True):
    threshold: float
    coverage: float
    accuracy: float


class BinOut(Wire, frozen=True):
    low: float
    high: float
    n: int
    stated: float | None
    observed: float | None


class AbstentionOut(Wire, frozen=True):
    """See `abstention.Abstention`."""

    auroc: Figure
    auroc_correct: Figure
    coverage: Figure
    accuracy: Figure
    false_answers: Figure
    answered_unanswerable: Figure
    refusal_precision: Figure
    refusal_recall: Figure
    ece: Figure
    ece_by_chance: Figure
    brier: Figure
    curve: list[CurveOut]
    bins: list[BinOut]


class LatencyOut(Wire, frozen=True):
    """One stage's time per question, in milliseconds."""

    p50: float
    p95: float
    mean: float
    n: int


class CitationsOut(Wire, frozen=True):
    """Citation checks: how many were checked, how many broke the law of quotation, and what was wrong with them."""

    checked: int
    broken: int
    faults: list[str]


class OutcomeOut(Wire, frozen=True):
    """What became of the questions of one kind. Refused rightly: the texts do not answer."""

    n: int
    answered: int
    answered_rightly: int
    refused: int
    refused_rightly: int


class Counts(Wire, frozen=True):
    """How many questions of which sort. `missing` expected paragraphs are not in the index at all."""

    questions: int
    answerable: int
    unanswerable: int
    unjudged: int
    errors: int
    missing_expected: list[str] = []


class Measures(Wire, frozen=True):
    """Everything measured in one run. `folded` is the headline; `kinds` and `outcomes` break it down."""

    folded: dict[str, Figure]
    exact: dict[str, Figure]
    kinds: dict[str, dict[str, Figure]]
    outcomes: dict[str, OutcomeOut]
    abstention: AbstentionOut
    latency: dict[str, LatencyOut]
    citations: CitationsOut
    failures: dict[str, int]
    counts: Counts


class Conditions(Wire, frozen=True):
    """What a run was made under; `code` is the digest of our own files, "" in runs of before it was told."""

    name: str
    date: str
    index: str
    generation: str
    model: str
    service: dict[str, str]
    settings: dict[str, object]
    questions: str
    questions_sha256: str
    k: int
    seed: int
    versions: dict[str, str]
    machine: dict[str, str]
    code: str = ""


def figure(estimate: object) -> Figure:
    """The wire form of an `Estimate`."""
    return msgspec.convert(estimate, Figure, from_attributes=True)


@dataclass(frozen=True, slots=True)
class SweepRow:
    """One configuration's figures; `folder` is its run, to compare with others."""

    name: str
    folder: str
    measures: Measures
