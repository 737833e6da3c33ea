"""Paragraphs that recur: which are alike, and which say the same."""

from __future__ import annotations

import pytest

from qa.retrieval.twins import Bearing, alike, same_text

UNTIL = (
    "Decides to extend the present mandate of the Force in {} for a further period of six months, that is, until {};"
)
ANNUAL = (
    "Requests the Secretary-General to report to the General Assembly at its {} session on the orchards of the islands, "
    "pursuant to resolution {} of 7 December 20{}."
)
MONEY = (
    "Decides to appropriate to the account for the Force the amount of {} dollars for the maintenance of the orchards"
)
NAMED = "Recommends to the General Assembly that the Republic of {} be admitted to membership in the United Nations"


def same(
    one: str,
    other: str,
    question: str = "",
    contexts: tuple[str, str] = ("", ""),
    kinds: tuple[str, str] = ("operative", "operative"),
    symbols: tuple[str, str] = ("A/RES/1", "A/RES/2"),
    days: tuple[int, int] = (20241204, 20231207),
) -> bool:
    """Whether both are one text to who asks."""
    series = alike([one, other], 0.5)
    assert series == [0, 0], "not even alike"
    return same_text([one, other], contexts, kinds, symbols, days, series, Bearing.of(question, {})) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (UNTIL.format("Sylvania", "31 January 1989"), UNTIL.format("Sylvania", "31 July 1988")),
        (UNTIL.format("Sylvania", "31 January 1989"), UNTIL.format("Freedonia", "31 January 1989")),
        (
            UNTIL.format("Sylvania", "31 January 1989"),
            UNTIL.format("Sylvania", "31 January 1989").replace("six", "three"),
        ),
        (MONEY.format("341,709,400"), MONEY.format("326,164,100")),
        (NAMED.format("Sylvania"), NAMED.format("Freedonia")),
    ],
    ids=["end", "state", "length", "sum", "name"],
)
def test_a_date_a_figure_or_a_name_makes_another_text(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ANNUAL.format("seventy-ninth", "77/12", "22"), ANNUAL.format("eightieth", "78/75", "23")),
        (
            ANNUAL.format("eightieth", "78/75", "23"),
            ANNUAL.format("eightieth", "78/75", "23").replace("Requests", "Also requests"),
        ),
        (MONEY.format("5"), MONEY.format("5").replace("orchards", "Orchards")),
        ("The islands’ orchards of South Sylvania’s coast", "The islands’ orchards of South Sylvania's coast"),
        ("the effects of COVID-19 on 22 and 23 May", "the effects of disease (COVID-19) on 22–23 May"),
    ],
    ids=["session and reference", "first word", "capital", "apostrophe", "dash"],
)
def test_what_moves_by_nature_makes_none(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize("question", ["To which session is the report due?", "When must the Secretary-General report?"])
def test_who_asks_for_a_time_gets_sessions_apart(question: str) -> None:
    assert not same(ANNUAL.format("seventy-ninth", "77/12", "22"), ANNUAL.format("eightieth", "78/75", "23"), question)


def test_texts_about_two_states_are_the_same_only_to_who_asks_for_neither() -> None:
    text = "Requests all States to cooperate fully with the Committee in the fulfilment of its task"
    about = ("resolution 841 (1993): Sylvania.", "resolution 864 (1993): Freedonia.")
    assert same(text, text, "Who must cooperate with the committee?", about)
    assert not same(text, text, "who must cooperate with the committee on freedonia", about)


def test_a_recital_is_never_the_same_as_a_decision() -> None:
    text = "the loss of life in Sylvania among those who kept the orchards is deplored"
    assert same(text, text)
    assert not same(text, text, kinds=("operative", "preambular"))


def test_two_of_one_text_are_the_same_only_word_for_word() -> None:
    one = f"Also d{MONEY.format(5)[1:]} applicable to the regular budget;"
    other = one.replace("Also", "Further")
    scale = other.replace("the regular budget", "peacekeeping operations")
    within = ("A/RES/1", "A/RES/1")
    assert same(one, other, symbols=within)
    assert same(one, scale)
    assert not same(one, scale, symbols=within)


def test_the_present_resolution_is_another_text_in_each_of_one_day() -> None:
    text = "Requests the Secretary-General to report on the implementation of the present resolution not later than 31 July;"
    assert same(text, text)
    assert not same(text, text, days=(19720204, 19720204))
    plain = text.replace(" of the present resolution", "")
    assert same(plain, plain, days=(19720204, 19720204))
