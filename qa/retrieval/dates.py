"""Times as people write them in questions: "December 2023", "4 September 1965", "the late 1960s", "79th session".

A mention is a window of days, because that is what adoption dates can be compared with; its role says what the time is
of: an adoption, or the end of what was decided.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.retrieval.windows import windows_in
from qa.symbols.citing import ordinal

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
_REPORTS = re.compile(r"\b(?:report\w*|submit\w*|agenda|hand\w* in|due|take up|items?|present\w*|consider\w*)\b", re.I)
_FOR_SESSION = re.compile(r"\b(?:to|for|after|until|by|with|of)(?: (?:the|its|their|an?))?\s*$", re.I)
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
            for one in windows_in(text)
        )


def find_dates(question: str) -> tuple[DateMention, ...]:
    """Every time that the question names, in order of appearance; years from 1940 to 2049 only."""
    found: list[DateMention] = []
    for one in windows_in(question) if _HAS_TIME.search(question) else ():
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
        mention = DateMention(one.span, one.text, one.first, one.last, session=one.session)
        found.append(_with_role(mention, question, before))
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
