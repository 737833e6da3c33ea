"""Questions over several resolutions: what came after one, all of a time, the next of a series, what one text has and another not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.lookups.adopted_then import cited_after
from qa.answering.ordering import paragraphs_of, still_listed
from qa.answering.references import BesideText
from qa.answering.scoping import time_of_adoption
from qa.records import Kind, Passage
from qa.retrieval.comparing import lacking_time, new_first
from qa.retrieval.ends import asks_where_or_when
from qa.retrieval.features import FEATURES
from qa.retrieval.in_time import of_that_time
from qa.retrieval.one_each import asks_for_each, one_each
from qa.retrieval.query import understand
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.sequels import decisions_first, of_sequels, tells_back
from qa.retrieval.succession import Succession, succession_of
from qa.symbols import find_in_question
from qa.symbols.organs import Organ
from qa.symbols.roles import Side
from qa.wire import Filters


def _passage(name: str, text: str, context: str = "") -> Passage:
    symbol, _, label = name.partition("#")
    kind = Kind.PREAMBULAR if label.startswith("PP") else Kind.OPERATIVE
    return Passage(name, symbol, label, kind, context, text)


def _ranked(adopted: Sequence[int], scores: Sequence[float] = ()) -> Ranked:
    n = len(adopted)
    highest = np.array(scores or np.linspace(2.0, 1.9, n), np.float32)
    return Ranked(
        Candidates(np.arange(n), np.zeros((n, len(FEATURES)), np.float32), highest, np.array(adopted, np.int32))
    )


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("Which resolution followed up 245 (1968) on the trial?", Side.AFTER),
        ("Which resolution replaced 232 (1966)?", Side.AFTER),
        ("What did the Council do after 211?", Side.AFTER),
        ("what did the council do before 660 on kuwait", Side.BEFORE),
        ("Which States followed up on resolution 245 (1968)?", None),
        ("The resolution that replaced the rules of 245 (1968)", None),
    ],
)
def test_what_came_after_a_resolution_is_asked_in_many_words(question: str, side: Side | None) -> None:
    (mention,) = find_in_question(question)
    assert mention.side is side


@pytest.mark.parametrize(
    "question", ["What did the Council say after 242 people died?", "after 30 days", "after 1965?"]
)
def test_a_number_that_counts_something_names_no_resolution(question: str) -> None:
    assert not any(one.side for one in find_in_question(question))


REAFFIRMS = _passage("S/RES/2(1990)#OP1", "Reaffirms its resolutions 1 (1990) and 3 (1989);")
RECALLS = _passage("S/RES/2(1990)#PP1", "Recalling its resolution 1 (1990),")
DEMANDS = _passage("S/RES/2(1990)#OP2", "Demands that Sylvania withdraw;")
OTHER = _passage("S/RES/9(1992)#OP1", "Demands that Borduria withdraw;")


def test_what_decides_comes_before_what_tells_back() -> None:
    assert [tells_back(one) for one in (REAFFIRMS, RECALLS, DEMANDS)] == [True, True, False]
    head = [RECALLS, REAFFIRMS, OTHER, DEMANDS]
    done, moved = decisions_first(_ranked([19900101] * 4), head, 4)
    assert moved == [OTHER, DEMANDS, RECALLS, REAFFIRMS]
    assert done.candidates.rows.tolist() == [2, 3, 0, 1]
    assert decisions_first(_ranked([19900101] * 4), head, 2)[1] == head  # no further than was read


def test_of_what_cites_a_resolution_what_lies_near_the_best() -> None:
    head, sequels = [OTHER, DEMANDS, RECALLS], frozenset({"S/RES/2(1990)"})
    assert of_sequels(head, np.array([2.0, 1.8, 1.7], np.float32), sequels, 0.6, 0.3) == {1: 0.6}
    assert of_sequels(head, np.array([2.0, 1.6, 1.9], np.float32), sequels, 0.6, 0.3) == {}  # something else is meant


RENEWALS = [
    _passage("S/RES/5(1993)#PP1", "Recalling the mandate of the Force in Sylvania and its extension,"),
    _passage("S/RES/5(1993)#OP2", "Extends the mandate of the Force in Sylvania until 31 May;"),
    _passage("S/RES/5(1993)#OP3", "Calls upon the Force in Sylvania to assist;"),
    _passage("S/RES/7(1993)#OP1", "Demands that Sylvania release the crew;"),
    _passage("S/RES/3(1993)#OP1", "Renews the Force in Sylvania until 30 March;"),
]


def test_of_each_resolution_of_a_time_that_did_it_one_paragraph_comes_in_order_of_time() -> None:
    query = understand("List all resolutions of 1993 that extended the Force in Sylvania")
    ranked = _ranked([19930330, 19930330, 19930330, 19930601, 19930115])
    assert one_each(query, ranked, RENEWALS) == [4, 1]
    assert (
        one_each(understand("List all resolutions of 1993 that extended UNFYS"), ranked, RENEWALS) == []
    )  # never named


def test_what_establishes_a_force_is_no_renewal_of_it() -> None:
    found = [
        _passage("S/RES/2(1993)#OP1", "Establishes the Force in Sylvania for six months;"),
        _passage("S/RES/5(1993)#OP2", "Extends the mandate of the Force in Sylvania until 31 May;"),
    ]
    renewals = understand("Which resolutions of 1993 extended the Force in Sylvania?")
    assert one_each(renewals, _ranked([19930101, 19930330]), found) == [1]
    assert one_each(renewals, _ranked([19930101]), found[:1]) == []
    others = understand("Which resolutions of 1993 spoke of the Force in Sylvania?")
    assert one_each(others, _ranked([19930101, 19930330]), found) == [0, 1]


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("Which resolutions of 1993 extended it?", True),
        ("How often was it extended in 1993?", True),
        ("Which resolution adopted in 1993 extended it?", False),
    ],
)
def test_several_resolutions_are_asked_for(question: str, each: bool) -> None:
    assert asks_for_each(question) is each


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Which resolutions of 1993 extended UNFYS?", True),
        ("How often was UNFYS extended in 1993?", True),
        ("Which Security Council resolutions prolonged UNFYS in 1993?", True),
        ("List the resolutions that renewed the mandate of UNFYS in 1993", True),
        ("Which resolution extended UNFYS in 1993?", False),
        ("Which resolutions deplored the raid of 1993?", False),
    ],
)
def test_resolutions_of_a_time_are_asked_for(question: str, searched: bool) -> None:
    assert (time_of_adoption(understand(question)) is not None) is searched


def test_of_a_named_time_what_says_the_same_comes_first() -> None:
    head = [
        _passage("S/RES/1(1992)#OP1", "Extends the mandate of the Force in Sylvania for two months;"),
        _passage("S/RES/4(1993)#OP1", "Demands that Sylvania release the crew;"),
        RENEWALS[1],
    ]
    query, ranked = understand("How was the mandate of the Force in Sylvania extended in 1993?"), _ranked([0] * 3)
    ranked = _ranked([19921201, 19930101, 19930330])
    assert of_that_time(query, ranked, head) == [2]
    assert of_that_time(understand("How was the Force extended?"), ranked, head) == []
    assert of_that_time(query, _ranked([19921201, 19930101, 19930330], [2.0, 1.9, 1.2]), head) == []  # too far below


@pytest.mark.parametrize(
    ("turn", "read"),
    [
        ("the next extension after that?", Succession("after", "the next extension")),
        ("And until when was it prolonged the first time after that?", Succession("after", "until when was it prolonged the first time")),
        ("and when was it extended next?", Succession("after", "when was it extended next")),
        ("and in the resolution before that one?", Succession("before", "")),
        ("And the previous renewal?", Succession("before", "the previous renewal")),
        ("what happens next?", None),
        ("who pays for the renewal?", None),
    ],
)  # fmt: skip
def test_the_next_of_a_series_and_the_one_before(turn: str, read: Succession | None) -> None:
    assert succession_of(turn) == read


OLD = (
    "Recalls the first conference in Addis Ababa in 2010 and the second in 2012 on the treaty of the orchards of Africa"
)
NEW_TEXT = [
    _passage(
        "A/RES/80/14#OP1", "Calls upon all the States of the region to sign the treaty and to ratify it without delay"
    ),
    _passage("A/RES/80/14#OP3", f"{OLD}, and the third in Lagos in October 2024"),
    _passage("A/RES/78/14#OP3", OLD),
]


def _paragraphs(symbol: str) -> list[str]:
    return [OLD, "Calls upon all the States of the region to sign the treaty and to ratify it without delay"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did the 2025 text on orchards say that the 2023 one did not?", [1, 2]),
        ("Comparing the 2023 and 2025 texts on orchards, which conference was newly listed?", [1, 2]),
        ("What changed between 2023 and 2025 on orchards?", []),  # nothing is asked that one has alone
    ],
)
def test_of_two_times_what_one_text_has_alone_comes_first(question: str, first: list[int]) -> None:
    ranked = _ranked([20251201, 20251201, 20231204])
    assert new_first(understand(question), ranked, NEW_TEXT, 0.6, _paragraphs) == first


def test_the_text_that_lacks_something_is_the_one_that_is_said_to() -> None:
    lacks = lacking_time(understand("What did the 2023 text say that the 2025 one did not have?"))
    assert lacks is not None
    assert lacks.text == "2025"
    assert lacking_time(understand("What is new on orchards?")) is None


@pytest.mark.parametrize(
    ("question", "asks"), [("Where will it meet in 2030?", True), ("How much is it for 2030?", False)]
)
def test_a_place_or_day_is_asked_for(question: str, asks: bool) -> None:
    assert asks_where_or_when(question) is asks


class Sequels:
    """A corpus of two later texts of one paragraph each."""

    def adopted_between(self, first: dt.date, last: dt.date, filters: Filters) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(symbol=f"S/RES/{n}", organ=Organ.SECURITY_COUNCIL, adopted="1970-01-01") for n in (2, 3)
        ]

    def whole(self, symbol: str) -> SimpleNamespace:
        return SimpleNamespace(paragraphs=[SimpleNamespace(kind="operative", label="OP1", text="Calls upon all")])


def test_what_came_after_a_resolution_cites_it_whatever_is_searched() -> None:
    query, corpus = understand("What did the Council do after 211?"), cast(Searchable, Sequels())
    told = cited_after(query, BesideText(Side.AFTER, "S/RES/1", 19650920), frozenset({"S/RES/3"}), corpus, Filters())
    assert told is not None
    assert told.paragraphs == ("S/RES/3#OP1",)
    unknown = BesideText(Side.AFTER, "S/RES/1", 0)  # when it was adopted
    assert cited_after(query, unknown, frozenset({"S/RES/3"}), corpus, Filters()) is None


def test_of_a_damaged_text_nothing_is_read() -> None:
    corpus = cast(Searchable, SimpleNamespace(whole=lambda symbol: None))
    assert paragraphs_of(corpus, "S/RES/1") == []


def test_what_was_shown_of_a_list_is_no_part_of_it_any_more() -> None:
    ranked = _ranked([19930129, 19930430, 19930715, 19930915])
    assert still_listed(ranked.only([1, 3]), frozenset({0, 1, 2})) == 1
    assert still_listed(ranked.only([3]), frozenset({0, 1, 2})) == 0
