"""What is of another time than the question names."""

from __future__ import annotations

import pytest

from qa.answering.out_of_time import out_of_time
from qa.retrieval.dates import find_dates


@pytest.mark.parametrize(
    ("question", "elsewhere", "late"),
    [
        ("What did the spill of 2006 cost?", "Noting the spill of 15 July 2006,", None),
        (
            "What did the spill of 2006 cost?",
            "Recalling its resolution 61/194 of 20 December 2006,",
            "2006",
        ),  # only cited
        ("What did the resolution of 2006 say?", "Noting the spill of 15 July 2006,", "2006"),
        ("How are barges helped, 2006 text?", "Noting the spill of 15 July 2006,", "2006"),
        ("What should hotels do in the tourism year 2027?", "Proclaims 2027 a year of tourism;", None),  # soon to come
        ("What should hotels do in the tourism year 2027?", "Proclaims a year of tourism;", "2027"),
        ("When do they meet in spring 2026?", "Decides to meet from 7 to 25 April;", None),
    ],
)
def test_what_happened_then_may_be_told_anywhere_in_the_resolution(
    question: str, elsewhere: str, late: str | None
) -> None:
    text = "Assesses the damage;"
    assert out_of_time(question, find_dates(question), 20251219, text, lambda: f"{elsewhere}\n{text}") == late


@pytest.mark.parametrize(
    ("question", "adopted", "text", "late"),
    [
        ("Until when was the Force extended in July 1983?", 19821018, "until 19 January 1983", "July 1983"),
        ("Until when was the Force extended in July 1983?", 19830718, "until 19 January 1984", None),
        (
            "Until when was the Force renewed in July 1983?",
            19830118,
            "that is, until! 19 July 1983",
            "July 1983",
        ),  # its end
        ("Till when was the Force kept going in July 1983?", 19830118, "until 19 July 1983", "July 1983"),
        ("Which mandate ran until July 1983?", 19830118, "that is, until 19 July 1983", None),
        ("What did the spill of 2006 cost?", 20251219, "the spill of 15 July 2006", None),
        ("What was appropriated for 2024/25?", 20240628, "from 1 July to 31 December 2024", None),
        ("What was appropriated for 2023/24?", 20240628, "from 1 July 2024 to 30 June 2025", "2023/24"),
        (
            "What was appropriated for July 2022 to June 2023?",
            20230630,
            "from 1 July 2023 to 30 June 2024",
            "July 2022 to June 2023",
        ),
        ("Until when was the Force extended in July 1983?", 19830805, "until 19 January 1984", None),  # a few days off
        ("Which report of July 1983 was noted?", 19831018, "Notes the report of 12 July 1983", None),
        ("What did the 2024 resolution ask?", 20231219, "Asks for help", "2024"),
        ("Who pays for the 2027 year of orchards?", 20251212, "Stresses that the cost", None),  # an event to come
        ("Was the levy paid in 1983?", 19770601, "Stresses that the cost", "1983"),  # no event to come: too far ahead
        ("before 1977 it was free to all", 19771104, "Decides on a levy", None),  # what ended it is of that year
        ("Who paid in 1983 or in 1985?", 19860601, "Thanks those who paid", "1983 or 1985"),
        ("Who joined at the 79th session?", 20231207, "Decides to admit Sylvania", "79th session"),
        ("Which text ran until July 1983?", 19700101, "Extends the Force", None),
        ("Who must pay?", 19700101, "Calls upon all", None),
        ("Who had to pay in 1983?", 0, "Calls upon all", None),
        ("Who had to pay in June 1983?", 19830000, "Calls upon all", None),  # of that day only the year is known
    ],
)
def test_a_text_of_another_time_is_out_of_time(question: str, adopted: int, text: str, late: str | None) -> None:
    assert out_of_time(question, find_dates(question), adopted, text, lambda: text) == late
