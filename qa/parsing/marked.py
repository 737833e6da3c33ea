"""Texts whose form tells the structure (JSONL, Akoma Ntoso): blocks straight from the reader's marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from qa.parsing.blocks import Block, BlockRole
from qa.parsing.closing import read_closing_text
from qa.parsing.layout import Layout
from qa.parsing.markers import Marker
from qa.parsing.masthead import ENACTING, TITLE_NUMBER, Head, read_origin
from qa.parsing.notes import NoteDraft
from qa.parsing.numbers import Number, Style, read_sub, read_top
from qa.records import Dropped, Kind, Mark, SourceText, Span

_KINDS = {"preambular": Kind.PREAMBULAR, "operative": Kind.OPERATIVE, "annex": Kind.ANNEX}
_ROLES = {"heading": BlockRole.HEADING, "enacting": BlockRole.ENACTING}


def is_structured(source: SourceText) -> bool:
    """The reader marked paragraphs, not superscripts alone."""
    return any(mark.role in _KINDS for mark in source.marks)


def lay_out_marks(source: SourceText) -> Layout:
    """Blocks in the order of the marks; what no mark covers is left out as `OTHER`."""
    layout = Layout(Head(), [], [], [])
    readers: dict[str, Callable[[Head, str], None]] = {
        "symbol": _symbol,
        "title": _title,
        "date": _date,
        "masthead": _masthead,
        "closing": _closing,
    }
    reasons = {"title": Dropped.TITLE, "closing": Dropped.CLOSING}
    in_annex = False
    for mark in source.marks:
        text = " ".join(source.text[mark.span.start : mark.span.end].split())
        if not text:
            continue
        if mark.role in readers:
            readers[mark.role](layout.head, text)
            layout.named.append((mark.span, reasons.get(mark.role, Dropped.MASTHEAD)))
        elif mark.role == "marker":
            layout.markers.append(Marker(text, mark.span))
            if layout.blocks:
                _cut_marker(layout.blocks[-1], mark.span)
        elif mark.role == "footnote":
            layout.notes.append(NoteDraft(mark.number or "*", 0, mark.span.start, [mark.span]))
        else:
            if mark.role == "annex" and not in_annex:
                layout.blocks.insert(_above_headings(layout.blocks), Block(BlockRole.ANNEX, "", []))
                in_annex = True
            elif mark.role in ("preambular", "operative"):
                in_annex = False
            layout.blocks.append(_block(mark, text))
    return layout


def _above_headings(blocks: Sequence[Block]) -> int:
    """Where the headings begin that stand last: those of an annex belong to it, the first article's too."""
    at = len(blocks)
    while at and blocks[at - 1].role is BlockRole.HEADING:
        at -= 1
    return at


def _block(mark: Mark, text: str) -> Block:
    if mark.role in _ROLES:
        return Block(_ROLES[mark.role], text, [mark.span], lead=text, level=mark.level)
    return Block(BlockRole.TEXT, text, [mark.span], number=_number(mark), kind=_KINDS[mark.role], level=mark.level)


def _number(mark: Mark) -> Number | None:
    printed = (mark.number or "").strip()
    if not printed:
        return None
    number = read_top(printed if printed.endswith(".") else printed + ".", 0) or read_sub(printed)
    if number is None:
        return None
    return Number(printed.rstrip("."), number.value, number.style if mark.number else Style.NONE, 0)


def _cut_marker(block: Block, marker: Span) -> None:
    """Take a marker out of the last piece of the block in which it stands."""
    piece = block.pieces[-1] if block.pieces else marker
    if block.role is BlockRole.TEXT and piece.start <= marker.start < piece.end:
        halves = [Span(piece.start, marker.start), Span(marker.end, piece.end)]
        block.pieces[-1:] = [h for h in halves if h.end > h.start]


def _symbol(head: Head, text: str) -> None:
    """A symbol; or the number that a title line prints ("99/7."), from which one may be derived."""
    if TITLE_NUMBER.match(f"{text.rstrip('. ')}. x"):
        head.number = head.number or text.rstrip(". ")
    else:
        head.symbol = head.symbol or text


def _title(head: Head, text: str) -> None:
    head.title = head.title or text


def _date(head: Head, text: str) -> None:
    head.adopted = dt.date.fromisoformat(text) if text[:4].isdigit() else head.adopted


def _masthead(head: Head, text: str) -> None:
    if text.endswith("session") and head.session is None:
        head.session = text
    elif text.startswith("Agenda item"):
        head.agenda_item = text
    else:
        read_origin(head, text)
    if ENACTING.match(text):
        head.organ = text[4:].rstrip(" ,:")


def _closing(head: Head, text: str) -> None:
    meeting, adopted, vote = read_closing_text(text)
    head.meeting = head.meeting or meeting
    head.adopted = head.adopted or adopted
    head.vote = head.vote or vote
