"""Every pattern on hostile input, and cost that grows with length, not faster."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from contextlib import suppress

import pytest

import qa.parsing
import qa.reading
from qa.errors import ParseError, QAError
from qa.parsing import parse
from qa.reading.source import make_source

SIZE = 100_000
LIMIT = 0.05  # seconds a pattern


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled text pattern of the two packages, by module and name."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (qa.parsing, qa.reading):
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[f"{info.name}.{name}"] = value
    return found


HOSTILE = {
    "blanks": " " * SIZE,
    "figures": "1" * SIZE,
    "numbers": "1. " * (SIZE // 3),
    "brackets": "(" * SIZE,
    "letters": "a" * SIZE,
    "capitals": "A" * SIZE,
    "slashes": "A/RES/" * (SIZE // 6),
    "votes": "by 1 vote of 1 to 1 with 1 " * (SIZE // 27),
    "dates": "1 May 19 " * (SIZE // 9),
    "rules": "_" * SIZE + "x",
    "session": "Aa-" * (SIZE // 3),
    "organ": "The Commission on " + "A, " * (SIZE // 3) + "!",
    "ends": "-\n" * (SIZE // 2),
    "open": "[on the " * (SIZE // 8),
    "stars": "* " * (SIZE // 2) + "x",
    "long word": "a-\na" * 20 + " " + "a" * SIZE,
}


def test_there_are_patterns_to_test() -> None:
    assert len(patterns()) > 30


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_pattern_is_slow(name: str) -> None:
    pattern = patterns()[name]
    for kind, text in HOSTILE.items():
        best = float("inf")
        for _ in range(6):  # the least of several: the machine may be busy
            start = time.thread_time()
            pattern.search(text)
            best = min(best, time.thread_time() - start)
            if best < LIMIT:
                break
        assert best < LIMIT, f"{name} takes {best * 1000:.0f} ms on 100 kB of {kind}"


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
