"""A paragraph asked of a text by its name, and what is no such question."""

from __future__ import annotations

import pytest

from qa.symbols.asked_by_name import asked_by_name


@pytest.mark.parametrize(
    ("question", "name", "places"),
    [
        ("para 4 (b) of the Doha Political Declaration", "Doha Political Declaration", ["OP4(b)"]),
        ("What does paragraph 3 of the resolution on mine action say?", "resolution on mine action", ["OP3"]),
        ("question of Guam, 79th session, last paragraph", "question of Guam, 79th session", ["OP 1 from the end"]),
        ("OP 2, UNIFIL renewal of July 1986", "UNIFIL renewal of July 1986", ["OP2"]),
        ("article 8 of the convention on cargo documents", "convention on cargo documents", ["Art8"]),
        ("who must report by the date in op 13 of the Haiti embargo (1993)?", "Haiti embargo (1993)", ["OP13"]),
    ],
)
def test_asked_by_name(question: str, name: str, places: list[str]) -> None:
    asked = asked_by_name(question)
    assert asked is not None
    assert (asked.name, [str(place) for place in asked.places]) == (name, places)


@pytest.mark.parametrize(
    "question",
    [
        "when did the observers sent under paragraph 5 of the Gulf ceasefire resolution arrive?",
        "plans for carrying out paragraph 5 of the ceasefire resolution",
        "paragraph 19 of the report on human resources",
        "article 51 of the Charter",
        "paragraph 3 of this resolution",
        "MONUSCO tasks paragraph 15 2013",
        "Which sanctions apply, paragraph 3",
        "compare paragraph 3 of the first text with paragraph 4 of the second",
        "paragraph 4",
        "who must report?",
    ],
)
def test_other_questions_are_not(question: str) -> None:
    assert asked_by_name(question) is None
