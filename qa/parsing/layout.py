"""What each line of a page text is: the blocks of the body, the notes and markers, and what is left out and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.parsing.blocks import Block, BlockRole, Cutter, Gap
from qa.parsing.closing import find_closing, read_closing, read_vote
from qa.parsing.endnotes import find_end_markers, find_endnotes, find_orphans
from qa.parsing.furniture import find_furniture
from qa.parsing.headings import settle_headings
from qa.parsing.lines import Line, split_lines
from qa.parsing.markers import Marker, find_at_years, find_markers
from qa.parsing.masthead import Head, read_head
from qa.parsing.notes import NoteDraft, find_notes
from qa.parsing.tables import join_tables
from qa.records import Dropped, SourceText, Span

Named = tuple[Span, Dropped]
_TELLS_VOTE = re.compile(
    r"Adopted|The (?:draft )?resolution was adopted"
    r"|In the absence of (?:any )?objections?, the President (?:stated|declared|announced) "
    r"(?:that )?the (?:draft )?resolution (?:was )?adopted"
)
_SAME_FOOT = 12  # lines between two notes of one page foot, at most


@dataclass(slots=True)
class Layout:
    """A text taken apart: what it says of itself, its blocks in order, its notes, and the stretches left out."""

    head: Head
    blocks: list[Block]
    notes: list[NoteDraft]
    markers: list[Marker]
    named: list[Named] = field(default_factory=list)


def lay_out(source: SourceText) -> Layout:
    """Take a page text, an OCR text or a PDF's text apart."""
    lines = split_lines(source)
    head = read_head(lines)
    furniture, starts = find_furniture(lines, head.body, head.title)
    notes, note_rows, rules = find_notes(lines, furniture, starts, head.body)
    skip = furniture | note_rows | rules
    closings = find_closing(lines, head.body, skip)
    endnotes, end_rows = find_endnotes(lines, skip, closings, head.body)
    skip |= end_rows
    markers = _markers(source, lines, head, notes, starts)
    if endnotes:
        markers.extend(find_end_markers(source.text, _floor(lines, head), len(source.text), endnotes, markers))
        notes = notes + endnotes
    if len(notes) == len(endnotes) and not source.marks and head.council:
        markers.extend(find_orphans(source.text, _floor(lines, head), _end(lines, source, closings), markers))
    at_years = find_at_years(source.text, _floor(lines, head), _end(lines, source, closings), markers)
    own = [(note.head, note.spans[-1].end) for note in notes]
    markers.extend(m for m in at_years if not any(a <= m.span.start < b for a, b in own))
    markers.sort(key=lambda m: m.span)
    blocks = _cut(source.text, lines, head, skip, starts, closings, markers)
    _read_closings(source.text, lines, head, closings, skip, endnotes)
    layout = Layout(head, [block for block in blocks if not _is_folio(block)], notes, markers)
    layout.named.extend((piece, Dropped.FURNITURE) for block in filter(_is_folio, blocks) for piece in block.pieces)
    layout.named.extend(_masthead_rows(lines, head))
    layout.named.extend((span, Dropped.FURNITURE) for span in _spans(lines, furniture | rules))
    for a, b in closings:
        rows = [i for i in range(a, b) if i not in skip]
        layout.named.extend((span, Dropped.CLOSING) for span in _spans(lines, rows))
    return layout


def _is_folio(block: Block) -> bool:
    """A page number that stands alone as a heading does; in a table it would be a cell."""
    return block.role is BlockRole.HEADING and block.text.isdigit()


def _spans(lines: Sequence[Line], rows: Iterable[int]) -> list[Span]:
    return [Span(lines[i].start, lines[i].end) for i in rows if lines[i].text]


def _masthead_rows(lines: Sequence[Line], head: Head) -> list[Named]:
    titles, acting = set(head.title_lines), set(head.enacting)
    rest = [i for i in range(head.body) if i not in titles and i not in acting]
    named = [(span, Dropped.MASTHEAD) for span in _spans(lines, rest)]
    named.extend((span, Dropped.TITLE) for span in _spans(lines, titles))
    named.extend((span, Dropped.ENACTING) for span in _spans(lines, acting))
    return named


def _read_closings(
    text: str,
    lines: Sequence[Line],
    head: Head,
    closings: Sequence[tuple[int, int]],
    skip: set[int],
    endnotes: Sequence[NoteDraft],
) -> None:
    """Meeting, date and vote from the closing lines; "10 Adopted without vote." may stand in the note to them."""
    for span in closings:
        meeting, adopted, vote = read_closing(lines, span, skip)
        head.meeting = head.meeting or meeting
        head.adopted = head.adopted or adopted
        head.vote = head.vote or vote
    for note in endnotes if head.vote is None else ():
        words = " ".join(text[note.spans[0].start : note.spans[-1].end].split())
        if _TELLS_VOTE.match(words):
            head.vote = head.vote or read_vote(words)


def _end(lines: Sequence[Line], source: SourceText, closings: Sequence[tuple[int, int]]) -> int:
    """Where markers may no longer stand: at the last closing."""
    return lines[closings[-1][0]].start if closings else len(source.text)


def _floor(lines: Sequence[Line], head: Head) -> int:
    """Where markers may begin to stand: at the title."""
    if head.title_lines:
        return lines[head.title_lines[0]].start
    return lines[head.body].start if head.body < len(lines) else 0


def _markers(
    source: SourceText, lines: Sequence[Line], head: Head, notes: Sequence[NoteDraft], starts: set[int]
) -> list[Marker]:
    """Markers of all pages: those of a page's notes, and those whose notes the source lacks, up to that page."""
    text = source.text
    seen = [m.span for m in source.marks if m.role == "marker"]
    if seen:  # the reader saw superscripts; those at the head of a note number the note
        taken = [(n.head, n.spans[-1].end) for n in notes]
        return [Marker(text[s.start : s.end], s) for s in seen if not any(a <= s.start < b for a, b in taken)]
    found: list[Marker] = []
    last = 0
    floor = _floor(lines, head)
    ordered = sorted(starts)
    for group in _page_feet(notes, ordered):
        figures = [int(n.marker) for n in group if n.marker.isdigit()]
        if not figures:
            continue
        page = bisect_right(ordered, group[0].line) - 1
        start = max(floor, lines[ordered[page]].start) if page >= 0 else floor
        present = frozenset(figures)
        found.extend(find_markers(text, start, lines[group[0].line].start, range(last + 1, figures[-1] + 1), present))
        last = figures[-1]
        floor = lines[group[-1].line].end
    return found


def _page_feet(notes: Sequence[NoteDraft], starts: Sequence[int]) -> list[list[NoteDraft]]:
    """The notes, page foot by page foot."""
    groups: list[list[NoteDraft]] = []
    for note in notes:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and note.line - before.line - len(before.spans) < _SAME_FOOT
            and bisect_right(starts, before.line) == bisect_right(starts, note.line)
        ):
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def _cut(
    text: str,
    lines: Sequence[Line],
    head: Head,
    skip: set[int],
    starts: set[int],
    closings: Sequence[tuple[int, int]],
    markers: Sequence[Marker],
) -> list[Block]:
    cutter = Cutter(text, lines, _by_line(lines, markers))
    closed = {i: span[0] for span in closings for i in range(*span)}
    none, blank, page = Gap.NONE, Gap.BLANK, Gap.PAGE  # looked up once: the loop sees every line
    gap, blanks = blank, 0
    for i in range(head.body, len(lines)):
        line = lines[i]
        if i in closed:
            if i == closed[i]:
                cutter.blocks.append(Block(BlockRole.CLOSING, line.text, []))
            gap, blanks = blank, 0
            continue
        if i in head.enacting:
            cutter.open_text(line)
            gap, blanks = none, 0
            continue
        if (i in starts and gap is not page) or i in skip:
            gap, blanks = page, 0
            if i in skip:
                continue
        if not line.text:
            blanks += 1
            if gap is none:
                gap = blank
            continue
        cutter.add(i, line, gap, blanks)
        gap, blanks = none, 0
    settle_headings(cutter.blocks)
    return join_tables(text, cutter.blocks)


def _by_line(lines: Sequence[Line], markers: Sequence[Marker]) -> dict[int, list[Span]]:
    ends = [line.end for line in lines]
    placed: dict[int, list[Span]] = {}
    for marker in markers:
        placed.setdefault(bisect_right(ends, marker.span.start), []).append(marker.span)
    return placed
