"""Times as people write them in questions: "December 2023", "4 September 1965", "the late 1960s", "79th session".

A mention is a window of days, because that is what adoption dates can be compared with; its role says what the time is
of: an adoption, or the end of what was decided.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from qa.numerals import SHORT_MONTHS, ordinal
from qa.retrieval.roles import OPEN, Role, Setting, role_of
from qa.retrieval.windows import Window, session_days, session_of, windows_in

_HAS_TIME = re.compile(r"\d\d|ties\b|session", re.I)  # most questions name none
_RANGE = re.compile(r"\b(?:between|from)(?: the| early| late)*\s*$", re.I)
_TO = re.compile(r"(?<!\s)\s*+(?:and|to|until|till?|through|[-–])(?: the)?\s*+$", re.I)
_A_MONTH = "|".join(SHORT_MONTHS)
_FROM = re.compile(
    rf"(?=[\da-z])(?:\b(?P<between>between|from) (?:the )?)?"
    rf"(?P<since>\b(?P<month>{_A_MONTH})|(?<![\w/.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: (?P<of>{_A_MONTH}))?)"
    r"\.?\s?(?P<to>and|to|until|till?|through|[-–])\s?(?:the )?$",
    re.I,
)
_COMPARES = re.compile(
    r"\bchanged?\b (?:between|from)\b|\bdiffer(?:s|ed|ent|ence)? (?:between|from)\b|\bwhat (?:has |have )?changed\b"
    r"|\b(?:did|does|do|had) not(?: (?:have|say|contain|yet))*\W*$|n['’]t(?: (?:have|say|contain|yet))*\W*$"
    r"|\bcompar(?:e|ing)\b|\b(?:resolution|text)s?\b[^?.]{0,80} compared\b",
    re.I,
)
_NTH_AND_NTH = re.compile(
    r"(?i)\b(?P<one>[a-z]+(?:-[a-z]+)?|\d\d(?:st|nd|rd|th)) (?P<and>(?:and|to|or|with)(?: the)?) (?=[\w-]+ sessions?\b)"
)
# What stands before a time in a text: an end, or a resolution that is cited by its day or year.
_IS_END = re.compile(r"\b(?:until|till?|through|ending|expir\w{1,5}|terminat\w{1,5})\W+(?:on |the )?$", re.I)
_IS_CITED = re.compile(r"(?:\d|[\dIVXL]\)) of $|\($")
_NEAR = 20  # characters before a time that tell either
_MONTH_DAYS = 31
_AROUND = 500  # characters around a time that tell what it is of: few questions are longer
_BEFORE_PERIOD = dt.timedelta(days=400)  # a budget is decided on in the year before
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
    is_carried: bool = False
    """Whether only a question before named it: it is preferred, and refuses nothing."""
    is_held: bool = True
    """Whether a text that is held was adopted then, as far as that is known."""

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
            case Role.BEFORE | Role.UP_TO:
                return _FIRST_DAY, self.last
            case Role.SINCE:
                return self.first, _LAST_DAY
            case Role.AFTER:
                return self.last + dt.timedelta(days=1), _LAST_DAY
            case Role.PERIOD:
                return self.first - _BEFORE_PERIOD, self.last
            case _:
                return self.first, self.last

    @property
    def tells_adoption(self) -> bool:
        """Whether it says anything of when what is asked for was adopted."""
        return self.role not in (Role.EVENT, Role.AHEAD)

    @property
    def words(self) -> str:
        """The words with which a text would name it."""
        return f"{ordinal(self.session)} session" if self.session else self.text

    @property
    def note(self) -> str:
        """How it was read, for the user."""
        return f"{self.text!r}: {self.read_as}"

    @property
    def read_as(self) -> str:
        """The same without its words."""
        return self.role.value if self.is_held else "no text that is held was adopted then"

    def bounds_in(self, year: int) -> bool:
        """Whether it is one year, before or after which is asked, and that year: what was adopted in it may be what ended or began then."""
        return self.role in OPEN and self.text.isdecimal() and int(self.text) == year

    def named_in(self, text: str) -> bool:
        """Whether a text names this time, in whatever writing: a day of the month, a month of the year.

        The end of what was decided is no time of adoption; of a period a text names its last year, or a day of its financial year.
        """
        if self.session:
            return any(one.session == self.session for one in windows_in(text))
        if self.role is Role.PERIOD:
            return any(self._is_part(one) for one in self._within(text, _IS_CITED))
        return any(self._within(text, _IS_END if self.role is Role.ADOPTED else None))

    def told_in(self, text: str) -> bool:
        """Whether a text names it as the time of something, neither as an end nor as that of a resolution which it cites."""
        return any(not _IS_END.search(_before(text, one)) for one in self._within(text, _IS_CITED))

    def ends_in(self, text: str) -> bool:
        """Whether a text names it as the end of something."""
        return any(_IS_END.search(_before(text, one)) for one in self._within(text, None))

    def _within(self, text: str, unlike: re.Pattern[str] | None) -> Iterator[Window]:
        """The times inside it that a text names, without those before which such words stand."""
        for one in windows_in(text):
            if self.first <= one.first and one.last <= self.last and not (unlike and unlike.search(_before(text, one))):
                yield one

    def _is_part(self, one: Window) -> bool:
        """Whether a time inside a period tells it: of "2024/25" are 2025, and the days from July 2024 to June 2025."""
        if self.first.year == self.last.year:
            return True
        if one.days > _MONTH_DAYS or not self.text[:4].isdecimal():
            return one.last.year == self.last.year
        return dt.date(self.first.year, 7, 1) <= one.first and one.last <= dt.date(self.last.year, 6, 30)


def _before(text: str, one: Window) -> str:
    return text[max(0, one.span[0] - _NEAR) : one.span[0]]


def find_dates(question: str) -> tuple[DateMention, ...]:
    """Every time that the question names, in order of appearance; years from 1940 to 2049 only."""
    found: list[DateMention] = (
        list(_compared(question)) if _HAS_TIME.search(question) and _COMPARES.search(question) else []
    )
    if found:
        return tuple(found)
    for one in windows_in(question) if _HAS_TIME.search(question) else ():
        start, end = one.span
        last = found[-1] if found else None
        if (
            last is not None
            and one.session is None
            and (to := _TO.match(question, last.span[1], start))
            and (
                re.search("to|through", to[0], re.I)
                or _RANGE.search(question, max(0, last.span[0] - _AROUND), last.span[0])
            )
            and last.first <= one.first
        ):
            span = (last.span[0], end)
            found[-1] = _with_role(DateMention(span, question[slice(*span)], last.first, one.last), question)
            continue
        found.append(_with_role(_from_earlier(one, question), question))
    return tuple(found)


def _compared(question: str) -> tuple[DateMention, ...]:
    """The two times that a question compares: "from the 78th to the 80th session", "the 2024 text ... the 2023 one"; else none.

    A session that only the other one's noun names ("the seventy-eighth and the eightieth session") counts too.
    """
    shared = _NTH_AND_NTH.search(question)
    windows = list(windows_in(question))
    if shared and (n := session_of(shared["one"])):
        windows.append(Window(shared.span("one"), shared["one"], *session_days(n), n))
    if len(windows) != 2 or windows[0].first == windows[1].first:
        return ()
    windows.sort(key=lambda one: one.first)
    return tuple(DateMention(one.span, one.text, one.first, one.last, Role.COMPARED, one.session) for one in windows)


def _from_earlier(one: Window, question: str) -> DateMention:
    """A time together with the month or day of the same year before it, from which it reaches: "July to December 1993"."""
    same_year = one.session is None and one.first.year == one.last.year
    begun = _FROM.search(question, max(0, one.span[0] - _AROUND), one.span[0]) if same_year else None
    if begun and (begun["to"].lower() != "and" or (begun["between"] or "").lower() == "between"):
        name = begun["month"] or begun["of"]
        with suppress(ValueError):
            month = SHORT_MONTHS[name.lower()] if name else one.first.month
            first = one.first.replace(month=month, day=int(begun["day"] or 1))
            if first < one.first and (name or one.first == one.last):
                start = begun.start("since")
                return DateMention((start, one.span[1]), question[start : one.span[1]], first, one.last)
    return DateMention(one.span, one.text, one.first, one.last, session=one.session)


def _with_role(one: DateMention, question: str) -> DateMention:
    start, end = one.span
    before = question[max(0, start - _AROUND) : start]
    role = role_of(
        Setting(question, before, question[end : end + _AROUND], one.text, one.days, one.session is not None)
    )
    whole = role is Role.BEFORE and one.days > _MONTH_DAYS and not before.rstrip().endswith((" in", " of", " on"))
    # "before 1990" is not in 1990
    return replace(one, role=role, last=one.first - dt.timedelta(days=1) if whole else one.last)
