"""Headings that open an article or a rule, and how labels and citations spell it."""

from __future__ import annotations

import pytest

from qa.symbols.units import cite_unit, read_unit


@pytest.mark.parametrize(
    ("heading", "sign", "cited"),
    [
        ("Article 5", "Art5", "art. 5"),
        ("Article 5 Deficiencies in the document", "Art5", "art. 5"),
        ("ARTICLE XII", "ArtXII", "art. XII"),
        ("Article I.", "ArtI", "art. I"),
        ("Article 4 bis", "Art4bis", "art. 4 bis"),
        ("Article 3 – Definitions", "Art3", "art. 3"),
        ("Rule 22. International cooperation", "Rule22", "rule 22"),
        ("“Rule 58", "Rule58", "rule 58"),
        ("Rule 43 [Deleted]", "Rule43", "rule 43"),
        ("Regulation 12A", "Reg12A", "reg. 12A"),
        ("Principle 7", "Principle7", "principle 7"),
    ],
)
def test_a_heading_opens_a_unit(heading: str, sign: str, cited: str) -> None:
    assert read_unit(heading) == sign
    assert cite_unit(sign) == cited


@pytest.mark.parametrize(
    "heading",
    [
        "Articles 5 and 6",
        "Article 19 of the Charter",
        "Rule of law",
        "Regulation 4.5",
        "Chapter I",
        "Part II",
        "On Article 5",
        "article 5",
    ],
)
def test_other_headings_open_none(heading: str) -> None:
    assert read_unit(heading) is None
