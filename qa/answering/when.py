"""When something was done or is to be: what asks for a time, and whether a text gives it."""

from __future__ import annotations

import re

from qa.numerals import MONTH

CITED_OF = re.compile(
    r"(?:\d ?\((?:\d{4}|[IVXLC]+)\)|/\d+|\b(?:resolutions?|decisions?)),? (?:[A-Z] )?"
    rf"of \d{{1,2}} (?:{MONTH})(?: \d{{4}})?",
    re.I,
)

# When somebody else than an organ did something is told by a time; when it was decided, by the day of adoption.
ASKS_WHEN_DONE = re.compile(
    r"\A\W*(?:and )?(?:when|in (?:what|which) year) (?:did|has|have|had|was|were) "
    r"(?!(?:\w+ ){0,3}(?:council|assembly|u\.?n\.?|united nations|secretary-general|resolution|text)\b)",
    re.I,
)
ANY_TIME = re.compile(
    rf"\b(?:1[89]|20)\d\d\b|\b(?:{MONTH}|days?|weeks?|months?|hours?|sessions?|annual\w*|immediately|forthwith|as soon as|before|after|until|upon"
    r"|when|since)\b|\A\W*(?:\w+ ){0,2}(?:decid|recommend|admit|approv|establish)\w*\b",
    re.I,
)

# When something is to be is told by a time, and not by that of a text that is cited; on the agenda of a session it is considered.
ASKS_WHEN_TO_BE = re.compile(
    r"\bwhen(?:['’]?s|(?: and where)? (?:is|are|does|do|will|should|must|shall|would|can))\b|\bwhen and where\b"
    r"|\A\W*(?:dates?|dates? and venue) (?:of|for)\b",
    re.I,
)
_TO_CONSIDER = re.compile(
    r"\b(?:consider|agenda|discuss|take|revisit|debat|item|review|report|come|return|next look|look at|vote)\w*", re.I
)
_ON_THE_AGENDA = re.compile(r"\bin(?:to)? the provisional agenda\b.{0,400}", re.I | re.S)
_TIME_TO_BE = re.compile(
    rf"\b(?:1[89]|20)\d\d\b|\b(?:{MONTH}|(?:day|week|month|year|hour|quarter)(?:s|ly)?|sessions?|annual\w*|biennial\w*|anniversary"
    r"|immediately|forthwith|prompt\w*|urgent\w*|without delay|as soon as|earliest|before|after|following|until|upon|once|since|during|when|while"
    r"|periodic\w*|regular\w*|continu\w*|midnight|times?|dates?|beginning|ends?|event|if)\b",
    re.I,
)
# A meeting or a conference is told by a day, a month, a year in which it is, or how often, not by "continue" or "before".
_EVENT = re.compile(
    r"\bwhen(?:['’]?s|(?: and where)? (?:is|are|does|do|will|should|would))\b.{0,80}?\b(?:meetings?|conferences?|sessions?|summit|congress|forum"
    r"|plenary|event|talks|consultations|gathering|ceremony|committee|commission)\b(?!['’]s (?:report|mandate))"
    r"|\A\W*(?:dates?|dates? and venue) (?:of|for)\b",
    re.I,
)
_DECIDED = re.compile(
    r"\b(?:report|consider|discuss|taken? up|agenda|establish|set up|creat|mandate|decide|due to|vote|expire|end|extend)\w*",
    re.I,
)
_TIME_OF_EVENT = re.compile(
    rf"\b(?:{MONTH})\b|\b(?:in|for|during|of|by|than|until|since|to|from|early|late|mid)"
    r" (?:(?:the (?:year|beginning of|end of|\w+ (?:quarter|half) of)|early|late|mid-?) ?)?(?:19|20)\d\d\b"
    r"|\b(?:annual\w*|every|each year|yearly|biennial\w*|days?|weeks?|hours|(?:not|no) later|immediately|as soon as|at once|forthwith|date to be"
    r"|short notice|following|(?:months?|years?) (?:after|before|from)|anniversary|earliest|appropriate time)\b",
    re.I,
)


def holds_time_to_be(question: str, text: str) -> bool:
    """Whether a text gives a time, and for a meeting one that may be its own; the agenda of a session tells when a thing is considered."""
    told = CITED_OF.sub(" ", text)
    if _TO_CONSIDER.search(question):
        return _TIME_TO_BE.search(told) is not None
    is_event = _EVENT.search(question) and not _DECIDED.search(question)
    return (_TIME_OF_EVENT if is_event else _TIME_TO_BE).search(_ON_THE_AGENDA.sub(" ", told)) is not None
