"""Judgements made after the questions were written: an unjudged hit is read before it is called wrong.

`qa-eval pool` lists the hits of a run that nobody has judged; whoever judges fills in grade, words, by and when, and the
file goes back in with `qa-eval run --judgements`. One JSON object a line; a line whose grade is null waits to be judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from eval.errors import QuestionFileError
from eval.files import lines_of
from eval.folder import RunFolder
from eval.question_files import must_fit
from eval.records import Grade, Question


class JudgementLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whether a paragraph answers a question. `asked` and `text` are there for the judge and need not be kept."""

    question: str
    paragraph: str
    grade: int | None
    words: str = ""
    by: str = ""
    when: str = ""
    why: str = ""
    asked: str = ""
    text: str = ""


def read_judgements(path: Path) -> tuple[JudgementLine, ...]:
    """The lines of a judgement file, judged or waiting.

    Raises:
        QuestionFileError: a line is no judgement, its words are not those of its grade, it does not say who judged and
            when, or it judges a paragraph twice.
    """
    decoder = msgspec.json.Decoder(JudgementLine)
    lines: dict[tuple[str, str], JudgementLine] = {}
    for number, text in enumerate(lines_of(path), 1):
        if not text.strip():
            continue
        try:
            line = decoder.decode(text)
        except msgspec.DecodeError as error:
            raise QuestionFileError(path, number, f"no judgement: {error}") from None
        if line.grade is not None:
            _check(path, number, line.grade, line)
        if (line.question, line.paragraph) in lines:
            raise QuestionFileError(path, number, f"{line.paragraph} is judged twice for question {line.question}")
        lines[line.question, line.paragraph] = line
    return tuple(lines.values())


def judged_by(path: Path, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with the judgements of a file.

    Raises:
        QuestionFileError: as `read_judgements`.
        JudgementError: the file judges none of the questions.
    """
    judgements = read_judgements(path)
    must_fit(path, {one.question for one in judgements}, questions)
    return apply(questions, judgements)


def apply(questions: Sequence[Question], judgements: Sequence[JudgementLine]) -> tuple[Question, ...]:
    """The questions with what was judged later: a judgement adds a paragraph, or overrules what the question says."""
    grades: dict[str, dict[str, int]] = {}
    for one in judgements:
        if one.grade is not None:
            grades.setdefault(one.question, {})[one.paragraph] = one.grade
    return tuple(_apply(one, grades[one.id]) if one.id in grades else one for one in questions)


def pool(found: RunFolder, judged: Sequence[JudgementLine], top: int) -> Iterator[JudgementLine]:
    """The first hits of a run that neither its questions nor `judged` judge, question by question, best first."""
    known = {(one.question, one.paragraph) for one in judged if one.grade is not None}
    for question in found.questions:
        known |= {(question.id, paragraph) for paragraph in (*question.paragraphs, *question.helps)}
        hits = found.hits.get(question.id)
        for hit in hits.hits[:top] if hits else ():
            if (question.id, hit.id) not in known:
                yield JudgementLine(question.id, hit.id, None, asked=question.text, text=hit.text)


def _check(path: Path, number: int, grade: int, line: JudgementLine) -> None:
    if grade not in list(Grade):
        raise QuestionFileError(path, number, f"the grade is {grade}; give 0, 1 or 2, or null where not yet judged")
    if line.words != Grade(grade).words:
        raise QuestionFileError(path, number, f"the words for grade {grade} are {Grade(grade).words!r}")
    if not line.by or not line.when:
        raise QuestionFileError(path, number, "say who judged (by) and when (ISO date)")


def _apply(question: Question, grades: dict[str, int]) -> Question:
    def having(grade: int, said: tuple[str, ...]) -> tuple[str, ...]:
        kept = [one for one in said if grades.get(one, grade) == grade]
        return (*kept, *sorted(one for one, given in grades.items() if given == grade and one not in said))

    paragraphs = having(2, question.paragraphs)
    return replace(question, paragraphs=paragraphs, helps=having(1, question.helps), answerable=bool(paragraphs))
