"""Whether a question asks about a resolution, or only mentions one on the way to something else."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from qa.symbols.organs import Organ
from qa.terms import distinct_terms

_ON_THE_WAY = re.compile(
    r"\b(?:carry(?:ing)?\s+out|carried\s+out|implement(?:s|ed|ing)?|implementation\s+of|pursuant\s+to|follow(?:ing)?[\s-]?up\s+(?:to|on|of)"
    r"|(?:in|with)\s+(?:accordance|line|conformity|keeping)\s+with|compl(?:y|ies|ied|ying|iance)\s+with|consistent\s+with"
    r"|violat(?:e|es|ed|ing|ions?\s+of)|breach(?:es)?\s+of|in\s+support\s+of|beyond"
    r"|recall(?:s|ing)?|reaffirm(?:s|ing)?|cit(?:es?|ing)|mention(?:s|ing)?|refer(?:s|ring)?\s+(?:back\s+)?to"
    r"|quot(?:es?|ing)|amend(?:s|ing)?|supersed(?:es?|ing)|repeal(?:s|ing)?|builds?\s+on)\s+"
    r"(?:all\s+)?(?:the\s+)?(?:provisions\s+of\s+|terms\s+of\s+)?(?:its\s+)?(?:earlier\s+|previous\s+)?(?:both\s+)?$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:which|what)\s+(?:[\w-]+\s+){0,3}?(?:resolutions?|decisions?|texts?|paragraphs?)\s+"
    r"(?!(?:does|do|did|is|are|was|were|has|have|had|in|of|from|under|that)\b)[a-z]+\s|\bresolutions?\s+(?:that|which)\s+[a-z]+\s"
    r"|\b(?:which|what)\s+(?:[\w-]+\s+){0,3}?(?:resolutions?|decisions?)\s+(?:has|have|had)\s+(?:since\s+|later\s+)?\w+(?:ed|ted)\s",
    re.IGNORECASE,
)
_ACTS = r"\b(?:did|does|do|has|have|had|should|must|will|was|is)\s+the\s+{}(?!\s+(?:res\b|resolutions?|decisions?))\b"
_ACTING: tuple[tuple[Organ, re.Pattern[str]], ...] = (
    (Organ.GENERAL_ASSEMBLY, re.compile(_ACTS.format(r"(?:UN\s+)?(?:General\s+)?Assembly"), re.IGNORECASE)),
    (Organ.SECURITY_COUNCIL, re.compile(_ACTS.format(r"(?:UN\s+)?Security\s+Council"), re.IGNORECASE)),
)
_BREAK = re.compile(r"[.?!;]\s")
_POINTS = r"(?:by|under|in\s+(?:accordance|line|conformity)\s+with|pursuant\s+to|by\s+virtue\s+of|in\s+terms\s+of|in\s+implementation\s+of)"
_REGIME = r"(?:(?:arms\s+|oil\s+|trade\s+)?embargo(?:es)?|sanctions|measures|prohibitions?|bans?|restrictions|freeze)"
_TELLS_WHICH = re.compile(
    r"(?P<noun>(?<!\S)[\w-]++)\s++(?:\w{2,12}ly\s++)?"
    r"(?:(?:\w{2,12}ed|set(?:\s+up)?|taken|undertaken|given|made|frozen|held)(?:\s+(?:to|for|on|upon))?\s+"
    + _POINTS
    + r"|(?:set\s+(?:out|forth)|laid\s+down|contained|referred\s+to|mentioned|described|specified|listed|provided\s+for|called\s+for)\s+"
    r"(?:in|by|under))"
    rf"\s+(?:the\s+)?(?:terms\s+of\s+|provisions\s+of\s+)?$"
    rf"|\b(?:{_REGIME}\s+(?:in|of|under)|(?:purposes|objectives)\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_REGIME_OF = re.compile(rf"(?<!\s)(?:['’]s)?\s+(?:arms\s+)?{_REGIME}\b", re.IGNORECASE)
_NO_NOUN = frozenset(
    """is are was were be been being has have had not and or as to of the a an it they he she that which what who we you i
    council assembly nations un organ also hereby""".split()
)
_SHOWS = re.compile(
    r"\A\W*+(?:please\s+)?(?:(?:what|which|who)\s+(?:is|are|was|were|do|does|did)|(?:list|show|give|quote|tell|explain|summari[sz]e)(?:\s+me)?)\s+"
    r"(?:all\s+)?(?:the\s+)?(?:(?!(?:of|for|to|in|on|about|from|by|with)\b)[\w-]+\s+){0,6}$",
    re.IGNORECASE,
)
_FEWEST_TERMS = 2  # of a topic beside what a reference tells of
_RECALLED_IN = re.compile(
    r"(?<![\s,]),?\s+(?:as\s+|which\s+(?:is|was)\s+)?(?:recalled|reaffirmed|cited|mentioned|referred\s+to|quoted)\s+(?:in|by)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_LOOKED_BACK = 120


def only_mentioned(text: str, start: int, organs: Collection[Organ] = ()) -> bool:
    """Whether the symbol that begins at `start` is what something else is done to: "carry out |1540 (2004)".

    Also in a question for other resolutions ("which resolution ended the measures taken under |232 (1966)"), or for what
    another organ than those that it may be of did: "under |Council resolution 2719, what did the Assembly note". One that
    is itself asked about ("which resolutions does |678 (1990) recall") is not.
    """
    before = _BREAK.split(text[max(0, start - _LOOKED_BACK) : start])[-1]
    if _ON_THE_WAY.search(before) or _WHICH.search(before):
        return True
    return any(organ not in organs and pattern.search(text) for organ, pattern in _ACTING) if organs else False


def tells_which(text: str, span: tuple[int, int]) -> bool:
    """Whether a reference only tells which of something is meant: "at whose request may funds frozen under |paragraph 8 of 841| be released".

    The question must have a topic beside it: "what are the measures set out in |paragraph 5 of 841|" asks what that says.
    """
    start, end = span
    before = _BREAK.split(text[max(0, start - _LOOKED_BACK) : start])[-1]
    found = _TELLS_WHICH.search(before)
    if found is None and _REGIME_OF.match(text, end) is None:
        return False
    if found is not None and (found["noun"] or "").lower() in _NO_NOUN:
        return False
    after = _BREAK.split(text[end : end + _LOOKED_BACK])[0]
    asked = before[: found.start()] if found is not None else before
    if _SHOWS.match(asked) and len(distinct_terms(after)) < _FEWEST_TERMS:
        return False
    return len(distinct_terms(f"{asked} {after}")) >= _FEWEST_TERMS


def names_the_source(between: str) -> bool:
    """Whether what stands between two references makes the second only where the first is named: "|242|, recalled in |338|"."""
    return _RECALLED_IN.fullmatch(between) is not None


class Side(StrEnum):
    """On which side of a resolution in time something is asked for."""

    AFTER = "after"
    BEFORE = "before"


_THE = (
    r"\s+(?:the\s+)?(?:adoption\s+of\s+)?(?:the\s+|its\s+)?"
    r"(?:(?:UN\s+)?(?:Security\s+Council|General\s+Assembly|Assembly)(?:['’]s)?\s+)?$"
)
_NOT_COUNTED = (  # "thirty days after" is a deadline, "in the days after" is none
    r"(?:\b(?:in|during|over|within)\s+the\s+(?:(?:first|next|early)\s+)?(?:days|weeks|months|years)\s+"
    r"|(?<!days )(?<!weeks )(?<!months )(?<!years )\b)"
)
# "Which resolution followed up 245", "what replaced 232": with other words before it, that is something done to the resolution itself.
_CAME_NEXT = (
    r"\b(?:which|what)\s+(?:(?:[\w-]+\s+){0,3}?(?:resolutions?|decisions?|texts?)\s+)?(?:later\s+|then\s+|next\s+)?"
    r"(?:followed\s+up(?:\s+on)?|replaced|superseded|succeeded|followed)"
)
_TO_A_SIDE: tuple[tuple[Side, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Side.AFTER,
        re.compile(rf"(?:{_NOT_COUNTED}(?:after|since|following|followed|succeeded)|{_CAME_NEXT}){_THE}", re.I),
        re.compile(r"(?<!\s)\s+(?:was|is|been)\s+(?:followed|succeeded)\b", re.I),
    ),
    (
        Side.BEFORE,
        re.compile(rf"{_NOT_COUNTED}(?:before|prior\s+to|preced(?:ed|ing|es)){_THE}", re.I),
        re.compile(r"(?<!\s)\s+(?:follows?\b|(?:was|is)\s+preceded\b)", re.I),
    ),
)


def side_asked(text: str, start: int, end: int) -> Side | None:
    """Whether what came after the symbol at `start` to `end` is asked for, or what came before: "after |660|", "does |687| follow"."""
    before, after = text[max(0, start - _LOOKED_BACK) : start], text[end : end + _LOOKED_BACK]
    for side, ahead, behind in _TO_A_SIDE:
        if ahead.search(before) or behind.match(after):
            return side
    return None
