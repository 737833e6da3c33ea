"""Which reader reads a file: by its first bytes, and by its suffix where those say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from qa.errors import DamagedFileError, UnsupportedFormatError
from qa.records import SourceText

Reader = Callable[[bytes, str, str | None], Iterator[SourceText]]


def read_bytes(raw: bytes, name: str, encoding: str | None = None) -> Iterator[SourceText]:
    """The texts in a file's bytes.

    Raises:
        ReadError: empty, damaged, hostile, or of no known form.
    """
    if not raw:
        raise DamagedFileError(name, "the file is empty", "give one with text in it")
    yield from reader_of(raw, name)(raw, name, encoding)


def reader_of(raw: bytes, name: str) -> Reader:
    """The reader for a file; its first bytes overrule its suffix."""
    suffix = PurePath(name).suffix.lower()
    start = raw[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").replace(b"\0", b"")
    if start.startswith(b"<?xml") and suffix in (".html", ".htm", ".xhtml"):
        return _html
    for magic, reader in _MAGIC:
        if start.startswith(magic):
            return reader
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if b"\0" in raw[:1024] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnsupportedFormatError(name, "no known form", f"give one of {', '.join(sorted(_SUFFIXES))}")
    return _plain


def _plain(raw: bytes, name: str, encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.plain import read_plain

    yield read_plain(raw, name, encoding)


def _pdf(raw: bytes, name: str, _encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.pdf import read_pdf

    yield read_pdf(raw, name)


def _docx(raw: bytes, name: str, _encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.docx import read_docx

    yield read_docx(raw, name)


def _html(raw: bytes, name: str, encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.markup import read_html

    yield read_html(raw, name, encoding)


def _akoma(raw: bytes, name: str, _encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.akoma import read_akoma

    yield read_akoma(raw, name)


def _jsonl(raw: bytes, name: str, _encoding: str | None) -> Iterator[SourceText]:
    from qa.reading.jsonl import read_jsonl

    yield from read_jsonl(raw, name)


_SUFFIXES: dict[str, Reader] = {
    ".txt": _plain,
    ".text": _plain,
    ".pdf": _pdf,
    ".docx": _docx,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".xml": _akoma,
    ".akn": _akoma,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
}
_MAGIC: tuple[tuple[bytes, Reader], ...] = (
    (b"%PDF", _pdf),
    (b"PK\x03\x04", _docx),
    (b"<?xml", _akoma),
    (b"<akomaNtoso", _akoma),
    (b"<!DOCTYPE html", _html),
    (b"<!doctype html", _html),
    (b"<html", _html),
    (b'{"symbol"', _jsonl),
)
