"""Texts of about 100 kB on which a careless pattern takes seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

SIZE = 100_000
_PART = 10  # of the text the reference is timed on one part in so many: what it takes grows with the length
_REFERENCE = re.compile("[^.]{0,200}? shall")  # looks 200 characters ahead of each


def seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def allowed(size: int = SIZE) -> float:
    """Seconds that a reference takes over so many characters here and now: a machine may be slow or busy, no figure is right for all."""
    text = "a" * (size // _PART)
    return _PART * seconds(lambda: _REFERENCE.search(text))


def is_cheap(work: Callable[[], object]) -> bool:
    """Whether work on 100 kB takes no longer than the reference; what grows as the square of the length takes a hundred times as long."""
    return any(seconds(work) < allowed() for _ in range(6))


def hostile(size: int) -> dict[str, str]:
    """By name, texts of about so many characters."""
    return {
        "blanks": " " * size,
        "blanks after a figure": "resolutions 1" + " " * size + "x",
        "blanks after a word": "what" + " " * size + "x",
        "commas": ", " * (size // 2),
        "figures": "1" * size,
        "numbers": "1. " * (size // 3),
        "brackets": "(" * size,
        "letters": "a" * size,
        "capitals": "A" * size,
        "a word of capitals": "A" * size + "x",
        "relative clauses": "which whos " * (size // 11) + ",",
        "words": "to the first " * (size // 13),
        "slashes": "A/RES/" * (size // 6),
        "votes": "by 1 vote of 1 to 1 with 1 " * (size // 27),
        "dates": "1 May 19 " * (size // 9),
        "rules": "_" * size + "x",
        "session": "Aa-" * (size // 3),
        "organ": "The Commission on " + "A, " * (size // 3) + "!",
        "ends": "-\n" * (size // 2),
        "open": "[on the " * (size // 8),
        "stars": "* " * (size // 2) + "x",
        "long word": "a-\na" * 20 + " " + "a" * size,
    }


HOSTILE = hostile(SIZE)
