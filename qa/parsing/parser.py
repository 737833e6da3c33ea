"""Source text -> `Resolution`: the order of the steps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from qa.acts import split_acts
from qa.errors import ParseError, SymbolError
from qa.parsing.labels import Node
from qa.parsing.layout import Layout, lay_out
from qa.parsing.marked import is_structured, lay_out_marks
from qa.parsing.markers import Marker
from qa.parsing.notes import NoteDraft
from qa.parsing.remains import account
from qa.parsing.structure import HeadingNode, build
from qa.parsing.weave import Vocabulary, clean, weave
from qa.records import Footnote, Heading, Kind, Paragraph, Resolution, SourceText, Span
from qa.references import find_references
from qa.symbols import Organ, Symbol

PARSER = "un-8"

_ENACTING_WITHIN = 3  # blocks
_LANGUAGES = {  # by the enacting phrase
    "Spanish": re.compile(
        r"\A(?:La Asamblea General|El Consejo (?:de Seguridad|de Derechos Humanos|Económico y Social)),"
    ),
    "French": re.compile(
        r"\A(?:L[’']Assemblée générale|Le Conseil (?:de sécurité|des droits de l[’']homme|économique et social)),", re.I
    ),
    "Russian": re.compile(r"\A(?:Генеральная Ассамблея|Совет Безопасности|Совет по правам человека),"),
    "Arabic": re.compile(r"\A(?:إن الجمعية العامة|إن مجلس الأمن|إن مجلس حقوق الإنسان)"),
    "Chinese": re.compile(r"\A(?:大会|安全理事会|人权理事会)[,，]"),
}
_RECITES_NOTHING = re.compile(r"[/_](?:DEC|PRST)[/_]")
_STEMS = {"Human Rights Council": "A/HRC/RES", "Economic and Social Council": "E/RES", "General Assembly": "A/RES"}


def parse(source: SourceText, *, acts: bool = True) -> Resolution:
    """Understand one resolution; `acts=False` leaves out what the operative paragraphs do.

    Raises:
        ParseError: no symbol, or no paragraph, was found.
    """
    layout = lay_out_marks(source) if is_structured(source) else lay_out(source)
    _refuse_other_languages(source, layout)
    nodes, headings = build(layout.blocks, recites=not _RECITES_NOTHING.search(layout.head.symbol or source.name))
    nodes = _with_text(nodes)
    if not nodes:
        raise ParseError(source.name, "no paragraph of a resolution was found")
    derived: dict[str, str] = {}
    symbol = _symbol(source, layout, derived)
    head = layout.head
    vocabulary = Vocabulary(source.text)
    marks = _markers_by_node(nodes, layout.markers)
    year = head.adopted.year if head.adopted else symbol.year
    if symbol.session and not head.session:
        derived["session"] = f"from the symbol {symbol}"
    paragraphs = tuple(
        _paragraph(node, source, vocabulary, marks.get(id(node), ()), year, symbol.organ, acts=acts) for node in nodes
    )
    return Resolution(
        symbol=symbol,
        organ=str(symbol.organ),
        title=head.title,
        paragraphs=paragraphs,
        source=source,
        session=symbol.session,
        adopted=head.adopted,
        meeting=head.meeting,
        vote=head.vote,
        agenda_item=head.agenda_item,
        origin=head.origin,
        headings=tuple(_heading(h) for h in headings if h.block.pieces),
        footnotes=_footnotes(source.text, layout, paragraphs, nodes, marks),
        dropped=account(source.text, layout, paragraphs),
        absent=_absent(layout, symbol),
        derived=derived,
        parser=PARSER,
    )


def _refuse_other_languages(source: SourceText, layout: Layout) -> None:
    """A text whose enacting phrase is not English would be read, but not understood."""
    if layout.head.enacting or layout.head.organ:
        return
    for block in layout.blocks[:_ENACTING_WITHIN]:
        for language, phrase in _LANGUAGES.items():
            if phrase.match(block.text):
                raise ParseError(source.name, f"the text is in {language}; only the English texts are understood")


def _with_text(nodes: Sequence[Node]) -> list[Node]:
    """The nodes that print words; under a number that stands alone ("10. (a) ..."), its own chapeau's is the parent."""
    for node in nodes:
        while node.parent is not None and not node.parent.block.pieces:
            node.parent = node.parent.parent
    return [n for n in nodes if n.block.pieces]


_REASONS = {
    "title": "the source prints none",
    "session": "neither the source nor the symbol names one",
    "adopted": "the source names no day of adoption",
    "meeting": "the source names no meeting",
    "vote": "the source does not say how it was adopted",
    "agenda_item": "the source prints none",
    "origin": "the source prints none",
}


def _absent(layout: Layout, symbol: Symbol) -> dict[str, str]:
    found = {"session": symbol.session}
    return {name: why for name, why in _REASONS.items() if not found.get(name, getattr(layout.head, name))}


def _symbol(source: SourceText, layout: Layout, derived: dict[str, str]) -> Symbol:
    head = layout.head
    if head.symbol:
        try:
            return Symbol.parse(head.symbol)
        except SymbolError as error:
            raise ParseError(source.name, f"the symbol that it gives, {head.symbol!r}, is none") from error
    if head.number:
        number = re.sub(r"\s+", "", head.number)
        organ = "Security Council" if head.council else head.organ or "General Assembly"
        stem = "S/RES" if head.council else _STEMS.get(organ)
        if stem:
            derived["symbol"] = f"from the title line '{head.number}.', read as a resolution of the {organ}"
            return Symbol.parse(f"{stem}/{number}")
    try:
        symbol = Symbol.from_file_name(source.name)
    except SymbolError as error:
        raise ParseError(source.name, "no symbol of a resolution in the text or in the file's name") from error
    derived["symbol"] = f"from the file's name {source.name!r}"
    return symbol


def _heading(h: HeadingNode) -> Heading:
    pieces = h.block.pieces
    return Heading(h.block.text, h.level, Span(pieces[0].start, pieces[-1].end), h.before.label if h.before else None)


def _markers_by_node(nodes: Sequence[Node], markers: Sequence[Marker]) -> dict[int, list[Marker]]:
    """The markers inside each node's stretch of the source."""
    starts = [n.block.pieces[0].start for n in nodes]
    found: dict[int, list[Marker]] = {}
    for marker in markers:
        k = bisect_right(starts, marker.span.start) - 1
        if k >= 0 and marker.span.start <= nodes[k].block.pieces[-1].end:
            found.setdefault(id(nodes[k]), []).append(marker)
    return found


def _paragraph(
    node: Node,
    source: SourceText,
    vocabulary: Vocabulary,
    markers: Sequence[Marker],
    year: int | None,
    organ: Organ,
    *,
    acts: bool,
) -> Paragraph:
    spans = weave(source.text, node.block.pieces, vocabulary)
    text = clean(source.text, spans)
    chapeau = node.parent or (node.stray_of if text[:1].islower() else None)  # "shall freeze such funds" closes a list
    done = split_acts(text, year, organ) if acts and node.kind is Kind.OPERATIVE else ()
    return Paragraph(
        label=node.label,
        kind=node.kind,
        number=node.number,
        level=node.level,
        text=text,
        spans=spans,
        verb=done[0].verb if done else None,
        parent=chapeau.label if chapeau else None,
        section=node.section,
        part=node.part,
        annex=node.annex,
        page=bisect_right(source.pages, spans[0].start) if source.pages else None,
        acts=done,
        references=find_references(text, organ) if acts else (),
        footnotes=tuple(dict.fromkeys(m.note for m in markers)),
    )


def _footnotes(
    text: str,
    layout: Layout,
    paragraphs: Sequence[Paragraph],
    nodes: Sequence[Node],
    marks: Mapping[int, Sequence[Marker]],
) -> tuple[Footnote, ...]:
    """Notes with the places of their markers, then the markers whose note the source lacks; by number."""
    anchors: dict[str, list[tuple[str, int]]] = {}
    for node, paragraph in zip(nodes, paragraphs, strict=True):
        for marker in marks.get(id(node), ()):
            before = [Span(a, min(b, marker.span.start)) for a, b in paragraph.spans if a < marker.span.start]
            anchors.setdefault(marker.note, []).append((paragraph.label, len(clean(text, before))))
    out = [_footnote(text, note, anchors.get(note.marker, [])) for note in layout.notes]
    found = {note.marker for note in layout.notes}
    for figure, where in anchors.items():
        if figure not in found:
            reason = f"the source has the marker {figure} but no note {figure}"
            out.append(Footnote(figure, None, (), tuple(where), reason))
    return tuple(sorted(out, key=lambda f: (not f.marker.isdigit(), int(f.marker) if f.marker.isdigit() else 0)))


def _footnote(text: str, note: NoteDraft, anchors: Sequence[tuple[str, int]]) -> Footnote:
    spans = weave(text, [s for s in note.spans if s.end > s.start])
    body = clean(text, spans) if spans else None
    reason = None if body else "the source prints the note's number without a text"
    return Footnote(note.marker, body, spans, tuple(anchors), reason)
