"""Short texts, each with the parse that a person expects beside it: NAME.txt or NAME.xml, and NAME.expected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.parsing import parse
from qa.reading import read
from tests.qa.parsing.outline import outline

FOLDER = Path(__file__).parent / "texts"


@pytest.mark.parametrize("path", sorted((*FOLDER.glob("*.txt"), *FOLDER.glob("*.xml"))), ids=lambda p: p.stem)
def test_parse_is_as_expected(path: Path) -> None:
    found = "\n\n".join(outline(parse(source)) for source in read(path))
    expected = path.with_suffix(".expected")
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_there_are_texts() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 12
    assert len(list(FOLDER.glob("*.xml"))) >= 3
