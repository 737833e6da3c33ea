"""No regular expression takes long on hostile input: neither a pattern of a file's text nor one of a question's."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import partial

import pytest

import qa
from tests.qa.hostile import HOSTILE, SIZE, allowed, hostile, is_cheap, seconds

SMALL = hostile(SIZE // 10)


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    """The text patterns that a module's name holds, those of its tables included."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from compiled(one)


def patterns() -> dict[str, re.Pattern[str]]:
    """Every text pattern of the package by where it is, each once."""
    names = [one.name for one in pkgutil.walk_packages(qa.__path__, "qa.") if not one.name.endswith("__main__")]
    found = {
        pattern: f"{name}.{each}.{place}"
        for name in names
        for each, value in vars(importlib.import_module(name)).items()
        for place, pattern in enumerate(compiled(value))
    }
    return {name: pattern for pattern, name in found.items()}


PATTERNS = patterns()


def test_there_are_patterns_to_test() -> None:
    assert len(PATTERNS) > 600


_LONGEST = 2_000  # characters of a question
QUESTIONS = {
    words: (f"{words} " * _LONGEST)[: _LONGEST - 2] + " x"
    for words in (
        "is",
        "the",
        "which",
        "what",
        "when did",
        "is which the un",
        "the un",
        "first last of the",
        "does the council ever",
        "to the",
    )
}
OF_QUESTIONS = [name for name in sorted(PATTERNS) if name.startswith(("qa.answering", "qa.retrieval", "qa.symbols"))]


@pytest.mark.parametrize("name", OF_QUESTIONS)
def test_no_pattern_is_slow_on_a_question_of_small_words(name: str) -> None:
    """Where small words may stand in several places of a form, the ways to share them out must not be too many."""
    for words, text in QUESTIONS.items():
        assert is_cheap(partial(PATTERNS[name].search, text)), f"{name} is slow on {words!r}"


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_is_slow(name: str) -> None:
    pattern, little = PATTERNS[name], allowed(SIZE // 10) / 10
    for kind, text in HOSTILE.items():
        if seconds(partial(pattern.search, SMALL[kind])) < little:
            continue  # were the cost to grow as the square of the length, it would still be within what is allowed
        assert is_cheap(partial(pattern.search, text)), f"{name} is slow on 100 kB of {kind}"
