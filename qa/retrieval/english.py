"""Which words are English, so that they are neither a slip nor an abbreviation."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spellchecker import SpellChecker

_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")


@cache
def _listed() -> SpellChecker:
    """A list of 160,000 English words; read once, in 0.15 s."""
    return SpellChecker(language="en", distance=1)


@lru_cache(maxsize=8192)
def is_english(word: str) -> bool:
    """Whether a word, in any case and in British or American spelling, is in the list."""
    small = word.lower()
    return small in _listed() or _BRITISH.sub("iz", small) in _listed()


def one_letter_away(word: str) -> set[str]:
    """All strings that differ from a lower-case word by one letter put in, left out, changed or swapped with the next."""
    return _listed().edit_distance_1(word)
