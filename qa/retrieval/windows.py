"""Times in questions and texts as windows of days: "4 September 1965", "autumn 1993", "the late 1960s", "79th session"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.numerals import MONTH_OR_SHORT, NTH, ORDINALS, SHORT_MONTHS
from qa.terms import LOOKALIKES

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
    "first half": (1, 6),
    "second half": (7, 12),
    "first quarter": (1, 3),
    "second quarter": (4, 6),
    "third quarter": (7, 9),
    "last quarter": (10, 12),
    "fourth quarter": (10, 12),
}
_DECADES = {"forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_PARTS = {"": (0, 9), "early": (0, 3), "mid": (3, 6), "late": (6, 9)}  # first and last year of a part of a decade
_ANY_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_YEAR = rf"(?P<year>{_ANY_YEAR})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_ASSEMBLY = r"(?:(?:UN)?GA|(?:UN\s+)?general\s+assembly(?:\s+session)?)"
_SEASON = "|".join(one.replace(" ", "[ ]") for one in SEASONS)
_PATTERN = re.compile(  # no time of a year is "mandate end 1993"
    rf"""
    (?<![\w/.])(?=[\d'’adefgjlmnostu])(?:
      (?:{_DAY}\s+)?(?=[a-z])(?P<month>{MONTH_OR_SHORT})\.?,?\s+(?:of\s+)?{_YEAR}               # 4 September 1965, December 2023
    | (?=[a-z])(?P<month2>{MONTH_OR_SHORT})\.?\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year2>{_ANY_YEAR})  # June 5, 1993
    | (?=[a-z])(?<!mandate[ ])(?P<season>{_SEASON})(?:\s+of)?[\s-]+(?P<year3>{_ANY_YEAR})       # autumn 1993, mid-2023
    | (?P<year4>{_ANY_YEAR})\s?[/–-]\s?(?P<next>\d\d(?:\d\d)?)(?![\w/])   # 2023/24
    | (?=['’\delmsnft])(?:(?P<part>early|mid|late)[\s-]+(?:the\s+)?)?
      (?:(?P<decade>19[4-9]0|20[0-4]0)['’]?s|['’]?(?P<short>[4-9]0)['’]?s|(?P<word>{"|".join(_DECADES)}))  # the late 1960s, 70s
    | (?:(?=\d)(?P<nth2>\d\d)(?:st|nd|rd|th)|(?=[efnst])(?P<nth>{NTH}))\s+(?:(?:regular\s+)?session|{_ASSEMBLY})  # 79th session, 79th GA
    | (?=[gsu])(?:session\s+|(?:UN)?GA[\s-]?)(?P<nth3>[2-9]\d)                # session 79, GA79, UNGA 79
    | (?=[12])(?P<opened>{_ANY_YEAR})\s+(?:(?:UN\s+)?general\s+assembly|(?:UN)?GA)\s+session        # 2025 General Assembly session
    | (?P<year5>{_ANY_YEAR})                                           # 1974
    )(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_AGES = re.compile(r"(?:\b(?:the|and|or|to|of|in|since|by|before|after)\s+|['’–/,-]\s?)$", re.I)
_BEFORE_FIRST = 1945  # a session opens in the year of so many more than its number
_FIRST_SESSION = 31  # since then the Assembly's sessions last a year, from September
_OTHER_BODY = re.compile(r"['’]s\s+$|\A of the (?!general assembly|assembly)", re.I)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text that names a time; `first` and `last` day, inclusive. `span` counts code points.

    `session` is that of the Assembly which the words name, if they name one.
    """

    span: tuple[int, int]
    text: str
    first: dt.date
    last: dt.date
    session: int | None = None

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


def windows_in(text: str) -> Iterator[Window]:
    """Every time that a text names, in order; years from 1940 to 2049 only."""
    for match in _PATTERN.finditer(text.translate(LOOKALIKES)):
        window = _window(match)
        if window:
            yield Window(match.span(), match.group(), *window, _session(match))


def _month_window(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def session_of(words: str) -> int | None:
    """The number of a session as people write it: "79th", "seventy-ninth"; None for what is none of the Assembly's by year."""
    n = ORDINALS.get(words.lower()) or int("".join(filter(str.isdecimal, words)) or 0)
    return n if n >= _FIRST_SESSION else None


def session_days(n: int) -> tuple[dt.date, dt.date]:
    """The first and last day of a session of the Assembly."""
    return dt.date(_BEFORE_FIRST + n, 9, 8), dt.date(_BEFORE_FIRST + 1 + n, 9, 14)


def _session(match: re.Match[str]) -> int | None:
    if match["nth"]:
        return ORDINALS[match["nth"].lower()]
    if match["opened"]:
        return int(match["opened"]) - _BEFORE_FIRST
    figures = match["nth2"] or match["nth3"]
    return int(figures) if figures else None


def _window(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    session = _session(match)
    if session is not None:
        around = match.string[max(0, match.start() - 3) : match.start()], match.string[match.end() :][:40]
        if session < _FIRST_SESSION or any(_OTHER_BODY.search(one) for one in around):
            return None
        return session_days(session)
    year = int(groups.get("year") or groups.get("year2") or groups.get("year3") or groups.get("year5") or 0)
    month = SHORT_MONTHS.get((groups.get("month") or groups.get("month2") or "").lower())
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
    if not year:
        return _decade(match, groups)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _decade(match: re.Match[str], groups: dict[str, str]) -> tuple[dt.date, dt.date] | None:
    """A decade or a part of it; of short ones ("70s", "the sixties") only what is nobody's age."""
    decade = int(groups.get("decade") or 0)
    if not decade:
        if "part" not in groups and not _NOT_AGES.search(match.string, 0, match.start()):
            return None
        decade = 1900 + (int(groups.get("short") or 0) or _DECADES[groups["word"].lower()])
    first, last = _PARTS[groups.get("part", "").lower()]
    return dt.date(decade + first, 1, 1), dt.date(decade + last, 12, 31)
