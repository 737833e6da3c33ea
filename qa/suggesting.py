"""How a text being typed may go on: titles and symbols that hold its last words."""

from __future__ import annotations

from collections.abc import Iterable
from string import punctuation

SIGNS = f"{punctuation}\u2018\u2019\u201c\u201d\u2013\u2014\u00a0"
"""What stands between words, as a blank does."""
_APART = str.maketrans(SIGNS, " " * len(SIGNS))
_MOST_WORDS = 8
_SHORT = 3  # letters; a shorter word alone, after others that lead nowhere, would match almost anything


def suggest(typed: str, lines: Iterable[str], k: int) -> list[str]:
    """At most `k` of `lines`: those that hold the longest end of what was typed, each word as the beginning of one.

    "Who must cooper" finds what holds a word that begins with "cooper". Lines that begin with the words come first,
    then by the alphabet.
    """
    words = words_of(typed)
    folded = [(line, _folded(line)) for line in lines]
    for start in range(len(words)):
        end = words[start:]
        if start and len(end) == 1 and len(end[0]) < _SHORT:
            break
        found = [(not text.startswith(f" {' '.join(end)}"), line) for line, text in folded if _holds(text, end)]
        if found:
            return [line for _, line in sorted(found)[:k]]
    return []


def words_of(typed: str) -> list[str]:
    """The last words that were typed; all that `suggest` finds has one that begins with the very last."""
    return _folded(typed).split()[-_MOST_WORDS:]


def _folded(text: str) -> str:
    """Small letters and blanks, one blank before the first word and between words."""
    return " " + " ".join(text.casefold().translate(_APART).split())


def _holds(folded: str, words: list[str]) -> bool:
    return all(f" {word}" in folded for word in words)
