"""One evaluation run: ask every question, measure, and lay the run down in its folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from eval.asking import CitationCheck, Outcome, Service, ask_all
from eval.citations import faults_of
from eval.conditions import conditions_of
from eval.errors import JudgementError
from eval.folder import RunFolder, write_folder
from eval.measuring import measure
from eval.records import Question
from qa.cli.terminal import counted
from qa.errors import QAError
from qa.store.place import Place
from qa.wire_pages import ParagraphPage

Progress = Callable[[int, int], None]


class Readable(Service, Protocol):
    """A service that also gives single paragraphs, for the report."""

    def paragraph(self, paragraph_id: str) -> ParagraphPage:
        """One paragraph by its id, with its neighbours."""
        ...


def run_questions(
    service: Readable,
    questions: Sequence[Question],
    *,
    k: int,
    out: Path,
    name: str,
    index: Place,
    questions_file: Path,
    service_facts: dict[str, str],
    settings: dict[str, object],
    checks: Sequence[CitationCheck] = (),
    progress: Progress = lambda done, total: None,
) -> RunFolder:
    """Ask, measure and write; the folder as it was written. `checks` are further checks of every citation.

    Raises:
        JudgementError: nothing judges any of the questions.
    """
    if all(one.answerable is None for one in questions):
        why = f"nothing judges its {counted(len(questions), 'question')}, so nothing can be measured"
        raise JudgementError(questions_file, why, "give judgements with --qrels")
    texts = paragraph_texts(service, questions)
    outcomes: list[Outcome] = []
    for outcome in ask_all(service, questions, k, texts, (faults_of, *checks)):
        outcomes.append(outcome)
        progress(len(outcomes), len(questions))
    run = {one.answer.id: one.ranked for one in outcomes}
    answers = {one.answer.id: one.answer for one in outcomes}
    hits = {one.answer.id: one.hits for one in outcomes}
    measures, each = measure(questions, run, answers, hits, k)
    told = next((one for one in outcomes if one.generation), None)
    conditions = conditions_of(
        name=name,
        index=index,
        questions=questions_file,
        k=k,
        generation=told.generation if told else "",
        model=told.model if told else "",
        service=service_facts,
        settings=settings,
    )
    found = RunFolder(out, tuple(questions), run, answers, hits, tuple(each), measures, conditions)
    write_folder(found)
    return found


def paragraph_texts(service: Readable, questions: Sequence[Question]) -> dict[str, str | None]:
    """The text of every judged paragraph; None where the index does not hold it."""
    texts: dict[str, str | None] = {}
    for question in questions:
        for identifier in (*question.paragraphs, *question.helps):
            if identifier not in texts:
                try:
                    texts[identifier] = service.paragraph(identifier).paragraph.text
                except QAError:
                    texts[identifier] = None
    return texts
