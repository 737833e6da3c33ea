"""The forms of questions that a lookup reads."""

from __future__ import annotations

import re


def whole(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Forms that a question has from its first word to its last, in any case, whatever signs stand around."""
    return tuple(re.compile(rf"\A\W*+{one}\W*+\Z", re.I) for one in patterns)
