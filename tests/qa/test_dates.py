"""Times named in questions."""

import datetime as dt

import pytest

from qa.retrieval.dates import find_dates


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
