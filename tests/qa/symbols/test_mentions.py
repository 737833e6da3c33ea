"""What people type is read as one symbol, or said to be ambiguous; questions give up their mentions and no years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import AmbiguousSymbolError, SymbolError
from qa.symbols import find_in_question, resolve, understand
from qa.symbols.places import place_after, place_before
from tests.qa.hostile import is_cheap


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("55/179", "A/RES/55/179"),
        ("A/RES/55/179", "A/RES/55/179"),
        ("GA resolution 55/179", "A/RES/55/179"),
        ("UNGA Res 55/179", "A/RES/55/179"),
        ("UNGA res. 55/179?", "A/RES/55/179"),
        ("GA/RES/55/179", "A/RES/55/179"),
        ("A-RES-55-179", "A/RES/55/179"),
        ("the General Assembly's resolution 55/179", "A/RES/55/179"),
        ("S/RES/1244", "S/RES/1244(1999)"),
        ("S/RES/1244 (1999)", "S/RES/1244(1999)"),
        ("SCR 1244", "S/RES/1244(1999)"),
        ("UNSCR 1325", "S/RES/1325(2000)"),
        ("resolution 1244", "S/RES/1244(1999)"),
        ("resolution 1244 of 1999", "S/RES/1244(1999)"),
        ("UN Security Council resolution 1244", "S/RES/1244(1999)"),
        ("1325", "S/RES/1325(2000)"),
        ("1244/1999", "S/RES/1244(1999)"),
        ("resolution 1514 of 1960", "A/RES/1514(XV)"),
        ("1514 (XV)", "A/RES/1514(XV)"),
        ("GA resolution 217A", "A/RES/217(III)A"),
        ("217 A (III)", "A/RES/217(III)A"),
        ("HRC 53/1", "A/HRC/RES/53/1"),
        ("resolution 53/1 of the Human Rights Council", "A/HRC/RES/53/1"),
        ("GA 53/1", "A/RES/53/1"),
        ("60/251", "A/RES/60/251"),
        ("25/1", "A/HRC/RES/25/1"),
        ("ECOSOC resolution 2016/12", "E/RES/2016/12"),
        ("UNEA 5/14", "UNEP/EA.5/RES.14"),
        ("ES-11/1", "A/RES/ES-11/1"),
        ("decision 70/551", "A/DEC/70/551"),
        ("62/63 A and B", "A/RES/62/63A-B"),
        ("S/RES/0660", "S/RES/660(1990)"),
        ("resolution 3314", "A/RES/3314(XXIX)"),  # the Council has no such number
    ],
)
def test_one_symbol(typed: str, symbol: str) -> None:
    assert str(resolve(typed)) == symbol


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("53/1", ["A/RES/53/1", "A/HRC/RES/53/1"]),
        ("5/14", ["A/HRC/RES/5/14", "UNEP/EA.5/RES.14"]),
        ("S-30/1", ["A/RES/S-30/1", "A/HRC/RES/S-30/1"]),
        ("1514", ["S/RES/1514(2003)", "A/RES/1514(XV)"]),
    ],
)
def test_an_ambiguous_text_gives_its_candidates_and_the_reason(typed: str, candidates: list[str]) -> None:
    meant = understand(typed)
    assert meant.is_ambiguous
    assert meant.symbol is None
    assert [str(symbol) for symbol in meant.candidates] == candidates
    assert typed in meant.reason
    with pytest.raises(AmbiguousSymbolError) as caught:
        resolve(typed)
    assert caught.value.candidates == tuple(candidates)


@pytest.mark.parametrize("typed", ["", "foo", "9999", "GA 5/1", "HRC 12", "31 December 2002", "1/999", "x" * 10_000])
def test_what_is_none_says_why(typed: str) -> None:
    meant = understand(typed)
    assert meant.candidates == ()
    assert meant.reason
    with pytest.raises(SymbolError):
        resolve(typed)


def test_a_number_of_the_council_beyond_the_table_may_be_of_a_few_years() -> None:
    assert [str(one) for one in understand("resolution 2830").candidates] == ["S/RES/2830(2025)", "S/RES/2830(2026)"]
    assert [str(one) for one in understand("2830 (2026)").candidates] == ["S/RES/2830(2026)"]
    (mention,) = find_in_question("What does SCR 2850 say?")
    assert [one.printed_year for one in mention.candidates] == [2025, 2026, 2027]


def test_what_was_derived_is_said() -> None:
    assert understand("SCR 1244").derived
    assert "1999" in understand("SCR 1244").reason
    assert not understand("1244 (1999)").derived
    wrong = understand("Security Council resolution 1244 (2000)")
    assert (str(wrong.symbol), wrong.reason) == (
        "S/RES/1244(1999)",
        "Security Council resolution 1244 is of 1999, not of 2000",
    )


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        ("what does OP4 of 1325 say", [("1325", "S/RES/1325(2000)", "OP4")]),
        ("para 21 of 55/179", [("55/179", "A/RES/55/179", "OP21")]),
        ("55/179, para. 24", [("55/179", "A/RES/55/179", "OP24")]),
        ("what is resolution 288 (1970) about?", [("resolution 288 (1970)", "S/RES/288(1970)", None)]),
        ("S/RES/1244 OP 10", [("S/RES/1244", "S/RES/1244(1999)", "OP10")]),
        ("paragraph 5 (a) of resolution 60/251", [("resolution 60/251", "A/RES/60/251", "OP5(a)")]),
        ("annex paragraph 36 of 79/2", [("79/2", "A/RES/79/2", "A1.36")]),
        ("paragraph 36 of the annex to resolution 79/2", [("resolution 79/2", "A/RES/79/2", "A1.36")]),
        ("third preambular paragraph of 55/179", [("55/179", "A/RES/55/179", "PP3")]),
        ("section II, paragraph 3 of resolution 68/210", [("resolution 68/210", "A/RES/68/210", "II.OP3")]),
        ("A/RES/55/179#OP19", [("A/RES/55/179", "A/RES/55/179", "OP19")]),
        ("resolutions 46/182 and 48/141",
         [("resolutions 46/182", "A/RES/46/182", None), ("48/141", "A/RES/48/141", None)]),
        ("compare resolutions 1325 and 1820 on women",
         [("resolutions 1325", "S/RES/1325(2000)", None), ("1820", "S/RES/1820(2008)", None)]),
        ("What does S/PRST/2023/1 say?", [("S/PRST/2023/1", "S/PRST/2023/1", None)]),
        ("Which paragraph welcomes S/2022/64?", []),
        ("who reports under 65/307, or 66/293?", [("65/307", "A/RES/65/307", None), ("66/293", "A/RES/66/293", None)]),
    ],
)  # fmt: skip
def test_mentions_in_a_question(question: str, mentions: list[tuple[str, str, str | None]]) -> None:
    found = find_in_question(question)
    assert [(question[slice(*m.symbol_span)], str(m.candidates[0]), m.label) for m in found] == mentions
    assert all(m.span[0] <= m.symbol_span[0] and m.symbol_span[1] <= m.span[1] for m in found)
    assert all(question[slice(*m.span)] == m.text for m in found)


def test_an_ambiguous_mention_keeps_its_candidates() -> None:
    (mention,) = find_in_question("who must report under 53/1?")
    assert [str(symbol) for symbol in mention.candidates] == ["A/RES/53/1", "A/HRC/RES/53/1"]
    assert "each number" in mention.reason


@pytest.mark.parametrize(
    "question",
    [
        "what happened in 1979", "on 14 December 2001", "the 2023/24 season", "support 24/7", "the 9/11 attacks",
        "due 31/12/2024", "the 80/20 rule", "the goal of 50/50 gender balance", "3/4 of Member States",
        "UN resolutions 2023",
        "Security Council in 2023", "between 1990 and 2000", "SDG target 16.4", "Article 51", "and/or",
        "1.5/2 degrees",
        "the 2030 Agenda", "km/h 120", "https://example.org/60/251",
    ],
)  # fmt: skip
def test_years_dates_and_numbers_are_no_symbols(question: str) -> None:
    assert find_in_question(question) == ()


@given(st.text(alphabet="resolution of para.OP 0123456789/()XVSC,", max_size=60))
def test_spans_lie_in_order_in_the_question(question: str) -> None:
    found = find_in_question(question)
    assert all(0 <= m.span[0] < m.span[1] <= len(question) and m.candidates for m in found)
    assert [m.span for m in found] == sorted(m.span for m in found)


def test_places_before_and_after() -> None:
    text = "see annex II, para. 12 (b) of 70/1, paragraphs 3 and 4"
    start = text.index("70/1")
    assert place_before(text, start) == (4, "A2.12(b)") or place_before(text, start) == (14, "OP12(b)")
    assert place_after(text, start + 4) == (len(text), "OP3")
    assert place_after("55/179, annex VI, para. 3", 6) == (25, "A6.3")


@pytest.mark.parametrize(
    "piece",
    [
        "1/",
        "resolution ",
        "1 ",
        "12/3 and ",
        "para 1 of ",
        "A/",
        "1244 (1999), ",
        "(",
        " " * 50,
        "the first ",
        "annex ",
        "S-1/",
    ],
)
def test_hostile_questions_are_cheap(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    assert is_cheap(lambda: (understand(text), understand(text[:80])))
    assert is_cheap(lambda: find_in_question(text))  # reads no further than a long question goes
