"""Dates as resolutions print them: "19 December 2000"."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice

from qa import numerals

MONTHS = {name: number for number, name in enumerate(numerals.MONTHS, 1)}
_SLIPPED = re.compile(r"(?<!\d)(\d{1,2})\.? ([A-Z][a-z1|!\]]{2,8}),? ((?:18|19|20)\d\d)(?!\d)")
_MOST_SLIPS = 8  # words that are looked at
_NEAR = 0.8  # how alike a misread month must be: "Apri]", "Auqust"
_DATE = re.compile(r"(?:^|(?<=[^\d]))(\d{1,2})\.? ?(" + "|".join(MONTHS) + r")\.?,? ?(\d{4})(?!\d)")


def read_date(text: str) -> dt.date | None:
    """The first date in the text that exists in the calendar; where none does, one whose month OCR misread."""
    for day, month, year in _DATE.findall(text):
        with suppress(ValueError):
            return dt.date(int(year), MONTHS[month], int(day))
    for match in islice(_SLIPPED.finditer(text), _MOST_SLIPS):
        day, word, year = match.groups()
        near = get_close_matches(word, MONTHS, 1, _NEAR)
        if near:
            with suppress(ValueError):
                return dt.date(int(year), MONTHS[near[0]], int(day))
    return None
