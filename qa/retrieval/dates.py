"""Times as people write them in questions: "December 2023", "4 September 1965", "the late 1960s", "79th session".

A mention is a window of days, because that is what adoption dates can be compared with; its role says what the time is
of: an adoption, or the end of what was decided.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.symbols.citing import ORDINALS, ordinal

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
_DECADES = {"forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_PARTS = {"": (0, 9), "early": (0, 3), "mid": (3, 6), "late": (6, 9)}  # first and last year of a part of a decade
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ANY_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_YEAR = rf"(?P<year>{_ANY_YEAR})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_NTH = (
    r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)"
    r"(?:ieth|y-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_PATTERN = re.compile(
    rf"""
    (?<![\w/.])(?=[^\W_])(?:
      (?:{_DAY}\s+)?(?=[a-z])(?P<month>{_MONTH})\.?,?\s+(?:of\s+)?{_YEAR}               # 4 September 1965, December 2023
    | (?=[a-z])(?P<month2>{_MONTH})\.?\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year2>{_ANY_YEAR})  # June 5, 1993
    | (?=[a-z])(?P<season>{"|".join(SEASONS)})(?:\s+of)?[\s-]+(?P<year3>{_ANY_YEAR})       # autumn 1993, mid-2023
    | (?P<year4>{_ANY_YEAR})\s?[/–-]\s?(?P<next>\d\d(?:\d\d)?)(?![\w/])   # 2023/24
    | (?=['’\delmsnft])(?:(?P<part>early|mid|late)[\s-]+(?:the\s+)?)?
      (?:(?P<decade>19[4-9]0|20[0-4]0)['’]?s|['’]?(?P<short>[4-9]0)['’]?s|(?P<word>{"|".join(_DECADES)}))  # the late 1960s, 70s
    | (?:(?=\d)(?P<nth2>\d\d)(?:st|nd|rd|th)|(?=[efnst])(?P<nth>{_NTH}))(?:\s+regular)?\s+session         # 79th session
    | (?=s)session\s+(?P<nth3>[2-9]\d)
    | (?P<year5>{_ANY_YEAR})                                           # 1974
    )(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HAS_TIME = re.compile(r"\d\d|ties\b|session", re.I)  # most questions name none


class Role(StrEnum):
    """What a time is the time of; the value is what a note says of it."""

    ADOPTED = "adopted about then is preferred"
    SESSION = "texts of that session of the Assembly are preferred"
    BEFORE = "adopted before is preferred"
    SINCE = "adopted since is preferred"
    END = "read as an end: paragraphs that name it, adopted before it, are preferred"
    EVENT = "read as the year of what is named after it, not of adoption"


_ENDING = re.compile(
    r"\b(?:(?:until|till?|through|up to|by|ending|ends?|ended|expir(?:y|e[sd]?|ing|ation)|lapse[sd]?|lasts?|lasting|runs? out|beyond"
    r"|later than|starting with)(?: its)?|(?:extend|prolong|renew|maintain|kept|continu|carried)\w*(?: \w+)? to)"
    r"(?: on| in| at)?(?: the)?(?: end of| start of| beginning of| mid-?| early| late)*\s*$",
    re.I,
)
_OPEN = re.compile(
    r"\b(?P<side>before|prior to|earlier than|since|after|following)(?P<gap>(?: [\w'’-]+){0,6}?) ?$", re.I
)
_GAP = re.compile(r"(?: the| early| late| mid)*|.* (?:in|of|on)| the [\w' -]+ (?:in|of|on)", re.I)
_RANGE = re.compile(r"\b(?:between|from)(?: the| early| late)*\s*$", re.I)
_TO = re.compile(r"\s*(?:and|to|until|till?|through|[-–])(?: the)?\s*$", re.I)
_NOT_AGES = re.compile(r"(?:\b(?:the|and|or|to|of|in|since|by|before|after)\s+|['’–/,-]\s?)$", re.I)
_REPORTS = re.compile(r"\b(?:report\w*|submit\w*|agenda|hand\w* in|due|take up|items?|present\w*|consider\w*)\b", re.I)
_FOR_SESSION = re.compile(r"\b(?:to|for|after|until|by|with|of)(?: (?:the|its|their|an?))?\s*$", re.I)
_OTHER_BODY = re.compile(r"['’]s\s+$|\A of the (?!general assembly|assembly)", re.I)
_EVENT = re.compile(
    r"(?: [A-Z][\w'’-]+){1,3}(?: [a-z]+)? (?:[Cc]onference|[Ss]ummit|[Aa]greements?|[Aa]ccords?|[Cc]onvention|[Pp]rotocol|"
    r"[Tt]reaty|[Rr]eview|[Aa]genda|[Gg]ames|[Oo]lympics|[Ww]ar|[Cc]harter|[Pp]lan|[Dd]eclaration)\b| Agenda\b"
)
_MONTH_DAYS = 31
_BEFORE_END = dt.timedelta(days=550)  # a mandate is given for at most a year, a report asked for a session ahead
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of the question that names a time; `first` and `last` day, inclusive. `span` counts code points."""

    span: tuple[int, int]
    text: str
    first: dt.date
    last: dt.date
    role: Role = Role.ADOPTED
    session: int | None = None

    @property
    def days(self) -> int:
        """How many days the mention covers: 1 for a day, 28 to 31 for a month, 365 for a year."""
        return (self.last - self.first).days + 1

    @property
    def adoption(self) -> tuple[dt.date, dt.date]:
        """The first and last day on which what is asked for may have been adopted."""
        match self.role:
            case Role.END:
                return self.first - _BEFORE_END if self.days <= _MONTH_DAYS or self.session else _FIRST_DAY, self.first
            case Role.BEFORE:
                return _FIRST_DAY, self.last
            case Role.SINCE:
                return self.first, _LAST_DAY
            case _:
                return self.first, self.last

    @property
    def tells_adoption(self) -> bool:
        """Whether it says anything of when what is asked for was adopted."""
        return self.role is not Role.EVENT

    @property
    def words(self) -> str:
        """The words with which a text would name it."""
        return f"{ordinal(self.session)} session" if self.session else self.text

    @property
    def note(self) -> str:
        """How it was read, for the user."""
        return f"{self.text!r}: {self.role.value}"

    def named_in(self, text: str) -> bool:
        """Whether a text names this time, in whatever writing: a day of the month, a month of the year."""
        return any(
            one.session == self.session if self.session else self.first <= one.first and one.last <= self.last
            for one in _windows(text)
        )


def find_dates(question: str) -> tuple[DateMention, ...]:
    """Every time that the question names, in order of appearance; years from 1940 to 2049 only."""
    found: list[DateMention] = []
    for one in _windows(question) if _HAS_TIME.search(question) else ():
        start, end = one.span
        before = question[:start]
        last = found[-1] if found else None
        if (
            last is not None
            and one.session is None
            and _TO.match(question, last.span[1], start)
            and _RANGE.search(question[: last.span[0]])
            and last.first <= one.first
        ):
            span = (last.span[0], end)
            found[-1] = DateMention(span, question[slice(*span)], last.first, one.last)
            continue
        found.append(_with_role(one, question, before))
    return tuple(found)


def _with_role(one: DateMention, question: str, before: str) -> DateMention:
    if one.session is not None:
        ahead = _FOR_SESSION.search(before) or _REPORTS.search(question)
        return replace(one, role=Role.END if ahead else Role.SESSION)
    if _ENDING.search(before):
        return replace(one, role=Role.END)
    opened = _OPEN.search(before)
    if opened and _GAP.fullmatch(opened["gap"]):
        if opened["side"].lower() not in ("before", "prior to", "earlier than"):
            return replace(one, role=Role.SINCE)
        whole = one.days > _MONTH_DAYS and not opened["gap"].endswith(
            (" in", " of", " on")
        )  # "before 1990" is not in 1990
        return replace(one, role=Role.BEFORE, last=one.first - dt.timedelta(days=1) if whole else one.last)
    if one.days > _MONTH_DAYS and _EVENT.match(question, one.span[1]):
        return replace(one, role=Role.EVENT)
    return one


def _windows(text: str) -> Iterator[DateMention]:
    """Every time that a text names, all as of adoption."""
    for match in _PATTERN.finditer(text):
        window = _window(match)
        if window:
            yield DateMention(match.span(), match.group(), *window, session=_session(match))


def _month_window(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _session(match: re.Match[str]) -> int | None:
    if match["nth"]:
        return ORDINALS[match["nth"].lower()]
    figures = match["nth2"] or match["nth3"]
    return int(figures) if figures else None


def _window(match: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    session = _session(match)
    if session is not None:
        around = match.string[max(0, match.start() - 3) : match.start()], match.string[match.end() :][:40]
        if session < 31 or any(_OTHER_BODY.search(one) for one in around):
            return None  # the Assembly's sessions last a year, from September, since the thirty-first
        return dt.date(1945 + session, 9, 8), dt.date(1946 + session, 9, 14)
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
