"""Days, weeks, years and decades that are observed: "when is World Lake Day?", "which day is on 27 August?": told by what proclaims or names them.

Of all paragraphs with the words of a day few say when it is, and any day of March is as near as another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answering.lookups.forms import ORGAN, first_match, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.worded import dated
from qa.numerals import MONTH
from qa.records import Kind, Passage
from qa.terms import distinct_terms

_DATE = rf"\d{{1,2}} (?:{MONTH})"
_UNIT = r"(?:day|week|month|year|decade)"
_ANY = distinct_terms(
    "international world global universal annual united nations un day week month year decade observance the that against combat fight end for"
    " remembrance commemoration memory victims"
)

_SOME = r"the (?:first|second|third|fourth|last|week|month|period|day) [^;.]{0,80}?"  # "the first week of February of every year"
_YEARS = r"(?:the year )?(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?"
_EVERY = r"(?: of (?:each|every) year)?,?"
_CALLED = r"(?P<name>(?:[A-Z“][\w’-]+ ){0,6}?(?:International|World|Global|United|Universal|Human Rights|Day|Week|Year|Decade|Month)\b[^,;.]{0,140})"
_PROCLAIMS = re.compile(
    rf"\b(?i:procla(?:im|m)|designat|declar)\w*(?: of)?,?(?: [^;.]{{0,200}}?)?? (?P<when>{_DATE}|{_SOME}|{_YEARS}){_EVERY}(?: as)?(?: the)? {_CALLED}"
)
_AS = re.compile(rf"\b(?P<when>{_DATE}){_EVERY} as (?:the )?{_CALLED}")
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
_ALL = r"(?:(?:un|united nations|international|world|global|universal) )"
_BARE = whole(
    rf"(?P<name>(?:the )?{_ALL}(?:[\w'’-]+ ){{1,6}}?(?:day|week))(?: dates?)?",
    rf"(?P<name>(?:the )?{_ALL}?(?:day|week) (?:of|for|against) [\w'’-]+(?: [\w'’-]+){{0,7}}?)(?: dates?)?",
)
_UN = r"(?:(?:un|international|world|united nations) )*"
_BY_DAY = whole(
    rf"(?:what|which) {_UN}(?:(?:days?|observances?) )?(?:is|are|do we|does {ORGAN}){_OBSERVED}(?: (?:celebrate|observe|mark|it))? (?:on )?(?:the )?"
    rf"(?P<day>{_DATE}|(?:{MONTH}) \d{{1,2}})(?: as)?{_OBSERVED}",
)
_BY_YEAR = whole(
    rf"(?:(?:what|which|is|are|was|were|the|there) )*{_UN}years?(?: (?:of|in|for|is|was))? (?P<year>(?:19|20)\d\d)",
    r"(?:what|which) (?:is|was) (?P<year>(?:19|20)\d\d) the (?:un |international |united nations )?year (?:of|for)",
)
_CLOSE = 100  # code points between "Day" and the words of its name
_IS_DAY = re.compile(
    r"\A(?:the )?(?:international|world)\b.*\b(?:day|week)\b|\bday\W*\Z|\A(?:the )?(?-i:Day|Week) (?:of|for|against)\b",
    re.I,
)  # and no day of something else
_MORE = re.compile(r" and (?:[a-z]+ed|also|to)\b.*| (?:in order )?to [a-z].*", re.S)  # behind a name
_ANY_UNIT = re.compile(r"\b(?:Day|Week)\b")
_LONG = re.compile(r"\b(?:Year|Decade)\b")  # what a year may be, and no day
_ANY_UNIT_OR_LONG = re.compile(rf"{_ANY_UNIT.pattern}|{_LONG.pattern}|\bMonth\b")
_IS_YEAR = re.compile(_YEARS)
_YEAR_OF_THE_UN = re.compile(
    r"(?:International|United Nations|World)\b.*\b(?:Year|Decade)\b"
)  # and none that a country observes
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


def observances(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs that say when something is observed, or what is on a day; None for other questions, and where none says it."""
    asked = question.query.question
    by_name, by_day, by_year = (first_match(forms, asked) for forms in (_BY_NAME + _BARE, _BY_DAY, _BY_YEAR))
    named, day, year = by_name and by_name["name"], by_day and by_day["day"], by_year and by_year["year"]
    if named and (own := [word for word in named.split() if distinct_terms(word) - _ANY]) and _HAS_UNIT.search(named):
        words = " ".join(own)
        told = _told(words, question)
        found = _nearest(
            distinct_terms(words), distinct_terms(_HAS_UNIT.findall(named)[-1]), [one for _, one in told if one]
        )
        if not found and _IS_DAY.search(named) and not any(_names(passage.text, words) for passage, _ in told):
            return LookedUp(
                (), f"no paragraph that is searched speaks of a day or a week and of {words!r}", refuses=True
            )
    elif day:
        told = _told(f"{day} day", question)
        found = [one for _, one in told if one and distinct_terms(day) <= distinct_terms(one.when)]
    elif year:
        told = _told(f"{year} year", question)
        found = [one for _, one in told if one and one.when.removeprefix("the year ") == year]
    else:
        return None
    if not found and year:
        return LookedUp(
            (), f"no paragraph that is searched proclaims or names what is observed in {year}", refuses=True
        )
    if not found:
        return None
    first: dict[str, _Observance] = {}
    for one in sorted(found, key=lambda each: each.place):
        first.setdefault(one.when.partition(" of ")[0].casefold(), one)
    said = "; ".join(f"{one.name}: {one.when}" for one in first.values())
    ids = tuple(dict.fromkeys(one.passage.id for one in first.values()))
    return LookedUp(ids, f"what says when it is observed: {said}", LIKELY)


def _nearest(own: frozenset[str], unit: frozenset[str], told: Sequence[_Observance]) -> list[_Observance]:
    """What has all words of a name and fewest others: the day of peace is not that of peaceful coexistence; none with more others than these."""
    left = {one: len(distinct_terms(f"{one.name} {one.when}") - own - _ANY - distinct_terms(one.when)) for one in told}
    fit = [one for one in told if own | unit <= distinct_terms(f"{one.name} {one.when}")]
    fewest = min((left[one] for one in fit), default=0)
    return [one for one in fit if left[one] == fewest and (not fewest or fewest < len(own))]


def _names(text: str, words: str) -> bool:
    """Whether a text speaks of a day or a week beside the words."""
    terms = distinct_terms(words)
    places = (match.span() for match in _ANY_UNIT.finditer(text))
    return any(terms <= distinct_terms(text[max(0, start - _CLOSE) : end + _CLOSE]) for start, end in places)


def _told(words: str, question: LookupQuestion) -> list[tuple[Passage, _Observance | None]]:
    """The passages that have all of some words, with each observance that they tell, or None."""
    found: list[tuple[Passage, _Observance | None]] = []
    for adopted, passage in dated([words], question):
        found += [(passage, one) for one in _observances_in(passage, adopted)] or [(passage, None)]
    return found


def _observances_in(passage: Passage, adopted: int) -> Iterator[_Observance]:
    text = " ".join(passage.text.split())
    for pattern in (_PROCLAIMS, _AS, _NAMED_ON):
        for match in pattern.finditer(text):
            name = _MORE.sub("", match["name"]).strip()
            of_year = _IS_YEAR.fullmatch(match["when"])
            if _YEAR_OF_THE_UN.match(name) if of_year else _ANY_UNIT_OR_LONG.search(name):
                yield _Observance(match["when"], name, passage, adopted, pattern is _PROCLAIMS)
