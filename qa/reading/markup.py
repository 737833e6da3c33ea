"""HTML, and DOCX by way of HTML: the words as a browser would lay them out, one block a line, superscripts marked.

The text then goes the way of page texts: HTML says how a line looks, not whether it recites or decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.plain import decode
from qa.reading.source import make_source
from qa.records import Mark, SourceText, Span

READER = "html-1"
MAX_NODES = 500_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_SKIPPED = frozenset(("script", "style", "head", "template", "noscript", "nav", "iframe", "object", "svg"))
_BLOCK_TAGS = """
p div li tr h1 h2 h3 h4 h5 h6 blockquote section article ol ul table body header footer main pre dd dt dl hr td th
center
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_NOTE_ID = re.compile(r"\A(?:footnote|endnote)-(\d{1,3})$")
_FIGURE = re.compile(r"\A\[?(\d{1,3})\]?$")


@dataclass(slots=True)
class _Page:
    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    n_nodes: int = 0
    in_notes: bool = False

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def end_block(self) -> None:
        """A blank line, unless one is there."""
        if self.parts and not self.parts[-1].endswith("\n\n"):
            self.add("\n\n")

    def add_words(self, words: str) -> None:
        """Words with their white space collapsed; none at the head of a block."""
        text = re.sub(r"[ \t\r\n\f]+", " ", words)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        if text:
            self.add(text)


def read_html(raw: bytes, name: str, encoding: str | None = None) -> SourceText:
    """The text of an HTML page.

    Raises:
        DamagedFileError: no text in it, or undecodable.
        HostileFileError: more elements than any resolution has.
    """
    declared = _CHARSET.search(raw[:4096])
    html = decode(raw, name, encoding or (declared.group(1).decode("ascii") if declared else None))
    text, marks = lay_out_html(html, name)
    return make_source(text, raw, name=name, format_="html", reader=READER, marks=marks)


def lay_out_html(html: str, name: str) -> tuple[str, tuple[Mark, ...]]:
    """Text and superscript marks of an HTML document."""
    body = LexborHTMLParser(html).body
    page = _Page()
    if body is not None:
        _walk(body, page, name)
    text = "".join(page.parts).strip("\n") + "\n"
    if not text.strip():
        raise DamagedFileError(name, "there is no text in it", "save the page's text, not its frame")
    lead = len("".join(page.parts)) - len("".join(page.parts).lstrip("\n"))
    marks = tuple(Mark(Span(m.span.start - lead, m.span.end - lead), m.role) for m in page.marks)
    return text, marks


def _walk(root: LexborNode, page: _Page, name: str) -> None:
    """Depth first, without recursion: a page may nest its elements as deep as it likes."""
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            page.end_block()
            continue
        page.n_nodes += 1
        if page.n_nodes > MAX_NODES:
            raise HostileFileError(name, f"more than {MAX_NODES:,} elements", "give the resolution's own page")
        tag = node.tag or ""
        if tag == "-text":
            page.add_words(node.text_content or "")
        elif tag == "br":
            page.add("\n")
        elif tag == "sup" and (figure := _FIGURE.match(node.text().strip())):
            _superscript(figure.group(1), page)
        elif tag not in _SKIPPED and not tag.startswith(("-", "_", "!")):
            if tag in _BLOCKS and not (tag == "p" and page.parts and page.parts[-1].endswith(" ")):
                page.end_block()
                stack.append(None)
            if tag == "li":
                _open_item(node, page)
            stack.extend(reversed(list(node.iter(include_text=True))))


def _superscript(figure: str, page: _Page) -> None:
    fresh = not page.parts or page.parts[-1].endswith("\n")
    start = page.length
    page.add(figure)
    if fresh:
        page.add(" ")
    page.marks.append(Mark(Span(start, start + len(figure)), "marker"))


def _open_item(item: LexborNode, page: _Page) -> None:
    """Print an item's number; the items that mammoth makes of footnotes are printed as a page foot is."""
    note = _NOTE_ID.match(item.attributes.get("id") or "")
    if note is None:
        page.add_words(_number(item))
        return
    if not page.in_notes:
        page.add("__________________\n\n")
        page.in_notes = True
    page.add(f"{note.group(1)} ")


def _number(item: LexborNode) -> str:
    """The number that a browser would print before an item of a numbered list."""
    row = item.parent
    if row is None or row.tag != "ol":
        return ""
    place = 1
    before = item.prev
    while before is not None:
        place += before.tag == "li"
        before = before.prev
    start = row.attributes.get("start") or "1"
    place += int(start) - 1 if start.isdigit() else 0
    form = row.attributes.get("type") or "1"
    if form == "a" and place <= 26:
        return f"({chr(96 + place)}) "
    return f"{place}. "
