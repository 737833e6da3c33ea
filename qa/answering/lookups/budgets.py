"""What a body costs: "UNIFIL budget 2025/26", "how much was appropriated for the mission in Western Sahara?": the acts that set its budget.

Of one body every year's resolution says the same but for sum and period: likeness brings any of them, whatever period is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from qa.answering.lookups.fitting import without_times
from qa.answering.lookups.forms import ORGAN, first_match, whole
from qa.answering.lookups.looked_up import LIKELY, LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.worded import dated
from qa.answering.lookups.wordings import is_any_body, wordings
from qa.answering.quantities import holds_budget
from qa.records import Kind, Passage
from qa.retrieval.dates import DateMention, find_dates
from qa.retrieval.roles import Role
from qa.retrieval.without_reference import without_reference
from qa.terms import distinct_terms

_SHORT = timedelta(days=80)  # no period of a budget
_OF_TIME = frozenset({Role.ADOPTED, Role.PERIOD, Role.AHEAD, Role.ABOUT})  # in which a budget is, not after which

# Whose budget an act sets: the special account of a mission, a unit with a budget, what commitments are entered into for, or the text's title.
_WHOSE = tuple(
    re.compile(one, re.I)
    for one in (
        r"special account for (?:the )?(?P<of>[^;,.]{3,160}?) (?:the|an|a total) amount\b",
        r"\b(?:budgets?|appropriations?) (?:for|of) (?:the )?(?P<of>[^;,.]{3,120}?) (?:for \d{4}\b|in the amount\b)",
        r"\bapproves? the (?P<of>[^;,.]{3,60}?) requirements in the amount\b",
        r"\bamount of [\d, .]+(?: [mb]illion)?(?: United States)? dollars for the (?!share\b)(?:[a-z]+ (?:and [a-z]+ )?of the )?"
        r"(?P<of>[^;,.]{3,160}?)(?:,|;|\.| for (?:the period|\d{4})| authorized\b|\Z)",
        r"\bresources of the (?P<of>[^;,.]{3,120}?) for the period\b",
    )
)
_FINANCING = re.compile(r"\bfinancing of (?:the )?(?P<of>[^.:;]{3,160})", re.I)  # a title
_IN_PART = re.compile(r"\badditional\b|\bwithout assessment\b|\bcontingency fund\b|\bstaff assessment\b", re.I)
_IS_BODY = re.compile(
    r"\b(?:missions?|forces?|operations?|(?:observer|support|advisory) groups?|authority|observers?|peace-?keepers|offices?|units?|courts?|chambers?"
    r"|tribunals?|mechanisms?|accounts?|boards?|commissions?|departments?|cent(?:re|er)s?|institut(?:es?|ions?)|logistics base)\b",
    re.I,
)
_APPROPRIATED = re.compile(r"\bappropriat", re.I)
_WHERE = re.compile(
    r"(?:missions?|forces?|operations?|peace-?keepers) (?:in|for|on) (?:the )?(?P<place>.+)", re.I
)  # the force in Abyei
_UN = re.compile(
    r"(?:the )?(?:(?:whole|entire) )?(?:un|u\.n\.|united nations|organi[sz]ation|un secretariat|united nations organi[sz]ation)",
    re.I,
)
_OF_UN = ("budget appropriations",)
_NONE_OF_UN = "no act that is searched sets the budget of the United Nations itself"
_OF_WHOLE_UN = re.compile(r"(?<!additional )\bappropriations? (?:totall?ing|amounting to|of|in the amount of)\b", re.I)

_BODY = r"(?:the )?(?P<body>[^?;:,]{2,80}?)"
_OWNER = r"(?:the )?(?P<owner>[^?;:,]{2,80}?)(?:['’]s?)?"
_SORT = r"(?:annual|yearly|current|latest|total|approved|overall|gross|net|regular|programme)"
_BUDGET = rf"(?:{_SORT} ){{0,2}}(?:budget|appropriations?|costs?|financing)"
_WHAT = r"(?:what(?: is|['’]s| was| were| are|)|how (?:big|large|high) (?:is|was)|)"
_SET = r"(?:approved?|appropriated?|budgeted|allocated?|set aside|authori[sz]ed?|spend|spent|given?|provided?|granted|paid)"
_PERIOD = r"(?:(?: (?:for|in|of))?(?: the)?(?: (?:financial|fiscal|budget))?(?: (?:year|period)(?: (?:of|from))?)?)"  # of which the time is taken out
_FORMS = whole(
    rf"how much (?:does|did|do|will|would) {_OWNER} costs?(?: us| the un| to run| per year| a year| now)*{_PERIOD}",
    rf"how much (?:money )?(?:does|did|do|will|would) {_OWNER} (?:get|receive|need|spend)s?{_PERIOD}",
    rf"what (?:does|did|do|will|would) {_OWNER} cost(?: us| the un| to run| per year| a year| now)*{_PERIOD}",
    rf"how much (?:money )?(?:was|is|were|has been|had been) {_SET} (?:for|to|on) {_BODY}{_PERIOD}",
    rf"how much (?:money )?(?:does|did|has|have) {ORGAN}{_SET} (?:for|to|on) {_BODY}{_PERIOD}",
    rf"{_WHAT} ?(?:the )?{_BUDGET} (?:of|for) {_BODY}{_PERIOD}",
    rf"{_WHAT} ?{_OWNER} (?:{_BUDGET}|amount){_PERIOD}",
)


def budgets(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs that set a body's budget, of the period that is named or the newest; that none does for such a period; None where none
    that is searched sets its budget at all, and for other questions.
    """
    query = question.query
    if len(query.mentions) > 1 or any(one.places for one in query.mentions) or query.language or query.reading.topic:
        return None
    if any(one.role not in _OF_TIME for one in query.dates):
        return None
    asked = without_times(query)
    for one in query.mentions:
        asked = without_reference(asked, one.text)
    match = first_match(_FORMS, asked)
    if match is None:
        return None
    named = match["body" if "body" in match.re.groupindex else "owner"]
    names, of_un = wordings(named, query, question.corpus), _UN.fullmatch(named) is not None
    is_known = len(names) > 1 or _IS_BODY.search(named) or _APPROPRIATED.search(asked)  # "appropriated for Abyei"
    if not of_un and (not is_known or all(map(is_any_body, names))):
        return None  # "the budget", "peacekeeping budget", "the cost of the war", a country
    names = (*names, *(match["place"] for match in map(_WHERE.fullmatch, names) if match))
    words, sets_it = (_OF_UN, _sets_whole) if of_un else (names, partial(_sets, names))
    setting = _setting(words, sets_it, question)
    if not setting:
        return LookedUp((), _NONE_OF_UN, refuses=True) if of_un else None
    newest = [one for day, one in setting if day == setting[0][0]]
    years = _years(query.dates)
    sets = f"sets the budget of {names[0]!r}"
    if not years:
        told = f"what {sets}, in the newest resolution that is held; later ones may not be"
        return LookedUp(_ids(newest), told, LIKELY)
    if of_them := [one for _, one in setting if _is_for(years, _years_set(one.text))]:
        return LookedUp(_ids(of_them), f"what {sets} for that time, by its own words", LIKELY)
    when = "–".join(map(str, sorted(years)))
    none = f"no act that is searched {sets} for {when}; the newest that does for another period is shown"
    return LookedUp(_ids(newest), none, refuses=True)


def _setting(
    words: Iterable[str], sets: Callable[[Passage], bool], question: LookupQuestion
) -> list[tuple[int, Passage]]:
    """What sets a budget among the passages that have all of some words, each with its day of adoption, the newest first."""
    return sorted([(day, one) for day, one in dated(words, question) if sets(one)], key=lambda each: -each[0])


def _sets(names: Iterable[str], one: Passage) -> bool:
    if one.kind is not Kind.OPERATIVE or not holds_budget("", one.text) or _IN_PART.search(one.text):
        return False
    context = distinct_terms(one.context)
    whose = [distinct_terms(each) for each in _whose(one)]
    return any(_is_of(distinct_terms(name), terms, context) for name in names for terms in whose)


def _is_of(name: frozenset[str], terms: frozenset[str], context: frozenset[str]) -> bool:
    """Whether an act is for what has a name: half of its terms stand there, the others may in the title."""
    return 2 * len(name & terms) > len(name) and name <= terms | context


def _whose(one: Passage) -> Iterator[str]:
    """What an act says whose budget it sets, and, of no special account, what its title says."""
    text = " ".join(one.text.split())
    yield from (match["of"] for pattern in _WHOSE for match in pattern.finditer(text))
    title = _FINANCING.search(one.context)
    if title and "special account" not in text:
        yield title["of"]


def _sets_whole(one: Passage) -> bool:
    return one.kind is Kind.OPERATIVE and "rogramme budget for" in one.context and bool(_OF_WHOLE_UN.search(one.text))


def _years(dates: Iterable[DateMention]) -> frozenset[int]:
    """The first and the last year of some times; none of none."""
    days: list[date] = [day for one in dates for day in (one.first, one.last)]
    return frozenset({min(days).year, max(days).year}) if days else frozenset()


def _years_set(text: str) -> frozenset[int]:
    """The years of the period for which a budget is set: the first that is no day or month."""
    return _years([one for one in find_dates(text) if one.last - one.first > _SHORT][:1])


def _is_for(asked: frozenset[int], set_for: frozenset[int]) -> bool:
    """Whether a budget set for some years is one that was asked for: of a year all that it lies in, of a period that one."""
    return asked == set_for or (len(asked) == 1 and asked <= set_for)


def _ids(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in passages))
