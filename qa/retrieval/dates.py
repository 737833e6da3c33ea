"""Dates as people write them in questions: "December 2023", "4 September 1965", "autumn 1993", "mid-2023", "2023/24".

A mention is a window of days, because that is what adoption dates can be compared with.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS: dict[str, int] = {
    name.lower(): number
    for number in range(1, 13)
    for name in (calendar.month_name[number], calendar.month_abbr[number])
} | {"sept": 9}
# First and last month of the words people use for parts of a year; winter is left out: it spans two years.
SEASONS: dict[str, tuple[int, int]] = {
    "spring": (3, 6),
    "summer": (6, 9),
    "autumn": (9, 12),
    "fall": (9, 12),
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "end": (10, 12),
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>19[4-9]\d|20[0-4]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_PATTERN = re.compile(
    rf"""
    (?<![\w/.])(?=[^\W_])(?:
      (?:{_DAY}\s+)?(?=[a-z])(?P<month>{_MONTH})\.?,?\s+(?:of\s+)?{_YEAR}               # 4 September 1965, December 2023
    | (?=[a-z])(?P<month2>{_MONTH})\.?\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year2>19[4-9]\d|20[0-4]\d)  # June 5, 1993
    | (?=[a-z])(?P<season>{"|".join(SEASONS)})(?:\s+of)?[\s-]+(?P<year3>19[4-9]\d|20[0-4]\d)       # autumn 1993, mid-2023
    | (?P<year4>19[4-9]\d|20[0-4]\d)\s?[/–-]\s?(?P<next>\d\d(?:\d\d)?)(?![\w/])   # 2023/24
    | (?P<decade>19[4-9]0|20[0-4]0)s                                           # the 1970s
    | (?P<year5>19[4-9]\d|20[0-4]\d)                                           # 1974
    )(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of the question that names a time; `first` and `last` day, inclusive. `span` counts code points."""

    span: tuple[int, int]
    text: str
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days the mention covers: 1 for a day, 28 to 31 for a month, 365 for a year."""
        return (self.last - self.first).days + 1


def _month_window(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _window(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    year = int(groups.get("year") or groups.get("year2") or groups.get("year3") or groups.get("year5") or 0)
    month = MONTHS.get((groups.get("month") or groups.get("month2") or "").lower())
    if month:
        day = int(groups.get("day") or groups.get("day2") or 0)
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            return dt.date(year, month, day), dt.date(year, month, day)
        return _month_window(year, month, month)
    if "season" in groups:
        return _month_window(year, *SEASONS[groups["season"].lower()])
    if "year4" in groups:
        start = int(groups["year4"])
        end = int(groups["next"]) if len(groups["next"]) == 4 else start // 100 * 100 + int(groups["next"])
        return (dt.date(start, 1, 1), dt.date(end, 12, 31)) if start < end <= start + 10 else None
    if "decade" in groups:
        return dt.date(int(groups["decade"]), 1, 1), dt.date(int(groups["decade"]) + 9, 12, 31)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def find_dates(question: str) -> tuple[DateMention, ...]:
    """Every time that the question names, in order of appearance; years from 1940 to 2049 only."""
    mentions = []
    for match in _PATTERN.finditer(question):
        window = _window(match)
        if window:
            mentions.append(DateMention(match.span(), match.group(), *window))
    return tuple(mentions)
