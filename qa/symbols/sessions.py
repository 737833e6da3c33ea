"""When a session met and when a Security Council number was given: small tables of public facts.

Everything here is derived, never printed: a symbol such as A/RES/55/179 says "fifty-fifth session", and the session
opened in 2000. Most of a session's texts are adopted in the year it opens, the rest in the next one.
"""

from __future__ import annotations

from bisect import bisect_right

from qa.symbols.organs import Organ

Years = tuple[int, int]
"""First and last year, inclusive."""

# Special sessions of the Assembly, S-1 to S-32, one year each.
_SPECIAL = (
    *(1947, 1948, 1961, 1963, 1967, 1974, 1975, 1978, 1978, 1978, 1980, 1982, 1986, 1986, 1988, 1989),
    *(1990, 1990, 1997, 1998, 1999, 1999, 2000, 2000, 2001, 2001, 2002, 2005, 2014, 2016, 2020, 2021),
)
# Emergency special sessions, ES-1 to ES-11. The seventh, tenth and eleventh were resumed in later years.
_EMERGENCY: tuple[Years, ...] = (
    *((1956, 1956), (1956, 1956), (1958, 1958), (1960, 1960), (1967, 1967), (1980, 1980)),
    *((1980, 1982), (1982, 1982), (1982, 1982), (1997, 9999), (2022, 9999)),
)
# Special sessions of the Human Rights Council, S-1 to S-37.
_COUNCIL_SPECIAL = (
    *(2006, 2006, 2006, 2006, 2007, 2008, 2008, 2008, 2009, 2009, 2009, 2009, 2010, 2010, 2011, 2011, 2011, 2011),
    *(2012, 2014, 2014, 2014, 2015, 2015, 2016, 2016, 2017, 2018, 2021, 2021, 2021, 2021, 2021, 2022, 2022, 2023),
    2025,
)
_ENVIRONMENT: tuple[Years, ...] = ((2014, 2014), (2016, 2016), (2017, 2017), (2019, 2019), (2021, 2022), (2024, 2024))
_HABITAT: tuple[Years, ...] = ((2019, 2019), (2023, 2025))

# The first Security Council resolution of each year from 1946. Source: the Council's own yearly lists.
_FIRST_OF_YEAR = (
    *(1, 16, 38, 67, 79, 90, 97, 99, 104, 107, 111, 122, 127, 132),  # 1946-1959
    *(133, 161, 171, 178, 186, 200, 220, 233, 245, 263),  # 1960-1969
    *(276, 292, 308, 325, 345, 367, 385, 403, 423, 444),  # 1970-1979
    *(462, 485, 500, 529, 546, 560, 581, 594, 607, 627),  # 1980-1989
    *(647, 684, 726, 800, 893, 970, 1036, 1093, 1147, 1220),  # 1990-1999
    *(1285, 1335, 1387, 1455, 1522, 1581, 1652, 1739, 1796, 1860),  # 2000-2009
    *(1908, 1967, 2033, 2086, 2133, 2196, 2260, 2337, 2398, 2452),  # 2010-2019
    *(2504, 2561, 2618, 2672, 2722, 2768),  # 2020-2025
)
_LAST_KNOWN = 2803  # of November 2025; of a later number the year is one of a few
_FEWEST, _MOST = 40, 70  # resolutions of a year, 2015 to 2025: 44 to 64
_AHEAD = 300  # numbers beyond the last known that there may be soon


def security_council_year(number: int) -> int | None:
    """The year in which the Security Council adopted resolution `number`; None beyond the table."""
    if not 1 <= number <= _LAST_KNOWN:
        return None
    return 1945 + bisect_right(_FIRST_OF_YEAR, number)


def council_years_beyond(number: int) -> tuple[int, ...]:
    """The years in which the Security Council may have adopted a number beyond the table; none within it, or far beyond."""
    beyond = number - _LAST_KNOWN
    last = 1945 + len(_FIRST_OF_YEAR)
    return tuple(range(last + beyond // _MOST, last + 2 + beyond // _FEWEST)) if 0 < beyond <= _AHEAD else ()


def session_years(organ: Organ, session: str) -> Years | None:
    """The years in which a session adopted its texts; None where the table does not reach."""
    if organ is Organ.GENERAL_ASSEMBLY:
        return _assembly_years(session)
    if organ is Organ.HUMAN_RIGHTS_COUNCIL:
        return _council_years(session)
    if organ is Organ.ECONOMIC_AND_SOCIAL_COUNCIL:
        return _ecosoc_years(session)
    table = {Organ.ENVIRONMENT_ASSEMBLY: _ENVIRONMENT, Organ.HABITAT_ASSEMBLY: _HABITAT}.get(organ, ())
    return _pick(table, session)


def opening_year(organ: Organ, session: int) -> int | None:
    """The year in which the ordinary session `session` of `organ` opens; None where unknown."""
    years = session_years(organ, str(session))
    return years[0] if years else None


def _pick(table: tuple[Years, ...], session: str) -> Years | None:
    place = int(session) if session.isdecimal() else 0
    return table[place - 1] if 1 <= place <= len(table) else None


def _single(table: tuple[int, ...], place: str) -> Years | None:
    return _pick(tuple((year, year) for year in table), place)


def _assembly_years(session: str) -> Years | None:
    if session.startswith("ES-"):
        return _pick(_EMERGENCY, session[3:])
    if session.startswith("S-"):
        return _single(_SPECIAL, session[2:])
    return (1945 + int(session), 1946 + int(session)) if session.isdecimal() else None


def _council_years(session: str) -> Years | None:
    if session.startswith("S-"):
        return _single(_COUNCIL_SPECIAL, session[2:])
    if not session.isdecimal():
        return None
    place = int(session)  # three sessions a year from March 2007, after three in the second half of 2006
    year = 2006 if place < 4 else 2007 + (place - 4) // 3
    return (year, year)


def _ecosoc_years(session: str) -> Years | None:
    place = int(session) if session.isdecimal() else 0
    if not 1 <= place <= 63:
        return None
    if place <= 3:
        year = 1946
    elif place <= 13:
        year = 1947 + (place - 4) // 2
    elif place == 14:
        year = 1952
    elif place <= 37:
        year = 1953 + (place - 15) // 2
    else:
        year = 1965 + (place - 38) // 2
    return (year, year)
