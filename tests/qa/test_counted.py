"""Whether a text counts what a question counts."""

from __future__ import annotations

import pytest

from qa.answering.counted import is_uncounted

STAFF = "Mourns the loss of its staff members, which stands at 136; and notes the report of the third reporter of 5 June 2031;"


@pytest.mark.parametrize(
    ("question", "uncounted"),
    [
        ("How many journalists were killed?", True),
        ("How many reporters were killed?", True),  # the third is none of three, and no number stands in that sentence
        ("How many staff were killed?", False),
        ("How many of its employees died?", False),  # a plain synonym
        ("What figure is given for employees killed?", False),
        ("Which number of ships?", True),
        ("How much was paid?", False),  # nothing is counted
        ("Who was killed?", False),
    ],
)
def test_a_number_of_something_else_counts_nothing(question: str, uncounted: bool) -> None:
    assert is_uncounted(question, STAFF) == uncounted


def test_numbers_in_words_count() -> None:
    assert not is_uncounted("How many observers may go?", "Sends forty observers.")
    assert not is_uncounted("How many observers may go?", "Sends observers in such numbers as are needed.")
    assert is_uncounted("How many observers may go?", "Sends observers.")
