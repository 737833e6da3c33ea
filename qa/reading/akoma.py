"""Akoma Ntoso XML, the form in which parliaments and the United Nations publish structured texts.

Source: OASIS Akoma Ntoso 1.0 (the schema of version 3) and the naming of its profile for the United Nations, AKN4UN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.jsonl import Piece, join_pieces
from qa.reading.source import make_source
from qa.records import SourceText

READER = "akoma-3"
MAX_DEPTH = 200
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_ANNEXES = frozenset(("attachments", "attachment", "annex", "components", "component"))
_ROLES = {
    "docNumber": "symbol",
    "docTitle": "title",
    "heading": "heading",
    "subheading": "heading",
    "crossHeading": "heading",
    "crossheading": "heading",
    "session": "masthead",
}
_BLOCKS = frozenset(("p", "listIntroduction", "listWrapUp", "block", "li", "td", "th", "signature", "recital", "num"))
_NOTE = "authorialNote"
_NOTES = frozenset((_NOTE, "noteRef"))
_MASTHEAD = frozenset((*_ROLES, "docDate"))  # what may stand inside a <p> and is a block all the same
_APART = frozenset(("br", "eol", "tr", "td", "th"))  # before these a blank, whatever the source has
_BLANK = re.compile(r"\s+")


def read_akoma(raw: bytes, name: str) -> SourceText:
    """The text of an Akoma Ntoso document, with what it says of each block.

    Raises:
        HostileFileError: a DOCTYPE or an entity, in any encoding; elements nested beyond reason.
        DamagedFileError: no well-formed XML, or no Akoma Ntoso.
    """
    refuse_doctype(raw, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(name, f"no well-formed XML ({error})".splitlines()[0], "fetch it again") from error
    if root.getroottree().docinfo.doctype:
        raise HostileFileError(name, "XML with a DOCTYPE", "take the DOCTYPE out")
    if _local(root) not in ("akomaNtoso", "akomantoso"):
        raise DamagedFileError(name, f"the root is <{_local(root)}>, not <akomaNtoso>", "give Akoma Ntoso, or its text")
    text, marks = join_pieces(list(_pieces(root, name)))
    if not text.strip():
        raise DamagedFileError(name, "there is no text in it", "give the whole document")
    return make_source(text, raw, name=name, format_="akn", reader=READER, marks=marks)


def refuse_doctype(raw: bytes, name: str) -> None:
    """Look for a DOCTYPE or ENTITY in any encoding that an XML parser would detect."""
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7"):
        if _DOCTYPE.search(raw.decode(codec, "ignore")):
            raise HostileFileError(name, "XML with a DOCTYPE or an entity", "take the DOCTYPE out")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _pieces(root: etree._Element, name: str) -> Iterator[Piece]:
    """Blocks in document order, each followed by its notes; without recursion."""
    notes = _notes_apart(root)
    stack: list[tuple[etree._Element | str, int, str]] = [(root, 0, "masthead")]
    while stack:
        element, depth, where = stack.pop()
        if isinstance(element, str):  # words that stand between blocks, though the schema has none there
            yield Piece(where, " ".join(element.split()))
            continue
        if depth > MAX_DEPTH:
            raise HostileFileError(name, f"elements nested deeper than {MAX_DEPTH}", "give a plainer document")
        tag = _local(element)
        if not tag or tag == "meta" or (tag == "num" and not _stands_alone(element)):
            continue
        if tag == "docDate" and _is_day(element.get("date")) and not _issued(element):
            yield Piece("date", element.get("date") or "")
            continue
        where = _where(tag, where)
        if _is_block(element, tag):
            words = _Words(notes)
            words.take(element)
            number = _number_above(element) if tag not in _ROLES else None
            yield Piece(_role(element, tag, where), words.text, number, _level(element), tuple(words.markers))
            yield from words.footnotes
            continue
        for child in reversed(element):
            if child.tail and child.tail.strip():
                stack.append((child.tail, depth, where))
            stack.append((child, depth + 1, where))
        if element.text and element.text.strip():
            stack.append((element.text, depth, where))


def _where(tag: str, where: str) -> str:
    if tag in _ANNEXES:
        return "annex"
    if tag == "preamble" and where != "annex":
        return "preambular"
    if tag in ("body", "mainBody") and where != "annex":
        return "operative"
    return "closing" if tag == "conclusions" and where != "annex" else where


def _role(element: etree._Element, tag: str, where: str) -> str:
    if tag == "num":
        return "heading"
    if tag == "docTitle" and _on_cover(element):
        return "masthead"
    if tag in _ROLES:
        return _ROLES[tag]
    above = {_local(up) for up in element.iterancestors()}
    if tag == "formula" or "formula" in above:
        return "enacting"
    if "longTitle" in above and not any(_local(inner) == "docTitle" for inner in element.iterdescendants()):
        return "title"
    return "preambular" if where != "annex" and ("recital" in above or tag == "recital") else where


def _on_cover(element: etree._Element) -> bool:
    """On the cover page, whose title says who adopted the text, and when; the text's own title is in the preface."""
    return any(_local(up) == "coverPage" for up in element.iterancestors())


def _issued(date: etree._Element) -> bool:
    """The cover page's date is that of the document, unless it says that it is the adoption's."""
    return _on_cover(date) and "adoption" not in (date.get("refersTo") or "").lower()


def _is_block(element: etree._Element, tag: str) -> bool:
    """Whether its words are one block: none of what is inside it is a block of its own."""
    if tag == "table":
        return True
    if tag not in _BLOCKS and tag not in _ROLES and not (element.text or "").strip():
        return False
    inner = (_local(e) for e in element.iterdescendants() if not _in_note(e, element))
    return not any(t in _BLOCKS or t in _MASTHEAD for t in inner)


def _in_note(element: etree._Element, within: etree._Element) -> bool:
    while element is not within:
        if _local(element) in _NOTES:
            return True
        element = element.getparent()
    return False


def _stands_alone(num: etree._Element) -> bool:
    """A number that is none of a paragraph's: that of a part, a section or an article, printed above its heading."""
    parent = num.getparent()
    return parent is not None and _local(parent) not in _NUMBERED and bool("".join(num.itertext()).strip())


_NUMBERED = frozenset(
    ("paragraph", "subparagraph", "clause", "subclause", "point", "indent", "alinea", "item", "recital", "list", "rule")
)


def _is_day(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"\d{4}-\d\d-\d\d", text))


def _number_above(element: etree._Element) -> str | None:
    """The number of the paragraph or item whose first text this is."""
    child, parent = element, element.getparent()
    while parent is not None and _local(parent) not in ("body", "mainBody", "preamble"):
        texts = [c for c in parent if _local(c) not in ("", "num", "heading", "subheading")]
        if not texts or texts[0] is not child:
            return None
        num = next((c for c in parent if _local(c) == "num"), None)
        if num is not None:
            return " ".join("".join(num.itertext()).split()) if _local(parent) in _NUMBERED else None
        child, parent = parent, parent.getparent()
    return None


def _level(element: etree._Element) -> int:
    """1 for a paragraph, one more for each numbered element around it."""
    around = sum(_local(up) in _NUMBERED and any(_local(c) == "num" for c in up) for up in element.iterancestors())
    return max(1, around)


def _notes_apart(root: etree._Element) -> dict[str, str]:
    """The notes that the metadata keep, by their identifiers."""
    found: dict[str, str] = {}
    for note in root.iter("{*}note"):
        key = note.get("eId") or note.get("id")
        if key:
            found[key] = " ".join("".join(note.itertext()).split())
    return found


@dataclass(slots=True)
class _Words:
    """The words of a block, white space collapsed, with the places of its markers and the notes that they mark."""

    notes: Mapping[str, str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    markers: list[tuple[int, int]] = field(default_factory=list)
    footnotes: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self.parts).rstrip()

    def take(self, block: etree._Element) -> None:
        """All words of the block in order, without recursion."""
        todo: list[etree._Element | str] = [block]
        while todo:
            element = todo.pop()
            if isinstance(element, str):
                self._add(element)
                continue
            if _local(element) in _NOTES:
                self._note(element)
                continue
            for child in reversed(element):
                todo.append(child.tail or "")
                if _local(child):
                    todo.append(child)
            self._add((" " if _local(element) in _APART else "") + (element.text or ""))

    def _add(self, words: str) -> None:
        collapsed = _BLANK.sub(" ", words)
        if not self.parts or self.parts[-1].endswith(" "):
            collapsed = collapsed.lstrip()
        if collapsed:
            self.parts.append(collapsed)
            self.length += len(collapsed)

    def _note(self, element: etree._Element) -> None:
        marker = (element.get("marker") or str(len(self.markers) + 1)).strip()
        words = " ".join("".join(element.itertext()).split())
        words = words if _local(element) == _NOTE else self.notes.get((element.get("href") or "").lstrip("#"), "")
        self.markers.append((self.length, self.length + len(marker)))
        self.parts.append(marker)
        self.length += len(marker)
        if words:
            self.footnotes.append(Piece("footnote", words, marker))
