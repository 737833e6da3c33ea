"""The forms of questions that a lookup reads."""

from __future__ import annotations

import re

ORGAN = r"(?:(?:the )?(?:un|u\.n\.|united nations|security council|general assembly|unsc|unga|ga|sc|council|assembly)(?:['’]s)? )*"
"""Whose text or deed is asked for, or nothing."""


def whole(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Forms that a question has from its first word to its last, in any case, whatever signs stand around."""
    return tuple(re.compile(rf"\A\W*+{one}\W*+\Z", re.I) for one in patterns)
