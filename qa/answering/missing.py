"""What resolution texts never hold, whatever their subject: asked for it, the honest answer is that the corpus is silent.

A table of question forms. Each is about the *kind* of fact asked for (who voted how, what somebody said in debate), not
about its subject; where the text itself gives the fact (an adoption "without a vote"), the form does not apply.
"""

from __future__ import annotations

import re

from qa.records import Resolution

NO_VOTES = "the paragraphs of a text do not record how States voted on it"
_WHY_VOTED = re.compile(r"\b(?:why|reasons?|grounds?|explain(?:ed)?|justif\w{1,9}|motiv\w{1,9})\b", re.I)
# "Video speeches" and "free speech" are what texts are about; the words of one that was given they do not hold.
_HIS = r"(?:\w+['’]s|his|her|their|whose)"
_WORDS_OF = r"(?:said|says?|quotes?|transcripts?|texts?|words|contents?|summary|excerpts?|copy)"
_SPEECH = r"speech\b(?<!free speech)(?<!hate speech)(?<!freedom of speech)"
# An organ or a text speaks by what it decides; what others said before it are speeches.
_ORGAN = (
    r"(?:(?:the|this|that) )?(?:(?:un|u\.n\.|united nations) )?"
    r"(?:(?:security|human rights) council|general assembly|council|assembly|resolutions?|texts?|it|they|un|united nations)\b"
)
_SAY = r"\b(?:say|tell|argue|reply|respond|claim|comment|declare)\b"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\bhow did .{2,60}(?<!\bown )\bvote\b|\bby how many votes\b"
            r"|\badopt(?:ed)? (?:\S+ ){0,4}?unanimously\b"
            r"|\b(?:was|were|is) (?:\S+ ){1,4}?(?:adopted|passed) (?:unanimously|by consensus|without a vote)\b"
            r"|\b(?:voted|votes?|voting) (?:against|contra|for|in favou?r|no|yes|down)\b|\babstain(?:ed|ing|s|ers?)?\b(?! from\b)"
            r"|\broll[- ]?call\b|\bcast (?:a|the|its|their) (?:\w+ )?(?:vote|veto)|\bvetoed\b"
            r"|\bvot(?:e|ing) (?:count|record|tally|result)(?!s? in\b)",
            re.I,
        ),
        NO_VOTES,
    ),
    (
        re.compile(
            rf"\b(?:what|how) did (?!{_ORGAN}).{{2,80}}{_SAY}"
            r".{0,60}\b(?:in (?:his|her|their)|during|speech|debate|statement|interview|memoir|press)"
            rf"|\b(?:what|how) did .{{2,80}}{_SAY}.{{0,60}}\b(?:in|during) (?:(?:the|its|their|an?) )?(?:[\w-]+ )?(?:debates?|speech|interview)\b"
            rf"|\b(?:{_HIS} (?:[\w-]+ ){{0,2}}?|{_WORDS_OF} (?:of|from|in) (?:\S+ ){{0,3}}?){_SPEECH}"
            r"|\b(?:memoirs?|press conference|quoted as saying|interview(?!s? with\b))\b"
            r"|\bexplanations? of (?:its |their |his |her |the )?(?:vote|position)\b"
            r"|\b(?:who|which (?:delegat(?:ion|e)|state|countr(?:y|ie)|member|government)s?) (?:\w+ )?(?:spoke|took the floor)\b"
            r"|\b(?:delegations?|states?|countr(?:y|ies)|members?|governments?|any(?:one|body)) (?:speak|spoke) (?:out )?(?:against|for)\b",
            re.I,
        ),
        "the texts do not record what was said in debate or elsewhere",
    ),
    (
        re.compile(
            r"\bwho (?:drafted|sponsored|co-?sponsored|tabled|penned)\b|\bco-?sponsor(?:s|ed)?\b(?! of the (?:peace|conference|process))"
            r"|\bwho (?:wrote|proposed) (?:(?:the|this|that) )?(?:(?:draft|text|resolution)\b|it\b|[AS]/RES/|\d)"
            r"|\bsponsors? of (?:the )?(?:resolution\b|[AS]/RES/|\d)"
            r"|\b(?:who|which (?:delegation|state|countr(?:y|ie)|member|government)s?) (?:sponsored|tabled|(?:put forward|introduced|"
            r"submitted|presented|moved) (?:the|a|that|this) (?:\d{4} )?(?:draft|resolution|text))\b",
            re.I,
        ),
        "the texts do not name who drafted or sponsored them",
    ),
)


def asks_of_vote(question: str) -> bool:
    """Whether a question asks how somebody voted, and not why."""
    return bool(_FORMS[0][0].search(question)) and not _WHY_VOTED.search(question)


def missing_field(question: str, resolution: Resolution | None) -> str | None:
    """Why the corpus cannot tell, for a question about a fact that resolution texts do not hold; None for all others."""
    for pattern, why in _FORMS:
        if pattern.search(question):
            if why == NO_VOTES and _WHY_VOTED.search(question):
                return "the texts do not record why States voted as they did"
            if resolution is None or why != NO_VOTES:
                return why
            unsaid = resolution.absent.get("vote") if resolution.vote is None else None
            return f"{resolution.symbol}: {unsaid}; {why}" if unsaid else why
    return None
