"""What kind of answer a question asks for, and whether a text holds anything of that kind.

"How many soldiers died?" is not answered by a paragraph without a number, however much else of the question it meets.
Some kinds can be told from the words alone: a quantity, a day, names, somebody's reason, and whether a thing was done.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.roles import OPEN, Role
from qa.retrieval.windows import windows_in

_MONTHS = "|".join(calendar.month_name[1:])
_TENS = "(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y"
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_PARTS = (
    "resolutions?|decisions?|paragraphs?|articles?|annex(?:es)?|sections?|chapters?|rules?|parts?|items?|documents?|"
    "principles?|goals?|targets?|tracks?|phases?|options?|nos?\\."
)
_UNCOUNTED = r"(?! instruments?\b)"  # "the tenth instrument of ratification" says how many are needed

_HOW_MANY = re.compile(
    r"\bhow (?:many|much(?! time)|big|large)\b|\bby what margin\b"
    r"|\b(?:what|which) (?:number|share|percentage|proportion|amount|sum|total|size|price)\b"
    r"|\bwhat (?:will|would|did|does|do|is|was|were|are|should)\b.{0,60}\bcosts?\b|\bat what (?:cost|price)\b"
    r"|\bwhat (?:is|was|were|are) the (?:\w+ )?(?:price[- ]tag|cost estimates?)\b|\bhow expensive\b",
    re.I,
)
# Figures that count nothing: dates and years, symbols, the numbers of resolutions and of their parts, of sessions.
_LABELS = re.compile(
    r"\A\s*\d+\.\s|(?<!\w)(?:"
    rf"(?=\d)(?:\d{{1,2}}(?: (?:and|to|-|–) \d{{1,2}})? (?:{_MONTHS})(?: \d{{4}})?"
    rf"|(?:19|20)\d\d\b(?:[-–/]\d{{2,4}})?|\d+/\d+\b|\d+(?:st|nd|rd|th)\b{_UNCOUNTED})"
    rf"|(?=[a-z]\w)(?:(?:{_MONTHS}) \d{{4}}"
    rf"|(?:{_PARTS}) (?:\d+(?:/\d+)?(?: ?\([\w ]+\))*(?:,? (?:and|to|or) |, )?)+(?: [A-Z]\b)?|{_TENS}-(?:{_UNITS})\b{_UNCOUNTED})"
    rf"|[A-Z]+(?:/[\w.()-]+)+|\w+ieth\b{_UNCOUNTED})",
    re.I,
)
_QUANTITY = re.compile(
    rf"\d|(?<!\w)(?=\w\w)(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|{_TENS}|hundreds?|thousands?|[mb]illions?"
    r"|such numbers?|half|third of|per ?cent|percentage|one (?!of\b)|single|dozen|double|consecutive|successive"
    r"|(?:first|second|third|\w+th) instruments?)\b",
    re.I,
)

# The budget of somebody, and nothing of it but the sum: "unifil budget 2024/25", "what is the mission's budget for 2024?"
_BUDGET = re.compile(
    r"\A(?:how (?:big|large|high) (?:is|was) |what(?:['’]s| is| was| were| are) )?(?:the )?"
    r"(?:(?!(?:who|which|when|where|why|how|what|of|for|in|on|from|to|about|and)\b)[\w'’/.-]+ ){0,7}?"
    r"budgets?(?:,? (?:of|for|in|from|mid|\d)[^:?]{0,80})?\W{0,3}\Z"
    r"|\A(?:how much|what (?:sum|amount))\b.{0,60}\bappropriate"
    r"|\A(?:what (?:is|was) )?(?:the )?costs? of (?:the )?(?:[\w-]+ ){0,3}?(?:force|mission|operation)\b"
    r"|\A(?:what|how much) (?:does|did) (?:the )?(?:[\w-]+ ){1,5}?costs?(?: (?:per|a|every) year)?\W{0,3}\Z",
    re.I,
)
# What sets it: neither what shares it out among States nor what is set off against their shares.
_SETS_BUDGET = re.compile(
    r"\b(?:appropriate|approves?|authorizes?|budget (?:of|in|for)|appropriations (?:of|in|total\w+|amounting))\b"
    r"[^;]{0,300}?\d (?:million |billion )?(?:United States )?(?:dollars|euros)\b",
    re.I,
)

# How long a mandate runs, not how soon something is due: "no later than 60 days after".
_HOW_LONG = re.compile(
    r"\bhow long\b(?! (?:after|before|ago)\b).{0,60}\b(?:mandates?|runs?|lasts?|stays?|extend(?:ed)?|renew(?:ed)?|authori[sz]ed"
    r"|established|prolonged|set up)\b",
    re.I,
)
_TERM = re.compile(
    r"\b(?:periods?|terms?|duration|until)\b"
    r"|\bfor (?:(?:an?|another|further|additional|up to|the next|initial|interim) ){0,4}[\w-]+ (?:more )?(?:days|weeks|months|years)\b",
    re.I,
)

_WHICH_DAY = re.compile(r"\b(?:what|which) (?:exact |precise )?(?:day|date)s?\b|\bwhen exactly\b", re.I)
# A misread day ("5S January") is one.
_DAY = re.compile(rf"\d\w{{0,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b|\b(?:days?|weeks?)\b", re.I)

_NAMED = (
    r"countr(?:y|ies)|nations?|states?|governments?|delegations?|capitals?|rooms?|halls?|floors?|airports?|villages?|cit(?:y|ies)"
    r"|towns?|buildings?|streets?|ports?|hotels?|banks?|compan(?:y|ies)|firms?|newspapers?|universit(?:y|ies)|ships?|vessels?|website"
    r"|address|hospitals?|prisons?|schools?|rivers?|roads?|provinces?|districts?|camps?|laborator(?:y|ies)|factor(?:y|ies)"
    r"|reactors?|ministers?|ambassadors?|judges?|generals?|kings?|clans?|islands?|airlines?|envoys?|mediators?|officers?|commanders?"
)
# "Under which a State may" asks for nothing; and what States may or must do, all of them may or must.
_WHICH_NAMES = re.compile(
    rf"\bwhich (?!(?:an?|the|any|each|every|all|its|their) )(?:\w+ )?(?:{_NAMED})\b(?! (?:may|must|shall|should|can|could)\b)"
    r"|\b(?:what|whose) (?!can|do|must|should)(?:\w+ )?(?:rooms?|halls?|cit(?:y|ies)|towns?|villages?|streets?|ports?|airports?|compan(?:y|ies)"
    r"|newspapers?|hotels?|banks?|ships?)\b|\bnames? of\b|\bname the\b"
    r"|\bwho (?:(?:was|were) (?:the|its|their|elected|appointed|named|chosen)|served as|acted as|became|commanded|led|chaired|headed|presided"
    r"|brokered|mediated|signed|killed"
    r"|shot|ordered|founded|won)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.;:?!]\s)(?<!\A)(?<!\n)\b[A-Z][\w'-]+")  # a capital, but not one that begins a sentence
# Capitalised words of the United Nations' own vocabulary, which name nobody in particular.
_VOCABULARY = frozenset(
    """
    accord action administrative advisory affairs agency agenda agreement annex april article articles assembly assistance
    august auditors board budget budgetary bureau central chair change chapter charter child children civil climate
    commission commissioner committee common compact conference contributions convention conventions cooperation
    coordination coordinator council countries court covenant day december decade declaration department developed
    developing development director disarmament doctrine document economic education emergency environment envoy
    executive february food force forces forum framework fund future general global goals government governments group
    habitat headquarters health high high-level human humanitarian implementation initiative inspection
    inter-agency interim intergovernmental internal international island january joint july june justice
    landlocked law least march may meeting member members middle-income military ministerial mission monday monitoring
    nations non-governmental non-proliferation november nuclear observer october office operation operations
    organization organizations outcome oversight pact parties part partnership peace peacebuilding peacekeeping periodic
    personnel persons plan political president principles programme protocol questions rapporteur refugees regional relief
    report representative resolution response review rights rule rules science secretary secretary-general section
    security september service services session small social special staff standard state statement states statute
    strategy summit support sustainable system the treaty trust unit united universal verification weapons week women
    working world year youth
    """.split()
)


def _holds_quantity(question: str, text: str) -> bool:
    return bool(_QUANTITY.search(_LABELS.sub(" ", text)))


def _holds_budget(question: str, text: str) -> bool:
    return bool(_SETS_BUDGET.search(text))


def _holds_term(question: str, text: str) -> bool:
    return bool(_TERM.search(text))


def _holds_day(question: str, text: str) -> bool:
    return bool(_DAY.search(text))


def _holds_name(question: str, text: str) -> bool:
    """Whether a name stands there that is neither the question's own nor everyday vocabulary."""
    asked = question.lower()
    found = (name.removesuffix("'s").lower() for name in _NAME.findall(text.replace("’", "'")))
    return any(name not in _VOCABULARY and name[:5] not in asked for name in found)


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


def _holds_reason(question: str, text: str) -> bool:
    return bool(_REASON.search(text))


def _holds_deed(question: str, text: str) -> bool:
    return not _ONLY_ASKED_FOR.search(text)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: its name, the words that ask for it, and whether a text, for a question, holds any."""

    name: str
    asked: re.Pattern[str]
    holds: Callable[[str, str], bool]
    unmet: str  # in a reason, where the nearest paragraph has none
    near: float = 0.0  # told so surely that a hit which holds it and lies so close to the first, by the final score, answers rather


_NONE = "the question asks for {}, and the nearest paragraph has none"
_NEAR = 0.2  # of the final score: what lies closer to the first hit may answer as well as it does
_KINDS = (
    # What sets a budget speaks of accounts and amounts; what is asked about budgets in the same text meets the question better.
    Kind("a budget", _BUDGET, _holds_budget, _NONE.format("a budget"), near=0.4),
    Kind("a length of time", _HOW_LONG, _holds_term, _NONE.format("a length of time"), near=_NEAR),
    Kind("a quantity", _HOW_MANY, _holds_quantity, _NONE.format("a quantity"), near=_NEAR),
    Kind("a date", _WHICH_DAY, _holds_day, _NONE.format("a date"), near=_NEAR),
    Kind("names", _WHICH_NAMES, _holds_name, _NONE.format("names"), near=_NEAR),
    Kind("a reason", _WHY, _holds_reason, _NONE.format("a reason")),
    Kind(
        "word that it was done",
        _WAS_IT_DONE,
        _holds_deed,
        "the question asks whether something was done, and the nearest paragraph only asks for it to be done",
    ),
)


def asks_for_budget(question: str) -> bool:
    """Whether the budget of somebody is asked for: "unifil budget 2024/25", "how much was appropriated for the mission"."""
    return _BUDGET.search(question) is not None


def asked_kinds(question: str) -> tuple[Kind, ...]:
    """The kinds of answer that a question asks for; none for most questions."""
    return tuple(kind for kind in _KINDS if kind.asked.search(question))


def lacking(question: str, text: str, kinds: Sequence[Kind] | None = None) -> Kind | None:
    """The first of the kinds asked for that the text has nothing of; None where nothing is found lacking."""
    asked = asked_kinds(question) if kinds is None else kinds
    return next((kind for kind in asked if not kind.holds(question, text)), None)


_OF_ADOPTION = frozenset({Role.ADOPTED, Role.SESSION, Role.PERIOD, Role.AHEAD}) | OPEN
_AHEAD = 3  # years: an event to come of which a text speaks lies no farther off
_LATE = 10  # days outside the named time that are forgiven
_OF_A_TEXT = re.compile(
    r"\b(?:resolution|text|decision|renewal|extension|mandate|adopt|extend|renew|prolong|decide)\w*\b", re.I
)


_OF_AN_ACT = re.compile(r"\b(?:resolution|renewal|extension|adopt|extend|renew|prolong|decide)\w*\b", re.I)


def out_of_time(
    question: str, dates: Sequence[DateMention], adopted: int, text: str, whole: Callable[[], str]
) -> str | None:
    """The times named for an adoption or a period, where the text is of none of them: adopted outside all, or, of a period,
    about another, and naming none; else None.

    A year or a season soon to come may be that of an event ("the 2027 tourism year"): it counts only where the question
    speaks of a text. What was adopted in a year is not out of time where
    what came before or after that year is asked. What happened at a time may be told anywhere in the resolution, whose `whole` text is
    read only where nothing else excuses it. `adopted` is yyyymmdd; of 0 nothing is known.
    """
    named = [one for one in dates if one.role in _OF_ADOPTION]
    if not named or not adopted:
        return None
    day = np.array([adopted], dtype=np.int32)
    for one in named:
        ahead = (
            one.session is None
            and one.days > 31
            and adopted < int(f"{one.first:%Y%m%d}")
            and one.first.year - adopted // 10000 <= _AHEAD
            and not _OF_A_TEXT.search(question)
        )
        if (
            ahead
            or one.bounds_in(adopted // 10000)
            or one.named_in(text)
            or (days_outside(day, one)[0] <= _LATE and not _of_other_period(one, text))
        ):
            return None
    events = [] if _OF_AN_ACT.search(question) else [one for one in named if one.role is Role.ADOPTED]
    told = whole() if events else ""
    return None if any(one.told_in(told) for one in events) else " or ".join(one.text for one in named)


def _of_other_period(one: DateMention, text: str) -> bool:
    """Whether a period is named, and a text, which does not name it, names another year, or the end of another period."""
    return one.role is Role.PERIOD and any(
        other.days > 31 or text[: other.span[0]].endswith(" to ") for other in windows_in(text)
    )
