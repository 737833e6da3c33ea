"""Measures against values worked by hand and against a second implementation, small enough to read."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.errors import MeasureError
from eval.measures import DEFAULT, names_for, parse_measures, per_question, within


def test_ndcg_by_hand() -> None:
    # Ranking x a y b; gains a 2, b 1, c 1. DCG = 2/log2(3) + 1/log2(5) = 1.26186 + 0.43068 = 1.69254.
    # Ideal: 2/log2(2) + 1/log2(3) + 1/log2(4) = 2 + 0.63093 + 0.5 = 3.13093. nDCG = 0.54059.
    got = per_question(["nDCG@10"], {"q": {"a": 2, "b": 1, "c": 1}}, {"q": ("x", "a", "y", "b")})
    assert got["nDCG@10"]["q"] == pytest.approx(0.54059, abs=1e-5)


def test_average_precision_by_hand() -> None:
    # Relevant at places 2 and 4 of 3 relevant: (1/2 + 2/4) / 3 = 1/3.
    got = per_question(["AP@10"], {"q": {"a": 1, "b": 1, "c": 1}}, {"q": ("x", "a", "y", "b")})
    assert got["AP@10"]["q"] == pytest.approx(1 / 3)


def test_success_recall_and_reciprocal_rank_by_hand() -> None:
    got = per_question(DEFAULT, {"q": {"a": 2, "b": 2}}, {"q": ("x", "a", "y")})
    assert {name: values["q"] for name, values in got.items() if name[0] in "SR"} == {
        "Success@1": 0.0,
        "Success@5": 1.0,
        "RR@10": 0.5,
        "R@10": 0.5,
        "R@100": 0.5,
    }


def test_cut_offs_cut() -> None:
    ranking = (*(f"x{n}" for n in range(10)), "a")
    got = per_question(["nDCG@10", "R@10", "R@100", "AP@10", "RR@10"], {"q": {"a": 2}}, {"q": ranking})
    assert [values["q"] for values in got.values()] == [0.0, 0.0, 1.0, 0.0, 0.0]


def test_a_question_left_out_is_a_miss_and_one_without_relevant_documents_has_no_value() -> None:
    got = per_question(["nDCG@10"], {"q": {"a": 2}, "left": {"b": 1}, "none": {"c": 0}}, {"q": ("a",), "none": ("c",)})
    assert got["nDCG@10"] == {"q": 1.0, "left": 0.0}


def test_the_order_served_is_measured_even_where_ids_would_sort_otherwise() -> None:
    # trec_eval breaks ties by document id, highest first; distinct scores by place leave it nothing to break.
    got = per_question(["Success@1"], {"q": {"a": 1}, "r": {"z": 1}}, {"q": ("a", "z"), "r": ("z", "a")})
    assert got["Success@1"] == {"q": 1.0, "r": 1.0}


def test_helping_is_told_from_answering_only_where_the_judges_did() -> None:
    assert names_for({"q": {"a": 2}}, 100) == DEFAULT
    assert names_for({"q": {"a": 1}}, 100) == DEFAULT
    names = names_for({"q": {"a": 2, "b": 1}}, 100)
    got = per_question(names, {"q": {"a": 2, "b": 1}}, {"q": ("b", "a")})
    assert got["Success@1"]["q"] == 1.0
    assert got["Success(rel=2)@1"]["q"] == 0.0
    assert got["RR(rel=2)@10"]["q"] == 0.5


def test_no_measure_looks_deeper_than_the_rankings_are_long() -> None:
    qrels = {"q": {"a": 2, "b": 1}}
    assert names_for(qrels, 5) == ("Success@1", "Success@5", "Success(rel=2)@1")
    assert set(names_for(qrels, 99)) == set(names_for(qrels, 100)) - {"R@100"}
    assert within(["AP", "R@6"], 5) == ("AP",)  # no depth of its own: that of the rankings


def test_all_bad_names_are_reported_at_once() -> None:
    with pytest.raises(MeasureError) as caught:
        parse_measures(["nDCG@10", "Foo@1", "bar"])
    assert caught.value.names == ("Foo@1", "bar")


def _ndcg(ranking: list[str], gains: dict[str, int], k: int) -> float:
    """nDCG from its definition (Järvelin and Kekäläinen 2002, log base 2)."""
    weights = 1.0 / np.log2(np.arange(2, k + 2))
    got = np.array([gains.get(doc, 0) for doc in ranking[:k]], dtype=float)
    ideal = np.array(sorted(gains.values(), reverse=True)[:k], dtype=float)
    return float((got * weights[: got.size]).sum() / (ideal * weights[: ideal.size]).sum())


def _ap(ranking: list[str], gains: dict[str, int], k: int) -> float:
    """Average precision at k, over all relevant documents."""
    relevant = np.array([gains.get(doc, 0) > 0 for doc in ranking[:k]], dtype=float)
    precision = np.cumsum(relevant) / np.arange(1, relevant.size + 1)
    return float((precision * relevant).sum() / sum(gain > 0 for gain in gains.values()))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_ndcg_and_ap_agree_with_their_definitions(data: st.DataObject) -> None:
    documents = [f"d{n}" for n in range(30)]
    ranking = data.draw(st.permutations(documents))[: data.draw(st.integers(1, 30))]
    gains = data.draw(st.dictionaries(st.sampled_from(documents), st.integers(1, 2), min_size=1, max_size=8))
    got = per_question(DEFAULT, {"q": gains}, {"q": tuple(ranking)})
    assert got["nDCG@10"]["q"] == pytest.approx(_ndcg(ranking, gains, 10), abs=1e-6)
    assert got["AP@10"]["q"] == pytest.approx(_ap(ranking, gains, 10), abs=1e-6)
    found = [place for place, doc in enumerate(ranking[:10], 1) if doc in gains]
    assert got["RR@10"]["q"] == pytest.approx(1 / found[0] if found else 0.0)
    assert got["R@10"]["q"] == pytest.approx(len(found) / len(gains))
    assert all(0.0 <= value <= 1.0 and math.isfinite(value) for values in got.values() for value in values.values())
