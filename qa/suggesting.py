"""How a text being typed may go on: titles and symbols that hold its last words."""

from __future__ import annotations

from collections.abc import Iterable
from string import punctuation

_APART = str.maketrans(dict.fromkeys(punctuation + "\u2018\u2019\u201c\u201d\u2013\u2014", " "))
_MOST_WORDS = 8
_SHORT = 3  # letters; a shorter word alone, after others that lead nowhere, would match almost anything


def suggest(typed: str, lines: Iterable[str], k: int) -> list[str]:
    """At most `k` of `lines`: those that hold the longest end of what was typed, each word as the beginning of one.

    "Who must cooper" finds what holds a word that begins with "cooper". Lines that begin with the words come first,
    then by the alphabet.
    """
    words = _folded(typed).split()[-_MOST_WORDS:]
    folded = [(line, _folded(line)) for line in lines]
    for start in range(len(words)):
        end = words[start:]
        if start and len(end) == 1 and len(end[0]) < _SHORT:
            break
        found = [(not text.startswith(f" {' '.join(end)}"), line) for line, text in folded if _holds(text, end)]
        if found:
            return [line for _, line in sorted(found)[:k]]
    return []


def last_word(typed: str) -> str:
    """The last word of what was typed, which all that `suggest` finds has; "" where there is none."""
    return (_folded(typed).split() or [""])[-1]


def _folded(text: str) -> str:
    """Small letters and blanks, one blank before the first word and between words."""
    return " " + " ".join(text.casefold().translate(_APART).split())


def _holds(folded: str, words: list[str]) -> bool:
    return all(f" {word}" in folded for word in words)
