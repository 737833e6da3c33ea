"""The left column: the source's text, cut at every border of a span, each stretch with its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from qa.records import Act, Kind, Paragraph, Resolution

KINDS = {
    Kind.PREAMBULAR: "preambular",
    Kind.OPERATIVE: "operative",
    Kind.ANNEX: "in annexes",
    Kind.UNKNOWN: "of unknown kind",
}
DROPPED = {
    "furniture": "page furniture: running heads, page numbers, rules",
    "footnote": "the text of a footnote",
    "marker": "a footnote marker",
    "hyphenation": "a line break inside a word",
    "number": "the printed number of a paragraph",
    "masthead": "masthead: organ, symbol, session, agenda item",
    "title": "the title",
    "enacting": "the enacting words",
    "heading": "a heading",
    "closing": "closing lines: meeting, date, vote",
    "other": "understood by no rule",
    "unaccounted": "in no paragraph and without a reason: a fault of the parser",
}
_QUIET = {"number", "marker", "hyphenation"}  # too short for a name of their own; the tooltip says it
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text: of a paragraph (its number in the resolution), dropped (`why`), or blank (neither)."""

    start: int
    end: int
    paragraph: int | None = None
    why: str | None = None


def stretches(resolution: Resolution) -> list[Piece]:
    """The text from end to end, without a gap; what nothing accounts for is said to be so."""
    known = [Piece(a, b, at) for at, one in enumerate(resolution.paragraphs) for a, b in one.spans]
    known += [Piece(a, b, why=why.value) for (a, b), why in resolution.dropped]
    text, at = resolution.source.text, 0
    found: list[Piece] = []
    for one in sorted(known, key=lambda it: (it.start, it.end)):
        start = max(one.start, at)  # a fault of the parser must not show a character twice
        if start >= one.end:
            continue
        found.extend(_between(text, at, start))
        found.append(Piece(start, one.end, one.paragraph, one.why))
        at = one.end
    found.extend(_between(text, at, len(text)))
    return found


def _between(text: str, start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece(start, end, why="unaccounted" if text[start:end].strip() else None)


def marked_text(key: str, resolution: Resolution, pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces as HTML; a page break is drawn where the source has one."""
    text, seen = resolution.source.text, set[int]()
    pages = list(resolution.source.pages[1:])
    for number, piece in enumerate(pieces):
        inner = ""
        at = piece.start
        while pages and pages[0] < piece.end:
            page = len(resolution.source.pages) - len(pages) + 1
            inner += f'{printable(text[at : pages[0]])}<i class="page" data-page="{page}"></i>'
            at = pages.pop(0)
        inner += printable(text[at : piece.end])
        if piece.paragraph is not None:
            goes_on = piece.paragraph in seen
            if not goes_on or _is_interrupted(pieces, number):
                yield _badge(key, resolution.paragraphs[piece.paragraph].label, piece.paragraph, goes_on)
            yield _of_paragraph(key, resolution, piece.paragraph, inner, not goes_on)
            seen.add(piece.paragraph)
        elif piece.why is not None:
            yield _dropped(piece.why, inner, piece.why not in _QUIET and _ends_run(pieces, number))
        else:
            yield inner


def _ends_run(pieces: Sequence[Piece], number: int) -> bool:
    """Whether nothing dropped for the same reason follows: the reason is written once, not at every line."""
    following = (one for one in pieces[number + 1 :] if one.why is not None or one.paragraph is not None)
    after = next(following, None)
    return after is None or after.why != pieces[number].why


def _is_interrupted(pieces: Sequence[Piece], number: int) -> bool:
    """Whether more than a footnote marker or a line break stands between this stretch and what was kept before it."""
    for one in reversed(pieces[:number]):
        if one.paragraph is not None:
            return False
        if one.why is not None and one.why not in _QUIET:
            return True
    return False


def _badge(key: str, label: str, number: int, goes_on: bool) -> str:
    shown = escape(f"… {label}" if goes_on else label)
    name = f"{escape(label)}{' goes on: to it' if goes_on else ''} in the outline"
    return f'<a class="label" href="#{key}o{number}" data-label="{shown}" aria-label="{name}"></a>'


def printable(text: str) -> str:
    """Escaped; what a page cannot hold is shown as one character, so that places stay."""
    shown = _UNPRINTABLE.sub(lambda found: _picture(found.group()), text)
    return escape(shown).replace("\r", "&#13;")


def _picture(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _of_paragraph(key: str, resolution: Resolution, number: int, inner: str, first: bool) -> str:
    paragraph = resolution.paragraphs[number]
    place = f' id="{key}s{number}"' if first else ""
    return f'<mark{place} class="{paragraph.kind.value} {key}p{number}" title="{escape(tooltip(paragraph))}">{inner}</mark>'


def _dropped(why: str, inner: str, is_named: bool) -> str:
    name = f' data-why="{why}"' if is_named else ""
    return f'<span class="dropped {why}" title="{escape(DROPPED[why])}"{name}>{inner}</span>'


def tooltip(paragraph: Paragraph) -> str:
    """Label, kind and what the paragraph does, to whom and by when."""
    page = f", page {paragraph.page}" if paragraph.page is not None else ""
    lines = [f"{paragraph.label}: {paragraph.kind.value}{page}"]
    lines += [act_line(act) for act in paragraph.acts] or ([paragraph.verb] if paragraph.verb else [])
    return "\n".join(lines)


def act_line(act: Act) -> str:
    """One act in a line: verb, addressee, deadline."""
    whom = f" → {act.addressee}" if act.addressee else ""
    when = f"; when: {act.deadline.text}" if act.deadline else ""
    return f"{act.verb}{whom}{when}"
