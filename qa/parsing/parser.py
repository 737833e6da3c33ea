"""Source text -> `Resolution`: the order of the steps."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence

from qa.errors import ParseError, SymbolError
from qa.parsing.blocks import Block, Cutter, Gap, Role, settle_headings
from qa.parsing.furniture import find_furniture
from qa.parsing.lines import Line, split_lines
from qa.parsing.masthead import Head, find_closing, read_closing, read_head
from qa.parsing.notes import Marker, NoteDraft, find_markers, find_notes
from qa.parsing.structure import HeadingNode, Node, build
from qa.parsing.weave import clean, weave
from qa.records import Dropped, Footnote, Heading, Mark, Paragraph, Resolution, SourceText, Span, Vote
from qa.symbols import Symbol

PARSER = "un-1"


def parse(source: SourceText) -> Resolution:
    """Understand one resolution.

    Raises:
        ParseError: no symbol, or no paragraph, was found.
    """
    lines = split_lines(source)
    head = read_head(lines)
    furniture, starts = find_furniture(lines, head.body, head.title)
    notes, note_rows, rules = find_notes(lines, furniture, starts, head.body)
    skip = furniture | note_rows | rules
    closings = find_closing(lines, head.body, skip)
    markers = _markers(source.text, source.marks, lines, head, notes, starts)
    blocks = _cut(source.text, lines, head, skip, starts, closings, markers)
    nodes, headings = build(blocks)
    if not any(n.block.text for n in nodes):
        raise ParseError(source.name, "no paragraph of a resolution was found")
    return _assemble(source, lines, head, furniture, rules, notes, markers, closings, nodes, headings, blocks, skip)


def _markers(
    text: str,
    marks: Sequence[Mark],
    lines: Sequence[Line],
    head: Head,
    notes: Sequence[NoteDraft],
    starts: set[int],
) -> list[Marker]:
    """Markers of all pages: those of a page's notes, and those whose notes the source lacks, up to that page."""
    found: list[Marker] = []
    last = 0
    floor = (
        lines[head.title_lines[0]].start
        if head.title_lines
        else (lines[head.body].start if head.body < len(lines) else 0)
    )
    ordered = sorted(starts)
    k = 0
    while k < len(notes):
        group = [notes[k]]
        while (
            k + 1 < len(notes)
            and notes[k + 1].line - group[-1].line < 12
            and _same_page(group[0], notes[k + 1], ordered)
        ):
            k += 1
            group.append(notes[k])
        k += 1
        figures = [int(n.marker) for n in group if n.marker.isdigit()]
        if not figures:
            continue
        page = bisect_right(ordered, group[0].line) - 1
        start = max(floor, lines[ordered[page]].start) if page >= 0 else floor
        end = lines[group[0].line].start
        found.extend(find_markers(text, start, end, range(last + 1, figures[-1] + 1)))
        last = figures[-1]
        floor = lines[group[-1].line].end
    return found


def _seen_markers(text: str, marks: Sequence[Mark], notes: Sequence[NoteDraft]) -> list[Marker]:
    """The superscripts that the reader saw, less those that number the notes themselves."""
    taken = [(n.head, n.spans[-1].end) for n in notes]
    spans = [m.span for m in marks if m.role == "marker" and not any(a <= m.span.start < b for a, b in taken)]
    return [Marker(text[a:b], Span(a, b)) for a, b in spans]


def _same_page(a: NoteDraft, b: NoteDraft, ordered: Sequence[int]) -> bool:
    return bisect_right(ordered, a.line) == bisect_right(ordered, b.line)


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
    closed = {i: span for span in closings for i in range(*span)}
    gap = Gap.BLANK
    blanks = 0
    for i in range(head.body, len(lines)):
        line = lines[i]
        if i in closed:
            if i == closed[i][0]:
                cutter.blocks.append(Block(Role.CLOSING, line.text, [], first=i))
            gap, blanks = Gap.BLANK, 0
            continue
        if i in starts and gap is not Gap.PAGE:
            gap, blanks = Gap.PAGE, 0
        if i in skip:
            gap, blanks = Gap.PAGE, 0
            continue
        if not line.text:
            blanks += 1
            if gap is Gap.NONE:
                gap = Gap.BLANK
            continue
        cutter.add(i, line, gap, blanks)
        gap, blanks = Gap.NONE, 0
    settle_headings(cutter.blocks)
    return cutter.blocks


def _by_line(lines: Sequence[Line], markers: Sequence[Marker]) -> dict[int, list[Span]]:
    ends = [line.end for line in lines]
    placed: dict[int, list[Span]] = {}
    for marker in markers:
        placed.setdefault(bisect_right(ends, marker.span.start), []).append(marker.span)
    return placed


def _assemble(
    source: SourceText,
    lines: Sequence[Line],
    head: Head,
    furniture: set[int],
    rules: set[int],
    notes: Sequence[NoteDraft],
    markers: Sequence[Marker],
    closings: Sequence[tuple[int, int]],
    nodes: Sequence[Node],
    headings: Sequence[HeadingNode],
    blocks: Sequence[Block],
    skip: set[int],
) -> Resolution:
    text = source.text
    vocabulary = _vocabulary(text)
    paragraphs = tuple(_paragraph(node, source, lines, vocabulary, markers) for node in nodes)
    meeting, adopted, vote = _closing_facts(lines, head, closings, skip)
    absent: dict[str, str] = {}
    derived: dict[str, str] = {}
    symbol = _symbol(source, head, derived)
    title = head.title
    if not title:
        absent["title"] = "the source prints none"
    for name, value in (("meeting", meeting), ("adopted", adopted), ("vote", vote)):
        if value is None:
            absent[name] = "the source does not say"
    for name, value in (("agenda_item", head.agenda_item), ("origin", head.origin)):
        if value is None:
            absent[name] = "the source prints none"
    if head.session is None:
        absent["session"] = "the source does not print it"
    footnotes = _footnotes(text, notes, markers, paragraphs)
    dropped = _dropped(source, lines, head, furniture, rules, notes, markers, closings, paragraphs, headings, blocks)
    return Resolution(
        symbol=symbol,
        organ=str(symbol.organ),
        title=title,
        paragraphs=paragraphs,
        source=source,
        session=head.session,
        adopted=adopted,
        meeting=meeting,
        vote=vote,
        agenda_item=head.agenda_item,
        origin=head.origin,
        headings=tuple(_heading(h) for h in headings if h.block.pieces),
        footnotes=footnotes,
        dropped=dropped,
        absent=absent,
        derived=derived,
        parser=PARSER,
    )


def _vocabulary(text: str) -> frozenset[str]:
    """The words of the text, in small letters, for judging hyphens at line ends; empty where there are none."""
    if not re.search(r"-\s*\n", text):
        return frozenset()
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", re.sub(r"-\s*\n\s*", "- ", text.lower())))


def _heading(h: HeadingNode) -> Heading:
    pieces = h.block.pieces
    return Heading(h.block.text, h.level, Span(pieces[0].start, pieces[-1].end), h.before.label if h.before else None)


def _paragraph(
    node: Node, source: SourceText, lines: Sequence[Line], vocabulary: frozenset[str], markers: Sequence[Marker]
) -> Paragraph:
    spans = weave(source.text, node.block.pieces, vocabulary)
    return Paragraph(
        label=node.label,
        kind=node.kind,
        number=node.number,
        level=node.level,
        text=clean(source.text, spans),
        spans=spans,
        parent=node.parent.label if node.parent else None,
        section=node.section,
        part=node.part,
        annex=node.annex,
        page=lines[node.block.first].page + 1 if source.pages else None,
        footnotes=tuple(m.note for m in markers if _inside(m.span, spans)),
    )


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return bool(spans) and spans[0].start <= span.start <= spans[-1].end


def _closing_facts(
    lines: Sequence[Line], head: Head, closings: Sequence[tuple[int, int]], skip: set[int]
) -> tuple[str | None, dt.date | None, Vote | None]:
    meeting, adopted, vote = head.meeting, head.adopted, head.vote
    for span in closings:
        m, d, v = read_closing(lines, span, skip)
        meeting, adopted, vote = meeting or m, adopted or d, vote or v
    return meeting, adopted, vote


def _symbol(source: SourceText, head: Head, derived: dict[str, str]) -> Symbol:
    if head.symbol:
        return Symbol.parse(re.sub(r"\s+", "", head.symbol))
    if head.number:
        number = re.sub(r"\s+", "", head.number)
        if head.council:
            derived["symbol"] = f"from the line {head.number!r} of the text, as a resolution of the Security Council"
            return Symbol.parse(f"S/RES/{number}")
        organ = head.organ or "General Assembly"
        stem = {"Human Rights Council": "A/HRC/RES", "Economic and Social Council": "E/RES"}.get(organ, "A/RES")
        derived["symbol"] = f"from the title line {head.number + '.'!r} and the enacting phrase of the {organ}"
        return Symbol.parse(f"{stem}/{number}")
    name = re.sub(r"\.\w+$", "", source.name.rsplit("/", 1)[-1]).replace("_", "/")
    try:
        symbol = Symbol.parse(name)
    except SymbolError as error:
        raise ParseError(source.name, "no symbol in the text or the file's name") from error
    derived["symbol"] = f"from the file's name {source.name!r}"
    return symbol


def _footnotes(
    text: str, notes: Sequence[NoteDraft], markers: Sequence[Marker], paragraphs: Sequence[Paragraph]
) -> tuple[Footnote, ...]:
    anchors: dict[str, list[tuple[str, int]]] = {}
    for marker in markers:
        for p in paragraphs:
            if p.spans and p.spans[0].start <= marker.span.start <= p.spans[-1].end:
                before = [Span(a, min(b, marker.span.start)) for a, b in p.spans if a < marker.span.start]
                anchors.setdefault(marker.note, []).append((p.label, len(clean(text, before))))
                break
    found = {n.marker: n for n in notes}
    out: list[Footnote] = []
    for note in notes:
        spans = weave(text, [s for s in note.spans if s.end > s.start])
        out.append(
            Footnote(note.marker, clean(text, spans) if spans else None, spans, tuple(anchors.get(note.marker, ())))
        )
    for figure, where in anchors.items():
        if figure not in found:
            reason = f"the source has the marker {figure} but no note {figure} at any page foot"
            out.append(Footnote(figure, None, (), tuple(where), reason))
    return tuple(sorted(out, key=lambda f: (not f.marker.isdigit(), int(f.marker) if f.marker.isdigit() else 0)))


def _dropped(
    source: SourceText,
    lines: Sequence[Line],
    head: Head,
    furniture: set[int],
    rules: set[int],
    notes: Sequence[NoteDraft],
    markers: Sequence[Marker],
    closings: Sequence[tuple[int, int]],
    paragraphs: Sequence[Paragraph],
    headings: Sequence[HeadingNode],
    blocks: Sequence[Block],
) -> tuple[tuple[Span, Dropped], ...]:
    """Everything that is in no paragraph, with its reason; what no rule named is `OTHER`."""
    named: list[tuple[Span, Dropped]] = []

    def take(indices: Sequence[int] | set[int], why: Dropped) -> None:
        named.extend((Span(lines[i].start, lines[i].end), why) for i in indices if lines[i].text)

    titles = set(head.title_lines)
    acting = set(head.enacting)
    take([i for i in range(head.body) if i not in titles and i not in acting], Dropped.MASTHEAD)
    take(titles, Dropped.TITLE)
    take(acting, Dropped.ENACTING)
    take(furniture | rules, Dropped.FURNITURE)
    for note in notes:
        named.append((Span(note.head, note.spans[0].end), Dropped.FOOTNOTE))
        named.extend((s, Dropped.FOOTNOTE) for s in note.spans[1:])
    named.extend((m.span, Dropped.MARKER) for m in markers)
    for span in closings:
        take([i for i in range(*span) if i not in furniture and i not in rules], Dropped.CLOSING)
    for block in blocks:
        if block.number_span:
            named.append((block.number_span, Dropped.NUMBER))
        if block.role is Role.ENACTING:
            named.extend((p, Dropped.ENACTING) for p in block.pieces)
    for h in headings:
        named.extend((p, Dropped.HEADING) for p in h.block.pieces)
    return _complement(source.text, paragraphs, named)


def _complement(
    text: str, paragraphs: Sequence[Paragraph], named: list[tuple[Span, Dropped]]
) -> tuple[tuple[Span, Dropped], ...]:
    kept = sorted(s for p in paragraphs for s in p.spans)
    out: list[tuple[Span, Dropped]] = []
    events = sorted([(s, None) for s in kept] + [(s, why) for s, why in named], key=lambda e: (e[0].start, e[0].end))
    at = 0
    for span, why in events:
        if span.start > at:
            _fill(text, at, span.start, out)
        start = max(span.start, at)
        if why is not None and span.end > start:
            out.append((Span(start, span.end), why))
        at = max(at, span.end)
    _fill(text, at, len(text), out)
    return tuple(out)


def _fill(text: str, start: int, end: int, out: list[tuple[Span, Dropped]]) -> None:
    gap = text[start:end]
    if not gap.strip("-\u2010\u2011\u00ad \t\r\n\f"):
        if gap.strip() or (start and text[start - 1] in "-\u2010\u2011/\u2013\u00ad" and "\n" in gap):
            out.append((Span(start, end), Dropped.HYPHENATION))
        return
    out.append((Span(start, end), Dropped.OTHER))
