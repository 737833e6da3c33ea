"""From a file's bytes to a `SourceText`."""

from __future__ import annotations

import hashlib

from qa.records import Mark, SourceText


def make_source(
    text: str,
    raw: bytes,
    *,
    name: str,
    format_: str,
    reader: str,
    pages: tuple[int, ...] = (),
    marks: tuple[Mark, ...] = (),
) -> SourceText:
    """The source text with both digests; `raw` is what the reader was given, `text` what it made of it."""
    sha256 = hashlib.sha256(raw).hexdigest()
    encoded = text.encode("utf-8")
    return SourceText(
        text=text,
        sha256=sha256,
        text_sha256=sha256 if encoded == raw else hashlib.sha256(encoded).hexdigest(),
        name=name,
        format=format_,
        reader=reader,
        pages=pages,
        marks=marks,
    )
