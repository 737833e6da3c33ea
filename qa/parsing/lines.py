"""The lines of a source text, with their places in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from qa.records import SourceText

_BREAKS = "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_ODD_BLANKS = "\u00a0\u202f\u2009\u2007\u2002\u2003"


class Line(NamedTuple):
    """One line without its surrounding white space: `text` is `source[start:end]`, every blank a plain one.

    `indent` counts the blanks before it; `width` is the length of the text, and where there is none, that of the blanks:
    a rule made of blanks has no text but a width. `page` counts from 0.
    """

    start: int
    end: int
    text: str
    indent: int
    width: int
    page: int


def split_lines(source: SourceText) -> list[Line]:
    """The lines in order; a form feed ends a line and, where the reader gave no pages, a page."""
    lines: list[Line] = []
    new_line = tuple.__new__  # half the cost of Line(...), on the path of every line
    offset = 0
    page = 0
    pages = source.pages
    plain = source.text
    for blank in _ODD_BLANKS:
        plain = plain.replace(blank, " ")
    for raw in plain.splitlines(keepends=True):
        text = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if text and text[0] != raw[0] else 0
        if pages:
            page = bisect_right(pages, offset) - 1
        start = offset + indent
        width = len(text) or len(raw.rstrip(_BREAKS))
        lines.append(new_line(Line, (start, start + len(text), text, indent, width, page)))
        offset += len(raw)
        if not pages and raw[-1] == "\f":
            page += 1
    return lines
