"""Everything that is in no paragraph, with its reason: the spans of paragraphs and of these cover the whole source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from qa.parsing.blocks import Block, BlockRole
from qa.parsing.layout import Layout, Named
from qa.records import Dropped, Paragraph, Span

_HYPHENS = "-\u2010\u2011\u00ad"
_JOINTS = _HYPHENS + "/\u2013"
_BLANK = " \t\r\n\f\v"


def account(text: str, layout: Layout, paragraphs: Sequence[Paragraph]) -> tuple[Named, ...]:
    """All stretches between the paragraphs' spans that hold more than blanks; what no rule named is `OTHER`."""
    named = list(layout.named)
    for note in layout.notes:
        named.append((Span(note.head, note.spans[0].end), Dropped.FOOTNOTE))
        named.extend((s, Dropped.FOOTNOTE) for s in note.spans[1:])
    named.extend((m.span, Dropped.MARKER) for m in layout.markers)
    named.extend(_of_blocks(layout.blocks))
    return _complement(text, (s for p in paragraphs for s in p.spans), named)


def _of_blocks(blocks: Iterable[Block]) -> Iterable[Named]:
    text, number = BlockRole.TEXT, Dropped.NUMBER
    whole = {BlockRole.ENACTING: Dropped.ENACTING, BlockRole.HEADING: Dropped.HEADING, BlockRole.ANNEX: Dropped.HEADING}
    for block in blocks:
        if block.number_span:
            yield block.number_span, number
        if block.role is not text and block.role in whole:
            for piece in block.pieces:
                yield piece, whole[block.role]


def _complement(text: str, kept: Iterable[Span], named: Sequence[Named]) -> tuple[Named, ...]:
    events: list[tuple[Span, Dropped | None]] = [(s, None) for s in kept]
    events.extend(named)
    events.sort(key=itemgetter(0))
    out: list[Named] = []
    at = 0
    broken = False  # the stretch follows a paragraph's span: white space in it may break a word
    for span, why in events:
        if span.start > at:
            _fill(text, at, span.start, broken, out)
        start = max(span.start, at)
        broken = why is None
        if why is not None and span.end > start:
            out.append((span if start == span.start else Span(start, span.end), why))
        at = max(at, span.end)
    _fill(text, at, len(text), False, out)
    return tuple(out)


def _fill(text: str, start: int, end: int, broken: bool, out: list[Named]) -> None:
    gap = text[start:end]
    if gap.isspace() and not broken:
        return
    if gap.strip(_BLANK + _HYPHENS):
        out.append((Span(start, end), Dropped.OTHER))
    elif gap.strip() or (broken and text[start - 1] in _JOINTS and "\n" in gap):
        out.append((Span(start, end), Dropped.HYPHENATION))
