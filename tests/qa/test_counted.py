"""Whether a text counts what a question counts."""

from __future__ import annotations

import pytest

from qa.answering.counted import counts

STAFF = "Mourns the loss of its staff members, which stands at 136; and notes the report of the third reporter of 5 June 2031;"


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many journalists were killed?", False),
        ("How many reporters were killed?", False),  # the third is none of three, and no number stands in that sentence
        ("How many staff were killed?", True),
        ("How many of its employees died?", True),  # a plain synonym
        ("What figure is given for employees killed?", True),
        ("Which number of ships?", False),
        ("How much was paid?", None),  # nothing is counted
        ("Who was killed?", None),
    ],
)
def test_a_number_of_something_else_counts_nothing(question: str, counted: bool | None) -> None:
    assert counts(question, STAFF) is counted


def test_numbers_in_words_count() -> None:
    assert counts("How many observers may go?", "Sends forty observers.")
    assert counts("How many observers may go?", "Sends observers in such numbers as are needed.")
    assert counts("How many observers may go?", "Sends observers.") is False


def test_a_short_noun_is_a_word_of_its_own() -> None:
    assert counts("How many deaths were there?", "Sets a deadline of 30 days for what was mentioned.") is False
    assert counts("How many deaths were there?", "Mourns 30 dead.")
