"""Paragraphs that say nothing by themselves, and rank high all the same: for the company they keep.

The bare opening of a list ("Decides:", "All States shall:") and the formal close ("Decides to remain seized of the matter") score
by what they are encoded with: the beginnings of the items, and what the resolution is about. So they stand a little lower than their
meaning puts them, that the item which answers comes before the words that only lead up to it. That a report is noted, or an item put on
the agenda, may be the answer, but is none beside another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.retrieval.corpus import Floats

_BARE = 20  # words: an opening that is longer says something itself
_CLOSE = 80  # characters: a close that is longer says until when, or asks something besides
_SEIZED = re.compile(r"\bremain\w*\b.{0,12}? seized\b", re.I)
_ASKED = re.compile(r"\bseized\b", re.I)
_UNTIL = re.compile(
    r"\A(?:also |further )?decides (?:also |further )?to remain (?:actively )?seized of the matter unti[l!] [^;,]{3,80}\Z",
    re.I,
)
_ASKED_UNTIL = re.compile(
    r"\b(?:seized|how long|until|till|stay\w*|(?<!-)ke(?:ep|pt)\w*|when|agenda|busy|follow\w*)\b", re.I
)
_NOTES = re.compile(
    r"\A(?:also |further )?(?:takes note|notes|welcomes)(?: with \w+)?(?: of)? the (?:\w+ )?reports? of [^,.;:]{3,}[.;]?\Z",
    re.I,
)
_AND_ACTS = re.compile(
    r" and (?:\w+ )?(?:decides|requests|approves|endorses|notes|takes note|welcomes|urges|calls|invites|expresses)\b",
    re.I,
)
_ON_AGENDA = re.compile(
    r"\A(?:also |further )?decides (?:also |further )?to (?:include (?:\w+ )?in the provisional agenda|keep [^;.]{3,60} on its agenda)\b",
    re.I,
)
_ASKED_AGENDA = re.compile(
    r"\b(?:agenda|items?|sessions?|again|next|when|how often|take\w* up|consider\w*|review\w*|come back)\b", re.I
)
_REPORTS = re.compile(
    r"\A(?:also |further )?(?:requests|invites) the secretary-general (?:to (?:prepare and )?submit|to report|, [^,]{3,80}, to submit)\b",
    re.I,
)
_ASKED_REPORT = re.compile(r"\breport", re.I)
_LOWER_OPENING, _LOWER_CLOSE = 0.05, 0.2  # scores lie about 2; a hit lies 0.1 above the next in the middle


def bare_opening(text: str) -> bool:
    """Whether a paragraph only opens a list: a few words before a colon."""
    return text.endswith(":") and len(text.split(maxsplit=_BARE)) <= _BARE


def beside_nothing(question: str, text: str) -> bool:
    """Whether a paragraph is cited beside no other: it notes a report and does no more, or puts an item on the agenda of which the
    question does not ask.
    """
    if _NOTES.match(text):
        return not _AND_ACTS.search(text)
    return _ON_AGENDA.match(text) is not None and not _ASKED_AGENDA.search(question)


def says_little(question: str, text: str) -> bool:
    """Whether a paragraph comes last where several of one text are shown: it closes, opens, notes, or asks for a report of which is not asked."""
    asks_report = _REPORTS.match(text) is not None and not _ASKED_REPORT.search(question)
    return asks_report or beside_nothing(question, text) or formality(question, [text])[0] > 0


def formality(question: str, texts: Sequence[str]) -> Floats:
    """For each text by how much it stands lower: 0 for all that say something, and for a close that the question asks for."""
    closes, ends = not _ASKED.search(question), not _ASKED_UNTIL.search(question)
    return np.array([_lower(text, closes, ends) for text in texts], dtype=np.float32)


def _lower(text: str, closes: bool, ends: bool) -> float:
    if bare_opening(text):
        return _LOWER_OPENING
    says_nothing = closes and len(text) <= _CLOSE and _SEIZED.search(text)
    return _LOWER_CLOSE if says_nothing or (ends and _UNTIL.match(text)) else 0.0
