"""Dates in figures, put into the words of the texts: "22/12/1969", "22.12.1969" and "1969-12-22" are 22 December 1969."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_FIGURES = re.compile(
    rf"(?<![\w/.-])(?=\d)(?:(?P<day>[0-3]?\d)(?P<apart>[/.-])(?P<month>[0-3]?\d)(?P=apart)(?P<year>{_YEAR})"
    rf"|(?P<iso>{_YEAR}-[01]\d-[0-3]\d))(?![\w/-])"
)

_MONTHS = 12


def with_dates_in_words(text: str) -> tuple[str, list[str]]:
    """The text with its dates in words, and a note for each of how it was read."""
    notes: list[str] = []

    def in_words(match: re.Match[str]) -> str:
        day = _day(match)
        if day is None:
            return match[0]
        words = f"{day.day} {day:%B %Y}"
        either = not match["iso"] and day.day != day.month and day.day <= _MONTHS
        notes.append(f"{match[0]!r} is read as {words}{', day before month' if either else ''}")
        return words

    return _FIGURES.sub(in_words, text), notes


def _day(match: re.Match[str]) -> dt.date | None:
    """Day before month, as the United Nations writes; month before day where only that is a date; None where neither is."""
    with suppress(ValueError):
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        return dt.date(year, month, day) if month <= _MONTHS else dt.date(year, day, month)
    return None
