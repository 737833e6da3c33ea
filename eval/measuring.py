"""From what was asked and said to figures: ranking, abstention, citations, latency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from eval import abstention, intervals
from eval.failures import failure_of
from eval.labels import fold, fold_ranking
from eval.latency import latency_of
from eval.measures import names_for, per_question
from eval.question_files import qrels_of
from eval.records import Question
from eval.wire import (
    AbstentionOut,
    AnswerLine,
    CitationsOut,
    Counts,
    EachLine,
    Figure,
    HitsLine,
    Measures,
    OutcomeOut,
    figure,
)

N_FAULTS_KEPT = 50
Values = dict[str, dict[str, float]]


def fold_qrels(qrels: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Judgements with every sub-paragraph replaced by its paragraph, which takes the best grade of its parts."""
    folded: dict[str, dict[str, int]] = {}
    for question, grades in qrels.items():
        for document, grade in grades.items():
            docs = folded.setdefault(question, {})
            docs[fold(document)] = max(grade, docs.get(fold(document), 0))
    return folded


def measure(
    questions: Sequence[Question],
    run: Mapping[str, tuple[str, ...]],
    answers: Mapping[str, AnswerLine],
    hits: Mapping[str, HitsLine],
    k: int,
) -> tuple[Measures, list[EachLine]]:
    """All figures of a run with rankings of up to `k`, and every question's own values.

    A question without an answer counts as one that was abstained from with probability 0. Those that were only ranked
    (status `ranked`: there was no answering step) are left out of abstention.
    """
    qrels = qrels_of(tuple(questions))
    names = names_for(qrels, k)
    folded = per_question(names, fold_qrels(qrels), {q: fold_ranking(docs) for q, docs in run.items()})
    exact = per_question(names, qrels, run)
    answers = {one.id: answers.get(one.id) or _unanswered(one.id) for one in questions}
    each = [_each(one, folded, exact, answers[one.id], run.get(one.id, ()), hits.get(one.id)) for one in questions]
    judged = [one for one in each if one.answerable is not None and answers[one.id].status != "ranked"]
    verdicts = [
        abstention.Verdict(
            _unit(answers[one.id].probability),
            answers[one.id].status == "answered",
            one.correct,
            bool(one.answerable),
            _unit(_answerability(answers[one.id])),
        )
        for one in judged
    ]
    failures: dict[str, int] = {}
    for one in each:
        if one.failure:
            failures[one.failure] = failures.get(one.failure, 0) + 1
    figures = Measures(
        folded=_figures(folded),
        exact=_figures(exact),
        kinds=_by_kind(questions, folded),
        outcomes=_outcomes(judged, answers),
        abstention=msgspec.convert(abstention.judge(verdicts), AbstentionOut, from_attributes=True),
        latency=latency_of(list(answers.values())),
        citations=_citations(list(answers.values())),
        failures=dict(sorted(failures.items(), key=lambda item: (-item[1], item[0]))),
        counts=_counts(questions, answers, hits),
    )
    return figures, each


def _answerability(answer: AnswerLine) -> float:
    return answer.probability if answer.answerability is None else answer.answerability


def _unit(stated: float) -> float:
    return min(max(stated, 0.0), 1.0)


def _unanswered(question: str) -> AnswerLine:
    return AnswerLine(question, "error", 0.0, [], None, reason="the run holds no answer to this question")


def _each(
    question: Question,
    folded: Values,
    exact: Values,
    answer: AnswerLine,
    ranked: tuple[str, ...],
    hits: HitsLine | None,
) -> EachLine:
    held = hits is None or any(one.text is not None for one in hits.expected if one.grade == 2)
    also = hits.hits[0].also if hits and hits.hits else []
    expected = {fold(one) for one in question.paragraphs}
    return EachLine(
        id=question.id,
        kind=question.kind,
        folded={name: values[question.id] for name, values in folded.items() if question.id in values},
        exact={name: values[question.id] for name, values in exact.items() if question.id in values},
        correct=answer.first is not None and fold(answer.first) in expected,
        answerable=question.answerable,
        failure=failure_of(question, answer.status, answer.first, fold_ranking(ranked), also, held),
    )


def _figures(values: Values) -> dict[str, Figure]:
    return {
        name: figure(intervals.mean_or_rate_of(np.array(list(by_question.values()), dtype=np.float64)))
        for name, by_question in values.items()
    }


def _by_kind(questions: Sequence[Question], values: Values) -> dict[str, dict[str, Figure]]:
    kinds: dict[str, set[str]] = {}
    for question in questions:
        if question.answerable:
            kinds.setdefault(question.kind, set()).add(question.id)
    return {
        kind: _figures({name: {q: v for q, v in got.items() if q in ids} for name, got in values.items()})
        for kind, ids in sorted(kinds.items())
    }


def _outcomes(judged: Sequence[EachLine], answers: Mapping[str, AnswerLine]) -> dict[str, OutcomeOut]:
    kinds: dict[str, list[EachLine]] = {}
    for one in judged:
        kinds.setdefault(one.kind, []).append(one)
    outcomes = {}
    for kind, lines in sorted(kinds.items()):
        answered = [one for one in lines if answers[one.id].status == "answered"]
        refused = [one for one in lines if answers[one.id].status != "answered"]
        outcomes[kind] = OutcomeOut(
            n=len(lines),
            answered=len(answered),
            answered_rightly=sum(one.correct for one in answered),
            refused=len(refused),
            refused_rightly=sum(not one.answerable for one in refused),
        )
    return outcomes


def _citations(answers: Sequence[AnswerLine]) -> CitationsOut:
    faults = [fault for answer in answers for fault in answer.faults]
    broken = {fault.partition(": ")[0] for fault in faults}
    return CitationsOut(sum(answer.n_checked for answer in answers), len(broken), faults[:N_FAULTS_KEPT])


def _counts(questions: Sequence[Question], answers: Mapping[str, AnswerLine], hits: Mapping[str, HitsLine]) -> Counts:
    missing = {one.id for line in hits.values() for one in line.expected if one.grade == 2 and one.text is None}
    return Counts(
        questions=len(questions),
        answerable=sum(one.answerable is True for one in questions),
        unanswerable=sum(one.answerable is False for one in questions),
        unjudged=sum(one.answerable is None for one in questions),
        errors=sum(one.status == "error" for one in answers.values()),
        missing_expected=sorted(missing),
    )
