"""Parsing hostile input, and cost that grows with length, not faster."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from qa.errors import ParseError, QAError
from qa.parsing import parse
from qa.reading.source import make_source
from tests.qa.hostile import HOSTILE

HEAD = "A/RES/99/1\n\n99/1. A title\n\nThe General Assembly,\n\n"


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_parsing_hostile_text_ends_soon(kind: str) -> None:
    text = HEAD + HOSTILE[kind]
    start = time.process_time()
    with suppress(QAError):
        parse(make_source(text, text.encode(), name="A_RES_99_1.txt", format_="txt", reader="test"))
    assert time.process_time() - start < 5.0


def test_cost_is_linear() -> None:
    def seconds(n: int) -> float:
        body = "".join(f"{k}. Requests the Secretary-General to report on item {k};\n\n" for k in range(1, n + 1))
        source = make_source(HEAD + body, b"", name="A_RES_99_1.txt", format_="txt", reader="test")
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            parse(source, acts=False)
            best = min(best, time.process_time() - start)
        return best

    seconds(50)
    assert seconds(800) < 4 * 3 * seconds(200)


@pytest.mark.parametrize(
    ("phrase", "language"),
    [("La Asamblea General,", "Spanish"), ("L’Assemblée générale,", "French"), ("Генеральная Ассамблея,", "Russian")],
)
def test_a_text_in_another_language_is_refused_by_its_name(phrase: str, language: str) -> None:
    text = f"A/RES/99/1\n\n99/1. Árboles\n\n{phrase}\n\nRecordando su resolución,\n\n1. Decide plantar.\n"
    with pytest.raises(ParseError, match=language):
        parse(make_source(text, text.encode(), name="A_RES_99_1.txt", format_="txt", reader="test"))
