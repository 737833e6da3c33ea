"""A text of which only the year is known can still be compared with dates."""

from __future__ import annotations

import pytest

from qa.store.columns import Columns, Listed


@pytest.mark.parametrize(
    ("adopted", "year", "held"),
    [("1993-01-08", 1993, 19930108), (None, 1993, 19930000), (None, None, 0)],
)
def test_of_an_unread_day_the_year_is_kept(adopted: str | None, year: int | None, held: int) -> None:
    text = Listed(
        symbol="S/RES/801(1993)",
        title="",
        organ="Security Council",
        session=None,
        adopted=adopted,
        year=year,
        paragraphs=(("OP1", "operative", ()),),
        windows=(2,),
        sha256="",
        text_sha256="",
        name="801.txt",
        format="text",
        parser="un",
    )
    assert Columns.of([text]).adopted.tolist() == [held, held]
    assert text.adopted == adopted  # what is shown is what was read
