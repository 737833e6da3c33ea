"""Whole parts and sections that a question names, looked up in a small corpus, with what is said of them."""

from __future__ import annotations

from typing import cast

import pytest

from qa.answering.references import References, references_of
from qa.retrieval.labels import below, meant_by
from qa.retrieval.query import understand
from qa.retrieval.searchable import Searchable
from qa.symbols import Place

HELD = {
    "S/RES/250(1968)": ["PP1", "OP1", "OP2"],
    "S/RES/234(1967)": ["PP1", "OP1"],
    "A/RES/79/258": ["VI.OP4", "VIII.OP4", "VIII.OP37"],
    "A/RES/78/128": ["PP1", "OP1", "A1.1", "A2.1", "A2.Rule3.1"],
    "A/RES/79/69": ["OP5"],
}


class _Corpus:
    def holds(self, symbol: str) -> bool:
        return symbol in HELD

    def adopted_on(self, symbol: str) -> int:
        return 0  # not known

    def labels(self, symbol: str) -> list[str]:
        return HELD[symbol]

    def ids_at(self, symbol: str, place: Place) -> list[str]:
        return [f"{symbol}#{label}" for label in meant_by(place, HELD[symbol])]

    def ids_below(self, name: str) -> list[str]:
        symbol, _, opening = name.partition("#")
        return [f"{symbol}#{label}" for label in below(opening, HELD[symbol])]

    def nearest_to(self, symbol: str, place: Place) -> list[str]:
        return [f"{symbol}#{HELD[symbol][-1]}"]


def _named(question: str) -> References:
    return references_of(question, understand(question).mentions, cast(Searchable, _Corpus()))


@pytest.mark.parametrize(
    ("question", "paragraphs", "note"),
    [
        ("whole text of S/RES/250", ["PP1", "OP1", "OP2"], "all 3 paragraphs are meant"),
        ("all operative paragraphs of S/RES/250", ["OP1", "OP2"], "of the operative part are meant"),
        ("the preamble of A/RES/78/128", ["PP1"], "of the preamble"),
        ("what items does annex II of A/RES/78/128 list?", ["A2.1", "A2.Rule3.1"], "of its annex II are meant"),
        ("annex II of A/RES/78/128", ["A2.1", "A2.Rule3.1"], "of its annex II are meant"),
        ("section VIII of 79/258", ["VIII.OP4", "VIII.OP37"], "of its section VIII are meant"),
        ("What does part VI of A/RES/79/258 decide?", ["VI.OP4"], "of its section VI are meant"),
        ("para 37 of 79/258", ["VIII.OP37"], "that of section VIII"),
        ("para 4 of 79/258", ["VI.OP4", "VIII.OP4"], "name the section for one"),
        ("S/RES/234 and S/RES/250 op 2", ["OP2"], "no paragraph of S/RES/234(1967) is named"),
    ],
)
def test_what_is_meant_is_said(question: str, paragraphs: list[str], note: str) -> None:
    named = _named(question)
    assert [one.partition("#")[2] for one in named.paragraphs] == paragraphs
    assert any(note in one for one in named.notes)


@pytest.mark.parametrize(
    "question", ["section VIII, para 37 of 79/258", "S/RES/250, OP 1", "S/RES/250 and OP 1 of S/RES/250"]
)
def test_what_is_plain_needs_no_word(question: str) -> None:
    assert _named(question).notes == ()


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        ("annex IV of resolution 78/128", "(A/RES/78/128) has no annex IV", "A/RES/78/128#A2.Rule3.1"),
        ("section IV of 79/258", "(A/RES/79/258) has no section IV", "A/RES/79/258#VIII.OP37"),
        ("A/79/69 paragraph 5", "it holds General Assembly resolution 79/69", "A/RES/79/69#OP5"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest(question: str, reason: str, nearest: str) -> None:
    named = _named(question)
    assert (named.paragraphs, named.nearest) == ((), (nearest,))
    assert named.refusal is not None
    assert reason in named.refusal
