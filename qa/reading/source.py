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
    return SourceText(
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        name=name,
        format=format_,
        reader=reader,
        pages=pages,
        marks=marks,
    )
