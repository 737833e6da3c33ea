"""Times named in questions."""

import datetime as dt

import numpy as np
import pytest

from qa.retrieval.dates import find_dates
from qa.retrieval.features import date_fit, days_outside
from qa.retrieval.roles import Role


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("under the June 1993 fuel ban", dt.date(1993, 6, 1), dt.date(1993, 6, 30)),
        ("Kashmir, 4 September 1965: how fast", dt.date(1965, 9, 4), dt.date(1965, 9, 4)),
        ("what was decided on June 5, 1993?", dt.date(1993, 6, 5), dt.date(1993, 6, 5)),
        ("the autumn 1993 embargo", dt.date(1993, 9, 1), dt.date(1993, 12, 31)),
        ("in mid-2023", dt.date(2023, 5, 1), dt.date(2023, 8, 31)),
        ("leftover 2023/24 money", dt.date(2023, 1, 1), dt.date(2024, 12, 31)),
        ("throughout the 1970s", dt.date(1970, 1, 1), dt.date(1979, 12, 31)),
        ("the 2025 text", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("between July and December 1993", dt.date(1993, 7, 1), dt.date(1993, 12, 31)),
        ("January to June 1990", dt.date(1990, 1, 1), dt.date(1990, 6, 30)),
        ("July-December 1993", dt.date(1993, 7, 1), dt.date(1993, 12, 31)),
        ("from 1 July to 15 August 1993", dt.date(1993, 7, 1), dt.date(1993, 8, 15)),
        ("between 1 and 15 August 1990", dt.date(1990, 8, 1), dt.date(1990, 8, 15)),
        ("texts of May and June 1990", dt.date(1990, 6, 1), dt.date(1990, 6, 30)),
        ("in the first half of 1990", dt.date(1990, 1, 1), dt.date(1990, 6, 30)),
        ("February 30 1980 does not exist but its month does", dt.date(1980, 2, 1), dt.date(1980, 2, 29)),
    ],
)
def test_a_named_time_is_a_window_of_days(question: str, first: dt.date, last: dt.date) -> None:
    (mention,) = find_dates(question)
    assert (mention.first, mention.last) == (first, last)
    assert question[slice(*mention.span)] == mention.text


@pytest.mark.parametrize("question", ["resolution 1325", "A/RES/1990/3", "2,000 troops", "200000 people", "24/7", ""])
def test_other_numbers_are_no_times(question: str) -> None:
    assert find_dates(question) == ()


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Cyprus force extended until 15 June 1991", Role.END),
        ("kept in place through June 1991", Role.END),
        ("the mandate ending on June 15, 1991", Role.END),
        ("renewal that expires at the end of June 1991", Role.END),
        ("prolonged to 15 June 1991", Role.END),
        ("which report was due by 15 June 1991?", Role.END),
        ("until when was it extended in June 1991?", Role.ADOPTED),
        ("extended on 15 June 1991", Role.ADOPTED),
        ("the June 1991 resolution", Role.ADOPTED),
        ("before 1991", Role.BEFORE),
        ("the last text before the landing in June 1991", Role.BEFORE),
        ("before the year 1991", Role.BEFORE),
        ("Sylvania until 1991", Role.UP_TO),
        ("the mandate was extended until 1991", Role.END),
        ("since 1991", Role.SINCE),
        ("demands on Sylvania after 1991", Role.AFTER),
        ("after the 1991 invasion", Role.SINCE),
        ("the body it is chaired by in the 2025 resolution", Role.ADOPTED),
        ("which deadline did it stand by in September 1993?", Role.ADOPTED),
        ("going by the 2023 resolution, who reports?", Role.ADOPTED),
        ("by the end of 2023", Role.END),
        ("the fund's balance for 2023", Role.PERIOD),
        ("Sylvania mission 2025/26", Role.PERIOD),
        ("its budget in 2023", Role.PERIOD),
        ("for the 1991 text on Sylvania", Role.ADOPTED),
        ("the 2024-25 session", Role.ADOPTED),
        ("after the June 1991 invasion", Role.SINCE),
        ("the 1991 Madrid conference", Role.EVENT),
        ("the 2030 Agenda", Role.EVENT),
        ("reservations to the 1951 Convention", Role.EVENT),
        ("parties to the 1961 protocol", Role.EVENT),
        ("the 2024 Sylvania Dialogue Series", Role.EVENT),
        ("the 1991 Arms Treaty resolution", Role.ADOPTED),
        ("the 1991 treaty text", Role.ADOPTED),
        ("the 1991 declaration on dams", Role.ADOPTED),
        ("its accounts for the year to June 1991", Role.END),
        ("the 1991 Sylvania resolution", Role.ADOPTED),
        ("In 1991 a dam burst in Sylvania. Who pays for it?", Role.SINCE),
        ("my uncle told me that in 1991 the whole town flooded, who is to pay?", Role.SINCE),
        ("In 1991 the Assembly adopted a text. What does it say?", Role.ADOPTED),
        ("What was decided in 1991? The dam was built.", Role.ADOPTED),
        ("Who joined at the seventy-ninth session?", Role.SESSION),
        ("79th session: who joined?", Role.SESSION),
        ("what is to go to the eightieth session?", Role.END),
        ("What must be reported at the 80th session?", Role.END),
    ],
)
def test_the_words_around_a_time_say_what_it_is_the_time_of(question: str, role: Role) -> None:
    (mention,) = find_dates(question)
    assert mention.role is role
    assert mention.note == f"{mention.text!r}: {role.value}"


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("the sixties", 1960, 1969),
        ("in the late 1960s", 1966, 1969),
        ("the early nineties", 1990, 1993),
        ("in the '80s", 1980, 1989),
        ("between 1975 and 1977", 1975, 1977),
        ("from 1975 to 1977", 1975, 1977),
    ],
)
def test_words_for_years(question: str, first: int, last: int) -> None:
    (mention,) = find_dates(question)
    assert (mention.first, mention.last) == (dt.date(first, 1, 1), dt.date(last, 12, 31))


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("How did it change between the seventy-eighth and the eightieth session?", [2023, 2025]),
        ("How did it change from the 78th to the 80th session?", [2023, 2025]),
        ("What did the 2024 text on bees say that the 2023 one did not?", [2023, 2024]),
        ("How does the 2025 resolution differ from the 2024 one?", [2024, 2025]),
        ("How much did the sea warm in 2018 compared with 2008?", []),
        ("What was decided between 1975 and 1977?", []),
        ("How fast does tech change, per the 2023 text on the 2030 goals?", []),
    ],
)
def test_two_times_that_are_compared(question: str, times: list[int]) -> None:
    assert [one.first.year for one in find_dates(question) if one.role is Role.COMPARED] == times


def test_two_decades_are_two_times() -> None:
    assert [(one.first.year, one.last.year) for one in find_dates("the 1960s and 70s")] == [(1960, 1969), (1970, 1979)]


@pytest.mark.parametrize(
    "question",
    [
        "women in their sixties",
        "people aged 70s",
        "the Commission's 57th session",
        "sixty-eighth session of the Commission",
        "third session",
    ],
)
def test_ages_and_other_bodies_sessions_are_no_times(question: str) -> None:
    assert find_dates(question) == ()


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        (
            "until 15 June 1991",
            (dt.date(1990, 6, 15), dt.date(1991, 6, 14)),
            (dt.date(1989, 6, 1), dt.date(1991, 6, 16)),
        ),
        ("by 2030", (dt.date(2015, 9, 25), dt.date(2029, 1, 1)), (dt.date(2030, 2, 1),)),
        ("before 1991", (dt.date(1946, 1, 1), dt.date(1990, 12, 31)), (dt.date(1991, 1, 1),)),
        ("after 1991", (dt.date(1992, 1, 1),), (dt.date(1991, 12, 31),)),
        ("demands until 1991", (dt.date(1991, 12, 31),), (dt.date(1992, 1, 1),)),
        ("a balance for 2025", (dt.date(2024, 12, 24), dt.date(2025, 12, 31)), (dt.date(2026, 1, 1),)),
        ("since June 1991", (dt.date(1991, 6, 1), dt.date(2025, 1, 1)), (dt.date(1991, 5, 31),)),
        (
            "at the 79th session",
            (dt.date(2024, 9, 22), dt.date(2025, 9, 5)),
            (dt.date(2024, 9, 5), dt.date(2025, 12, 1)),
        ),
    ],
)
def test_when_what_is_asked_for_may_have_been_adopted(
    question: str, inside: tuple[dt.date, ...], outside: tuple[dt.date, ...]
) -> None:
    (mention,) = find_dates(question)
    first, last = mention.adoption
    assert all(first <= day <= last for day in inside)
    assert not any(first <= day <= last for day in outside)


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("until June 15, 1991", "for a further period ending on 15 June 1991;", True),
        ("until June 1991", "for a further period ending on 15 June 1991;", True),
        ("until 15 June 1991", "for a further period ending in June 1991;", False),
        ("until 15 June 1991", "until 15 December 1991", False),
        ("the costs of 2025/26", "from 1 July 2025 to 30 June 2026", True),
        ("the costs of 2025/26", "from 1 July 2024 to 30 June 2025", False),
        ("for the 80th session", "at its eightieth session", True),
        ("for the 80th session", "at its seventy-ninth session, in December 2025", False),
    ],
)
def test_a_text_names_a_time_in_whatever_writing(question: str, text: str, named: bool) -> None:
    (mention,) = find_dates(question)
    assert mention.named_in(text) is named


def _outside(question: str, *adopted: int) -> list[int]:
    (mention,) = find_dates(question)
    return [int(one) for one in days_outside(np.array(adopted, np.int32), mention)]


def test_of_a_text_whose_year_alone_is_known_any_day_of_it_may_fit() -> None:
    assert _outside("in January 1993", 19930000, 19930115, 19930615)[:2] == [0, 0]
    assert _outside("in January 1993", 19930615)[0] > 100
    assert _outside("in June 1994", 19930000)[0] > 100


def test_the_fit_falls_at_the_edge_and_fades() -> None:
    fit = date_fit(np.array([19860718, 19860815, 19861218, 0], np.int32), find_dates("renewed in July 1986"))
    assert fit[0] == 1.0
    assert 0.4 < fit[1] < 0.6
    assert fit[2] < 0.3
    assert fit[3] == 0.0
    assert not date_fit(np.array([19910101], np.int32), find_dates("the 1991 Madrid conference")).any()


def test_the_day_before_is_not_the_day() -> None:
    fit = date_fit(np.array([19600824, 19600823, 19600701, 0], np.int32), find_dates("on 24 August 1960"))
    assert fit[0] == 1.0
    assert fit[1] < 0.4
    assert fit[2] < -0.9
    assert fit[3] == 0.0


def test_the_wrong_side_of_an_open_time_is_clearly_lower() -> None:
    assert date_fit(np.array([19631231, 19640101], np.int32), find_dates("before 1964")).tolist() == [1.0, -1.0]


def test_letters_that_look_like_others_name_the_same_time() -> None:
    assert [one.text for one in find_dates("What did the ſıxtieth ſession decide?")] == ["sixtieth session"]
