"""The values that a question or a paragraph states, by kind, so that those of one kind can be compared: lengths of time, how often,
shares, sums of money, how many of something, days, ends and sessions.

What is of no such kind surely ("at least six months", "the last ten years", the day of a cited resolution) is a `span` of time, a
`number` or a `time`: it may be what a question means, and is held against nothing.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from qa.numerals import MONTH_OR_SHORT, NTH, NUMBERS, ONES, ORDINALS, SHORT_MONTHS, TENS
from qa.terms import LOOKALIKES, distinct_terms, terms_of

_WORTH = NUMBERS | dict.fromkeys(("a", "an"), 1)
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?!\d)(?:\.\d{1,15})?"
_NUMBER = rf"(?:{_FIGURE}|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[:9])})\b)?|(?:{'|'.join(reversed(ONES))})\b)"
_BEGINS = r"(?<![\w.,/$+-])(?=[\doftsena])"  # most places are none


@dataclass(frozen=True, slots=True)
class Value:
    """What is stated. `amount` is compared with others of the kind; of some kinds two are of one thing only if the terms `about`
    meet. `span` counts code points of the text.
    """

    kind: str
    amount: tuple[float, ...]
    span: tuple[int, int]
    about: frozenset[str] = frozenset()
    noun: str = ""  # the first term after a number

    def is_like(self, other: Value) -> bool:
        """Whether both may say the same of the same kind of thing."""
        return SAME[self.kind](self.amount, other.amount)


def values_in(text: str, kinds: Container[str] | None = None) -> list[Value]:
    """Every value that a text states; with `kinds` those that are of them or may be meant by one of them."""
    text = text.translate(LOOKALIKES)
    return [
        value for of, read in _READERS if kinds is None or any(kind in kinds for kind in of) for value in read(text)
    ]


def _number(words: str) -> float:
    """What a number is: "1,500", "twenty-four", "2.5 million"."""
    total = 0.0
    for word in words.lower().replace("-", " ").split():
        times = _TIMES.get(word)
        total = max(total, 1.0) * times if times else total + (_WORTH.get(word) or float(word.replace(",", "")))
    return total


# The words before a value tell what it is of; these tell nothing.
_FILLERS = frozenset("a an the another further additional new interim final only just second period periods of".split())
_BEFORE = re.compile(r"[\w’'-]+|[.;:]")
_ROOM = 48  # characters before a value


def _lead(text: str, at: int) -> tuple[str, str]:
    """The last word before a place that is no filler, and the one before it; empty where the sentence begins there."""
    words = [one.lower() for one in _BEFORE.findall(text[max(0, at - _ROOM) : at])]
    while words and words[-1] in _FILLERS:
        words.pop()
    told = [one if one.isalpha() else "" for one in words[-2:]]
    return (told[-1] if told else "", told[-2] if len(told) > 1 else "")


# Lengths of time: in months, or in days where the unit is shorter; a month is not compared with days.
_UNITS = {"month": (12, 1), "year": (12, 12), "day": (1, 1), "week": (1, 7)}
_LENGTH = re.compile(
    rf"{_BEGINS}(?P<n>{_NUMBER}|an?\b)(?P<tie> (?:(?:more|further|additional) )?|-)(?P<unit>day|week|month|year)s?\b"
    r"(?![ -]old| (?:ago|later|earlier|after|before|since)\b)",
    re.I,
)
_LENGTH_AFTER = {"for": "length", "by": "length", "within": "delay"}


def _lengths(text: str) -> Iterator[Value]:
    for match in _LENGTH.finditer(text):
        last, before = _lead(text, match.start())
        kind = _LENGTH_AFTER.get(last) or ("delay" if (before, last) == ("later", "than") else None)
        if match["tie"] == "-" and match["n"].lower() not in ("a", "an"):
            kind = kind or "length"
        family, worth = _UNITS[match["unit"].lower()]
        yield Value(kind or "span", (family, round(_number(match["n"]) * worth)), match.span())


# How often: the months between.
_EVERY = {
    "yearly": (12, r"annual(?:ly)?|yearly|(?:every|each|once an?) year"),
    "second": (24, r"(?:every|each) (?:other|second) year|biennial(?:ly)?|bienniali[sz]\w{1,5}"),
    "third": (36, r"(?:every|each) third year|triennial(?:ly)?|trienniali[sz]\w{1,5}"),
    "fourth": (48, r"(?:every|each) fourth year|quadrennial(?:ly)?"),
    "half": (6, r"twice (?:a|every|each) year|semi-?annual(?:ly)?|six-monthly"),
    "quarterly": (3, r"quarterly"),
    "monthly": (1, r"monthly|(?:every|each|once a) month"),
}
_OFTEN = re.compile(
    rf"\b(?=[abemoqsty])(?:{'|'.join(f'(?P<{name}>{words})' for name, (_, words) in _EVERY.items())}"
    rf"|every (?P<n>{_NUMBER}) (?P<unit>month|year)s)\b",
    re.I,
)


def _often(text: str) -> Iterator[Value]:
    for match in _OFTEN.finditer(text):
        n, name = match["n"], match.lastgroup or ""
        months = round(_number(n)) * _UNITS[match["unit"].lower()][1] if n else _EVERY[name][0]
        yield Value("often", (months,), match.span())


_YEARS = range(1900, 2100)

# Shares of a whole, in hundredths.
_PARTS = {"third": 100 / 3, "quarter": 25.0, "fourth": 25.0, "fifth": 20.0}
_SHARE = re.compile(
    rf"{_BEGINS}(?:(?P<n>{_FIGURE}) ?(?:per ?cent\b|%)|(?P<of>two|three|four)[ -](?P<part>thirds|quarters|fourths|fifths)\b)",
    re.I,
)


def _shares(text: str) -> Iterator[Value]:
    for match in _SHARE.finditer(text):
        part = match["part"]
        share = _WORTH[match["of"].lower()] * _PARTS[part.lower()[:-1]] if part else _number(match["n"])
        yield Value("share", (share,), match.span())


_SUM = re.compile(
    rf"(?<![\w.,/$])(?=[$\dU])(?:(?:US ?)?(?P<sign>\$) ?)?(?P<n>{_FIGURE})(?P<times> (?:thousand|million|billion))?"
    r"(?P<unit> (?:United States |US )?(?:dollars?|euros?)\b)?",
    re.I,
)


def _sums(text: str) -> Iterator[Value]:
    for match in _SUM.finditer(text):
        is_year = not match["sign"] and not match["times"] and match["n"].isdecimal() and int(match["n"]) in _YEARS
        if (match["unit"] or match["sign"]) and not is_year:
            yield Value("sum", (_number(match["n"] + (match["times"] or "")),), match.span())


# How many of something: the number with the words after it, or before "stands at".
_NOUN = r"(?:\s[a-zA-Z][\w’'-]{1,30}){1,3}"
_COUNT = re.compile(
    rf"{_BEGINS}(?P<n>{_NUMBER})(?P<times> (?:hundred|thousand|million|billion))?(?P<noun>{_NOUN})?", re.I
)
_STANDS_AT = re.compile(
    rf"\b(?:stands? at|numbers?|totals?|amounts? to) (?P<n>{_FIGURE})(?!\w|,\d| million| billion)", re.I
)
_NO_NOUN = re.compile(
    rf"\s(?:per ?cent|percent|(?:day|week|month|year|hour|dollar|euro|third|quarter|fourth|fifth)s?|of|and|or|to|the|in|on|for|as|at"
    rf"|by|{MONTH_OR_SHORT}|united states)\b",
    re.I,
)
_LABELLED = frozenset(
    "resolution resolutions paragraph paragraphs article articles annex rule rules part parts item items group goal goals target"
    " chapter section sections no number phase".split()
)


def _counts(text: str) -> Iterator[Value]:
    for match in _COUNT.finditer(text):
        n, last = _number(match["n"] + (match["times"] or "")), _lead(text, match.start())[0]
        is_year = n in _YEARS and "," not in match["n"]
        counts = n > 1 and not is_year and last not in _LABELLED and match["noun"] and not _NO_NOUN.match(match["noun"])
        terms = terms_of(match["noun"]) if counts else []
        yield Value("count" if counts else "number", (n,), match.span("n"), frozenset(terms), next(iter(terms), ""))
    for match in _STANDS_AT.finditer(text):
        yield Value(
            "count",
            (_number(match["n"]),),
            match.span("n"),
            distinct_terms(text[max(0, match.start() - _ROOM) : match.start()]),
        )


# Days as (year, month, day), 0 where it is not told: an end, a day on which, or any other time.
_DAY = re.compile(
    r"(?<![\w/.,-])(?=[\dadefjmnos])(?:"
    rf"(?P<month2>{MONTH_OR_SHORT})\.? (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,? (?P<year2>(?:19|20)\d\d)\b)?"
    r"|(?:(?:(?P<first>[0-3]?\d)(?: (?:to|and|through) |[-–]))?(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{MONTH_OR_SHORT})\b\.?(?:,? (?P<year>(?:19|20)\d\d)\b)?)",
    re.I,
)
_ENDS = frozenset("until till through to ending ends end expires expiring expire expired by before than".split())
_ON = frozenset(
    "on every proclaim proclaims proclaimed declare declares declared designate designates designated".split()
)
_WEEKDAYS = frozenset(name.lower() for name in calendar.day_name)
_OPENS = frozenset({"", "is", "was", "did"})  # "was 28 June proclaimed ..."


def _days(text: str) -> Iterator[Value]:
    for match in _DAY.finditer(text):
        name = match["month"] or match["month2"]
        if name in ("may", "march", "mar", "dec", "jan"):  # words, or too short to be sure
            continue
        day = int(match["day"] or match["day2"] or 0)
        amount = (int(match["year"] or match["year2"] or 0), SHORT_MONTHS[name.lower()], day)
        last, before = _lead(text, match.start())
        last = before if last in _WEEKDAYS else last
        kind = "end" if last in _ENDS or (before, last) in (("ending", "on"), ("or", "before")) else "time"
        if kind == "time" and day and (last in _ON or (last in _OPENS and match.start() < _ROOM // 4)):
            kind = "day"
        yield Value(kind, amount, match.span())
        if match["first"]:
            yield Value("time", (*amount[:2], int(match["first"])), match.span())


_NTH = rf"(?:{NTH}|\d{{1,2}}(?:st|nd|rd|th))"
_SESSIONS = re.compile(
    rf"\b(?=[\defnst])(?P<n>{_NTH})(?: (?:and|to|or) (?P<next>{_NTH}))?(?: regular| annual)? sessions?\b", re.I
)


def _sessions(text: str) -> Iterator[Value]:
    for match in _SESSIONS.finditer(text):
        for name in ("n", "next"):
            if match[name]:
                word = match[name].lower()
                yield Value("session", (float(ORDINALS.get(word) or word[:-2]),), match.span())


_READERS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Value]]], ...] = (
    (("length", "delay"), _lengths),
    (("often",), _often),
    (("share",), _shares),
    (("sum",), _sums),
    (("count",), _counts),
    (("end", "day"), _days),
    (("session",), _sessions),
)

Amount = tuple[float, ...]


def _equal(one: Amount, other: Amount) -> bool:
    return one == other


def _as_long(one: Amount, other: Amount) -> bool:
    """Lengths of time, a month being about thirty days."""
    days = [amount * 30.4 if unit > 1 else amount for unit, amount in (one, other)]
    return one == other or (one[0] != other[0] and abs(days[0] - days[1]) <= 0.05 * max(days))


def _nearly(one: Amount, other: Amount) -> bool:
    """Sums are rounded: "some 271 million"."""
    return abs(one[0] - other[0]) <= 0.1 * max(one[0], other[0])


def _rounded(one: Amount, other: Amount) -> bool:
    return abs(one[0] - other[0]) < 1


def _overlap(one: Amount, other: Amount) -> bool:
    """Days as far as both are told."""
    return all(a == b for a, b in zip(one, other, strict=True) if a and b)


SAME: dict[str, Callable[[Amount, Amount], bool]] = {
    **dict.fromkeys(("often", "count", "number", "session"), _equal),
    **dict.fromkeys(("length", "delay", "span"), _as_long),
    **dict.fromkeys(("end", "day", "time"), _overlap),
    "sum": _nearly,
    "share": _rounded,
}
"""Kind -> whether two amounts of it may be the same."""
