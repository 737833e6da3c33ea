"""A question put to one text: the words that name it are no part of what is asked."""

from __future__ import annotations

import pytest

from qa.retrieval.without_reference import without_reference


@pytest.mark.parametrize(
    ("question", "reference", "left"),
    [
        ("who must withdraw under 660?", "660", "who must withdraw?"),
        ("Under General Assembly resolution 78/264 who reports?", "General Assembly resolution 78/264", "who reports?"),
        ("S/RES/824: which towns are safe?", "S/RES/824", "which towns are safe?"),
        ("How long is the mandate renewed (S/RES/722)?", "S/RES/722", "How long is the mandate renewed?"),
        ("Which towns does resolution 824 name?", "resolution 824", "Which towns does it name?"),
        ("What deadline is in resolution 678's text?", "resolution 678", "What deadline is in its text?"),
        ("resolution 660 of 2 August 1990, who must withdraw?", "resolution 660", "who must withdraw?"),
        ("A/RES/80/148 - by when is the report due?", "A/RES/80/148", "by when is the report due?"),
        ("When did the sanctions of 883 take effect?", "883", "When did the sanctions take effect?"),
    ],
)
def test_what_names_the_text_is_left_out(question: str, reference: str, left: str) -> None:
    assert without_reference(question, reference) == left


@pytest.mark.parametrize(
    ("question", "reference"), [("resolution 660", "resolution 660"), ("660 please", "660"), ("who pays?", "660")]
)
def test_of_a_text_as_a_whole_the_question_stays(question: str, reference: str) -> None:
    assert without_reference(question, reference) == question
