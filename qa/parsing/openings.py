"""How a paragraph opens: participles and adjectives recite, verbs in the third person act.

Source: United Nations Editorial Manual, resolutions and other formal decisions: preambular paragraphs open with a
present participle or an adjective, operative paragraphs with a verb in the present tense.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of `openings.toml`: words, separated by blanks."""

    reciting: str
    no_participle: str
    sure: str
    acting: str
    skipped: str


class Opening(StrEnum):
    """What the first words say of the paragraph's kind."""

    RECITAL = "recital"
    ACT = "act"
    PLAIN = "plain"


_WORDS = msgspec.toml.decode((Path(__file__).parent / "openings.toml").read_bytes(), type=_Words)
_RECITING = frozenset(_WORDS.reciting.split())
_NO_PARTICIPLE = frozenset(_WORDS.no_participle.split())
_ACTING = frozenset(_WORDS.acting.split())
_SKIPPED = frozenset(_WORDS.skipped.split())
_WORD = re.compile(r"[“\"‘'(\[|~ ]{0,3}([A-Z](?: [a-z]){3,}(?![a-z])|[A-Za-z][\w’'-]{0,40})")  # also "R e q u e s t s"


@lru_cache(maxsize=256)  # each step that needs it asks about the same block
def classify(text: str) -> Opening:
    """What a clean paragraph's first words say: "Also gravely concerned" recites, "Further strongly urges" acts."""
    position = 0
    for turn in range(5):
        match = _WORD.match(text, position)
        if not match:
            return Opening.PLAIN
        word = match.group(1).lower().replace(" ", "")
        if turn == 0 and not match.group(1)[0].isupper() and word not in _ACTING:
            return Opening.PLAIN
        if word in _ACTING:
            return Opening.ACT
        if word in _RECITING or (word.endswith("ing") and word not in _NO_PARTICIPLE):
            return Opening.RECITAL
        if not (word.endswith("ly") or word in _SKIPPED):
            return Opening.PLAIN
        position = match.end()
        while position < len(text) and text[position] in " ,":
            position += 1
    return Opening.PLAIN


_OPENING_LINES = frozenset(_WORDS.sure.split()) | _ACTING


def surely_opens(text: str) -> bool:
    """The first word is one that resolutions open paragraphs with, all but never a line inside one."""
    match = _WORD.match(text)
    return (
        match is not None
        and match.group(1).lower().replace(" ", "") in _OPENING_LINES
        and classify(text) is not Opening.PLAIN
    )


def surely_acts(text: str) -> bool:
    """The paragraph opens with an operative verb, or with an adverb and one."""
    return classify(text) is Opening.ACT
