"""A text whose parts count their paragraphs anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import AmbiguousSymbolError
from tests.qa.made_up import served

_IN_PARTS = """A/RES/77/300

Resolution adopted by the General Assembly on 12 May 2023

77/300. Barges of the Blue Lake

The General Assembly,

I

Ferries

1. Decides to count the ferries;

II

Barges

1. Urges States to count the barges.
"""


def test_a_number_that_two_parts_have_is_no_paragraph(tmp_path: Path) -> None:
    with served(tmp_path, {"A_RES_77_300": _IN_PARTS}) as service:
        assert service.paragraph("A/RES/77/300#II.OP1").paragraph.text == "Urges States to count the barges."
        with pytest.raises(AmbiguousSymbolError, match=r"A/RES/77/300#I\.OP1 or A/RES/77/300#II\.OP1"):
            service.paragraph("A/RES/77/300#OP1")
