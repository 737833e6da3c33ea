"""The law that binds a paragraph to its source, checked: at build for every paragraph, at response for every quotation.

" ".join("".join(source[a:b] for a, b in spans).split()) == text
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from qa.errors import VerbatimError
from qa.records import Paragraph, Resolution


def exact_text(source: str, spans: Sequence[tuple[int, int]]) -> str:
    """The source's own characters: the slices `spans`, joined without anything between."""
    return "".join(source[start:end] for start, end in spans)


def why_not_verbatim(source: str, spans: Sequence[tuple[int, int]], text: str) -> str | None:
    """What breaks the law; None where it holds."""
    if not spans:
        return "it has no span in its source"
    at = 0
    for start, end in spans:
        if not at <= start < end <= len(source):
            return f"span {start}-{end} is out of order or outside its source"
        at = end
    if " ".join(exact_text(source, spans).split()) != text:
        return "its text is not what its spans hold"
    return None


def quote(resolution: Resolution, paragraph: Paragraph) -> str:
    """The verbatim quotation of a paragraph, compared with its clean text at the moment it is given out.

    Raises:
        VerbatimError: they differ; the quotation must be withheld.
    """
    why = why_not_verbatim(resolution.source.text, paragraph.spans, paragraph.text)
    if why:
        raise VerbatimError(f"{resolution.symbol}#{paragraph.label}", why)
    return exact_text(resolution.source.text, paragraph.spans)


def check_resolution(resolution: Resolution) -> None:
    """Check the source's own hash, every paragraph, and that no label comes twice.

    Raises:
        VerbatimError: at the first that breaks the law.
    """
    symbol = str(resolution.symbol)
    try:
        found = hashlib.sha256(resolution.source.text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise VerbatimError(symbol, "its source text is no Unicode text (a lone surrogate)") from error
    if found != resolution.source.text_sha256:
        raise VerbatimError(symbol, "its source text does not have the sha256 that the reader gave")
    seen: set[str] = set()
    for paragraph in resolution.paragraphs:
        quote(resolution, paragraph)
        if paragraph.label in seen:
            raise VerbatimError(f"{symbol}#{paragraph.label}", "two paragraphs have this label")
        seen.add(paragraph.label)
