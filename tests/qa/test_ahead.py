"""Where or when something is to be in a year to come: what names the year, or stands beside what names it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.ahead import unnamed_ahead
from qa.records import Kind, Passage
from qa.retrieval.dates import find_dates
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable

FOUND = Candidates(
    np.zeros(1, np.int64), np.zeros((1, 1), np.float32), np.ones(1, np.float32), np.full(1, 20291204, np.int32)
)


def _unnamed(question: str, texts: list[str], title: str = "Barges", damaged: bool = False) -> str | None:
    passage = Passage("A/RES/84/1#OP1", "A/RES/84/1", "OP1", Kind.OPERATIVE, title, texts[0])
    paragraphs = [SimpleNamespace(label=f"OP{n}", text=text) for n, text in enumerate(texts, 1)]
    whole = None if damaged else SimpleNamespace(title=title, paragraphs=paragraphs)
    dates = tuple(replace(one, role=Role.AHEAD) for one in find_dates(question))
    query = cast(Query, SimpleNamespace(question=question, dates=dates))
    corpus = cast(Searchable, SimpleNamespace(passages=lambda rows: [passage], whole=lambda symbol: whole))
    return unnamed_ahead(query, FOUND, corpus)


@pytest.mark.parametrize(
    ("texts", "title", "unnamed"),
    [
        (["Meets in Lutha in 2031;"], "Barges", None),
        (["Meets in Lutha;"], "Barges", "2031"),
        (["Meets in Lutha;"], "Forum on barges, 2031", None),
        (["Avoids the holidays;", "Approves the calendar for 2031;"], "Barges", None),
        (["Meets in Lutha;", "Recalls its resolution 85/1 of 4 December 2031;"], "Barges", "2031"),
        (["Meets in Lutha;", "Extends it until 2031;"], "Barges", "2031"),
        (["Meets in Lutha;", "Asks;", "Asks;", "Asks;", "Approves the calendar for 2031;"], "Barges", "2031"),
    ],
)
def test_a_time_to_come_is_named_by_a_paragraph_or_beside_it(texts: list[str], title: str, unnamed: str | None) -> None:
    assert _unnamed("Where does the forum meet in 2031?", texts, title) == unnamed
    anywhere = "2031" in "".join([title, *texts])
    assert _unnamed("Who meets in 2031?", texts, title) == (None if anywhere else "2031")


def test_a_session_of_the_time_to_come_names_it() -> None:
    assert _unnamed("What is asked for autumn 2031?", ["Asks for a report at its eighty-sixth session;"]) is None
    assert (
        _unnamed("What is asked for autumn 2034?", ["Asks for a report at its eighty-sixth session;"]) == "autumn 2034"
    )


def test_of_a_damaged_text_only_the_paragraph_is_known() -> None:
    assert _unnamed("Where does the forum meet in 2031?", ["Meets in Lutha;"], damaged=True) == "2031"
