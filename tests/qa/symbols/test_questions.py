"""Resolutions and paragraphs as people name them."""

import pytest

from qa.errors import AmbiguousSymbolError, SymbolError
from qa.symbols import find_in_question, understand


@pytest.mark.parametrize(
    ("question", "symbols", "label"),
    [
        ("what does OP4 of 1325 say", ["S/RES/1325(2000)"], "OP4"),
        ("para 21 of 55/179", ["A/RES/55/179"], "OP21"),
        ("55/179, para. 24", ["A/RES/55/179"], "OP24"),
        ("paragraph 5 (a) of resolution 60/251", ["A/RES/60/251"], "OP5(a)"),
        ("annex paragraph 36 of 79/2", ["A/RES/79/2"], "A1.36"),
        ("Does resolution 288 (1970) let countries", ["S/RES/288(1970)"], None),
        ("S/RES/1244 OP 10", ["S/RES/1244(1999)"], "OP10"),
        ("S/RES/1244(1999)#OP10", ["S/RES/1244(1999)"], "OP10"),
        ("resolution 1514 (XV)", ["A/RES/1514(XV)"], None),
        ("Human Rights Council resolution 53/1", ["A/HRC/RES/53/1"], None),
        ("is it 53/1?", ["A/RES/53/1", "A/HRC/RES/53/1"], None),
        ("ECOSOC resolution 2016/12", ["E/RES/2016/12"], None),
        ("What does Security Council resolution 4127 (2031) require", ["S/RES/4127(2031)"], None),
        ("resolution 1244 of 1999", ["S/RES/1244(1999)"], None),
        ("What must States do under 1373?", ["S/RES/1373(2001)", "A/RES/1373(XIV)"], None),
        ("Who must report under 734 and when?", ["S/RES/734(1992)"], None),
        ("Does 734 extend the mandate?", ["S/RES/734(1992)"], None),
    ],
)
def test_a_mention_is_found_in_a_question(question: str, symbols: list[str], label: str | None) -> None:
    (mention,) = find_in_question(question)
    assert [str(one) for one in mention.candidates] == symbols
    assert mention.label == label
    assert question[slice(*mention.span)] == mention.text


@pytest.mark.parametrize(
    "question",
    [
        "in 1979 they met on 14 December, in the 2023/24 budget, 24/7",
        "which of the 15 members paid 20 per cent of 1990 levels",
        "at least 2,000 troops and 3.5 million dollars",
        "9/11 attacks",
    ],
)
def test_numbers_that_are_no_symbols_are_left_alone(question: str) -> None:
    assert find_in_question(question) == ()


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("A/RES/55/179", "A/RES/55/179"),
        ("UNGA res 55/179", "A/RES/55/179"),
        ("GA resolution 55/179", "A/RES/55/179"),
        ("55/179", "A/RES/55/179"),
        ("S/RES/1244", "S/RES/1244(1999)"),
        ("SCR 1244", "S/RES/1244(1999)"),
        ("resolution 1244 of 1999", "S/RES/1244(1999)"),
        ("1325", "S/RES/1325(2000)"),
    ],
)
def test_what_people_type_is_one_symbol(typed: str, symbol: str) -> None:
    assert str(understand(typed).one()) == symbol


def test_an_ambiguous_form_says_so() -> None:
    with pytest.raises(AmbiguousSymbolError, match=r"A/RES/53/1 or A/HRC/RES/53/1"):
        understand("53/1").one()


@pytest.mark.parametrize("typed", ["", "hello", "the resolution of last year", "%%%"])
def test_what_is_no_symbol_is_refused(typed: str) -> None:
    with pytest.raises(SymbolError):
        understand(typed).one()


@pytest.mark.parametrize(
    "question",
    ["Did 734 observers go?", "under 500 tons", "Was it under 1990?", "Does 12 say so?", "Under 734 men, who led?"],
)
def test_other_numbers_are_no_texts(question: str) -> None:
    assert find_in_question(question) == ()
