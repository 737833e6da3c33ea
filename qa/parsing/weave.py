"""Spans: which stretches of the source make up a paragraph, and the clean text that they give."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from qa.records import Span

_HYPHENS = "-\u2010\u2011"
_JOINTS = _HYPHENS + "/\u2013"
_SUSPENDED = ("and ", "or ", "to ", "and\n", "or\n", "und ", "et ", "but ", "as ")
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}\"“”‘’'/|*_]+")
_LOOKS = 40  # so often the text itself is searched before its words are gathered
SOFT_HYPHEN = "\u00ad"
_ENDS = _JOINTS + SOFT_HYPHEN
_STOPS = ",;:"


class Vocabulary:
    """The words of a text in small letters, for judging hyphens at line ends; gathered when asked for often."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lowered = ""
        self._looks = 0
        self._words: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._words is not None:
            return word in self._words
        self._lowered = self._lowered or self._text.lower()
        self._looks += 1
        if self._looks < _LOOKS:
            return self._holds(str(word))
        self._words = frozenset(_WORD.findall(self._lowered))
        return word in self._words

    def _holds(self, word: str) -> bool:
        """The word stands somewhere, whole."""
        at = self._lowered.find(word)
        while at >= 0:
            end = at + len(word)
            if not (_WORD.match(self._lowered, end, end + 1) or (at and _WORD.match(self._lowered, at - 1, at))):
                return True
            at = self._lowered.find(word, at + 1)
        return False


def clean(text: str, spans: Sequence[Span]) -> str:
    """The law of `qa.records`: the slices joined, white space collapsed."""
    joined = text[spans[0][0] : spans[0][1]] if len(spans) == 1 else "".join([text[a:b] for a, b in spans])
    line = joined.replace(" \n", " ").replace("\n", " ")
    if line.isprintable() and "  " not in line:  # the blank is the only printable white space
        return line.strip()
    return " ".join(joined.split())


def weave(text: str, pieces: Sequence[Span], vocabulary: Container[str] = ()) -> tuple[Span, ...]:
    """Join the pieces of a paragraph, line by line, into as few spans as keep the law.

    White space alone between two pieces is taken in. Where something was dropped between them, one blank on either side
    of it is, so that the words do not run together; before a stop none is added. A line break after a hyphen inside a word is left out.
    """
    spans: list[Span] = []
    start = end = 0  # the stretch in the making
    for piece in pieces:
        first, past = piece
        if first >= past:
            continue
        if start == end:
            start, end = first, past
            continue
        between = text[end:first]
        last = text[end - 1]
        if last in _ENDS and _breaks(between) and _inside_word(text, start, end, first):
            if last == SOFT_HYPHEN or _soft(text, Span(start, end), piece, vocabulary):
                end -= 1
            if start < end:
                spans.append(Span(start, end))
            start, end = first, past
        elif not between or between.isspace():
            end = past
        else:
            spans.append(Span(start, end + between[0].isspace()))
            start = first - (between[-1].isspace() and not between[0].isspace() and text[first] not in _STOPS)
            end = past
    if start < end:
        spans.append(Span(start, end))
    return tuple(spans)


def _breaks(between: str) -> bool:
    return "\n" in between or "\f" in between or "\r" in between


def _inside_word(text: str, start: int, end: int, first: int) -> bool:
    """The stretch ends in a hyphen or slash that a word goes on after, at `first`."""
    joint = text[end - 1]
    if joint == SOFT_HYPHEN:
        return True
    if end - start < 2 or not text[end - 2].isalnum() or not text[first].isalnum():
        return False
    if joint == "\u2013":
        return text[end - 2].isdigit() and text[first].isdigit()
    return not text.startswith(_SUSPENDED, first)


def _soft(text: str, last: Span, piece: Span, vocabulary: Container[str]) -> bool:
    """A hyphen of the printer's, not of the word: the document has the whole word elsewhere, unbroken."""
    if text[last.end - 1] not in _HYPHENS or not text[piece.start].islower():
        return False
    a = last.end - 1
    while a > last.start and text[a - 1].isalpha():
        a -= 1
    b = piece.start
    while b < piece.end and text[b].isalpha():
        b += 1
    before, after = text[a : last.end - 1].lower(), text[piece.start : b].lower()
    return before + after in vocabulary and f"{before}-{after}" not in vocabulary
