"""The newest or the oldest first."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.readings import PairReading
from qa.records import Kind, Passage
from qa.retrieval.order import Order, in_order, order_asked, put_in_time
from qa.retrieval.query import understand
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Under the latest resolution, until when does the mandate run?", Order.NEWEST),
        ("most recent extension of the Force", Order.NEWEST),
        ("the last renewal before the war", Order.NEWEST),
        ("current budget of the Force", Order.NEWEST),
        ("the first Security Council resolution on Sylvania", Order.OLDEST),
        ("the original mandate", Order.OLDEST),
        ("What was the first thing the Council demanded?", None),
        ("Who chairs the First Committee?", None),
        ("How long did it last?", None),
        ("the last United Nations observer to leave", None),
    ],
)
def test_words_that_ask_for_an_order(question: str, order: Order | None) -> None:
    asked = order_asked(question)
    assert (asked[0] if asked else None) == order


@pytest.mark.parametrize(
    ("order", "places"),
    [(Order.NEWEST, [2, 1, 0, 3, 4]), (Order.OLDEST, [0, 1, 2, 3, 4])],
)
def test_members_of_a_group_share_out_their_places(order: Order, places: list[int]) -> None:
    scores = np.array([2.0, 1.99, 1.98, 1.97, 1.5], np.float32)
    adopted = np.array([19900101, 20000101, 20100101, 0, 20200101], np.int32)  # the fourth is unknown, the last too far
    assert in_order(["a", "b", "a", "a", "a"], scores, adopted, order, 0.1) == places


def _ranked(*years: int) -> Ranked:
    n = len(years)
    scores = np.linspace(2.0, 1.95, n, dtype=np.float32)
    adopted = np.array([year * 10000 + 101 for year in years], np.int32)
    found = Candidates(np.arange(n, dtype=np.int64), np.zeros((n, 1), np.float32), scores, adopted)
    return Ranked(found, tuple(PairReading(float(year), None) for year in years))


def _passages(*texts: str) -> list[Passage]:
    return [
        Passage(f"A/RES/7{n}/1#OP1", f"A/RES/7{n}/1", "OP1", Kind.OPERATIVE, "", text) for n, text in enumerate(texts)
    ]


SERIES = _passages(*["Requests a report on the orchards of the islands"] * 2, "Condemns all piracy at sea")


@pytest.mark.parametrize(
    ("question", "rows", "series"),
    [
        ("orchards report?", [1, 0, 2], [0, 0, 2]),  # the newest of a series heads it
        ("orchards report of 2001?", [0, 1, 2], [0, 0, 2]),  # a time is named: nothing is moved
        ("latest resolution on orchards", [2, 1, 0], [0, 1, 1]),  # asked for: whatever fits about equally
        ("earliest report on orchards", [0, 1, 2], [0, 0, 2]),
    ],
)
def test_candidates_in_order_of_time_keep_their_readings(question: str, rows: list[int], series: list[int]) -> None:
    ranked = _ranked(2001, 2002, 2003)
    done, alike = put_in_time(understand(question), ranked, SERIES, 0.75)
    assert (done.candidates.rows.tolist(), alike) == (rows, series)
    assert [one.score for one in done.readings] == [2001.0 + row for row in rows]
    assert done.candidates.scores.tolist() == ranked.candidates.scores.tolist()


def test_what_was_not_read_is_not_moved_among_what_was() -> None:
    ranked = _ranked(2001, 2002, 2003)
    done, _ = put_in_time(understand("latest resolution"), Ranked(ranked.candidates, ranked.readings[:2]), SERIES, 0.75)
    assert done.candidates.rows.tolist() == [1, 0, 2]
