from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.lexical import LexicalIndex
from qa.retrieval.abbreviations import abbreviations_in, look_up, spelt, spelt_out
from qa.retrieval.corpus import Corpus
from qa.retrieval.features import FEATURES
from qa.settings import load_settings

TEXTS = [
    "Ports\nWelcomes the work of the Ruritanian Observatory for Ports and Shipping (ROPS) and of its staff;",
    "Ports\nRequests the Ruritanian Observatory for Ports and Shipping to report to the Secretary-General;",
    "Ropes\nCalls upon shipping companies to inspect ropes and ports;",
    "Ports\nDecides that ROPS shall meet in June;",
]


def corpus(texts: list[str]) -> Corpus:
    def inputs(rows: list[int]) -> list[tuple[str, bytes]]:
        return [(texts[row], b"") for row in rows]

    return cast(Corpus, SimpleNamespace(lexical=LexicalIndex.build(texts), inputs=inputs))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What was decided about ROPS?", ("ROPS",)),
        ("ROPS's budget, UN-ROPS and the ROPS", ("ROPS", "UN-ROPS")),
        ("What does S/RES/1244 say, and A/RES/55/179, in OP4 of UNGA texts?", ()),
        ("WHO PAYS FOR ALL THIS?", ()),
        ("the UN in Moldova", ()),
        ("COVID-19 in 2020", ()),
        ("AAA, BBB, CCC, DDD and EEE", ("AAA", "BBB", "CCC", "DDD")),
        ("ROPS", ("ROPS",)),
        ("UNTAG 1989", ("UNTAG",)),
        ("unifil budget", ("UNIFIL",)),
        ("Unficyp's mandate", ("UNFICYP",)),
        ("UNIFIL BUDGET FOR 2025?", ("UNIFIL",)),
        ("can a car start at sea?", ()),
        ("SDGs and idps", ("SDG",)),
    ],
)
def test_words_in_capitals_are_abbreviations(question: str, found: tuple[str, ...]) -> None:
    assert abbreviations_in(question) == found


def test_the_corpus_says_what_an_abbreviation_means_and_who_holds_it() -> None:
    found = look_up(("ROPS", "NOPE"), corpus(TEXTS))
    assert dict(found.names) == {"ROPS": ("Ruritanian Observatory for Ports and Shipping",)}
    assert {name: rows.tolist() for name, rows in found.rows.items()} == {"ROPS": [0, 1, 3]}  # ropes are no ROPS
    assert found.share(np.arange(4)) == pytest.approx(np.array([1, 1, 0, 1]) / np.sqrt(3))
    assert not look_up((), corpus(TEXTS)).share(np.arange(4)).any()


def test_only_names_that_the_corpus_holds_are_given() -> None:
    texts = ["Angola\nDemands that the National Union for the Total Independence of Angola put down its arms;"]
    known = look_up(("UNITA", "UNTAG"), corpus(texts))
    assert dict(known.names) == {"UNITA": ("National Union for the Total Independence of Angola",)}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ROPS", "Ruritanian Observatory for Ports and Shipping"),
        ("rops 2024?", "Ruritanian Observatory for Ports and Shipping 2024?"),
        ("rops budget 2024/25", "Ruritanian Observatory for Ports and Shipping budget 2024/25"),
        ("ROPS's staff", "Ruritanian Observatory for Ports and Shipping staff"),
        ("Which countries pay for the staff of ROPS?", "Which countries pay for the staff of ROPS?"),
        ("ropster", "ropster"),
    ],
)
def test_where_little_else_is_asked_the_encoder_reads_the_name(text: str, read: str) -> None:
    assert spelt(text, look_up(("ROPS",), corpus(TEXTS))) == read


def test_two_abbreviations_are_no_more_words_than_one() -> None:
    known = look_up(("ROPS", "PKO"), corpus([*TEXTS, "Ports\nPays for peacekeeping operations;"]))
    assert (
        spelt("PKO scale ROPS rebate", known)
        == "peacekeeping operations scale Ruritanian Observatory for Ports and Shipping rebate"
    )


def test_the_curated_table_helps_where_the_corpus_spells_nothing_out() -> None:
    texts = [
        "Lebanon\nExtends the mandate of the United Nations Interim Force in Lebanon;",
        "Lebanon\nThanks the Force;",
    ]
    assert look_up(("UNIFIL",), corpus(texts)).rows["UNIFIL"].tolist() == [0]


@pytest.mark.parametrize(
    "text",
    [
        "the old Office of Road and Postal Safety (ORPS)",  # other letters
        "in Geneva (ROPS)",
        "Reaffirming That Nothing Begins Here (ROPS)",
    ],
)
def test_what_stands_before_a_bracket_is_not_always_its_name(text: str) -> None:
    assert spelt_out("ROPS", [text]) is None


def test_the_name_that_most_texts_give_wins() -> None:
    usual, other = "the Registry of Port Statistics (ROPS)", "the Register of Port Ships (ROPS)"
    assert spelt_out("ROPS", [other, usual, usual]) == "Registry of Port Statistics"


def test_the_settings_weigh_it() -> None:
    assert "abbreviation" in FEATURES
    assert load_settings().retrieval.weights["abbreviation"] > 0
