"""PDF files: the text layer, with blank lines where the page leaves space, page offsets, and raised figures marked.

The geometry is asked for only where it tells something (ends of lines, figures), so that a page costs milliseconds.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as c_api

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.source import make_source
from qa.records import Mark, SourceText, Span

READER = "pdfium-1"
MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
_BROKEN_HYPHEN = "\ufffe"  # how pdfium gives a hyphen at a line's end together with the break
_AIR = 1.42  # a step of more than so many font sizes to the next line leaves a blank line
_RAISED = 1.6  # points above the line from which a small figure is a superscript
_SMALL = 0.8  # of the line's font size
_SAME_LINE = 1.5  # points
_INDENT = (12.0, 60.0)  # points by which a paragraph's first line is set in
_FIGURE = re.compile(r"\d+")
_LINE = re.compile(r"[^\r\n\ufffe]+")


def read_pdf(raw: bytes, name: str) -> SourceText:
    """The text of a PDF that has a text layer.

    Raises:
        DamagedFileError: no PDF, truncated, locked by a password, or without text.
        HostileFileError: more pages or characters than any resolution has.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise DamagedFileError(
            name, f"no readable PDF ({str(error).rstrip('.')})", "fetch it again, or take off its password"
        ) from error
    try:
        return _read(document, raw, name)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, raw: bytes, name: str) -> SourceText:
    n_pages = len(document)
    if n_pages > MAX_PAGES:
        raise HostileFileError(name, f"{n_pages} pages, more than {MAX_PAGES}", "split it by resolution")
    out = _Text()
    for number in range(n_pages):
        try:
            page = document[number].get_textpage()
        except pdfium.PdfiumError as error:
            raise DamagedFileError(name, f"page {number + 1} is unreadable", "fetch the file again") from error
        if number:
            out.add("\f")
        out.pages.append(out.length)
        _read_page(page, out)
        if out.length > MAX_CHARACTERS:
            raise HostileFileError(name, f"more than {MAX_CHARACTERS:,} characters", "split it by resolution")
    text = "".join(out.parts)
    if not text.strip():
        raise DamagedFileError(name, "the PDF has no text layer", "run an OCR tool over it and give its text")
    return make_source(
        text, raw, name=name, format_="pdf", reader=READER, pages=tuple(out.pages), marks=tuple(out.marks)
    )


@dataclass(slots=True)
class _Text:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as pdfium gives it: the index of its first character, where that stands, and its font size."""

    text: str
    index: int
    x: float
    y: float
    size: float
    lone: bool  # nothing but a short figure: a note's, if it is raised


class _Probe:
    """Asks a text page where a character stands."""

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._page = page
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def origin(self, index: int) -> tuple[float, float]:
        c_api.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        return self._x.value, self._y.value

    def size(self, index: int) -> float:
        return float(c_api.FPDFText_GetFontSize(self._page, index))


def _read_page(page: pdfium.PdfTextPage, out: _Text) -> None:
    text: str = page.get_text_range()
    if len(text) != page.count_chars():  # the offsets would not fit: take the words alone
        out.add(text.replace("\r\n", "\n").replace(_BROKEN_HYPHEN, "-\n"))
        return
    probe = _Probe(page)
    rows = _rows(text, probe)
    margin = Counter(round(row.x) for row in rows).most_common(1)[0][0] if rows else 0
    before: _Row | None = None
    for row in rows:
        if before is not None and _is_superscript(before, row):
            out.marks.append(Mark(Span(out.length, out.length + len(row.text)), "marker"))
            out.add(row.text)
            continue
        if before is not None and _same_line(before, row):
            out.add(" ")
        else:
            if before is not None:
                out.add("\n")
            if before is None or not 0 <= before.y - row.y <= _AIR * row.size:
                out.add("\n" * (2 if _INDENT[0] < row.x - margin < _INDENT[1] else 1))
        _add_row(row, probe, out)
        before = row
    out.add("\n")


def _rows(text: str, probe: _Probe) -> list[_Row]:
    rows: list[_Row] = []
    for match in _LINE.finditer(text):
        body, index = match.group().rstrip(), match.start()
        if body:
            last = index + len(body) - 1
            x, y = probe.origin(index)
            size = max(probe.size(index), probe.size(last)) or 1.0
            lone = len(body) <= 3 and body.isdigit()
            y = min(y, probe.origin(last)[1])
            broken = text[match.end() : match.end() + 1] == _BROKEN_HYPHEN
            rows.append(_Row(body + "-" if broken else body, index, x, y, size, lone))
    return rows


def _is_superscript(before: _Row, row: _Row) -> bool:
    """A small figure of its own, raised above the end of the line before."""
    return row.lone and row.x > before.x and row.size < before.size * _SMALL and 0 < row.y - before.y < before.size


def _same_line(before: _Row, row: _Row) -> bool:
    """Pdfium breaks a line at a superscript: what follows stands on the same base line, further right."""
    if row.x <= before.x:
        return False
    if abs(row.y - before.y) < _SAME_LINE:
        return True
    return before.lone and 0 < before.y - row.y < row.size * 0.7 and before.size < row.size


def _add_row(row: _Row, probe: _Probe, out: _Text) -> None:
    """Write a line, marking its superscripts: markers in the text, and the numbers of the notes themselves."""
    start = out.length
    for match in _FIGURE.finditer(row.text):
        at = _first_raised(row, match.start(), match.end(), probe)
        if at < match.end():
            out.marks.append(Mark(Span(start + at, start + match.end()), "marker"))
    out.add(row.text)


def _first_raised(row: _Row, start: int, end: int, probe: _Probe) -> int:
    """Where the superscript at the end of a run of figures starts; `end` if there is none."""
    at = end
    while at > start:
        index = row.index + at - 1
        if probe.size(index) > row.size * _SMALL or probe.origin(index)[1] - row.y < _RAISED:
            break
        at -= 1
    return at
