"""Numbers, sums of money and budgets: what asks for one, and whether a text gives one."""

from __future__ import annotations

import re

from qa.numerals import MONTH

_TENS = "(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y"
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_PARTS = (
    "resolutions?|decisions?|paragraphs?|articles?|annex(?:es)?|sections?|chapters?|rules?|parts?|items?|documents?|"
    "principles?|goals?|targets?|tracks?|phases?|options?|nos?\\."
)
_UNCOUNTED = r"(?! instruments?\b)"  # "the tenth instrument of ratification" says how many are needed

# "Lebanon june 1982 civilians killed": keywords, of which the last is what is counted.
_COUNTED_LAST = (
    r"(?:casualt(?:y|ies)|fatalit(?:y|ies)|deaths|death toll|dead|(?<!, )killed|wounded|population|turnout|headcount|(?:troop )?strength"
    r"|number of (?:[\w-]+ ){0,3}[\w-]+)"
)
ASKS_HOW_MANY = re.compile(
    r"\bhow (?:many|much(?! time| longer)|big|large)\b|\bby what margin\b"
    r"|\b(?:what|which) (?:number|share|percentage|proportion|amount|sum|total|size|price|figure|ceiling)\b"
    r"|\A(?!.{0,200}\b(?:who|which|when|where|why|what|how|does|do|did|is|are|was|were|may|must|can|should|has|have|will|no|not|the)\b)"
    rf".{{0,200}}\b{_COUNTED_LAST}(?: (?:in |by )?\d{{4}})?\W{{0,3}}\Z",
    re.I,
)
# What a thing costs, not what is said of costs; how much is paid, and which sum is awarded.
_NO_COST = r"(?:says?|about|want|decide|ask|request|the|of|its|their|legal|travel)"  # before "costs", a noun
ASKS_FOR_SUM = re.compile(
    rf"\bwhat (?:will|would|did|does|do|should)\b(?!.{{0,60}}\b{_NO_COST} costs?\b).{{0,60}}\bcosts?\b"
    r"|\bwhat (?:is|was|were|are) the (?:[\w-]+ ){0,2}?(?:costs?|price)\b|\bat what (?:\w+ )?(?:cost|price)\b|\bhow expensive\b"
    r"|\bwhat (?:is|was|were|are) the (?:\w+ )?(?:price[- ]tag|cost estimates?)\b"
    r"|\b(?:what|which) (?:\w+ )?(?:sums?|fees?|price)\b"
    r"|\bhow much (?:money|cash|(?!time\b|longer\b)(?:[\w'’-]+ ){0,6}?(?:pay|paid|costs?|spend|spent|owe[ds]?|appropriated?|approved?|allocated?))\b",
    re.I,
)
_MONEY = re.compile(
    r"\b(?:dollars|euros|francs|pounds|per ?cent|percentage|[mbt]r?illions?|half|thirds?|quarter)\b|[$€£] ?\d"
    r"|\d{1,3}(?:[, ]\d{3}){1,4}(?!\d)|\b(?:rate|ratio)s? of\b",
    re.I,
)
# Figures that count nothing: dates and years, symbols, the numbers of resolutions and of their parts, of sessions.
_LABELS = re.compile(
    r"\A\s*\d+\.\s|(?<!\w)(?:"
    rf"(?=\d)(?:\d{{1,2}}(?: (?:and|to|-|–) \d{{1,2}})? (?:{MONTH})(?: \d{{4}})?|\d+ ?\((?:(?:19|20)\d\d|[IVXLC]+)\)"
    rf"|(?:19|20)\d\d\b(?:[-–/]\d{{2,4}})?|\d+/\d+\b|\d+(?:st|nd|rd|th)\b{_UNCOUNTED})"
    rf"|(?=[a-z]\w)(?:(?:{MONTH}) \d{{4}}"
    rf"|(?:{_PARTS}) (?:\d+(?:/\d+)?(?: ?\([\w ]+\))*(?:,? (?:and|to|or) |, )?)+(?: [A-Z]\b)?|{_TENS}-(?:{_UNITS})\b{_UNCOUNTED})"
    rf"|[A-Z]+(?:/[\w.()-]+)+|[a-z]+\d\w*|\w+ieth\b{_UNCOUNTED})",
    re.I,
)
NUMBER_WORDS = rf"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{{2,8}}teen|{_TENS}|hundreds?|thousands?|[mb]illions?|such numbers?"
_QUANTITY = re.compile(
    rf"\d|(?<!\w)(?=\w\w)(?:{NUMBER_WORDS}|half|third of|per ?cent|percentage|one (?!of\b)|single|dozen|double|consecutive|successive"
    r"|(?:first|second|third|\w+th) instruments?)\b",
    re.I,
)

# The budget of somebody, and nothing of it but the sum: "unifil budget 2024/25", "what is the mission's budget for 2024?"
ASKS_FOR_BUDGET = re.compile(
    r"\A(?:how (?:big|large|high) (?:is|was) |what(?:['’]s| is| was| were| are) )?(?:the )?"
    r"(?:(?!(?:who|which|when|where|why|how|what|of|for|in|on|from|to|about|and)\b)[\w'’/.-]+ ){0,7}?"
    r"(?:budgets?|appropriations?|commitment authorit(?:y|ies)(?: ceiling)?)(?:,? (?:of|for|in|from|mid|\d)[^:?]{0,80})?\W{0,3}\Z"
    r"|\A(?:how much|what (?:sum|amount))\b.{0,60}\bappropriate"
    r"|\A(?:what (?:is|was) )?(?:the )?costs? of (?:the )?(?:[\w-]+ ){0,3}?(?:force|mission|operation)\b"
    r"|\A(?:what|how much) (?:does|did) (?:the )?(?:(?!says?\b|about\b)[\w-]+ ){1,5}?costs?(?: (?:per|a|every) year)?\W{0,3}\Z",
    re.I,
)
# What sets it: neither what shares it out among States nor what is set off against their shares.
_SETS_BUDGET = re.compile(
    r"\b(?:appropriate|approves?|authorizes?|budget (?:of|in|for)|appropriations (?:of|in|total\w+|amounting))\b"
    r"[^;]{0,300}?\d (?:million |billion )?(?:United States )?(?:dollars|euros)\b",
    re.I,
)

# What States pay of it, as a noun and for a financial year: a "threat assessment" is no sum.
_YEAR = r"\d{4}[/–-]\d{2,4}"
ASKS_FOR_SHARES = re.compile(
    rf"\b{_YEAR} (?:assessment|apportionment)s?\b|\b(?:assessment|apportionment)s?,? (?:(?:of|for|in) (?:[\w-]+ ){{0,3}}?)?{_YEAR}",
    re.I,
)
_SHARES_OUT = re.compile(
    r"\bapportion[^;]{0,300}?\d (?:million |billion )?(?:United States )?(?:dollars|euros)\b", re.I
)
# What every resolution on a mission's budget says in the same words.
_STANDING = re.compile(
    r"\A\W*(?:\d+\W+)?(?:(?:also|further) )?(?:invites voluntary contributions"
    r"|requests the secretary-general to ensure (?:the full implementation|that the \w+ is administered)"
    r"|requests the secretary-general to take all (?:necessary )?(?:action|measures)[^;]{0,60} (?:efficiency|economy))",
    re.I,
)


def without_labels(text: str) -> str:
    """A text without the figures that count nothing: dates, symbols, the numbers of resolutions, of paragraphs, of sessions."""
    return _LABELS.sub(" ", text)


def holds_quantity(question: str, text: str) -> bool:
    """Whether a number stands there that counts or measures something."""
    return bool(_QUANTITY.search(without_labels(text)))


def holds_budget(question: str, text: str) -> bool:
    """Whether a sum is appropriated, approved or authorized there."""
    return bool(_SETS_BUDGET.search(text))


def holds_sum(question: str, text: str) -> bool:
    """Whether money, a share or a rate stands there: a year, or three members, is no sum."""
    return bool(_MONEY.search(without_labels(text)))


def holds_shares(question: str, text: str) -> bool:
    """Whether a sum is apportioned there."""
    return bool(_SHARES_OUT.search(text))


def beside_no_sum(question: str, text: str) -> bool:
    """Whether a sum is asked for and a text is one of those that every resolution on a mission's budget has: it is cited beside none."""
    return _STANDING.match(text) is not None and bool(
        ASKS_FOR_BUDGET.search(question) or ASKS_FOR_SUM.search(question) or ASKS_FOR_SHARES.search(question)
    )
