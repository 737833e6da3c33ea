"""Function words without their apostrophe."""

from __future__ import annotations

import pytest

from qa.retrieval.contractions import apart


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("and whos paying for it?", "and who is paying for it?"),
        ("whos been sent to Sylvania", "who has been sent to Sylvania"),
        ("Whats new, and wheres the seat?", "What is new, and where is the seat?"),
        ("WHOS PAYING?", "WHO is PAYING?"),
        ("didnt they leave?", "didn't they leave?"),
        ("the states that dont and cant pay", "the states that don't and can't pay"),
    ],
)
def test_they_are_read_as_they_are_meant(written: str, meant: str) -> None:
    assert apart(written) == meant


@pytest.mark.parametrize(
    "question",
    ["who's paying for it?", 'which text says "whats and wheres"?', "the WHOs of it", "were they there, its seat, hereby", "the want of it", ""],
)  # fmt: skip
def test_all_else_stays_as_it_is(question: str) -> None:
    assert apart(question) == question
