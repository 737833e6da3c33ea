"""No regular expression takes long on hostile input: neither a pattern of a file's text nor one of a question's."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from types import ModuleType

import pytest

import qa.acts
import qa.answering
import qa.collect
import qa.parsing
import qa.passages
import qa.reading
import qa.references
import qa.retrieval
import qa.subject
import qa.symbols
import qa.terms
from tests.qa.hostile import HOSTILE, SIZE, hostile

LIMIT = 0.1  # seconds a pattern over 100 kB: a microsecond a character; what grows as the square takes far longer
SMALL = hostile(SIZE // 10)
PACKAGES = (qa.acts, qa.answering, qa.parsing, qa.reading, qa.retrieval, qa.symbols)
MODULES = (qa.collect, qa.passages, qa.references, qa.subject, qa.terms)


def modules() -> Iterator[ModuleType]:
    yield from MODULES
    for package in PACKAGES:
        for info in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{info.name}")


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    """The text patterns that a module's name holds, those of its tables included."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from compiled(one)


def patterns() -> dict[str, re.Pattern[str]]:
    return {
        f"{module.__name__}.{name}.{place}": pattern
        for module in modules()
        for name, value in vars(module).items()
        for place, pattern in enumerate(compiled(value))
    }


PATTERNS = patterns()


def test_there_are_patterns_to_test() -> None:
    assert len(PATTERNS) > 130


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.thread_time()
    pattern.search(text)
    return time.thread_time() - start


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_is_slow(name: str) -> None:
    pattern = PATTERNS[name]
    for kind, text in HOSTILE.items():
        if seconds(pattern, SMALL[kind]) < LIMIT / 100:
            continue  # were the cost to grow as the square of the length, it would still be within the limit
        for _ in range(6):  # the least of several: the machine may be busy
            best = seconds(pattern, text)
            if best < LIMIT:
                break
        assert best < LIMIT, f"{name} takes {best * 1000:.0f} ms on 100 kB of {kind}"
