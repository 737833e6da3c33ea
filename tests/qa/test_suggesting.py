"""Suggestions while typing."""

from __future__ import annotations

import pytest

from qa.suggesting import suggest

LINES = [
    "Cooperation between the United Nations and the Council of Europe (A/RES/79/284)",
    "Human rights and cultural diversity (A/RES/80/205)",
    "Promotion of human rights (A/RES/80/206)",
    "S/RES/1244(1999)",
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cooper", [0]),
        ("Who must cooper", [0]),
        ("europe council", [0]),
        ("human rig", [1, 2]),  # the one that begins with the words comes first
        ("what about HUMAN  rights", [1, 2]),
        ("s/res/124", [3]),
        ("80/20", [1, 2]),
        ("1244 (19", [3]),
        ("rights human diversity", [1]),
        ("ights", []),  # the beginning of a word, not its middle
        ("Who pays for zebras", []),
        ("who is to", []),
        ("", []),
        (" \t", []),
        ("((", []),
        ("%_*", []),
    ],
)
def test_what_is_suggested(typed: str, found: list[int]) -> None:
    assert suggest(typed, LINES, 5) == [LINES[number] for number in found]


def test_no_more_than_asked_for() -> None:
    assert suggest("human", LINES, 1) == [LINES[1]]
