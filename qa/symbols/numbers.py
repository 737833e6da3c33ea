"""What a number such as 55/179, 1514 (XV) or 1244 stands for, given the organ if one is named.

The same number may belong to several organs; then all of them are candidates and the reason says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.errors import SymbolError
from qa.numerals import from_roman, to_roman
from qa.symbols.organs import Organ
from qa.symbols.sessions import council_years_beyond, security_council_year
from qa.symbols.symbol import Symbol

_NO_ARTICLE = r"(?!(?<=\s)(?-i:a)\s+(?!(?:and|to|or)\b)\w)"  # "is 841 a sanctions resolution?"
NUMBER = (
    r"(?:(?P<session>(?:E?S-)?[1-9]\d{0,3})\s?/\s?0{0,2}(?P<number>[1-9]\d{0,3})"
    rf"(?:\s?{_NO_ARTICLE}(?P<part>[A-Z](?:\s?-\s?[A-Z]| and [A-Z]| to [A-Z])?)(?![\w.'’-]))?"
    r"|(?P<early>[1-9]\d{0,3})(?:\s?(?P<inner>[A-Z](?:-[A-Z])?))?\s?\((?P<special>E?S-)?(?P<roman>[IVXLC]{1,7})\)"
    r"(?:\s?(?P<outer>[A-Z])(?![\w.'’-]))?"
    r"|(?P<council>[1-9]\d{0,3})\s?\(\s?(?P<year>(?:19|20)\d\d)\s?\)"
    r"|(?P<dated>[1-9]\d{0,3}),? (?:of|from) (?P<of_year>(?:19|20)\d\d)(?![\w/])"
    rf"|(?P<bare>[1-9]\d{{0,3}})(?P<letter>\s?{_NO_ARTICLE}[A-D](?![\w.'’-]))?)"
)
"""The part of a mention that follows the word resolution, as a pattern with named groups."""

# What may be asked for; a number beyond these belongs to no session of that organ.
_LAST_COUNCIL_SESSION = 66
_MOST_COUNCIL_NUMBERS = 60
_MOST_SPECIAL_NUMBERS = 3
_LAST_ENVIRONMENT, _MOST_ENVIRONMENT = 7, 30
_LAST_HABITAT, _MOST_HABITAT = 2, 15
_LAST_ASSEMBLY_SESSION = 120

# Assembly resolutions of sessions I to XXX that people cite by their number alone.
_FAMOUS = {
    number: session
    for session, numbers in {
        "I": (95, 96),
        "II": (181,),
        "III": (194, 217, 260, 273),
        "V": (377, 428, 478),
        "XIV": (1373,),
        "XV": (1514, 1541),
        "XVI": (1653,),
        "XVII": (1761, 1803),
        "XVIII": (1904, 1962),
        "XX": (2106, 2131),
        "XXI": (2145, 2200, 2222),
        "XXII": (2373,),
        "XXV": (2625, 2749),
        "XXVI": (2758, 2826),
        "XXVII": (2997,),
        "XXVIII": (3068,),
        "S-VI": (3201, 3202),
        "XXIX": (3236, 3237, 3281, 3314),
        "XXX": (3379, 3452),
    }.items()
    for number in numbers
}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a text may name: no candidate, exactly one, or several; `reason` says why, and what was derived.

    `corrected`: the year that the text prints is not that of the number.
    """

    candidates: tuple[Symbol, ...] = ()
    reason: str = ""
    derived: bool = False
    corrected: bool = False


def _symbols(*texts: str) -> tuple[Symbol, ...]:
    found = []
    for text in texts:
        try:
            found.append(Symbol.parse(text))
        except SymbolError:
            continue
    return tuple(found)


def read_number(match: re.Match[str], organ: Organ | None = None, decision: bool = False) -> NumberReading:
    """The symbols that a match of `NUMBER` may stand for; `organ` where the text names one."""
    if match["session"]:
        family = "DEC" if decision else "RES"
        return _slashed(match["session"].upper(), int(match["number"]), match["part"] or "", organ, family)
    if decision:
        return NumberReading(reason="an early decision has no symbol of its own")
    if match["early"]:
        return _early(match, organ)
    if match["council"]:
        return _council(int(match["council"]), int(match["year"]), organ)
    if match["dated"]:
        return _dated(int(match["dated"]), int(match["of_year"]), organ)
    return _bare(int(match["bare"]), (match["letter"] or "").strip(), organ)


@lru_cache(maxsize=4096)
def _slashed(session: str, number: int, part: str, organ: Organ | None, family: str) -> NumberReading:
    part = re.sub(r"\s|and|to", "", part)
    part = f"{part[0]}-{part[1]}" if len(part) == 2 else part
    if session.isdecimal() and int(session) >= 1000:
        return _by_year(int(session), number, part, organ, family)
    if session.isdecimal() and organ in (None, Organ.SECURITY_COUNCIL) and _is_its_year(int(session), number, organ):
        return _council(int(session), number if number > 99 else 1900 + number, organ)
    options = _options(session, number, family)
    texts = {named: text + (part if named is Organ.GENERAL_ASSEMBLY else "") for named, text in options.items()}
    if organ is not None:
        chosen = _symbols(texts[organ]) if organ in texts else ()
        return NumberReading(chosen, "" if chosen else f"the {organ} has no {session}/{number}{part}")
    candidates = _symbols(*texts.values())
    if len(candidates) < 2:
        return NumberReading(candidates, "" if candidates else f"no organ numbers its texts {session}/{number}{part}")
    names = " and the ".join(symbol.organ for symbol in candidates)
    return NumberReading(candidates, f"the {names} each number a text {session}/{number}")


def _is_its_year(number: int, year: int, organ: Organ | None) -> bool:
    """Whether "324/1972" or, where no session of the Assembly has that number, "439/78" is a Council number and its year."""
    if year > 99:
        return security_council_year(number) == year
    sure = organ is Organ.SECURITY_COUNCIL or number > _LAST_ASSEMBLY_SESSION
    return sure and security_council_year(number) == 1900 + year


def _options(session: str, number: int, family: str) -> dict[Organ, str]:
    """The canonical text by organ, for every organ that can have this number."""
    place = int(session.split("-")[-1])
    special = not session.isdecimal()
    options: dict[Organ, str] = {}
    if special or 30 < place <= _LAST_ASSEMBLY_SESSION:
        options[Organ.GENERAL_ASSEMBLY] = f"A/{family}/{session}/{number}"
    most = 200 if family == "DEC" else _MOST_SPECIAL_NUMBERS if special else _MOST_COUNCIL_NUMBERS
    if place <= _LAST_COUNCIL_SESSION and number <= most and not session.startswith("ES-"):
        options[Organ.HUMAN_RIGHTS_COUNCIL] = f"A/HRC/{family}/{session}/{number}"
    if family == "RES" and not special:
        if place <= _LAST_ENVIRONMENT and number <= _MOST_ENVIRONMENT:
            options[Organ.ENVIRONMENT_ASSEMBLY] = f"UNEP/EA.{place}/RES.{number}"
        if place <= _LAST_HABITAT and number <= _MOST_HABITAT:
            options[Organ.HABITAT_ASSEMBLY] = f"HSP/HA.{place}/Res.{number}"
    return options


def _by_year(year: int, number: int, part: str, organ: Organ | None, family: str) -> NumberReading:
    if organ is Organ.COMMISSION_ON_HUMAN_RIGHTS:
        return NumberReading(_symbols(f"E/CN.4/{family}/{year}/{number}"))
    if 1946 <= number <= 2100 and organ in (None, Organ.SECURITY_COUNCIL):
        return _council(year, number, organ)
    if organ in (None, Organ.ECONOMIC_AND_SOCIAL_COUNCIL) and 1978 <= year <= 2100:
        return NumberReading(_symbols(f"E/{family}/{year}/{number}{part}"))
    return NumberReading(reason=f"no organ numbers its texts {year}/{number}")


def _early(match: re.Match[str], organ: Organ | None) -> NumberReading:
    part = match["inner"] or match["outer"] or ""
    session = from_roman(match["roman"])
    assembly = organ is Organ.GENERAL_ASSEMBLY or (organ is None and (session or 0) <= 30)
    family = "A/RES" if assembly else "E/RES"
    found = _symbols(f"{family}/{match['early']}({match['special'] or ''}{match['roman']}){part}")
    return NumberReading(found, "" if found else f"({match['roman']}) is no session of that organ")


def _council(number: int, year: int, organ: Organ | None) -> NumberReading:
    if organ not in (None, Organ.SECURITY_COUNCIL):
        return NumberReading(reason=f"the {organ} does not write its numbers with a year in brackets")
    known = security_council_year(number)
    if known is not None and known != year:
        reason = f"Security Council resolution {number} is of {known}, not of {year}"
        return NumberReading(_symbols(f"S/RES/{number}({known})"), reason, derived=True, corrected=True)
    return NumberReading(_symbols(f"S/RES/{number}({year})"))


def of_year(symbol: Symbol) -> NumberReading:
    """The symbol, with the year put right where it is a Council number of another year."""
    if symbol.organ is Organ.SECURITY_COUNCIL and symbol.is_resolution and symbol.printed_year is not None:
        return _council(symbol.number, symbol.printed_year, None)
    return NumberReading((symbol,))


def _dated(number: int, year: int, organ: Organ | None) -> NumberReading:
    """Read "1244 of 1999": the Council's if its number is of that year, else the Assembly's of that session."""
    council = organ in (None, Organ.SECURITY_COUNCIL)
    if council and security_council_year(number) in (year, None) and year >= 1946:
        return NumberReading(_symbols(f"S/RES/{number}({year})"))
    if organ in (None, Organ.GENERAL_ASSEMBLY) and 1946 <= year <= 1975:
        found = _symbols(f"A/RES/{number}({to_roman(year - 1945)})")
        return NumberReading(found, f"the session is derived from the year {year}", derived=True)
    return (
        _council(number, year, None)
        if council
        else NumberReading(reason=f"{number} of {year} is no number of that organ")
    )


def _bare(number: int, letter: str, organ: Organ | None) -> NumberReading:
    famous = _symbols(f"A/RES/{number}({_FAMOUS[number]}){letter}") if number in _FAMOUS else ()
    if organ is Organ.GENERAL_ASSEMBLY or letter:
        reason = "the session is derived from the number" if famous else "an early number needs its session: 1514 (XV)"
        return NumberReading(famous, reason, derived=bool(famous))
    if organ not in (None, Organ.SECURITY_COUNCIL):
        return NumberReading(reason=f"a number of the {organ} needs its session or year")
    year = security_council_year(number)
    if year is None and famous and organ is None:
        return NumberReading(
            famous, "the Security Council has no such number; the session is derived from it", derived=True
        )
    if year is None:
        years = council_years_beyond(number)
        reason = f"the year of {number} is not in the table: write it as {number} (year)"
        return NumberReading(_symbols(*(f"S/RES/{number}({one})" for one in years)), reason)
    council = _symbols(f"S/RES/{number}({year})")
    if famous and organ is None:
        return NumberReading(
            (*council, *famous), f"both the Security Council and the General Assembly have a known {number}"
        )
    return NumberReading(council, f"the year {year} is derived from the number", derived=True)
