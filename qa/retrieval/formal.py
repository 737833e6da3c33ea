"""Paragraphs that say nothing by themselves, and rank high all the same: for the company they keep.

The bare opening of a list ("Decides:", "All States shall:") and the formal close ("Decides to remain seized of the matter") score
by what they are encoded with: the beginnings of the items, and what the resolution is about. So they stand a little lower than their
meaning puts them, that the item which answers comes before the words that only lead up to it.
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
_LOWER_OPENING, _LOWER_CLOSE = 0.05, 0.2  # scores lie about 2; a hit lies 0.1 above the next in the middle


def bare_opening(text: str) -> bool:
    """Whether a paragraph only opens a list: a few words before a colon."""
    return text.endswith(":") and len(text.split(maxsplit=_BARE)) <= _BARE


def formality(question: str, texts: Sequence[str]) -> Floats:
    """For each text by how much it stands lower: 0 for all that say something, and for a close that the question asks for."""
    closes = not _ASKED.search(question)
    return np.array([_lower(text, closes) for text in texts], dtype=np.float32)


def _lower(text: str, closes: bool) -> float:
    if bare_opening(text):
        return _LOWER_OPENING
    return _LOWER_CLOSE if closes and len(text) <= _CLOSE and _SEIZED.search(text) else 0.0
