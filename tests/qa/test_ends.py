"""Paragraphs that name the end that a question names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.lexical import LexicalIndex
from qa.retrieval.corpus import Corpus
from qa.retrieval.dates import find_dates
from qa.retrieval.ends import rows_ending, worth_of

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
    assert set(rows_ending(find_dates(question), CORPUS, None)) == rows


def test_only_rows_of_the_pool_are_looked_at() -> None:
    dates = find_dates("extended through 1991")
    assert set(rows_ending(dates, CORPUS, np.array([0, 3], np.int64))) == {0}


def test_a_session_is_worth_less_than_a_day() -> None:
    every = np.arange(len(TEXTS), dtype=np.int64)
    day = worth_of(rows_ending(find_dates("until 15 June 1991"), CORPUS, None), every)
    session = worth_of(rows_ending(find_dates("for the 80th session"), CORPUS, None), every)
    assert day.tolist() == [1, 0, 0, 0, 0]
    assert 0 < session[4] < 1
    assert not worth_of({}, every).any()
