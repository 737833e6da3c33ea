"""The values that questions and paragraphs state, by kind, and which of them may say the same."""

from __future__ import annotations

import pytest

from qa.answering.stated import Value, values_in


def _told(text: str) -> list[tuple[str, str]]:
    """All but the numbers that count nothing."""
    return [(one.kind, text[slice(*one.span)]) for one in values_in(text) if one.kind != "number"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prolonged by six months", [("length", "six months")]),
        ("for a further period of 24 months", [("length", "24 months")]),
        ("a six-month extension", [("length", "six-month")]),
        ("to report within thirty days", [("delay", "thirty days")]),
        ("no later than two weeks", [("delay", "two weeks")]),
        ("over the past ten years, for at least two years", [("span", "ten years"), ("span", "two years")]),
        ("once every three years", [("span", "three years"), ("often", "every three years")]),
        ("To biennialize the item", [("often", "biennialize")]),
        ("to be observed annually", [("often", "annually")]),
        ("three quarters of the parties", [("share", "three quarters")]),
        ("30 per cent of exports", [("share", "30 per cent")]),
        ("some 271 million dollars", [("sum", "271 million dollars")]),
        ("assessed in 2025 dollars", []),
        ("163 UNRWA staff", [("count", "163")]),
        ("its staff members, which stands at 136 and growing", [("count", "136")]),
        ("paragraph 8 of the text", []),
        ("until 6 May", [("end", "6 May")]),
        ("ending on 15 June 1964", [("end", "15 June 1964")]),
        ("Decides to proclaim 28 January the day", [("day", "28 January")]),
        ("resolution of 14 December 1960", [("time", "14 December 1960")]),
        ("they may report in march order", []),
        ("its sixty-ninth and seventieth sessions", [("session", "sixty-ninth and seventieth sessions")] * 2),
        ("Which body was asked to report?", []),
    ],
)
def test_values_are_told_by_the_words_around_them(text: str, told: list[tuple[str, str]]) -> None:
    assert sorted(_told(text)) == sorted(told)


def _one(kind: str, text: str) -> Value:
    return next(one for one in values_in(text) if one.kind == kind)


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("length", "for two years", "for a period of twenty-four months", True),
        ("length", "for one month", "for thirty days", True),
        ("length", "for six months", "for three months", False),
        ("often", "every two years", "to biennialize it", True),
        ("often", "every second year", "triennially", False),
        ("share", "33 per cent", "33.3 per cent", True),
        ("share", "two-thirds", "three quarters", False),
        ("sum", "271 million dollars", "271,328,700 United States dollars", True),
        ("sum", "$590 million", "866,865,700 dollars", False),
        ("end", "by June 1964", "until 26 June 1964", True),
        ("end", "until 6 June", "until 6 May", False),
        ("day", "on June 28", "on 28 June 2025", True),
        ("count", "two hundred staff members", "200 staff members", True),
        ("session", "the 79th session", "its seventy-ninth session", True),
    ],
)
def test_amounts_are_compared_whatever_their_writing(kind: str, one: str, other: str, same: bool) -> None:
    assert _one(kind, one).is_like(_one(kind, other)) is same


def test_of_a_range_of_days_both_are_told() -> None:
    days = [one.amount for one in values_in("to meet from 1 to 15 June 1964")]
    assert (1964, 6, 1) in days
    assert (1964, 6, 15) in days


def test_only_the_kinds_asked_for_are_read() -> None:
    text = "for six months until 15 June 1964"
    assert {one.kind for one in values_in(text, {"length"})} == {"length"}
    assert values_in(text, set()) == []


def test_a_number_of_any_length_is_read_or_left() -> None:
    for digits in ("9" * 400, "9" * 1900, "9,999" * 300):
        assert values_in(f"extended by {digits} months, $ {digits} dollars, every {digits} years") is not None
    assert _told("extended by 1,200,000 months") == [("length", "1,200,000 months")]
    assert _told("extended by ſix months until 5 ſeptember") == [("length", "ſix months"), ("end", "5 ſeptember")]
