"""What kind of answer a question asks for, and whether a text holds anything of that kind.

"How many soldiers died?" is not answered by a paragraph without a number, however much else of the question it meets.
Some kinds can be told from the words alone: a sum, a quantity, a day, names, an article, somebody's reason, and whether a thing was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.names import (
    ASKS_FOR_NAMES,
    ASKS_FOR_PERSON,
    ASKS_FOR_PLACE,
    ASKS_WHO_LEADS,
    holds_leader,
    holds_name,
    holds_person,
    holds_place,
)
from qa.answering.quantities import (
    ASKS_FOR_BUDGET,
    ASKS_FOR_SHARES,
    ASKS_FOR_SUM,
    ASKS_HOW_MANY,
    holds_budget,
    holds_quantity,
    holds_shares,
    holds_sum,
)
from qa.answering.when import ANY_TIME, ASKS_WHEN_DONE, ASKS_WHEN_TO_BE, CITED_OF, holds_time_to_be
from qa.numerals import MONTH, ordinal, to_roman

# How long a mandate runs, and how soon it ends, not how soon something else is due: "no later than 60 days after".
_HOW_LONG = re.compile(
    r"\bhow long\b(?! (?:after|before|ago)\b).{0,60}\b(?:mandates?|runs?|lasts?|stays?|extend(?:ed)?|renew(?:ed)?|authori[sz]ed"
    r"|established|prolonged|set up)\b",
    re.I,
)
_TERM = re.compile(
    r"\b(?:periods?|terms?|duration|until)\b"
    r"|\b(?:for|within) (?:(?:an?|the|another|further|additional|up to|next|initial|interim) ){0,4}"
    r"(?:[\w-]+ (?:more )?(?:days|weeks|months|years)|(?:one|an?|1) (?:day|week|month|year))\b",
    re.I,
)

_WHICH_DAY = re.compile(r"\b(?:what|which) (?:exact |precise )?(?:day|date)s?\b|\bwhen exactly\b", re.I)
# A misread day ("5S January") is one.
_DAY = re.compile(rf"\d\w{{0,2}} (?:{MONTH})\b|\b(?:{MONTH}) \d{{1,2}}\b|\b(?-i:days?|weeks?)\b", re.I)
# The day of an observance is no day on which a resolution that is cited was adopted, and none of another observance.
_WHEN_OBSERVED = re.compile(
    r"\b(?:when|(?:what|which) (?:exact )?(?:day|date))(?:['’]?s| is| was) (?:[\w'’-]+ ){1,8}?(?:day|week)\b(?! (?:after|before))"
    r"|\b(?:day|week),? (?:and )?when(?:['’]?s| is| was) (?:that|it)\b",
    re.I,
)
_WHICH_OBSERVED = re.compile(
    r"(?<![\w'’-])((?:[\w'’-]+ ){1,8}?)(?:day|week)\b(?: (?:of|for|against)((?: [\w'’-]+){1,8}))?", re.I
)
_OBSERVED = re.compile(
    r"\b(?:International|World) (?:[\w'’-]+ ){0,12}?(?:Day|Week)\b(?: (?:[A-Z]|of|the|against|for|and)[\w'’-]*){0,9}"
)
_THE_DAY = re.compile(r"\b(?:the|this|that) (?:Day|Week)\b")
_ANY_DAY = frozenset(
    {"and", "the", "world", "international", "annual", "that", "for", "when", "when's", "united", "nations"}
)
# "Which rule", "which majority": the text gives its number, or how many it takes.
_WHICH_RULE = re.compile(r"\b(?:what|which) (?:articles?|rule|majorit(?:y|ies))\b", re.I)
_RULES = (
    ("article", re.compile(r"\barticles? (?:\d|[IVXLC]+\b)", re.I)),
    ("rule", re.compile(r"\b(?:rules?|articles?) (?:\d|[IVXLC]+\b)", re.I)),
    (
        "majorit",
        re.compile(
            r"\bmajorit|\b(?:two|three)[- ](?:thirds?|fourths?|quarters?)\b|\bvotes? of\b|\bconsensus\b|\bunanim", re.I
        ),
    ),
)

# "The seventh conference" is not told by a paragraph that speaks of six.
_ORDINALS = [ordinal(n) for n in range(1, 21)]
_NTH = re.compile(
    rf"\b(?:when|where|which (?:city|country|year|month))\b.{{0,80}}?\b(?<!-)(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)) "
    r"(?:[\w-]+ ){0,3}?(?:conference|congress|summit|forum|games)\b",
    re.I,
)


_WHICH_YEAR = re.compile(r"\b(?:what|which) years?\b(?! of\b)", re.I)
_YEAR_OR_SESSION = re.compile(r"\b(?:1[89]|20)\d\d\b|\bsessions?\b")
_WHAT_HOUR = re.compile(r"\b(?:what|which) (?:hour|time)\b(?! (?:frame|limit|of (?!day)))", re.I)
_HOUR = re.compile(r"\b(?:hours?|[ap]\.? ?m\b|GMT|noon|midnight)|\b\d{1,2}[.:]\d\d\b|\b(?:forthwith|time)\b", re.I)
_WHAT_SHARE = re.compile(r"\b(?:what|which|how large a|how big a) (?:share|proportion|percentage|fraction)\b", re.I)
_A_SHARE = re.compile(r"\bper ?cent|%|\b(?:third|half|quarter|fifth|tenth|majority|proportion|share)s?\b|\d\.\d", re.I)
_HOW_OLD = re.compile(r"\bhow old\b|\b(?:what|which) age\b|\bage limit\b", re.I)
_AN_AGE = re.compile(r"\bag(?:e|ed|es)\b|\byears? old\b|\bbirth|\byouth\b|\b\d+ years\b", re.I)

# "How is it defined?", "What is a holder?": told by what defines, not by all that speaks of it.
_HOW_DEFINED = re.compile(
    r"\b(?:how (?:is|are|does|do|did) .{2,80}?\bdefined?\b|what (?:is|are) meant by\b)"
    r"|\b(?:the|a|any|legal|un|exact|official) definitions? (?:of|for)\b"
    r"|\A\W*(?:define|definition of) |\A\W*what(?: is|['’]s) an? (?:[\w-]+ ){0,4}[\w-]+\W*\Z",
    re.I,
)
_DEFINES = re.compile(
    r"\bmeans?\b(?<!by means)(?! (?:of|to|for|by)\b)|\bdefin|\bthe (?:term|phrase|expression|word)s?\b|\bunderstood (?:as|to)\b|\bconstitutes\b"
    r"|\brefers? to\b|\bis (?:an?|any|one) (?!opportunity|priority|matter)[\w-]+ ",
    re.I,
)


def _holds_day_observed(question: str, text: str) -> bool:
    if not _DAY.search(CITED_OF.sub(" ", text)):
        return False
    asked = _WHICH_OBSERVED.search(question)
    words = f"{asked[1]}{asked[2] or ''}".lower().split() if asked else []
    wanted = tuple(word[:5] for word in words if len(word) > 2 and word not in _ANY_DAY)
    named = " ".join(_OBSERVED.findall(text)).lower().split()
    if wanted and not named:  # "the Day" is one named before
        return bool(_THE_DAY.search(text)) or any(word.startswith(wanted) for word in text.lower().split())
    return not wanted or any(word.startswith(wanted) for word in named)


def _holds_rule(question: str, text: str) -> bool:
    asked = question.lower()
    return any(pattern.search(text) for word, pattern in _RULES if word in asked)


def _holds_nth(question: str, text: str) -> bool:
    match = _NTH.search(question)
    if match is None:
        return True
    nth = match["nth"].lower()
    n = int(nth[:-2]) if nth[0].isdigit() else _ORDINALS.index(nth) + 1
    written = [
        rf"{n}(?:st|nd|rd|th)",
        *([_ORDINALS[n - 1], f"(?-i:{to_roman(n)})"] if 0 < n <= len(_ORDINALS) else []),
    ]
    return re.search(rf"(?<![\w-])(?:{'|'.join(written)})\b", text, re.I) is not None


# Why an organ acted stands in its recitals, in no fixed words; why somebody else did needs one of these.
_WHY = re.compile(
    r"\b(?:why|on what grounds?) (?:did|does|do|has|have|had|was|were|is|are)(?:n[’']t)? "
    r"(?!(?:\w+ ){0,4}(?:council|assembly|resolution|text|secretary-general|united nations|u\.?n\.?)\b|(?:there|its?|they|their|this|that)\b)",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|in order|due to|owing to|so (?:that|as)|with (?:the aim|a view)|in view of|in (?:the )?light of|having regard|as a result"
    r"|in response|on the grounds?|by reason|caused?|led to|resulting|resulted|since|despite|based on|for (?:its|their|his))\b"
    r"|\b(?:threat|constitut|consequen|concern|recogni|convinced|violat|contraven|aggravat|endanger)",
    re.I,
)

# "Did Portugal return the property?" is not told by a paragraph that demands it. What an organ did is what paragraphs tell.
_WAS_IT_DONE = re.compile(
    r"\A\W*(?:(?:and|so|but) )?(?:did|has|have|had) (?!(?:\w+ ){0,2}(?:council|assembly|u\.?n\.?|united nations)\b)"
    r"(?!.{0,60}\b(?:been (?:asked|requested|urged|invited|told|called)|have to|want|need)\b)",
    re.I,
)
_ONLY_ASKED_FOR = re.compile(
    r"\A\W*(?:\d+\W+)?(?:(?:also|further|again|once more|strongly|urgently|reiterates \w+ \w+ and) )*"
    r"(?:calls? (?:again |once more )?(?:up)?on|demands?|urges?|requests?|encourages?|invites?|appeals)\b",
    re.I,
)


def _holds_deed(question: str, text: str) -> bool:
    return not _ONLY_ASKED_FOR.search(text)


def _has(words: re.Pattern[str]) -> Callable[[str, str], bool]:
    """Whether a text has any of some words, whatever the question."""
    return lambda question, text: words.search(text) is not None


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer: its name, the words that ask for it, and whether a text, for a question, holds any.

    What holds it and lies, by the final score, not farther below the first hit than `near`, if it is of the first's resolution, or
    than `abroad`, if it is of another, answers rather. A kind that is `alone` counts as lacking only where the question asks for nothing
    else: else the hit may answer the rest.
    """

    name: str
    asked: re.Pattern[str]
    holds: Callable[[str, str], bool]
    unmet: str  # in a reason, where the nearest paragraph has none
    near: float = 0.0
    abroad: float = 0.0
    recital: float = (
        0.0  # so much farther below a recital of the first's resolution may lie: it stood lower for being one
    )
    alone: bool = False


_NONE = "the question asks for {}, and the nearest paragraph has none"
_NO_OTHER = "the question asks for {}, and the nearest paragraph gives none but what the question names itself"
_NEAR, _FAR = 0.2, 0.4  # of the final score: what lies closer to the first hit may answer as well as it does
_ABROAD, _HAIR = 0.05, 0.02
_RECITAL = 0.1  # of the final score: so much lower stands a recital that was not asked for
_KINDS = (
    # What sets a budget speaks of accounts and amounts; what is asked about budgets in the same text meets the question better.
    AnswerKind(
        "a budget",
        ASKS_FOR_BUDGET,
        holds_budget,
        _NONE.format("a sum appropriated or authorized"),
        near=_FAR,
        abroad=_FAR,
    ),
    AnswerKind(
        "an apportionment", ASKS_FOR_SHARES, holds_shares, _NONE.format("a sum apportioned among States"), near=_FAR
    ),
    AnswerKind(
        "a length of time",
        _HOW_LONG,
        _has(_TERM),
        "the question asks how long something runs, and the nearest paragraph gives no such length of time",
        near=_NEAR,
    ),
    AnswerKind("a sum", ASKS_FOR_SUM, holds_sum, _NONE.format("a sum"), near=_NEAR),
    AnswerKind("a quantity", ASKS_HOW_MANY, holds_quantity, _NONE.format("a quantity"), near=_NEAR),
    AnswerKind("a date", _WHICH_DAY, _has(_DAY), _NONE.format("a date"), near=_NEAR, recital=_RECITAL),
    AnswerKind("a year", _WHICH_YEAR, _has(_YEAR_OR_SESSION), _NONE.format("a year"), near=_NEAR, alone=True),
    AnswerKind(
        "when something was done",
        ASKS_WHEN_DONE,
        _has(ANY_TIME),
        _NONE.format("the time at which something was done"),
        alone=True,
    ),
    AnswerKind("an hour", _WHAT_HOUR, _has(_HOUR), _NONE.format("a time of day"), near=_NEAR),
    AnswerKind("a share", _WHAT_SHARE, _has(_A_SHARE), _NONE.format("a share of a whole"), near=_NEAR),
    AnswerKind("an age", _HOW_OLD, _has(_AN_AGE), _NONE.format("an age"), near=_NEAR),
    AnswerKind(
        "the day of an observance",
        _WHEN_OBSERVED,
        _holds_day_observed,
        "the question asks for the day of an observance, and the nearest paragraph does not give it",
        near=_FAR,
    ),
    AnswerKind(
        "an event by its number",
        _NTH,
        _holds_nth,
        "the question asks about an event by its number, and the nearest paragraph does not have that number",
        near=_NEAR,
        abroad=_ABROAD,
    ),
    AnswerKind(
        "a person",
        ASKS_FOR_PERSON,
        holds_person,
        _NO_OTHER.format("the name of a person"),
        near=_FAR,
        abroad=_ABROAD,
        alone=True,
    ),
    AnswerKind(
        "who leads",
        ASKS_WHO_LEADS,
        holds_leader,
        "the question asks who chairs or leads, and the nearest paragraph says of nobody that they do",
        near=_FAR,
        abroad=_ABROAD,
        alone=True,
    ),
    AnswerKind("a place", ASKS_FOR_PLACE, holds_place, _NO_OTHER.format("a place"), near=_NEAR, alone=True),
    AnswerKind("names", ASKS_FOR_NAMES, holds_name, _NO_OTHER.format("names"), near=_NEAR, abroad=_HAIR),
    AnswerKind(
        "an article, a rule or a majority",
        _WHICH_RULE,
        _holds_rule,
        "the question asks which article, rule or majority it is, and the nearest paragraph gives none of that kind",
        near=_NEAR,
    ),
    AnswerKind(
        "a definition",
        _HOW_DEFINED,
        _has(_DEFINES),
        "the question asks how something is defined, and the nearest paragraph does not define it",
        near=_FAR,
        alone=True,
    ),
    AnswerKind("a reason", _WHY, _has(_REASON), _NONE.format("a reason"), alone=True),
    AnswerKind(
        "when something is to be",
        ASKS_WHEN_TO_BE,
        holds_time_to_be,
        "the question asks when something is to be, and the nearest paragraph gives no time for it",
        near=_FAR,
        alone=True,
    ),
    AnswerKind(
        "word that it was done",
        _WAS_IT_DONE,
        _holds_deed,
        "the question asks whether something was done, and the nearest paragraph only asks for it to be done",
    ),
)
_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how)"
_DOING = r"(?:does|do|did|is|are|was|were|may|must|can|should|has|have)"
_ASKS = re.compile(rf"\b{_ASKING}\b", re.I)
_ASKS_AGAIN = re.compile(
    rf"(?:[,;:?]|\band|\bor) (?:(?:and|or|in|to|at|by|for|from|on|until|of|under|with) ){{0,3}}(?:{_ASKING}\b|{_DOING} \w)",
    re.I,
)
_ASKS_ITSELF = re.compile(rf"\b(?:{_ASKING}|{_DOING})\b", re.I)
_FIRST_PART = 12  # characters after its question word: "where and when" asks for one thing


def asks_for_more(question: str) -> bool:
    """Whether a question asks for several things, one after another: "how many may go, and to which city?"."""
    first = _ASKS.search(question)
    return first is not None and _ASKS_AGAIN.search(question, first.end() + _FIRST_PART) is not None


def asks_for_budget(question: str) -> bool:
    """Whether the budget of somebody is asked for: "unifil budget 2024/25", "how much was appropriated for the mission"."""
    return ASKS_FOR_BUDGET.search(question) is not None


def asked_kinds(question: str, topic: str = "") -> tuple[AnswerKind, ...]:
    """The kinds of answer that a question asks for, or, where it asks nothing by itself ("and the other one?"), its topic; none for most."""
    of = question if not topic or _ASKS_ITSELF.search(question) else topic
    return tuple(kind for kind in _KINDS if kind.asked.search(of))


def lacking(question: str, text: str, kinds: Sequence[AnswerKind] | None = None) -> AnswerKind | None:
    """The first of the kinds asked for that the text has nothing of; None where nothing is found lacking."""
    asked = asked_kinds(question) if kinds is None else kinds
    return next((kind for kind in asked if not kind.holds(question, text)), None)
