"""The newest or the oldest first."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.readings import PairReading
from qa.records import Kind, Passage
from qa.retrieval.features import FEATURES
from qa.retrieval.order import (
    Order,
    newest_of_groups,
    order_asked,
    order_in,
    pair_first,
    put_in_time,
    series_first,
    without_shown,
)
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
        ("Where will the next UN fruit congress be held?", Order.NEWEST),
        ("How long had it been set up in the first place?", Order.OLDEST),
        ("What was the first thing the Council demanded?", None),
        ("What did it do next?", None),
        ("Who chairs the First Committee?", None),
        ("How long did it last?", None),
        ("the last United Nations observer to leave", None),
    ],
)
def test_words_that_ask_for_an_order(question: str, order: Order | None) -> None:
    asked = order_in(question)
    assert (asked[0] if asked else None) == order


def test_members_of_a_group_share_out_their_places() -> None:
    scores = np.array([2.0, 1.99, 1.98, 1.97, 1.5], np.float32)
    adopted = np.array([19900101, 20000101, 20100101, 0, 20200101], np.int32)  # the fourth is unknown, the last too far
    assert newest_of_groups(["a", "b", "a", "a", "a"], scores, adopted, 0.1) == [2, 1, 0, 3, 4]


@pytest.mark.parametrize(("order", "places"), [(Order.NEWEST, [4, 2, 0, 5, 1, 3]), (Order.OLDEST, [0, 2, 4, 5, 1, 3])])
def test_a_series_comes_first_with_the_newest_or_oldest_text_of_it_at_the_head(order: Order, places: list[int]) -> None:
    texts = ["a", "x", "b", "b", "c", "d"]
    scores = np.array([2.0, 1.9, 1.8, 1.5, 1.5, 1.4], np.float32)
    adopted = np.array([19900101, 20200101, 20000101, 20000101, 20100101, 0], np.int32)  # of the last no date is known
    # x is of no series; the second paragraph of b lies far below the first; the last may lie as far below as it does
    assert series_first(dict.fromkeys([0, 2, 3, 4, 5], 0.6), texts, scores, adopted, order) == places
    near = {0: 0.6, 2: 0.6, 4: 0.1}
    assert 4 not in series_first(near, texts, scores, adopted, order)[:2]


def test_two_times_bring_the_best_of_one_and_what_is_most_alike_it_of_the_other() -> None:
    of_2023, of_2025 = np.array([0, 0, 1, 1], np.bool_), np.array([0, 1, 0, 0], np.bool_)
    assert pair_first([0, 1, 2, 1], [of_2023, of_2025]) == [3, 1, 2, 0]  # the older first; the first hit is of neither
    assert pair_first([0, 1, 2, 3], [of_2023, of_2025]) == [2, 1, 3, 0]  # nothing is alike: the best
    assert pair_first([0, 1], [of_2023[:2], of_2023[:2]]) == [0, 1]
    session, year = np.array([1, 0, 0], np.bool_), np.array([1, 0, 1], np.bool_)
    assert pair_first([0, 1, 2], [session, year]) == [0, 2, 1]  # times that overlap: no hit is both of the pair


def _ranked(*years: int) -> Ranked:
    n = len(years)
    scores = np.linspace(2.0, 1.95, n, dtype=np.float32)
    adopted = np.array([year * 10000 + 101 for year in years], np.int32)
    found = Candidates(np.arange(n, dtype=np.int64), np.zeros((n, len(FEATURES)), np.float32), scores, adopted)
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
        ("latest resolution on orchards", [1, 0, 2], [0, 0, 2]),  # asked for: of what is about the same, not of all
        ("earliest report on orchards", [0, 1, 2], [0, 0, 2]),
    ],
)
def test_candidates_in_order_of_time_keep_their_readings(question: str, rows: list[int], series: list[int]) -> None:
    ranked = _ranked(2001, 2002, 2003)
    asked = order_in(question)
    done, alike = put_in_time(understand(question), ranked, SERIES, 0.75, asked[0] if asked else None)
    assert (done.candidates.rows.tolist(), alike) == (rows, series)
    assert [one.score for one in done.readings] == [2001.0 + row for row in rows]
    assert done.candidates.scores.tolist() == ranked.candidates.scores.tolist()


@pytest.mark.parametrize(
    ("question", "history", "order"),
    [
        ("the first resolution on orchards of 1968", (), Order.OLDEST),  # of those of the year
        ("the latest figures of 1968", (), None),  # those of that text
        ("for how long had it been set up in the first place?", ("the final extension of the Force",), Order.OLDEST),
        ("until when?", ("the final extension of the Force",), Order.NEWEST),
    ],
)
def test_an_order_is_that_of_the_question_else_of_its_topic(
    question: str, history: tuple[str, ...], order: Order | None
) -> None:
    asked = order_asked(understand(question, history))
    assert (asked[0] if asked else None) == order


def test_the_recital_that_tells_the_last_renewal_is_of_the_organ_asked_for() -> None:
    recital = (
        "Recalling the establishment of the Force and the resolutions that renewed it, the latest of which was resolution 2749 (2024)"
        " of 28 August 2024, by which the Council renewed the Force until 31 August 2025,"
    )
    head = _passages("Decides to renew the Force until 1993", "Apportions the costs of the Force, should one renew it")
    head.append(Passage("A/RES/79/1#PP2", "A/RES/79/1", "PP2", Kind.PREAMBULAR, "", recital))
    ranked = _ranked(1993, 2025, 2025)
    ranked.candidates.features[:, FEATURES.index("organ")] = [1, -1, -1]
    done, _ = put_in_time(
        understand("when did the Security Council last renew the Force?"), ranked, head, 0.75, Order.NEWEST
    )
    assert done.candidates.rows.tolist() == [2, 0, 1]


def test_of_one_text_what_it_decides_comes_before_its_recitals() -> None:
    head = [
        Passage("A/RES/79/1#PP2", "A/RES/79/1", "PP2", Kind.PREAMBULAR, "", "Noting the orchards"),
        Passage("A/RES/79/1#OP1", "A/RES/79/1", "OP1", Kind.OPERATIVE, "", "Protects the orchards"),
    ]
    done, _ = put_in_time(understand("latest resolution on orchards"), _ranked(2001, 2001), head, 0.75, Order.NEWEST)
    assert done.candidates.rows.tolist() == [1, 0]


def test_what_was_not_read_is_not_moved_among_what_was() -> None:
    ranked = _ranked(2001, 2002, 2003)
    all_of_one = _passages(*["Requests a report on the orchards of the islands"] * 3)
    read = Ranked(ranked.candidates, ranked.readings[:2])
    done, _ = put_in_time(understand("latest resolution on orchards"), read, all_of_one, 0.75, Order.NEWEST)
    assert done.candidates.rows.tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("series", "n", "rows", "left"),
    [([0, 1, 0, 1], 1, [1, 3, 4], [0, 0, 2]), ([0, 1, 2, 1], 2, [2, 4], [0, 1]), ([0, 0, 0, 0], 1, [0, 1, 2, 3, 4], [0, 0, 0, 0])],
)  # fmt: skip
def test_what_was_shown_is_left_out_with_what_repeats_it(
    series: list[int], n: int, rows: list[int], left: list[int]
) -> None:
    values = np.arange(5)
    found = Candidates(
        values, np.zeros((5, len(FEATURES)), np.float32), -values.astype(np.float32), values.astype(np.int32)
    )
    ranked, again = without_shown(Ranked(found), series, n)
    assert (ranked.candidates.rows.tolist(), again) == (rows, left)
