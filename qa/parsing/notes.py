"""Page-foot notes: where their text stands, and which characters of the text are their markers.

A marker looks like any other figure, so it is taken for one only where the notes say so: the notes of a page, in order,
must each have a place on that page, in the same order. Where several readings are possible the one is taken that puts
most markers in the likeliest places (after a full word or a stop, before a blank).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.parsing.furniture import is_rule
from qa.parsing.lines import Line
from qa.records import Span

_NOTE = re.compile(r"(\d{1,3})(?:/|\))?(?:\s+(?=\S)|$)")
_STAR = re.compile(r"(\*{1,3})\s*(?=\S)")
_MAX_LEAP = 8  # how many notes in a row may be missing from the source


@dataclass(slots=True)
class NoteDraft:
    """A note as found at a page foot: its figure, the index of its first line and where that starts, its text's spans."""

    marker: str
    line: int
    head: int
    spans: list[Span] = field(default_factory=list)


def find_notes(
    lines: Sequence[Line], furniture: set[int], starts: set[int], first: int
) -> tuple[list[NoteDraft], set[int], set[int]]:
    """The notes that stand below a rule, the indices of their lines, and those of the rules."""
    notes: list[NoteDraft] = []
    taken: set[int] = set()
    rules: set[int] = set()
    last = 0
    i = first
    n = len(lines)
    while i < n:
        line = lines[i]
        if (line.text and line.text[0] not in "_-\u2014\u2015\u2500") or i in furniture or not is_rule(line):
            i += 1
            continue
        below = _next_text(lines, i + 1, furniture, starts)
        match = _NOTE.match(lines[below].text) if below is not None else None
        star = _STAR.match(lines[below].text) if below is not None else None
        if below is None or not ((match and last < int(match.group(1)) <= last + _MAX_LEAP + 1) or star):
            if line.text:
                rules.add(i)
            i += 1
            continue
        if line.text:
            rules.add(i)
        i, last = _read_notes(lines, below, furniture, starts, last, notes, taken)
    return notes, taken, rules


def _next_text(lines: Sequence[Line], i: int, furniture: set[int], starts: set[int]) -> int | None:
    while i < len(lines):
        if i in starts:
            return None
        if lines[i].text and i not in furniture:
            return i
        i += 1
    return None


def _read_notes(
    lines: Sequence[Line],
    i: int,
    furniture: set[int],
    starts: set[int],
    last: int,
    notes: list[NoteDraft],
    taken: set[int],
) -> tuple[int, int]:
    """Read notes from line `i` to the page's end; gives the index after them and the last number."""
    margin = lines[i].indent
    blank = True
    top = i
    while i < len(lines):
        line = lines[i]
        if i in starts and i > top:
            break
        if i in furniture or not line.text:
            blank = blank or not line.text
            i += 1
            continue
        match = _NOTE.match(line.text)
        star = _STAR.match(line.text)
        if match and _follows(int(match.group(1)), last, blank):
            last = int(match.group(1))
            notes.append(NoteDraft(match.group(1), i, line.start, [_rest(line, match.end())]))
        elif star and blank:
            notes.append(NoteDraft(star.group(1), i, line.start, [_rest(line, star.end())]))
        elif not notes or _resumes(lines, i, margin, blank):
            break
        else:
            notes[-1].spans.append(Span(line.start, line.end))
        taken.add(i)
        blank = False
        i += 1
    return i, last


def _follows(number: int, last: int, blank: bool) -> bool:
    return number == last + 1 or (blank and last < number <= last + _MAX_LEAP + 1)


def _rest(line: Line, offset: int) -> Span:
    return Span(line.start + offset, line.end) if offset < len(line.text) else Span(line.end, line.end)


def _resumes(lines: Sequence[Line], i: int, margin: int, blank: bool) -> bool:
    """The text goes on here though no running head says so: a page head set in by a blank, or a gap after a full note."""
    line = lines[i]
    if line.indent == 1 and margin == 0 and lines[i - 1].text and lines[i - 1].indent == 0:
        return True
    if not blank:
        return False
    before = i - 1
    while before > 0 and not lines[before].text:
        before -= 1
    return lines[before].text.endswith((".", ")")) and bool(re.match(r"\d{1,3}\. ?|\([a-z]+\)|[A-Z]", line.text))


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in the text: `span` is what is dropped, `note` its figure."""

    note: str
    span: Span


_GLUED = 6.0
_SPACED = 4.0
_SPLIT = 3.0
_LOOSE = 1.0


def find_markers(text: str, start: int, end: int, expected: Iterable[int]) -> list[Marker]:
    """Place the expected markers, ascending, in `text[start:end]` so that they stand in order and most likely.

    A marker that has no likely place is left out. Cost: linear in the stretch times the number of markers.
    """
    wanted = list(expected)
    if not wanted:
        return []
    stretch = text[start:end]
    places = [_places(stretch, number) for number in wanted]
    # best[k] = (score, position after which the next may stand, chain) pruned to the undominated
    best: list[tuple[float, int, tuple[Marker, ...]]] = [(0.0, 0, ())]
    for number, options in zip(wanted, places, strict=True):
        grown = list(best)
        for at, width, score in options:
            before = max((b for b in best if b[1] <= at), key=lambda b: b[0], default=None)
            if before is None:
                continue
            marker = Marker(str(number), Span(start + at, start + at + width))
            grown.append((before[0] + score, at + width, (*before[2], marker)))
        grown.sort(key=lambda b: (b[1], -b[0]))
        best = []
        top = -1.0
        for state in grown:
            if state[0] > top:
                best.append(state)
                top = state[0]
    return list(max(best, key=lambda b: b[0])[2])


def _places(stretch: str, number: int) -> list[tuple[int, int, float]]:
    """(offset, width, likelihood) of each place where the figure may be a marker."""
    figure = str(number)
    width = len(figure)
    found: list[tuple[int, int, float]] = []
    at = stretch.find(figure)
    while at > 0:
        score, offset, total = _likelihood(stretch, at, width)
        if score:
            found.append((offset, total, score))
        at = stretch.find(figure, at + 1)
    return found


def _likelihood(stretch: str, at: int, width: int) -> tuple[float, int, int]:
    after = stretch[at + width] if at + width < len(stretch) else "\n"
    if not (after.isspace() or after in '.,;:)]/”’"\u2013-'):
        return 0.0, at, width
    if after == "/":
        width += 1
    before = stretch[at - 1]
    if before.isalpha() or before in ')]”’"' or before in ".,;:":
        if before in ".," and at > 1 and stretch[at - 2].isdigit() and after not in " \n":
            return 0.0, at, width
        if before in ".,:" and at > 1 and stretch[at - 2].isdigit():
            return _SPLIT, at, width
        if after in "-\u2013":
            return 0.0, at, width
        return _GLUED, at, width
    if before.isdigit():
        run = at
        while run and stretch[run - 1].isdigit():
            run -= 1
        head = stretch[run:at]
        if len(head) == 4 and head[:2] in ("18", "19", "20") and not (run and stretch[run - 1] in "/,.-"):
            return _SPLIT, at, width
        if run and stretch[run - 1] == "/" and after not in "/-)":
            return _LOOSE, at, width
        return 0.0, at, width
    if before == " ":
        return _spaced(stretch, at, width, after)
    return 0.0, at, width


def _spaced(stretch: str, at: int, width: int, after: str) -> tuple[float, int, int]:
    """A figure set off by a blank: likely a marker after a stop, less so between words."""
    earlier = stretch[at - 2] if at > 1 else " "
    tail = stretch[at + width : at + width + 12]
    if re.match(
        r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December|per cent)", tail
    ):
        return 0.0, at, width
    word = re.search(r"(\w+)\.? $", stretch[max(0, at - 16) : at])
    if word and word.group(1).lower() in _COUNTED:
        return 0.0, at, width
    offset, total = at, width
    if after in ".,;:)”":
        offset, total = at - 1, width + 1
        return (_SPACED if earlier.isalpha() or earlier in ")”" else _LOOSE), offset, total
    if earlier in ",;:.)”":
        return _SPACED, offset, total
    return _LOOSE, offset, total


_COUNTED = frozenset(
    ["paragraph", "paragraphs", "para", "paras", "article", "articles", "resolution", "resolutions", "section", "sections", "sect", "chapter", "chapters", "chap", "goal", "goals", "target", "targets", "no", "nos", "rule", "rules", "item", "items", "annex", "part", "phase", "vol", "level", "indicator", "and", "or", "to", "the", "of", "for", "from", "by", "in", "at", "on", "its", "about", "least", "than", "over", "nearly", "some", "all", "until", "since", "table", "figure", "class", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)
