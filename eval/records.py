"""The records of an evaluation: questions with their judgements, and what the service made of them.

Names are the field's own: a *run* is ranked document ids per question, *qrels* are judged relevances. Document ids are
paragraph ids (`A/RES/55/179#OP19`); they hold no blanks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

Qrels = Mapping[str, Mapping[str, int]]
"""Question id -> document id -> grade."""

Run = Mapping[str, Sequence[str]]
"""Question id -> document ids, best first."""


class Grade(IntEnum):
    """How far a paragraph answers a question; the words a judge goes by."""

    NOT = 0
    HELPS = 1
    ANSWERS = 2

    @property
    def words(self) -> str:
        """The grade in words, as judgement files carry it."""
        return {0: "does not answer", 1: "helps", 2: "answers the question"}[int(self)]


class By(StrEnum):
    """What no two folds of a cross-validation share."""

    ANSWERS = "answers"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who judged, when (ISO date), and the grade in words."""

    by: str
    when: str
    grade: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `paragraphs` answer it (grade 2), `helps` are related (grade 1), both as paragraph ids.

    `symbol` is the resolution that its line names; "" where it names none.

    `answerable` is None where nobody judged it: such a question is counted, and left out of every measure.
    """

    id: str
    text: str
    kind: str
    answerable: bool | None
    paragraphs: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    answer: str = ""
    notes: str = ""
    history: tuple[str, ...] = ()
    judged: Judged | None = None
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval, over `n` questions. None where it is not defined: undefined is not zero."""

    value: float | None
    low: float | None
    high: float | None
    n: int
