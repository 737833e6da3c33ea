"""Question files: JSON Lines as `un-dev.jsonl`, or TREC topics with qrels.

A line of JSON has `id`, `question`, `kind`, `symbol` and `paragraphs` (printed numbers), and may have `helps` (related
paragraphs), `answer`, `notes`, `history` (earlier questions) and `judged`. No paragraphs means: the texts do not say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from eval.errors import JudgementError, QuestionFileError
from eval.files import lines_of
from eval.labels import label_of
from eval.records import Judged, Qrels, Question
from eval.trec import read_qrels


class JudgedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who judged a line, when, and the grade in words."""

    by: str
    when: str
    grade: str


class QuestionLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a question file, as it stands."""

    id: str
    question: str
    kind: str
    symbol: str = ""
    paragraphs: list[str] = []
    answer: str = ""
    notes: str = ""
    helps: list[str] = []
    history: list[str] = []
    judged: JudgedLine | None = None


def read_questions(path: Path, qrels: Path | None = None) -> tuple[Question, ...]:
    """The questions of a file, in its order.

    Args:
        path: JSON Lines, TREC topics (`<top>`), or one `id<TAB>question` per line.
        qrels: Judgements in TREC format; they are added to those of the file, and win over them. A topic that they judge, but no
            document higher than 0, counts as one without an answer.

    Raises:
        QuestionFileError: a line is no question, an id comes twice, or the file is empty.
        JudgementError: the judgements are of none of the questions.
        UnreadableError: a file is no text.
    """
    text = "".join(lines_of(path))
    start = text.lstrip()[:4]
    judged = read_qrels(qrels) if qrels else None
    if start.startswith("{"):
        questions = _json_lines(path, text)
    elif start.startswith("<"):
        questions = _topics(path, text)
    else:
        questions = _tabbed(path, text)
    if not questions:
        raise QuestionFileError(path, 1, "no question in the file")
    seen: set[str] = set()
    for number, question in enumerate(questions, 1):
        if question.id in seen or not question.id or re.search(r"\s", question.id):
            raise QuestionFileError(path, number, f"id {question.id!r} comes twice, is empty or holds a blank")
        seen.add(question.id)
    if qrels is None or judged is None:
        return tuple(questions)
    must_fit(qrels, judged, questions)
    return tuple(_judge(one, judged) for one in questions)


def must_fit(path: Path, judged: Collection[str], questions: Sequence[Question]) -> None:
    """Refuse judgements, of the questions with these ids, where none is of a question that is asked.

    Raises:
        JudgementError: there are none, or all are of other questions.
    """
    if not judged:
        raise JudgementError(path, "no judgement in it", "write one a line, as docs/evaluation.md shows")
    asked = {one.id for one in questions}
    if asked.isdisjoint(judged):
        raise JudgementError(
            path,
            f"judges none of the questions asked: its ids are such as {min(judged)!r}, theirs such as {min(asked)!r}",
            "give the judgements of these questions",
        )


def qrels_of(questions: tuple[Question, ...]) -> dict[str, dict[str, int]]:
    """The judgements that the questions carry: 2 for paragraphs that answer, 1 for those that help."""
    return {
        one.id: {**dict.fromkeys(one.helps, 1), **dict.fromkeys(one.paragraphs, 2)}
        for one in questions
        if one.answerable
    }


def _judge(question: Question, qrels: Qrels) -> Question:
    grades = qrels.get(question.id)
    if grades is None:
        return question
    top = max(grades.values(), default=0)
    paragraphs = {*question.paragraphs, *(doc for doc, grade in grades.items() if grade >= min(top, 2) > 0)}
    paragraphs -= {doc for doc, grade in grades.items() if grade < min(top, 2)}
    helps = {*question.helps, *(doc for doc, grade in grades.items() if grade == 1 < top)} - paragraphs
    return replace(
        question, paragraphs=tuple(sorted(paragraphs)), helps=tuple(sorted(helps)), answerable=bool(paragraphs)
    )


def _json_lines(path: Path, text: str) -> list[Question]:
    decoder = msgspec.json.Decoder(QuestionLine)
    questions = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            read = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise QuestionFileError(path, number, f"no question: {error}") from None
        questions.append(_question(path, number, read))
    return questions


def _question(path: Path, number: int, line: QuestionLine) -> Question:
    if not line.question.strip():
        raise QuestionFileError(path, number, "the question is empty")

    def ids(printed: list[str]) -> tuple[str, ...]:
        return tuple(_paragraph_id(path, number, line.symbol, one) for one in printed)

    return Question(
        id=line.id,
        text=line.question,
        kind=line.kind,
        answerable=bool(line.paragraphs),
        paragraphs=ids(line.paragraphs),
        helps=ids(line.helps),
        answer=line.answer,
        notes=line.notes,
        history=tuple(line.history),
        judged=Judged(line.judged.by, line.judged.when, line.judged.grade) if line.judged else None,
        symbol=re.sub(r"\s+", "", line.symbol),
    )


def _paragraph_id(path: Path, number: int, symbol: str, printed: str) -> str:
    """The id of a paragraph named by its number, or by `SYMBOL#number` where it is another resolution's."""
    other, hash_, rest = printed.rpartition("#")
    label = label_of(rest if hash_ else printed)
    where = re.sub(r"\s+", "", other or symbol)
    if label is None or not where:
        raise QuestionFileError(
            path,
            number,
            f"{printed!r} names no paragraph: write '4', '4 (a)', 'annex 12' or 'preamble 3', and a symbol",
        )
    return f"{where}#{label}"


def _topics(path: Path, text: str) -> list[Question]:
    questions = []
    for block in re.finditer(r"<top>(.*?)</top>", text, re.DOTALL | re.IGNORECASE):
        line = text.count("\n", 0, block.start()) + 1
        number = re.search(r"<num>\s*(?:Number:)?\s*([^\s<]+)", block[1], re.IGNORECASE)
        title = re.search(r"<title>\s*(?:Topic:)?\s*([^<]+)", block[1], re.IGNORECASE)
        if not number or not title or not title[1].strip():
            raise QuestionFileError(path, line, "a topic without <num> or <title>")
        questions.append(Question(number[1], " ".join(title[1].split()), "topic", None))
    return questions


def _tabbed(path: Path, text: str) -> list[Question]:
    questions = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        identifier, tab, question = line.partition("\t")
        if not tab or not question.strip():
            raise QuestionFileError(path, number, "expected id<TAB>question")
        questions.append(Question(identifier.strip(), question.strip(), "topic", None))
    return questions
