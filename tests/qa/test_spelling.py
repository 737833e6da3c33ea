"""Misspelt words, and those that only look so."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from qa.lexical import LexicalIndex
from qa.retrieval.corpus import Corpus
from qa.retrieval.spelling import respell

TEXTS = [
    "Condemns the sanctions against Iraq and the attacks on homeless people in Namibia;",
    "Decides that sanctions against Iraq, Namibia and Burma shall end, and that the homeless have a right to literacy;",
    "Calls for a grant of land to homeless people in Iraq, Burma and Namibia, for literacy, and for an end of sanctions;",
    "Welcomes jobs, reports that defining events were denying aid, and the ceasefire;",
] * 10


def corpus() -> Corpus:
    def inputs(rows: Sequence[int]) -> list[tuple[str, bytes]]:
        return [(TEXTS[row], b"") for row in rows]

    return cast(Corpus, SimpleNamespace(lexical=LexicalIndex.build(TEXTS), inputs=inputs))


def count_tokens(texts: Sequence[str]) -> list[int]:
    """As a vocabulary would that knows two names and the article."""
    return [3 if text in {"a", "savimbi"} else 4 for text in texts]


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("homless people", {"homless": "homeless"}),
        ("why new santions on irak", {"santions": "sanctions", "irak": "Iraq"}),
        ("the litteracy of Nambia", {"litteracy": "literacy", "Nambia": "Namibia"}),
        ("zanctions on Iraq", {"zanctions": "sanctions"}),  # sounds the same
        ("Santions, ceasfire", {"Santions": "Sanctions", "ceasfire": "ceasefire"}),
        ('the "homless" and “santions”', {}),
        ("graft, jabs, meddling and defying", {}),  # English, though no text has them
        ("the burqa", {}),  # no English word, but a name that sounds otherwise is not meant
        ("Savimbi and UNITA, untag", {}),
        ("criticise the blorf", {}),
        ("santions@un.org/santions S/RES/santions", {}),
    ],
)
def test_only_what_neither_the_corpus_nor_english_knows_is_put_right(asked: str, read: dict[str, str]) -> None:
    text, found = respell(asked, corpus(), count_tokens)
    assert found == read
    expected = asked
    for word, meant in read.items():
        expected = expected.replace(word, meant)
    assert text == expected


def test_of_two_words_that_may_be_meant_neither_is_taken() -> None:
    texts = ["Notes the boards and the beards;"] * 5
    held = SimpleNamespace(lexical=LexicalIndex.build(texts), inputs=lambda rows: [(texts[row], b"") for row in rows])
    assert respell("the bxards", cast(Corpus, held), count_tokens)[1] == {}
