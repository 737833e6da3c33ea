"""Rows of tables whose lines were joined."""

from types import SimpleNamespace
from typing import cast

import pytest

from qa.answering.highlight import highlight
from qa.answering.tables import rows, table_below
from qa.records import Kind, Paragraph, Resolution, Span

_TABLE = (
    "Staffing table for 2025 Category Number of posts Total Professional and higher Deputy Secretary-General 1 – 1 "
    "Under-Secretary-General 38 18 56 D-2 118 8 126 D-1 316 51 367 P-5 954 186 1 140 Security Service 306 – 306 "
    "National Professional Officer 120a 364 484 Surplus of the budget for the year 2022 (6 982 600) (6 409 600) "
    "Total 10 594 3 882 14 476 a Includes 162 posts to be abolished later than 1 January (1 D-1, 21 P-5)."
)


def _paragraph(text: str) -> Paragraph:
    return Paragraph("A1.u1", Kind.ANNEX, None, 1, text, (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("How many Under-Secretary-General posts are there?", "Under-Secretary-General 38 18 56"),
        ("number of D-1 posts", "D-1 316 51 367"),
        ("posts in the security service", "Security Service 306 – 306"),
        ("How many national professional officers?", "National Professional Officer 120a 364 484"),
        ("surplus of the 2022 budget", "Surplus of the budget for the year 2022 (6 982 600) (6 409 600)"),
        (
            "How many are abolished later than January?",
            "a Includes 162 posts to be abolished later than 1 January (1 D-1, 21 P-5).",
        ),
        ("What of the weather?", _TABLE),
    ],
)
def test_the_row_asked_for_is_marked(question: str, row: str) -> None:
    start, end = highlight(question, _paragraph(_TABLE), lambda: None)
    assert _TABLE[start:end] == row


@pytest.mark.parametrize(
    "text",
    [
        "Recalling its resolutions 713 (1991) of 25 September 1991, 721 (1991) of 27 November 1991 and 724 (1991) of 15 "
        "December 1991, 727 (1992) of 8 January 1992 and 743 (1992) of 21 February 1992,",
        "Decides to appropriate 8 million dollars for 2025;",
    ],
)
def test_dates_and_sums_make_no_table(text: str) -> None:
    assert rows(text) == []


_SHARES = "Member State Percentage Freedonia 0.005 Sylvania 1.029 Upper Ruritania (Kingdom of) 0.087"


@pytest.mark.parametrize(
    ("question", "opening", "number", "row"),
    [
        (
            "What percentage is Sylvania assessed?",
            "Resolves that the scale shall be as follows:",
            None,
            "Sylvania 1.029",
        ),
        ("What percentage is Sylvania assessed?", "Resolves that the scale shall be as follows;", None, None),
        ("What percentage is Sylvania assessed?", "Resolves that the scale shall be as follows:", "13", None),
        ("What percentage is Osterlich assessed?", "Resolves that the scale shall be as follows:", None, None),
        ("Which scale was resolved?", "Resolves that the scale shall be as follows:", None, None),
    ],
)
def test_a_table_is_read_below_its_opening(question: str, opening: str, number: str | None, row: str | None) -> None:
    above = Paragraph("OP12", Kind.OPERATIVE, "12", 1, opening, (Span(0, len(opening)),))
    table = Paragraph("OP12+1", Kind.OPERATIVE, number, 1, _SHARES, (Span(0, len(_SHARES)),))
    resolution = cast(Resolution, SimpleNamespace(paragraphs=(above, table)))
    below = table_below(question, resolution, above)
    assert (below and (below[0].label, _SHARES[slice(*below[1])])) == (row and ("OP12+1", row))
    assert table_below(question, cast(Resolution, SimpleNamespace(paragraphs=(above,))), above) is None
