"""Questions about a resolution itself, its title, how many paragraphs it has, when and by what vote it was adopted: its paragraphs do not say it,
what stands before or after them does.
"""

from __future__ import annotations

import re
from collections import Counter

from qa.answering.missing import asks_of_vote
from qa.records import Resolution

_WHEN = re.compile(
    r"\b(?:when|(?:on )?(?:what|which) (?:day|date|year))\b(?! (?:must|should|shall|are|have to)\b).{0,60}\b(?:adopted|passed)\b"
    r"|\b(?:date|day) of (?:the )?adoption\b|\badoption date\b"
    r"|\b(?:date|day|year) of (?:the )?(?:un )?(?:res\w* )?(?:[AS]/RES/)?\d"
    r"|\b(?:what|which) (?:date|day|year) (?:is|was) (?:the )?(?:res\w* )?(?:[AS]/RES/)?\d"
    r"|\bhow old is (?:the )?(?:res\w* )?(?:[AS]/RES/)?\d|\bwhen (?:is|was) [^?]{3,30} from\W*\Z",
    re.I,
)
_VOTE = re.compile(
    r"\bhow (?:was|were) .{1,60}\b(?:adopted|passed)\b|\bwhat (?:was|were) the (?:\w+ )?votes?\b|\b(?:what|by what|which) (?:vote|majority|margin)\b"
    r"|\bvotes? (?:on|of) (?:the )?(?:\w+ ){0,2}(?:resolution|[A-Z]+/|\d)|\bhow did .{2,60}\bvote\b|\bwho (?:voted|abstained|vetoed)\b"
    r"|\b(?:which|what) (?:\w+ )?(?:members?|states?|countr(?:y|ies)|delegations?) (?:voted|abstained)\b|\b(?:voted|votes?) (?:against|in favou?r)\b"
    r"|\bhow many (?:\w+ )?(?:abstentions?|abstained|voted|votes? (?:for|against|in favou?r|did|were))\b"
    r"|\bvot(?:e|ing) (?:count|tally|result)s?\b(?! in\b)"
    r"|\b(?:participate|take part) in the vot(?:e|ing)\b|\babstentions\b"
    r"|\bby how many votes\b|\b(?:adopt(?:ed)?|pass(?:ed)?) (?:\S+ ){0,4}?(?:unanimously|by consensus|without a vote)\b",
    re.I,
)


_TITLE = re.compile(
    r"\b(?:title|name) of (?:the )?(?:(?:un|security council|general assembly) )?(?:res|text\b|[AS]/RES|\d)"
    r"|\b(?:is|was) (?:it|this|that|(?:the |this |that )?(?:resolution|text)?(?: ?[AS]/RES/\S{1,20}| ?\d[\w/]*)?(?: \(\d+\))?)"
    r" ?(?:called|entitled|titled)\W*+\Z",
    re.I,
)
_HOW_MANY = re.compile(
    r"\bhow long is (?:the )?(?:res\w* )?(?:[AS]/RES/)?\d|"
    r"\bhow many (?:operative |preambular )?(?:paragraphs|paras|clauses|ops|pps|recitals)\b"
    r"(?=(?: (?:are|is|there|does|do|did|has|have|the|in|of|it))*"
    r"[^a-z]*(?:(?:un |security council |general assembly )?res\w*\b)?[^a-z]*(?:[as]/res/)?[^a-z]*(?:have|has|contain|there|in all)?\W*+\Z)",
    re.I,
)
_SYMBOL = r"(?:the )?(?:(?:un|security council|general assembly) )?(?:(?:resolution|res|text) ?)?(?:[AS]/RES/)?\d[\w/]*(?: \([\w-]+\))?"
# What its first and last lines say beside: the words that ask for it, and how it is called.
_FIELDS = (
    (
        re.compile(
            rf"\b(?:under )?(?:what|which) agenda (?:item|point)s? (?:is|was) {_SYMBOL}(?: (?:under|adopted|considered|from|on|passed))*\W*\Z"
            rf"|\bagenda (?:item|point) (?:of|for|behind) {_SYMBOL}\W*\Z",
            re.I,
        ),
        "agenda_item",
    ),
    (
        re.compile(
            rf"\b(?:at |in )?(?:what|which) (?:plenary )?meeting (?:was|is|adopted|passed) {_SYMBOL}(?: (?:adopted|passed)(?: at)?)?\W*\Z",
            re.I,
        ),
        "meeting",
    ),
    (
        re.compile(
            rf"\b(?:at |in |of )?(?:what|which) session (?:is|was|adopted) {_SYMBOL}(?: (?:adopted|passed|of|from)(?: (?:at|in))?)?\W*\Z",
            re.I,
        ),
        "session",
    ),
    (
        re.compile(
            rf"\b(?:what|which) (?:main )?committee (?:was|is|did|does|adopted|recommended|considered|drafted|reported on) {_SYMBOL}(?: \w+){{0,3}}"
            r"\W*\Z"
            rf"|\b(?:draft|report)(?: \w+){{0,2}} (?:of|for|behind|led to|became) {_SYMBOL}\W*\Z|\borigin of {_SYMBOL}\W*\Z",
            re.I,
        ),
        "origin",
    ),
)
_HOW = re.compile(r"\bhow (?:was|were)\b", re.I)


def adoption(question: str, resolution: Resolution) -> str | None:
    """What the text of the resolution asked about says of itself and its own adoption; None for other questions, or where it does not."""
    said = []
    if resolution.title and _TITLE.search(question):
        said.append(f"entitled “{resolution.title}”")
    if _HOW_MANY.search(question):
        numbered = Counter(one.kind for one in resolution.paragraphs if one.parent is None)
        said.append(", ".join(f"{n} {kind} paragraphs" for kind, n in sorted(numbered.items())) + ", items apart")
    for asks, field in _FIELDS:
        told = getattr(resolution, field)
        if told and asks.search(question):
            said.append(f"of its {field.replace('_', ' ')}, “{told}”")
    when, vote = _WHEN.search(question), _VOTE.search(question) or asks_of_vote(question)
    if resolution.adopted is not None and (when or (vote and _HOW.search(question))):
        said.append(f"adopted on {resolution.adopted.isoformat()}")
    if resolution.vote is not None and vote:
        said.append(f"of the vote, “{resolution.vote.text}”")
    return f"no paragraph says it; outside its paragraphs {resolution.symbol} says: {'; '.join(said)}" if said else None
