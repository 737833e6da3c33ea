"""Akoma Ntoso XML, the form in which parliaments and the United Nations publish structured texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from qa.errors import DamagedFileError, HostileFileError
from qa.reading.jsonl import join_pieces
from qa.reading.source import make_source
from qa.records import SourceText

READER = "akoma-1"
MAX_DEPTH = 200
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_LEVELS = {"paragraph": 1, "clause": 1, "article": 1, "subparagraph": 2, "point": 2, "indent": 3, "item": 2}
_ANNEXES = frozenset(("attachments", "attachment", "annex", "components", "component"))
_ROLES = {
    "docNumber": "symbol",
    "docTitle": "title",
    "heading": "heading",
    "subheading": "heading",
    "recital": "preambular",
    "conclusions": "closing",
    "coverPage": "masthead",
    "session": "masthead",
}

_INLINE = frozenset((*_ROLES, "docDate"))

_NOTE = "authorialNote"

Piece = tuple[str, str, str | None, int]


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
    pieces = list(_pieces(root, name))
    text, marks = join_pieces(pieces)
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


def _words(element: etree._Element) -> str:
    """The words in an element, those of notes left out."""
    if not any(_local(inner) == _NOTE for inner in element.iterdescendants()):
        return " ".join("".join(element.itertext()).split())
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        if not any(_local(up) == _NOTE for up in (inner, *inner.iterancestors())):
            parts.append(inner.text or "")
        if not any(_local(up) == _NOTE for up in inner.iterancestors()):
            parts.append(inner.tail or "")
    return " ".join("".join(parts).split())


def _notes(element: etree._Element) -> Iterator[Piece]:
    for note in element.iterdescendants():
        if _local(note) == _NOTE:
            words = " ".join("".join(note.itertext()).split())
            yield ("footnote", words, note.get("marker"), 1)


def _pieces(root: etree._Element, name: str) -> Iterator[Piece]:
    """Blocks in document order, without recursion."""
    stack: list[tuple[etree._Element, int, str]] = [(root, 0, "masthead")]
    while stack:
        element, depth, where = stack.pop()
        if depth > MAX_DEPTH:
            raise HostileFileError(name, f"elements nested deeper than {MAX_DEPTH}", "give a plainer document")
        tag = _local(element)
        if not tag or tag in ("meta", "num"):
            continue
        where = _where(tag, where)
        piece = _piece(element, tag, where)
        if piece is not None:
            yield piece
            yield from _notes(element)
            continue
        stack.extend((child, depth + 1, where) for child in reversed(element))


def _where(tag: str, where: str) -> str:
    if tag in _ANNEXES:
        return "annex"
    if tag == "preamble":
        return "preambular"
    if tag in ("body", "mainBody") and where != "annex":
        return "operative"
    return "closing" if tag == "conclusions" else where


def _piece(element: etree._Element, tag: str, where: str) -> Piece | None:
    """The block that an element is; None where its children are to be looked at."""
    if tag in _ROLES:
        return (_ROLES[tag], _words(element), None, 1)
    if tag == "docDate":
        return ("date", element.get("date") or "", None, 1) if _is_day(element.get("date")) else None
    if tag == "formula":
        return ("enacting", _words(element), None, 1)
    if tag == "p" and any(_local(inner) in _INLINE for inner in element.iterdescendants()):
        return None
    if tag == "p":
        return (where, _words(element), _number_above(element), _level_above(element))
    return None


def _is_day(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"\d{4}-\d\d-\d\d", text))


def _numbered_above(element: etree._Element) -> etree._Element | None:
    """The numbered element whose first text this is."""
    child, parent = element, element.getparent()
    while parent is not None and _local(parent) not in ("body", "mainBody", "preamble"):
        texts = [c for c in parent if _local(c) not in ("num", "heading", "subheading")]
        if not texts or texts[0] is not child:
            return None
        if any(_local(c) == "num" for c in parent):
            return parent
        child, parent = parent, parent.getparent()
    return None


def _number_above(element: etree._Element) -> str | None:
    above = _numbered_above(element)
    return next((_words(c) for c in above if _local(c) == "num"), None) if above is not None else None


def _level_above(element: etree._Element) -> int:
    above = _numbered_above(element)
    return _LEVELS.get(_local(above), 1) if above is not None else 1
