"""Whether a question asks about a resolution, or only mentions one on the way to something else."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from qa.symbols.organs import Organ

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


class Side(StrEnum):
    """On which side of a resolution in time something is asked for."""

    AFTER = "after"
    BEFORE = "before"


_THE = (
    r"\s+(?:the\s+)?(?:adoption\s+of\s+)?(?:the\s+|its\s+)?"
    r"(?:(?:UN\s+)?(?:Security\s+Council|General\s+Assembly|Assembly)(?:['’]s)?\s+)?$"
)
_NOT_COUNTED = r"(?<!days )(?<!weeks )(?<!months )(?<!years )"  # "thirty days after" is a deadline
_TO_A_SIDE: tuple[tuple[Side, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Side.AFTER,
        re.compile(rf"{_NOT_COUNTED}\b(?:after|since|following|followed|succeeded){_THE}", re.I),
        re.compile(r"(?<!\s)\s+(?:was|is|been)\s+(?:followed|succeeded)\b", re.I),
    ),
    (
        Side.BEFORE,
        re.compile(rf"{_NOT_COUNTED}\b(?:before|prior\s+to|preced(?:ed|ing|es)){_THE}", re.I),
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
