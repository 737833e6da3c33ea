"""Days, weeks, years and decades that are observed: "when is World Lake Day?", "which day is on 27 August?": told by what proclaims or names them.

Of all paragraphs with the words of a day few say when it is, and any day of March is as near as another.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qa.answering.lookups.forms import ORGAN, whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.mentioned import with_all
from qa.records import Kind, Passage
from qa.retrieval.corpus import Scope
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.terms import distinct_terms

_LIKELY = 0.9  # set by hand
_READ = 2_000  # passages that have the words
_MONTHS = "|".join(calendar.month_name[1:])
_DATE = rf"\d{{1,2}} (?:{_MONTHS})"
_UNIT = r"(?:day|week|month|year|decade)"
_ANY = distinct_terms(
    "international world global universal annual united nations un day week month year decade observance the that against combat fight end for"
)

_PROCLAIMS = re.compile(
    rf"\b(?:procla(?:im|m)|designat|declar)\w* (?:of )?(?P<when>(?:{_DATE}|the (?:first|second|third|fourth|last|week|month|period|day)"
    r"|(?:19|20)\d\d)[^;.]{0,80}?) (?:as )?(?:the )?"
    r"(?P<name>(?:[A-Z“][\w’-]+ ){0,6}?(?:International|World|Global|United|Universal|Day|Week|Year|Decade|Month)\b[^,;.]{0,140})"
)
_NAMED_ON = re.compile(
    r"(?P<name>\b(?:International|World|Global|United Nations|Universal)\b(?: [\w’-]+){0,9}? (?:Day|Week)\b"
    r"(?: (?:of|for|to|against|in)\b[^,;.()\d]{0,90}?)?),?(?: (?:which is |which was )?(?:observed|celebrated|commemorated|marked|held))?"
    rf"(?: annually| every year| each year)?,? on (?P<when>{_DATE})"
)
_OBSERVED = r"(?: (?:celebrated|observed|marked|commemorated|proclaimed|held|designated|declared|each year|every year|annually|this year|now))*"
_NAME = rf"(?:the )?(?P<name>[^?;:]{{3,90}}?){_OBSERVED}"
_WHEN = r"(?:when(?:['’]s)?|(?:on |in )?(?:what|which) (?:days?|date|week|month|years?)(?: of the year)?)"
_BY_NAME = whole(
    rf"{_WHEN}(?: (?:is|are|was|do we (?:observe|celebrate|mark)))? {_NAME}",
    rf"(?:what(?: is|['’]s) )?(?:the )?date (?:of|for) {_NAME}",
)
_UN = r"(?:(?:un|international|world|united nations) )*"
_BY_DAY = whole(
    rf"(?:what|which) {_UN}(?:(?:days?|observances?) )?(?:is|are|do we|does {ORGAN}){_OBSERVED}(?: (?:celebrate|observe|mark|it))? (?:on )?(?:the )?"
    rf"(?P<day>{_DATE}|(?:{_MONTHS}) \d{{1,2}})(?: as)?{_OBSERVED}",
)
_IS_DAY = re.compile(
    r"\A(?:the )?(?:international|world)\b.*\b(?:day|week)\b|\bday\W*\Z", re.I
)  # and no day of something else
_MORE = re.compile(r" and (?:[a-z]+ed|also|to)\b.*", re.S)  # behind a name
_HAS_UNIT = re.compile(rf"\b{_UNIT}\b", re.I)


@dataclass(frozen=True, slots=True)
class _Observance:
    """What one paragraph says of when something is observed."""

    when: str
    name: str
    passage: Passage
    adopted: int
    proclaimed: bool

    @property
    def place(self) -> tuple[bool, bool, int]:
        """What proclaims it before what recalls that, and that before what names it; the newest first."""
        return not self.proclaimed, self.passage.kind is not Kind.OPERATIVE, -self.adopted


def observances(query: Query, allowed: Scope | None, corpus: Searchable) -> LookedUp | None:
    """The paragraphs that say when something is observed, or what is on a day; None for other questions, and where none says it."""
    if query.mentions or query.language or query.reading.topic:
        return None
    named = next((match["name"] for one in _BY_NAME if (match := one.match(query.question))), None)
    day = next((match["day"] for one in _BY_DAY if (match := one.match(query.question))), None)
    if named and (own := [word for word in named.split() if distinct_terms(word) - _ANY]) and _HAS_UNIT.search(named):
        wanted = distinct_terms(" ".join(own)) | distinct_terms(_HAS_UNIT.findall(named)[-1])
        found = [
            one for one in _told(" ".join(own), allowed, corpus) if wanted <= distinct_terms(f"{one.when} {one.name}")
        ]
    elif day:
        found = [one for one in _told(f"{day} day", allowed, corpus) if distinct_terms(day) <= distinct_terms(one.when)]
    else:
        return None
    if not found:
        none = f"no paragraph that is searched is read to say when {named!r} is observed"
        return LookedUp((), none, refuses=True) if named and _IS_DAY.search(named) else None
    first: dict[str, _Observance] = {}
    for one in sorted(found, key=lambda each: each.place):
        first.setdefault(one.when.partition(" of ")[0].casefold(), one)
    told = "; ".join(f"{one.name}: {one.when}" for one in first.values())
    ids = tuple(dict.fromkeys(one.passage.id for one in first.values()))
    return LookedUp(ids, f"what says when it is observed: {told}", _LIKELY)


def _told(words: str, allowed: Scope | None, corpus: Searchable) -> Iterator[_Observance]:
    """What passages that have all of some words say of observances."""
    rows = with_all(words, allowed, corpus, _READ)
    days = corpus.columns_of(np.asarray(rows)).adopted.tolist() if len(rows) else []
    for adopted, passage in zip(days, corpus.passages(rows.tolist()), strict=True):
        text = " ".join(passage.text.split())
        for pattern in (_PROCLAIMS, _NAMED_ON):
            for match in pattern.finditer(text):
                name = _MORE.sub("", match["name"]).strip()
                yield _Observance(match["when"], name, passage, int(adopted), pattern is _PROCLAIMS)
