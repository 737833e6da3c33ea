"""Whether the nearest text is of another time than a question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.roles import OPEN, Role
from qa.retrieval.windows import windows_in

_OF_ADOPTION = frozenset({Role.ADOPTED, Role.SESSION, Role.PERIOD, Role.AHEAD}) | OPEN
_AHEAD = 3  # years: an event to come of which a text speaks lies no farther off
_YEAR = 365  # days
_LATE = 10  # days outside the named time that are forgiven
_OF_A_TEXT = re.compile(
    r"\b(?:resolution|text|decision|renewal|extension|mandate|adopt|extend|renew|prolong|decide)\w*\b", re.I
)

_OF_AN_ACT = re.compile(
    r"\b(?:(?:resolution|renewal|extension|adopt|extend|renew|prolong|decide)\w*|(?:kept|keep|keeping) (?:going|on)"
    r"|(?:19|20)\d\d (?:[\w-]+ )?(?:text|decision)s?)\b",
    re.I,
)


def out_of_time(
    question: str, dates: Sequence[DateMention], adopted: int, text: str, whole: Callable[[], str]
) -> str | None:
    """The times named for an adoption or a period, where the text is of none of them: adopted outside all, or, of a period,
    about another, and naming none; else None.

    A year or a season soon to come may be that of an event ("the 2027 tourism year"): where the question speaks of no text, a season
    excuses, and of a year it is enough that the resolution tells it anywhere. What was adopted in a year is not out of time where
    what came before or after that year is asked. What happened at a time may be told anywhere in the resolution, whose `whole` text is
    read only where nothing else excuses it. `adopted` is yyyymmdd; of 0 nothing is known.
    """
    named = [one for one in dates if one.role in _OF_ADOPTION]
    if not named or not adopted:
        return None
    day = np.array([adopted], dtype=np.int32)
    for one in named:
        if (
            one.bounds_in(adopted // 10000)
            or one.named_in(text)
            or (one.days < _YEAR and _may_be_ahead(one, adopted, question))
            or (days_outside(day, one)[0] <= _LATE and not _of_other_period(one, text))
        ):
            return None
    of_an_act = _OF_AN_ACT.search(question) is not None
    events = [
        one for one in named if _may_be_ahead(one, adopted, question) or (one.role is Role.ADOPTED and not of_an_act)
    ]
    told = whole() if events else ""
    return None if any(one.told_in(told) for one in events) else " or ".join(one.text for one in named)


def _may_be_ahead(one: DateMention, adopted: int, question: str) -> bool:
    """Whether a year or a season is soon to come after the adoption, and the question speaks of no text."""
    return (
        one.session is None
        and one.days > 31
        and adopted < int(f"{one.first:%Y%m%d}")
        and one.first.year - adopted // 10000 <= _AHEAD
        and not _OF_A_TEXT.search(question)
    )


def _of_other_period(one: DateMention, text: str) -> bool:
    """Whether a period is named, and a text, which does not name it, names another year, or the end of another period."""
    return one.role is Role.PERIOD and any(
        other.days > 31 or text[: other.span[0]].endswith(" to ") for other in windows_in(text)
    )
