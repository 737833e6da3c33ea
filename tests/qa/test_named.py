"""What a question names outright, looked up in a small corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from qa.answering.references import References, references_of
from qa.retrieval.labels import below, has_units, meant_by, nearest_to
from qa.retrieval.query import release, understand
from qa.retrieval.searchable import Searchable
from qa.symbols import Place

HELD = {
    "S/RES/439(1978)": ["PP1", "OP1", "OP2", "OP3"],
    "S/RES/435(1978)": ["PP1", "OP1", "OP2", "OP3"],
    "S/RES/186(1964)": ["PP1", "OP1", "OP2"],
    "A/RES/79/2": ["OP1", "A1.1", "A1.2"],
    "A/RES/80/162": ["OP1", "A1.Art4", "A1.Art5.1", "A1.Art5.2"],
    "S/RES/47(1948)": ["OP9", "OP10(a)", "OP10(b)", "OP10(c)", "OP10(d)"],
    "S/RES/757(1992)": ["OP7", "OP7(a)", "OP7(a)(i)", "OP7(b)", "OP7+1", "OP7~2", "OP8", "OP70"],
    "A/RES/78/253": ["I.OP1", "II.OP1", "III.OP1", "IV.OP1", "V.OP1"],
}


@dataclass
class _Generation:
    cited: dict[str, list[tuple[str, str, str, str | None]]] = field(default_factory=dict)

    def mentions_of(self, symbol: str) -> list[tuple[str, str, str, str | None]]:
        return self.cited.get(symbol, [])

    def titled(self, words: str, k: int) -> list[str]:
        title = "Financing of the activities in Somalia arising from resolution 1863 (2009) (A/RES/78/309)"
        return [title] if words in title else []


class _Corpus:
    generation = _Generation({"S/RES/1325(2000)": [("A/RES/79/2", "A1.2", "resolution 1325 (2000)", None)]})

    def holds(self, symbol: str) -> bool:
        return symbol in HELD

    def whole(self, symbol: str) -> None:
        return None  # nor is its title

    def adopted_on(self, symbol: str) -> int:
        return 19780101 if "1978" in symbol else 20240101

    def labels(self, symbol: str) -> list[str]:
        return HELD[symbol]

    def ids_at(self, symbol: str, place: Place) -> list[str]:
        return [f"{symbol}#{label}" for label in meant_by(place, HELD[symbol])]

    def has_units(self, symbol: str, place: Place) -> bool:
        return has_units(place, HELD[symbol])

    def ids_below(self, name: str) -> list[str]:
        symbol, _, opening = name.partition("#")
        return [f"{symbol}#{label}" for label in below(opening, HELD[symbol])]

    def nearest_to(self, symbol: str, place: Place) -> list[str]:
        near = nearest_to(place, HELD[symbol]) if place.unit else HELD[symbol][-1:]
        return [f"{symbol}#{label}" for label in near]


def _named(question: str) -> References:
    return references_of(question, understand(question).mentions, cast(Searchable, _Corpus()))


@pytest.mark.parametrize(
    ("question", "paragraphs", "note"),
    [
        ("paras 3 and 1 of 439 (1978)", ["S/RES/439(1978)#OP1", "S/RES/439(1978)#OP3"], None),
        (
            "paras 2 to 4 of 439 (1978)",
            ["S/RES/439(1978)#OP2", "S/RES/439(1978)#OP3"],
            "resolution 439 (1978) (S/RES/439(1978)) has no para. 4; its last is para. 3",
        ),
        ("para 3 of both 435 and 439", ["S/RES/435(1978)#OP3", "S/RES/439(1978)#OP3"], None),
        ("79/2 paragraph 2", ["A/RES/79/2#A1.2"], "that of its annex is meant"),
        ("439 (1977) para 1", ["S/RES/439(1978)#OP1"], "is of 1978, not of 1977"),
        ("78/253 OP 1", [f"A/RES/78/253#{part}.OP1" for part in ("I", "II", "III", "IV", "V")], "name the section"),
        ("section II para 1 of 78/253", ["A/RES/78/253#II.OP1"], None),
        ("articles 5 and 4 of 80/162", [f"A/RES/80/162#A1.Art{unit}" for unit in ("4", "5.1", "5.2")], None),
        ("resolution 439 and Article 51", [], "has no article of its own: 'art. 51' is searched for as words"),
        ("para 7 of 757 (1992)", [f"S/RES/757(1992)#OP7{one}" for one in ("", "(a)", "(a)(i)", "(b)", "+1")], None),
        ("757 (1992), para 7 (a)", ["S/RES/757(1992)#OP7(a)", "S/RES/757(1992)#OP7(a)(i)"], None),
        ("chapeau of para 7 of 757 (1992)", ["S/RES/757(1992)#OP7"], None),
        ("para 10 of resolution 47", [f"S/RES/47(1948)#OP10({one})" for one in "abcd"], "is OP10(a) to OP10(d)"),
    ],
)
def test_paragraphs_come_in_text_order_with_notes(question: str, paragraphs: list[str], note: str | None) -> None:
    named = _named(question)
    assert (list(named.paragraphs), named.refusal) == (paragraphs, None)
    assert note in " ".join(named.notes) if note else not named.notes


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        ("79/2 operative paragraph 2", "has no para. 2; its last is para. 1", ["A/RES/79/2#A1.2"]),
        ("439 op 3bis", "(S/RES/439(1978)) has no", ["S/RES/439(1978)#OP3"]),
        ("article 6 of 80/162", "(A/RES/80/162) has no art. 6; its last is art. 5",
         ["A/RES/80/162#A1.Art5.1", "A/RES/80/162#A1.Art5.2"]),
        ("what does 1325 (2000) say on women", "S/RES/1325(2000)", ["A/RES/79/2#A1.2"]),
        ("para 4 of 661", "S/RES/661(1990)", []),
        ("OP 3 of resolution 2023", "S/RES/2023(2011)", []),
        ("General Assembly resolution 186 (1964) paragraph 2", "it holds Security Council resolution 186", ["S/RES/186(1964)#OP2"]),
        ("Security Council resolution 79/2", "it holds General Assembly resolution 79/2",
         ["A/RES/79/2#OP1", "A/RES/79/2#A1.1", "A/RES/79/2#A1.2"]),
        ("what does 1863 (2009) decide?", "S/RES/1863(2009)", []),
    ],
)  # fmt: skip
def test_what_is_not_held_is_refused_with_what_helps(question: str, reason: str, nearest: list[str]) -> None:
    named = _named(question)
    assert named.refusal is not None
    assert reason in named.refusal
    assert list(named.nearest) == nearest


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("what must be done to implement resolution 1540 (2004)?", "only mentioned"),
        ("which resolutions recall 439 (1978)?", "it and what cites it is searched"),
        ("Rohingya resolution 1993: who must report?", "read as the year"),
        ("How much for the Somalia activities and their financing, resolution 1863 (2009)?", "title of A/RES/78/309"),
    ],
)
def test_what_is_only_on_the_way_neither_restricts_nor_refuses(question: str, note: str) -> None:
    named = _named(question)
    assert (named.symbols, named.paragraphs, named.refusal) == ((), (), None)
    assert note in " ".join(named.notes)


def test_what_only_tells_which_is_searched_with_what_cites_it() -> None:
    found = _named("Who may ask for funds frozen under paragraph 4 of resolution 1325 (2000) to be released?")
    assert (found.symbols, found.paragraphs, found.searched, found.refusal) == ((), (), ("A/RES/79/2",), None)
    found = _named("Which committee monitors the embargo imposed by paragraph 1 of 439 (1978)?")
    assert (found.symbols, found.paragraphs, found.searched) == ((), (), ("S/RES/439(1978)",))


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Resolution 439 (1978) followed resolution 661. What had resolution 661 demanded?", True),
        ("What did resolution 661, recalled in resolution 439 (1978), demand?", True),
        ("Resolution 439 (1978) followed resolution 661. What did 439 (1978) demand?", False),
        ("Resolution 439 (1978) followed resolution 661. What did it demand?", False),
    ],
)
def test_what_is_not_held_is_refused_though_another_is_named(question: str, refused: bool) -> None:
    assert (_named(question).refusal is not None) is refused


def test_a_number_read_as_a_year_is_a_date_of_the_question() -> None:
    query = understand("Haiti resolution 1993: oil embargo")
    assert not query.dates
    again = release(query, _named("Haiti resolution 1993: oil embargo").numbers)
    assert ([one.text for one in again.dates], again.mentions) == (["1993"], ())


def test_the_committee_of_a_resolution_that_is_not_held_is_searched_where_that_is_cited() -> None:
    found = _named("What does the 1325 Committee do?")
    assert (found.symbols, found.searched, found.refusal) == ((), ("A/RES/79/2",), None)
    assert found.unheld == "the corpus does not hold S/RES/1325(2000), only what cites it"
    assert _named("What does the 1540 Committee do?").refusal == "the corpus does not hold S/RES/1540(2004)"


def test_an_ordinal_paragraph_may_be_one_of_an_annex() -> None:
    assert _named("the second paragraph of A/RES/79/2").paragraphs == ("A/RES/79/2#A1.2",)
    assert _named("the second operative paragraph of A/RES/79/2").refusal is not None
