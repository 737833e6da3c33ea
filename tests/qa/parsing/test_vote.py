"""How a text says that it was adopted: what it counts, and no more."""

from __future__ import annotations

import pytest

from qa.parsing.closing import read_vote
from qa.records import Vote
from qa.rendering import _vote
from qa.wire import VoteOut


@pytest.mark.parametrize(
    ("text", "without", "counts"),
    [
        ("Adopted by 9 votes to none, with 1 abstention (Sylvania).", False, (9, 0, 1)),
        ("Adopted by 11 votes to 2.", False, (11, 2, None)),
        ("Adopted unanimously at the 9th meeting.", False, (None, None, None)),
        ("Adopted without a vote.", True, (None, None, None)),
    ],
)
def test_only_what_is_counted_is_told(text: str, without: bool, counts: tuple[int | None, ...]) -> None:
    assert read_vote(text) == Vote(text, without, *counts)


def test_a_unanimous_vote_of_an_older_index_counts_nothing() -> None:
    stored = Vote("Adopted unanimously at the 9th meeting.", False, None, 0, None)
    assert _vote(stored) == VoteOut(stored.text, False, None, None, None)
