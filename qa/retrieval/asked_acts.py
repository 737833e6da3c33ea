"""Questions about acts: "what is the Secretary-General asked to do?", "which tasks does 79/313 give him?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.records import Act, Paragraph

_REQUESTED = r"(?:asked|requested|called (?:up)?on|urged|invited|told|instructed|required|supposed|expected|encouraged|mandated|obliged|meant)"
_ASKS = r"(?:ask|request|urge|invite|encourage|want|tell|expect|require|demand|seek|need|call (?:up)?on|call for)"
_WHO = r"(?:the )?(?P<who>[\w’' -]{3,60}?)"
_TEXT = r"(?:in|under|by|through|with|according to|pursuant to|per)\b.*"  # the text that is named
_END = rf"(?: (?:exactly|next|now|there|here|then|specifically))?(?:,? {_TEXT})?\W*+$"
_GIVES = r"(?:give|set|assign|impose|place|address|put|make)(?: (?:on|to|upon|for))?"
_TASKS = r"(?:tasks?|duties|obligations?|requests?|responsibilities|requirements)"
_LEAD = re.compile(r"^(?:in|under|by|according to|pursuant to|per) [^?;]{3,60}?, (?=wh)", re.I)
_WHAT_MUST = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^what (?:is|are|was|were|has|have|else is|exactly is)? ?{_WHO} (?:been )?{_REQUESTED} to do{_END}",
        rf"^what (?:must|should|shall) {_WHO} do{_END}",
        rf"^what (?:does|did|do) [\w ,'()/.-]{{3,60}}? {_ASKS}(?: (?:of|from|upon))? {_WHO}(?: to do)?{_END}",
        rf"^what (?:is|are|was|were) (?:asked|requested|required|demanded|expected|wanted|sought) (?:of|from) {_WHO}{_END}",
        rf"^(?:what|which) {_TASKS} (?:does|did|do) [\w ,'()/.-]{{3,60}}? {_GIVES} {_WHO}{_END}",
        rf"^what (?:are|were) {_WHO}(?:['’]s|(?<=s)['’]) {_TASKS}{_END}",
        rf"^what (?:are|were) the {_TASKS} of {_WHO}{_END}",
    )
)
_REQUEST_VERBS = re.compile(
    r"request|call|urge|invite|encourage|demand|appeal|authori|instruct|ask|decide|entrust", re.I
)


def addressee_asked(question: str) -> str | None:
    """Of whom a question asks all that they are asked to do; None for other questions."""
    asked = _LEAD.sub("", " ".join(question.split()))
    match = next((found for one in _WHAT_MUST if (found := one.search(asked))), None)
    return match["who"].strip() if match else None


def acts_addressed(paragraph: Paragraph, is_meant: Callable[[str], bool]) -> tuple[Act, ...]:
    """The acts of a paragraph that ask something of an addressee that is meant."""
    return tuple(
        act
        for act in paragraph.acts
        if act.addressee is not None and _REQUEST_VERBS.search(act.verb) and is_meant(act.addressee)
    )
