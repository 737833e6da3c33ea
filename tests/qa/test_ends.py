"""Paragraphs that name the end that a question names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.lexical import LexicalIndex
from qa.retrieval.corpus import Corpus
from qa.retrieval.dates import find_dates
from qa.retrieval.ends import rows_naming, with_ahead, worth_of
from qa.retrieval.roles import Role
from qa.store.columns import Stretch

TEXTS = [
    "resolution 1 (December 1990).\nExtends the stay of the Force until 15 June 1991;",
    "resolution 2 (June 1991).\nExtends the stay of the Force until 15 December 1991;",
    "resolution 3 (May 1990).\nRequests a report by 15 May 1991, and another in June;",
    "resolution 4 (June 1991).\nThanks the Force;",
    "resolution 5 (December 2024, session 79).\nRequests a report at its eightieth session;",
]
CORPUS = cast(
    Corpus,
    SimpleNamespace(lexical=LexicalIndex.build(TEXTS), inputs=lambda rows: [(TEXTS[row], b"") for row in rows]),
)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which resolution extended it until 15 June 1991?", {0}),
        ("extended until June 1991", {0}),  # what stands before the text is no end of anything
        ("extended through 1991", {0, 1, 2}),
        ("extended in June 1991", set()),
        ("what is to go to the 80th session?", {4}),
        ("who must report?", set()),
    ],
)
def test_rows_whose_text_names_the_end(question: str, rows: set[int]) -> None:
    assert set(rows_naming(find_dates(question), CORPUS, [None], CORPUS.lexical.match(question))) == rows


def test_only_rows_of_the_pool_are_looked_at() -> None:
    dates = find_dates("extended through 1991")
    assert set(rows_naming(dates, CORPUS, [None, np.array([0, 3], np.int64)], CORPUS.lexical.match(""))) == {0}


def test_a_session_is_worth_less_than_a_day() -> None:
    every = np.arange(len(TEXTS), dtype=np.int64)
    day = worth_of(rows_naming(find_dates("until 15 June 1991"), CORPUS, [None], CORPUS.lexical.match("")), every)
    session = worth_of(rows_naming(find_dates("for the 80th session"), CORPUS, [None], CORPUS.lexical.match("")), every)
    assert day.tolist() == [1, 0, 0, 0, 0]
    assert 0 < session[4] < 1
    assert not worth_of({}, every).any()


@pytest.mark.parametrize(
    ("question", "role", "is_held"),
    [
        ("the ocean gathering of 2028", Role.AHEAD, True),
        ("priorities for 2028", Role.AHEAD, True),
        ("the ocean gathering of 2020", Role.ADOPTED, False),
        ("the ocean gathering of 2024", Role.ADOPTED, True),
        ("until 2028", Role.UP_TO, True),
        ("the 2028 resolution on oceans", Role.ADOPTED, False),  # a text is said to be of that time
        ("the text of May 2028", Role.ADOPTED, False),
        ("the resolution on the 2028 conference", Role.AHEAD, True),
    ],
)
def test_a_time_later_than_every_text_is_not_one_of_adoption(question: str, role: Role, is_held: bool) -> None:
    held = np.array([19640304, 20240000, 20251212], np.int32)
    corpus = cast(
        Corpus,
        SimpleNamespace(
            adopted_when=lambda test, within: np.flatnonzero(test(held)) if test(held).any() else None,
            years={"Security Council": [Stretch(1964, 1964, 1)], "General Assembly": [Stretch(2024, 2025, 2)]},
        ),
    )
    (one,) = with_ahead(find_dates(question), question, corpus)
    assert one.role is role
    assert one.tells_adoption is (role is not Role.AHEAD)
    assert one.is_held is is_held
    assert one.note == f"{one.text!r}: {role.value if is_held else 'no text that is held was adopted then'}"


def test_a_period_is_looked_for_among_what_matches_the_question() -> None:
    texts = ["context.\nThe orchards get 5 dollars for 2025;", "context.\nThe ships get 7 dollars for 2025;"]
    corpus = cast(
        Corpus,
        SimpleNamespace(lexical=LexicalIndex.build(texts), inputs=lambda rows: [(texts[row], b"") for row in rows]),
    )
    dates = find_dates("what do the orchards get for 2025?")
    assert set(rows_naming(dates, corpus, [None], corpus.lexical.match("orchards"))) == {0}
