"""From a paragraph of the corpus to a citation that anyone can check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qa.errors import VerbatimError
from qa.records import Paragraph, Resolution, Span
from qa.store.errors import DamagedError
from qa.verbatim import quote
from qa.wire import CitationOut, Explanation, SourceRef


def source_ref(resolution: Resolution, paragraph: Paragraph) -> SourceRef:
    """Where the quotation stands, in code points and in UTF-8 bytes.

    Raises:
        VerbatimError: the clean text is not what the spans hold.
    """
    source = resolution.source
    return SourceRef(
        sha256=source.sha256,
        text_sha256=source.text_sha256,
        name=source.name,
        format=source.format,
        reader=source.reader,
        parser=resolution.parser,
        spans=[(start, end) for start, end in paragraph.spans],
        byte_spans=_byte_spans(source.text, paragraph.spans),
        exact=quote(resolution, paragraph),
        page=paragraph.page,
    )


def _byte_spans(text: str, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    """The spans counted in UTF-8 bytes; each stretch of the text is encoded once."""
    out: list[tuple[int, int]] = []
    at = n_bytes = 0
    for start, end in spans:
        n_bytes += len(text[at:start].encode())
        size = len(text[start:end].encode())
        out.append((n_bytes, n_bytes + size))
        at, n_bytes = end, n_bytes + size
    return out


def chapeau_of(resolution: Resolution, paragraph: Paragraph) -> Paragraph | None:
    """The paragraph that a sub-paragraph completes, if it is one."""
    if paragraph.parent is None:
        return None
    return next((one for one in resolution.paragraphs if one.label == paragraph.parent), None)


def cite(
    resolution: Resolution,
    paragraph: Paragraph,
    score: float,
    highlight: Span | None = None,
    also: tuple[str, ...] = (),
    explain: Explanation | None = None,
) -> CitationOut:
    """The citation of one paragraph.

    Raises:
        VerbatimError: the clean text is not what the spans hold.
    """
    chapeau = chapeau_of(resolution, paragraph)
    return CitationOut(
        id=f"{resolution.symbol}#{paragraph.label}",
        symbol=str(resolution.symbol),
        paragraph=paragraph.label,
        title=resolution.title,
        adopted=resolution.adopted.isoformat() if resolution.adopted else None,
        organ=resolution.organ,
        kind=paragraph.kind.value,
        text=paragraph.text,
        highlight=(highlight.start, highlight.end) if highlight else None,
        score=round(score, 6),
        citation=resolution.cite(paragraph),
        url=resolution.symbol.url,
        source=source_ref(resolution, paragraph),
        chapeau=chapeau.text if chapeau else None,
        also=list(also),
        explain=explain,
    )


@contextmanager
def withholding(name: str, withheld: set[str]) -> Iterator[None]:
    """Keep a paragraph back whose text is not what its source holds, or whose source was damaged since it was opened."""
    try:
        yield
    except (VerbatimError, DamagedError):
        withheld.add(name)
