"""The forms of questions that a lookup reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

ORGAN = r"(?:(?:the )?(?:un|u\.n\.|united nations|security council|general assembly|unsc|unga|ga|sc|council|assembly)(?:['’]s)? )*"
"""Whose text or deed is asked for, or nothing."""


def first_match(forms: Iterable[re.Pattern[str]], asked: str) -> re.Match[str] | None:
    """How the first of some forms matches a question; None where none does."""
    return next((found for one in forms if (found := one.match(asked))), None)


def counted(n: int, noun: str) -> str:
    """So many of something in words: "one paragraph", "3 paragraphs"."""
    return f"one {noun}" if n == 1 else f"{n} {noun}s"


def unquoted(words: str) -> str:
    """Words without the signs in which they are quoted."""
    return words.strip(" '\"“”‘’")


def whole(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Forms that a question has from its first word to its last, in any case, whatever signs stand around."""
    return tuple(re.compile(rf"\A\W*+{one}\W*+\Z", re.I) for one in patterns)
