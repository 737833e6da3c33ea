"""Cuts a resolution into passages: one a paragraph, or overlapping windows where the model reads less than that.

A passage is what is encoded and searched, never what is quoted: a citation quotes the paragraph that the passage's id
names. `context` tells the encoder what the paragraph's words leave out: which resolution, what it is about (`qa.subject`), when, under
which heading, and for a sub-paragraph the opening words that it completes. A paragraph that opens a list sees how its
sub-paragraphs begin, also in `context`, so that `text` is always a slice of the paragraph's own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.numerals import MONTHS
from qa.records import Kind, Paragraph, Passage, Resolution
from qa.subject import subject_of

PASSAGE_VERSION = 4
"""Raised whenever the same resolution would give other passages: an index tells by it that it is out of date."""

CountTokens = Callable[[list[str]], list[int]]

_CLAUSE_END = re.compile(r"(?<=[;:.,])\s+")
_SHARE_OF_CONTEXT = 0.5  # of the model's room: the rest belongs to the paragraph
_OVERLAP = 0.2  # of a window's room, at most, repeated from the window before


def passage_input(passage: Passage) -> str:
    """What the encoder and the lexical index see of a passage."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def cut(resolution: Resolution, max_tokens: int, count_tokens: CountTokens) -> tuple[Passage, ...]:
    """The passages of `resolution`, in the order of its paragraphs, windows of one paragraph following each other.

    Every passage fits `max_tokens` as `count_tokens` counts it, context included; every word of every paragraph is in
    at least one of its windows.
    """
    paragraphs = resolution.paragraphs
    subject = subject_of(resolution)
    contexts = _fit_contexts([_contexts(resolution, subject, one) for one in paragraphs], max_tokens, count_tokens)
    sizes = count_tokens([_joined(context, one.text) for context, one in zip(contexts, paragraphs, strict=True)])
    passages: list[Passage] = []
    for paragraph, context, size in zip(paragraphs, contexts, sizes, strict=True):
        texts = [paragraph.text] if size <= max_tokens else windows(paragraph.text, context, max_tokens, count_tokens)
        passages.extend(
            Passage(
                id=f"{resolution.symbol}#{paragraph.label}",
                symbol=str(resolution.symbol),
                label=paragraph.label,
                kind=paragraph.kind,
                context=context,
                text=text,
                window=window,
            )
            for window, text in enumerate(texts)
        )
    return tuple(passages)


def _joined(context: str, text: str) -> str:
    return f"{context}\n{text}" if context else text


def _contexts(resolution: Resolution, subject: str, paragraph: Paragraph) -> tuple[str, ...]:
    """Contexts from the fullest to the barest; the first that fits is taken."""
    opening = _chapeau(resolution, paragraph)
    below = _sub_beginnings(resolution, paragraph)
    head = _head(resolution, subject, words=30)
    place = _place(paragraph)
    full = [head, *place, *opening, *below]
    return (
        " ".join(full),
        " ".join([head, *place, *opening]),
        " ".join([head, *place, *[_shorten(one, 14) for one in opening]]),
        " ".join([_head(resolution, subject, words=12), *[_shorten(one, 8) for one in opening]]),
        _head(resolution, subject, words=6),
        "",
    )


def _head(resolution: Resolution, subject: str, words: int) -> str:
    when = []
    if resolution.adopted is not None:
        when.append(f"{MONTHS[resolution.adopted.month - 1]} {resolution.adopted.year}")
    if resolution.symbol.session is not None:
        when.append(f"session {resolution.symbol.session}")
    note = f" ({', '.join(when)})" if when else ""
    about = f": {_shorten(subject, words)}" if subject else ""
    return f"{resolution.symbol.citation}{note}{about}."


def _place(paragraph: Paragraph) -> list[str]:
    parts = [f"{_shorten(heading, 16)}." for heading in paragraph.section]
    if paragraph.kind is Kind.PREAMBULAR:
        parts.append("Preambular paragraph.")
    elif paragraph.kind is Kind.ANNEX:
        parts.append("Annex.")
    return parts


def _chapeau(resolution: Resolution, paragraph: Paragraph) -> list[str]:
    """The opening words of every paragraph above this one, outermost first."""
    by_label = {one.label: one for one in resolution.paragraphs}
    openings: list[str] = []
    seen = {paragraph.label}
    above = paragraph.parent
    while above is not None and above in by_label and above not in seen:
        seen.add(above)
        openings.append(_shorten(by_label[above].text, 40))
        above = by_label[above].parent
    return openings[::-1]


def _sub_beginnings(resolution: Resolution, paragraph: Paragraph) -> list[str]:
    below = [one for one in resolution.paragraphs if one.parent == paragraph.label]
    return [f"{one.number or ''} {_shorten(one.text, 10)}".strip() for one in below]


def _shorten(text: str, n_words: int) -> str:
    words = text.split()
    return text if len(words) <= n_words else " ".join(words[:n_words]) + " …"


def _fit_contexts(choices: Sequence[tuple[str, ...]], max_tokens: int, count_tokens: CountTokens) -> list[str]:
    """Of each tuple the first context that leaves the paragraph its share of the room; counted only as far as needed."""
    room = int(max_tokens * _SHARE_OF_CONTEXT)
    fitting = [""] * len(choices)
    left = list(range(len(choices)))
    for at in range(max((len(one) for one in choices), default=0)):
        texts = list(dict.fromkeys(choices[number][at] for number in left))
        sizes = dict(zip(texts, count_tokens(texts), strict=True)) if texts else {}
        for number in left:
            if sizes[choices[number][at]] <= room:
                fitting[number] = choices[number][at]
        left = [number for number in left if sizes[choices[number][at]] > room]
    return fitting


def windows(text: str, context: str, max_tokens: int, count_tokens: CountTokens) -> list[str]:
    """Slices of `text` that fit beside `context`, each beginning within the one before where clauses allow."""

    def fits(start: int, end: int) -> bool:
        return count_tokens([_joined(context, text[start:end])])[0] <= max_tokens

    ends = _boundaries(text, fits)
    starts = [0, *ends[:-1]]
    windows: list[str] = []
    first = 0
    while first < len(ends):
        last = first
        while last + 1 < len(ends) and fits(starts[first], ends[last + 1]):
            last += 1
        windows.append(text[starts[first] : ends[last]].strip())
        if last + 1 == len(ends):
            break
        first = _next_first(starts, ends, first, last, fits)
    return windows


def _next_first(starts: list[int], ends: list[int], first: int, last: int, fits: Callable[[int, int], bool]) -> int:
    """Where the next window begins: at most a fifth back into this one, and never without new words in it."""
    reach = ends[last] - int((ends[last] - starts[first]) * _OVERLAP)
    following = last + 1
    while following - 1 > first and starts[following - 1] >= reach and fits(starts[following - 1], ends[last + 1]):
        following -= 1
    return following


def _boundaries(text: str, fits: Callable[[int, int], bool]) -> list[int]:
    """Ends of the pieces that windows are made of: clauses; words where a clause is too long; characters at worst."""
    ends: list[int] = []
    start = 0
    for end in [*(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]:
        if end > start:
            ends.extend([end] if fits(start, end) else _finer(text, start, end, fits))
            start = end
    return ends


def _finer(text: str, start: int, end: int, fits: Callable[[int, int], bool]) -> list[int]:
    """Ends that break `text[start:end]` at blanks, and inside a word only where a single word does not fit."""
    ends: list[int] = []
    blanks = [match.end() for match in re.finditer(r"\s+", text[start:end])]
    stops = [start + blank for blank in blanks if start + blank < end] + [end]
    at = start
    for stop in stops:
        while not fits(at, stop) and stop - at > 1:
            size = stop - at
            while size > 1 and not fits(at, at + size):
                size //= 2
            at += size
            ends.append(at)
        if stop > at:
            ends.append(stop)
            at = stop
    return ends
