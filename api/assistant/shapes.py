"""What the tools give: less than the HTTP API, because an assistant pays for every word that it reads.

No slots: the SDK takes what stands under a field's name in its class for the default.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.wire import AnswerOut, CitationOut, ResolutionOut
from qa.wire_pages import ParagraphPage


@dataclass(frozen=True)
class Quotation:
    """One paragraph, verbatim. `answering_words` is the part of `quotation` that answers; `opening` what a sub-paragraph needs.

    `sha256` is that of the file quoted; `url` leads to the official text.
    """

    id: str
    citation: str
    quotation: str
    answering_words: str | None
    opening: str | None
    title: str
    organ: str
    adopted: str | None
    kind: str
    url: str
    sha256: str
    also_in: list[str]


@dataclass(frozen=True)
class Answer:
    """`status` is "answered" or "abstained"; `nearest` are paragraphs that may not answer, given with an abstention."""

    status: str
    probability: float
    reason: str | None
    quotations: list[Quotation]
    nearest: list[Quotation]
    notes: list[str]


@dataclass(frozen=True)
class Found:
    """Paragraphs in order of likely use; whether they answer is not decided."""

    quotations: list[Quotation]


@dataclass(frozen=True)
class ParagraphText:
    """One paragraph of a resolution: `id` leads to it, `text` is verbatim."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class ParagraphInPlace:
    """One paragraph with its citation and its neighbours in the order of the text."""

    citation: str
    title: str
    url: str
    sha256: str
    paragraph: ParagraphText
    opening: ParagraphText | None
    before: list[ParagraphText]
    after: list[ParagraphText]


@dataclass(frozen=True)
class ResolutionText:
    """A stretch of one resolution: `paragraphs` begins with number `first` of `n_paragraphs`."""

    symbol: str
    citation: str
    title: str
    organ: str
    adopted: str | None
    url: str
    sha256: str
    n_paragraphs: int
    first: int
    paragraphs: list[ParagraphText]


def quotation_of(citation: CitationOut) -> Quotation:
    """A citation of the service, shortened."""
    start, end = citation.highlight or (0, 0)
    return Quotation(
        citation.id,
        citation.citation,
        citation.text,
        citation.text[start:end] or None,
        citation.chapeau,
        citation.title,
        citation.organ,
        citation.adopted,
        citation.kind,
        citation.url,
        citation.source.sha256,
        list(citation.also),
    )


def answer_of(answer: AnswerOut) -> Answer:
    """An answer of the service, shortened."""
    return Answer(
        answer.status,
        answer.probability,
        answer.reason,
        [quotation_of(one) for one in answer.citations],
        [quotation_of(one) for one in answer.nearest],
        list(answer.understood.notes),
    )


def in_place(page: ParagraphPage) -> ParagraphInPlace:
    """A paragraph's page, shortened."""
    shown = [ParagraphText(one.id, one.kind, one.text) for one in (page.paragraph, *page.before, *page.after)]
    opening = page.chapeau
    return ParagraphInPlace(
        page.citation,
        page.resolution.title,
        page.url,
        page.source.sha256,
        shown[0],
        ParagraphText(opening.id, opening.kind, opening.text) if opening else None,
        shown[1 : 1 + len(page.before)],
        shown[1 + len(page.before) :],
    )


def stretch_of(resolution: ResolutionOut, first: int, n: int) -> ResolutionText:
    """Paragraphs `first` to `first + n - 1` of a resolution, counted from 1."""
    return ResolutionText(
        resolution.symbol,
        resolution.citation,
        resolution.title,
        resolution.organ,
        resolution.adopted,
        resolution.url,
        resolution.source.sha256,
        len(resolution.paragraphs),
        first,
        [ParagraphText(one.id, one.kind, one.text) for one in resolution.paragraphs[first - 1 : first - 1 + n]],
    )
