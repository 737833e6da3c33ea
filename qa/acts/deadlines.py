"""By when an act is due: sessions, dates, years and periods, as printed, with the year of a session worked out."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from qa.numerals import MONTH, MONTHS, ORDINALS
from qa.records import Deadline
from qa.symbols.organs import Organ
from qa.symbols.sessions import opening_year

_MONTHS = {name: place for place, name in enumerate(MONTHS, 1)}
_NUMBER_WORD = (
    r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|thirty|forty-five|sixty"
    r"|ninety"
)
_ORDINAL = r"(?P<ordinal>[a-z]{5,13}(?:-[a-z]{5,9})?|\d{1,3}(?:st|nd|rd|th))"
_BOUND = r"(?:by|before|until|till|no later than|not later than|on or before|prior to|up to|as of|as from|through|for)"
_DAY = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{MONTH})|(?P<month2>{MONTH}) (?P<day2>\d{{1,2}}),?)"
_PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"\b(?:(?:at|during|before|by|in|until|to|for|starting from|no later than|not later than)(?: at)?|of)"
        r" (?:the (?:main part|first part|second part|resumed part|beginning|end) of )?(?:its|the|their) (?:resumed )?"
        rf"{_ORDINAL}(?: (?:regular|annual|substantive|resumed|plenary|ordinary))?(?: and [a-z-]{{5,20}})? sessions?\b"
    ),
    re.compile(
        r"\b(?:at|during|before|by|in|until)(?: (?:its|the|their))? (?:next|forthcoming|following|subsequent)"
        r"(?: (?:regular|annual|substantive|resumed|ordinary))? session\b"
    ),
    re.compile(
        r"\b(?:at|during|before|by|in)(?: (?:its|the|their)) (?:(?P<year>(?:19|20)\d\d) "
        r"(?:substantive |regular |annual )?"
        r"session|(?:substantive|regular|annual|organizational|resumed|next)? ?session (?:of|for|in) "
        r"(?P<year2>(?:19|20)\d\d))\b"
    ),
    re.compile(
        rf"\b(?:{_BOUND}|to|(?P<on>on)|ending|expiring on|ending on)(?: or before)?"
        rf"(?: (?:\d[^,;]{{0,44}}|midnight|noon) on| the)? {_DAY} (?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(
        rf"\b(?:{_BOUND}) (?:(?P<end>the end of|end of|the end|end) |the beginning of |early |late |mid-)?"
        rf"(?:(?P<month>{MONTH}) )?(?P<year>(?:19|20)\d\d)\b"
        r"(?! (?:Agenda|session|substantive|World|Summit|meeting|high|biennium))"
    ),
    re.compile(rf"\b(?:by|before|until|no later than|not later than) {_DAY}(?! (?:19|20)\d\d)\b"),
    re.compile(
        rf"\b(?:within|in|no later than|not later than|at least) (?:a period of |the next |not more than )?"
        rf"(?:{_NUMBER_WORD})"
        r"(?: \(\d+\))? (?:calendar |working )?(?:days|weeks|months|years|hours)\b"
        r"(?: (?:of|from|after|following|before|prior to) (?:(?:its|the|this|their) )?(?:date of )?"
        r"(?:(?:its|the|this) )?"
        r"(?:adoption|passage|passing|issuance|end|expiry|expiration)(?: of (?:this|the present) resolution)?)?"
    ),
)
_SCHEDULED = re.compile(rf"\bin (?:(?P<month>{MONTH}) )?(?P<year>(?:19|20)\d\d)\b")
_MEETS = re.compile(r"\b(?:to )?(?:convene|hold|organize|launch|host|meet)\b")
_YEAR_CUE = re.compile(r"(?:19|20)\d\d")
_AGENDA_OF = re.compile(r"(?:agenda|part|beginning|end|during|conclusion)[^,;]{0,40}$")
_LENGTH_READ = 4000
_BODIES = (
    ("Human Rights Council", Organ.HUMAN_RIGHTS_COUNCIL),
    ("Environment Assembly", Organ.ENVIRONMENT_ASSEMBLY),
    ("Habitat Assembly", Organ.HABITAT_ASSEMBLY),
    ("General Assembly", Organ.GENERAL_ASSEMBLY),
)


def find_deadline(
    text: str, adopted_year: int | None = None, organ: Organ | None = None, decides: bool = False
) -> Deadline | None:
    """The first deadline that one act names; `decides` also reads a scheduled date ("to convene, in 1985")."""
    read = text[:_LENGTH_READ]
    found: tuple[int, Deadline] | None = None
    for place in _likely(read):
        pattern = _PATTERNS[place]
        for match in pattern.finditer(read):
            if found is not None and match.start() >= found[0]:
                break
            deadline = None if _past(match, decides, read) else _read(place, match, read, adopted_year, organ)
            if deadline is not None:
                found = (match.start(), deadline)
                break
    if found is None and decides and _MEETS.search(read):
        scheduled = _SCHEDULED.search(read)
        return Deadline(scheduled[0], year=int(scheduled["year"])) if scheduled else None
    return found[1] if found else None


def _likely(text: str) -> list[int]:
    """The places of the patterns that may match: a cheap look for the word that each needs before the costly one."""
    places = [0, 1, 2] if "session" in text else []
    if ("19" in text or "20" in text) and _YEAR_CUE.search(text):
        places += (3, 4)
    for month in _MONTHS:
        if month in text:
            places.append(5)
            break
    if "days" in text or "weeks" in text or "months" in text or "years" in text or "hours" in text:
        places.append(6)
    return places


def _past(match: re.Match[str], decides: bool, text: str) -> bool:
    """Whether a date is told, not set: "on 10 December 1948" is due only where the organ decides on it.

    "from 5 to 8 August 2025" says when something is held.
    """
    if match[0].startswith("to ") and text[: match.start()].rstrip()[-1:].isdigit():
        return True
    return not decides and "on" in match.re.groupindex and match["on"] is not None


def _read(
    place: int, match: re.Match[str], text: str, adopted_year: int | None, organ: Organ | None
) -> Deadline | None:
    if place == 0:
        return _session(match, text, adopted_year, organ)
    if place == 2:
        return Deadline(match[0], year=int(match["year"] or match["year2"]))
    if place == 3:
        return _dated(match)
    if place == 4:
        return _year(match)
    return Deadline(match[0])


def _session(match: re.Match[str], text: str, adopted_year: int | None, organ: Organ | None) -> Deadline | None:
    phrase = match[0]
    ordinal = match["ordinal"]
    number = int(re.sub(r"\D", "", ordinal)) if ordinal[0].isdecimal() else ORDINALS.get(ordinal)
    if number is None or (phrase.startswith("of ") and not _AGENDA_OF.search(text[: match.start()])):
        return None
    body = _body(text, match.start(), match.end(), organ)
    year = _session_year(number, body, adopted_year)
    return Deadline(phrase, session=number, year=year, derived=year is not None)


def _body(text: str, start: int, end: int, organ: Organ | None) -> Organ | None:
    """Whose session it is: "of the General Assembly" after it, else the body named last before it, else `organ`."""
    after = text[end : end + 50]
    near = [(-after.find(name), body) for name, body in _BODIES if re.match(rf" of the [^,;.]{{0,20}}{name}", after)]
    if not near:
        near = [(text.rfind(name, 0, start), body) for name, body in _BODIES]
        near = [pair for pair in near if pair[0] >= 0]
    return max(near)[1] if near else organ


def _session_year(number: int, body: Organ | None, adopted_year: int | None) -> int | None:
    if body is not None:
        year = opening_year(body, number)
        return year if year is None or adopted_year is None or adopted_year <= year + 1 else None
    year = opening_year(Organ.GENERAL_ASSEMBLY, number)
    fits = year is not None and number > 30 and (adopted_year is None or adopted_year <= year + 1 <= adopted_year + 12)
    return year if fits else None


def _dated(match: re.Match[str]) -> Deadline | None:
    day, month = match["day"] or match["day2"], match["month"] or match["month2"]
    try:
        date = dt.date(int(match["year"]), _MONTHS[month], int(day))
    except ValueError:
        return Deadline(match[0], year=int(match["year"]))
    return Deadline(match[0], date=date, year=date.year)


def _year(match: re.Match[str]) -> Deadline | None:
    year, month = int(match["year"]), match["month"]
    if month is None and match[0].startswith(("for ", "through ")):
        return None
    if month is None or match["end"] is None:
        return Deadline(match[0], year=year)
    last = calendar.monthrange(year, _MONTHS[month])[1]
    return Deadline(match[0], date=dt.date(year, _MONTHS[month], last), year=year)
