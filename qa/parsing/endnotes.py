"""Notes at the end of a text, after the vote, numbered as the volume of the year ran on: "6 See ...", "1/ S/25046."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.parsing.lines import Line
from qa.parsing.markers import LOOSE, SPACED, Marker, is_counted, places
from qa.parsing.notes import NoteDraft
from qa.records import Span

_NOTE = re.compile(r"\A(\d{1,3})(?:/|\.(?= Ibid))?\s{0,3}(?=[A-Z“\"(]|[fIl]bid)")
_SLASHED = re.compile(r"\A(\d{1,3})/s?\s{1,3}(?=[A-Z“\"(]|\d/)")
_LAST = re.compile(
    r"[^\W\d][)’”\"]?[,;:.] (\d{1,3})[ \t]*(?=\n[ \t]*\n|\n?\Z)|\d[)]?[,;] (\d{1,3})[ \t]*(?=\n[ \t]*\n|\n?\Z)"
)
_AMID = re.compile(r"(?:\b19\d\d|[^\W\d]|\))[,;]? (\d{1,3})(?= [a-z])|\bS/\d+,? (\d{1,3})(?= (?:and|S/))")
_STEP = 4  # how far a marker's figure may lie from those that are sure
_STRAY = 3  # lines of a torn vote that may stand before the first note
_SURE = re.compile(
    r"\A(\d{1,3})(?:/\s{1,3}(?=[A-Z“\"(])"
    r"|\s{1,3}(?=Ibid|See |Official Records|United Nations, Treaty|Adopted |Resolution|General Assembly|Document|For ))"
)


def find_endnotes(
    lines: Sequence[Line], skip: set[int], closings: Sequence[tuple[int, int]], body: int
) -> tuple[list[NoteDraft], set[int]]:
    """The notes below the last closing line, or, where there is none, those that open as only notes do; their lines."""
    rows = [i for i in range(closings[-1][1] if closings else body, len(lines)) if lines[i].text and i not in skip]
    form = _NOTE if closings else _SURE
    first = next((k for k, i in enumerate(rows) if form.match(lines[i].text)), None)
    if first is None or (closings and first > _STRAY):
        return _slashed(lines, skip, body)
    if not closings and any(_SLASHED.match(lines[i].text) for i in rows):
        return _slashed(lines, skip, body)
    notes: list[NoteDraft] = []
    for i in rows[first:]:
        match = form.match(lines[i].text)
        if match and (not notes or int(match.group(1)) > int(notes[-1].marker)):
            notes.append(_note(lines, i, match))
        else:
            notes[-1].spans.append(Span(lines[i].start, lines[i].end))
    return notes, set(rows[first:])


def _slashed(lines: Sequence[Line], skip: set[int], body: int) -> tuple[list[NoteDraft], set[int]]:
    """Notes such as "1/ S/25046.", each a block of its own at the foot of a page that nothing else shows."""
    notes: list[NoteDraft] = []
    taken: set[int] = set()
    inside = False
    for i in range(body, len(lines)):
        text = lines[i].text
        if not text or i in skip:
            inside = False
            continue
        match = _SLASHED.match(text) if text[0].isdigit() and (inside or not lines[i - 1].text) else None
        if match:
            notes.append(_note(lines, i, match))
            inside = True
        elif inside:
            notes[-1].spans.append(Span(lines[i].start, lines[i].end))
        if inside:
            taken.add(i)
    return notes, taken


def _note(lines: Sequence[Line], i: int, match: re.Match[str]) -> NoteDraft:
    line = lines[i]
    return NoteDraft(match.group(1), i, line.start, [Span(line.start + match.end(), line.end)])


def find_end_markers(
    text: str, start: int, end: int, notes: Sequence[NoteDraft], known: Sequence[Marker]
) -> list[Marker]:
    """Every likely place of each note's figure: such a marker may stand several times. A loose place only at need."""
    stretch = text[start:end]
    found: list[Marker] = []
    for note in notes:
        options = places(stretch, int(note.marker))
        good = [o for o in options if o[2] >= SPACED]
        for at, width, _ in good or [o for o in options if o[2] >= LOOSE][:1]:
            span = Span(start + at, start + at + width)
            own = any(n.head <= span.start < n.spans[-1].end for n in notes)
            if not own and not any(m.span.start < span.end and span.start < m.span.end for m in (*known, *found)):
                found.append(Marker(note.marker, span))
    return found


def find_orphans(text: str, start: int, end: int, known: Sequence[Marker]) -> list[Marker]:
    """Markers whose notes the source lacks: a figure after a paragraph's last stop, and those of the same row inside.

    No paragraph ends in a figure after its own stop, so such a one is sure; one inside a paragraph is taken where its
    figure goes on with the row of the sure ones.
    """
    taken = [m.span for m in known]
    sure = [_orphan(m) for m in _LAST.finditer(text, start, end)]
    sure = [m for m in sure if not any(a < m.span.end and m.span.start < b for a, b in taken)]
    figures = {int(m.note) for m in (*sure, *known) if m.note.isdigit()}
    taken.extend(m.span for m in sure)
    if not sure:
        return []
    amid = [_orphan(m) for m in _AMID.finditer(text, start, end)]
    return sure + [
        m
        for m in amid
        if any(abs(int(m.note) - f) <= _STEP for f in figures)
        and not any(a < m.span.end and m.span.start < b for a, b in taken)
        and not is_counted(text, m.span.start)
    ]


def _orphan(match: re.Match[str]) -> Marker:
    group = 1 if match.group(1) else 2
    return Marker(match.group(group), Span(*match.span(group)))
