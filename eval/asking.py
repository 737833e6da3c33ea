"""Asks the service every question, the way its users do, and keeps what it said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from eval.citations import faults_of
from eval.records import Question
from eval.wire import AnswerLine, ExpectedLine, HitLine, HitsLine
from qa.errors import QAError
from qa.ids import symbol_of
from qa.wire import AnswerOut, AskRequest, CitationOut, Filters, SearchOut

N_SHOWN = 10
CitationCheck = Callable[[CitationOut], list[str]]
"""What is wrong with a citation, one line each."""


class Service(Protocol):
    """What an evaluation needs of `qa.service.QAService`."""

    def ask(self, request: AskRequest) -> AnswerOut:
        """The answer to a question."""
        ...

    def search(self, request: AskRequest) -> SearchOut:
        """Ranked paragraphs."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: the answer, up to k ranked paragraph ids, and the first hits in full."""

    answer: AnswerLine
    ranked: tuple[str, ...]
    hits: HitsLine
    generation: str
    model: str


def ask_all(
    service: Service,
    questions: Sequence[Question],
    k: int,
    texts: Mapping[str, str | None],
    checks: Sequence[CitationCheck] = (faults_of,),
) -> Iterator[Outcome]:
    """One outcome per question, in order.

    A question that the service refuses with one of its own errors is kept with status `error` and an empty ranking: it
    counts as a miss. Any other exception is a bug and ends the run.

    Args:
        service: What is measured.
        questions: What is asked.
        k: Length of the rankings.
        texts: The judged paragraphs' texts, None where the index does not hold them.
        checks: What every citation is put through.
    """
    for question in questions:
        yield _ask(service, question, k, texts, checks)


def _ask(
    service: Service,
    question: Question,
    k: int,
    texts: Mapping[str, str | None],
    checks: Sequence[CitationCheck],
) -> Outcome:
    request = AskRequest(question.text, history=list(question.history))
    start = time.perf_counter()
    try:
        answer = service.ask(request)
        wall = (time.perf_counter() - start) * 1000.0
        found = service.search(AskRequest(question.text, k=k, history=list(question.history), explain=True))
    except QAError as error:
        refused = AnswerLine(question.id, "error", 0.0, [], None, reason=str(error))
        return Outcome(refused, (), HitsLine(question.id, [], _expected(question, (), texts)), "", "")
    hits = found.citations[:k]
    line = AnswerLine(
        id=question.id,
        status=answer.status,
        probability=answer.probability,
        citations=[one.id for one in answer.citations],
        first=_first(answer, hits),
        reason=answer.reason,
        wall_ms=wall,
        timings=dict(answer.timings),
        n_checked=len(answer.citations) + len(answer.nearest),
        faults=[fault for one in (*answer.citations, *answer.nearest) for check in checks for fault in check(one)],
        answerability=answer.answerability,
    )
    shown = HitsLine(
        id=question.id,
        hits=[_hit(one) for one in hits[:N_SHOWN]],
        expected=[_look_closer(service, question, one) for one in _expected(question, hits, texts)],
        notes=[*answer.understood.notes, *(f"refers to {one}" for one in answer.understood.references)],
    )
    return Outcome(line, tuple(one.id for one in hits), shown, answer.generation, answer.model)


def _look_closer(service: Service, question: Question, one: ExpectedLine) -> ExpectedLine:
    """For a paragraph that was not found, its scores when only its resolution is searched: why it was not found."""
    if one.rank is not None or one.text is None or one.grade < 2:
        return one
    only = Filters(symbol=[symbol_of(one.id)])
    request = AskRequest(question.text, k=100, filters=only, history=list(question.history), explain=True)
    try:
        found = service.search(request).citations
    except QAError:
        return one
    explain = next((hit.explain for hit in found if hit.id == one.id), None)
    scores = [msgspec.structs.replace(stage, rank=None) for stage in explain.stages] if explain else []
    return ExpectedLine(one.id, one.grade, one.text, None, scores)


def _first(answer: AnswerOut, hits: Sequence[CitationOut]) -> str | None:
    """The paragraph that the stated probability speaks of: the first cited, else the nearest, else the first found."""
    for candidates in (answer.citations, answer.nearest, hits):
        if candidates:
            return candidates[0].id
    return None


def _hit(one: CitationOut) -> HitLine:
    stages = one.explain.stages if one.explain else []
    terms = one.explain.terms if one.explain else []
    return HitLine(one.id, one.text, one.score, stages, terms, one.also)


def _expected(question: Question, hits: Sequence[CitationOut], texts: Mapping[str, str | None]) -> list[ExpectedLine]:
    places = {one.id: place for place, one in reversed(list(enumerate(hits, 1)))}
    grades = {**dict.fromkeys(question.helps, 1), **dict.fromkeys(question.paragraphs, 2)}
    lines = []
    for document, grade in sorted(grades.items(), key=lambda one: (-one[1], one[0])):
        rank = places.get(document)
        explain = hits[rank - 1].explain if rank else None
        lines.append(ExpectedLine(document, grade, texts.get(document), rank, explain.stages if explain else []))
    return lines
