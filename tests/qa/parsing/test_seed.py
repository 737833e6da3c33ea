"""The sample resolution, read as a person would read it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import qa
from qa.parsing import parse
from qa.reading import read
from qa.records import Kind, Resolution

SEED = Path(qa.__file__).parent / "sample" / "A_RES_55_179.txt"


@pytest.fixture(scope="module")
def seed() -> Resolution:
    return parse(next(read(SEED)))


def test_counts_and_labels(seed: Resolution) -> None:
    assert [p.label for p in seed.paragraphs] == [f"PP{n}" for n in range(1, 7)] + [f"OP{n}" for n in range(1, 24)]
    assert {p.kind for p in seed.paragraphs if p.label.startswith("PP")} == {Kind.PREAMBULAR}


def test_adoption(seed: Resolution) -> None:
    assert seed.meeting == "86th plenary meeting"
    assert seed.adopted == dt.date(2000, 12, 19)
    assert seed.vote is None
    assert seed.absent["vote"]


def test_symbol_is_derived_and_said_to_be(seed: Resolution) -> None:
    assert str(seed.symbol) == "A/RES/55/179"
    assert "55/179." in seed.derived["symbol"]


def test_footnotes_are_tied(seed: Resolution) -> None:
    notes = {f.marker: f for f in seed.footnotes}
    assert sorted(notes) == ["1", "2", "3", "4"]
    assert {m: f.anchors[0][0] for m, f in notes.items()} == {"1": "PP1", "2": "PP2", "3": "OP1", "4": "OP12"}
    assert notes["3"].text is None
    assert notes["3"].reason
    assert notes["4"].text == "See A/50/790-S/1995/999."


def test_paragraph_over_the_page_foot(seed: Resolution) -> None:
    op16 = next(p for p in seed.paragraphs if p.label == "OP16")
    assert len(op16.spans) == 2
    assert "conflict, also welcomes the direct dialogue" in op16.text
    assert "intensity their efforts" in op16.text


def test_page_head_date_is_no_number(seed: Resolution) -> None:
    op10 = next(p for p in seed.paragraphs if p.label == "OP10")
    assert "resolution 1244 (1999) of 10 June 1999, including" in op10.text


def test_markers_go_and_hyphens_stay(seed: Resolution) -> None:
    texts = {p.label: p.text for p in seed.paragraphs}
    assert "26 May 1993, as well" in texts["PP1"]
    assert texts["OP1"] == "Welcomes the report of the Secretary-General;"
    assert "the Deputy Secretary-General in the meeting" in texts["OP3"]
