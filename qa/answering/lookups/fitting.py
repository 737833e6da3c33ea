"""Whether a passage is of the organs, and of the times of adoption, that a question names; and the question without those times."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from qa.records import Passage
from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.query import Query
from qa.retrieval.roles import OF_ADOPTION
from qa.symbols.organs import organ_of

_BEFORE_TIME = r"(?:(?<!\w)(?:in|of|from|since|before|after|between|during|on|until|for|by)(?: the)?(?: (?:year|years|month|early|late))? )?"


def without_times(query: Query) -> str:
    """The question without the times that it names, its blanks made one each."""
    asked = query.question
    for time in query.dates:
        asked = re.sub(_BEFORE_TIME + re.escape(time.text), " ", asked)
    return re.sub(r"\s+(?=[?.!]*\Z)", "", " ".join(asked.split()))


def in_times(adopted: int, times: Iterable[DateMention]) -> bool:
    """Whether a day of adoption (yyyymmdd) lies in all of some times."""
    return all(days_outside(np.array([adopted], dtype=np.int32), one)[0] == 0 for one in times)


def fits(query: Query, one: Passage, adopted: int) -> bool:
    """Of one adopted on a day (yyyymmdd); a time that is none of adoption is not looked at."""
    times = (time for time in query.dates if time.role in OF_ADOPTION)
    return in_times(adopted, times) and (not query.organs or organ_of(one.symbol) in query.organs)
