"""Times told by another: "the year before", "six months later", "the next session"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from qa.numerals import MONTHS, ONES, ordinal
from qa.retrieval.windows import Window, windows_in

_NUMBERS = {word: number for number, word in enumerate(ONES[:12], 1)} | {"a": 1, "an": 1}
_BACK = ("before", "earlier", "previous", "preceding", "prior", "last")
_UNIT = r"(?:year|month|session)"
_END = r"(?:\s+(?:that|this|it))?(?=\W*$|\s*[,;]|\s+(?:for|on|about|in)\s)"
_RELATIVE = re.compile(
    rf"""\b(?P<at>(?:in|of|from|for|at|on|by|during|until|since)\s+)?(?:
      the\s+(?P<unit1>{_UNIT})\s+(?P<side1>before|after){_END}                                                 # the year before
    | (?P<n>an?|\d\d?|{"|".join(_NUMBERS)})\s+(?P<unit2>{_UNIT})s?\s+(?:(?P<side2>earlier|later)\b|(?P<side3>before|after){_END})
    | (?:the\s+)?(?P<side4>previous|preceding|prior|last|next|following)\s+(?P<unit3>{_UNIT})\b(?:['’]s)?(?!\s+of\b)
    )""",
    re.I | re.X,
)
_YEARS = re.compile(r"(?P<year>(?:19|20)\d\d)(?:(?P<to>\s?[/–-]\s?)(?P<short>\d\d)(?!\d))?")
_LONGEST = 31  # days of a window that lies in one month


def with_time(asked: str, told: Callable[[], str]) -> tuple[str, str | None]:
    """The text with its first relative time put as a date, counted from the time that `told` gives; and what was put, for the user."""
    match = _RELATIVE.search(asked)
    window = next(windows_in(told()), None) if match else None
    if match is None or window is None:
        return asked, None
    groups = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value}
    number = groups.get("n", "one").lower()
    n = _NUMBERS.get(number) or int(number)
    meant = _moved(window, -n if groups["side"].lower() in _BACK else n, groups["unit"].lower())
    if meant is None:
        return asked, None
    at = groups.get("at") or ("at the " if window.session else "on " if window.first == window.last else "in ")
    phrase = match[0][len(groups.get("at", "")) :]
    return asked[: match.start()] + at + meant + asked[match.end() :], f"{phrase!r} is {meant}"


def _moved(window: Window, n: int, unit: str) -> str | None:
    """The words for a window that lies so many units later, in the manner of its own; None where it cannot be counted so."""
    if window.session is not None:
        return f"{ordinal(window.session + n)} session" if unit != "month" else None
    if unit == "year":
        moved, n_years = _YEARS.subn(lambda one: _years(one, n), window.text)
        return moved if n_years else None
    if unit == "session" or (window.last - window.first).days >= _LONGEST:
        return None
    months = window.first.year * 12 + window.first.month - 1 + n
    first = dt.date(months // 12, months % 12 + 1, 1)
    day = min(window.first.day, calendar.monthrange(first.year, first.month)[1])
    month = f"{MONTHS[first.month - 1]} {first.year}"
    return f"{day} {month}" if window.first == window.last else month


def _years(match: re.Match[str], n: int) -> str:
    short = f"{match['to']}{(int(match['short']) + n) % 100:02}" if match["short"] else ""
    return f"{int(match['year']) + n}{short}"
