"""Wire shapes for looking around in the corpus: lists, one paragraph with its neighbours, who cites whom, the state."""

from __future__ import annotations

from qa.wire import ParagraphOut, SourceRef, Wire


class ResolutionSummary(Wire, frozen=True):
    """One line of a list of resolutions. `paragraphs` counts them; `url` leads to the official text."""

    symbol: str
    title: str
    organ: str
    session: str | None
    adopted: str | None
    citation: str
    url: str
    paragraphs: int


class ParagraphPage(Wire, frozen=True):
    """One paragraph with its neighbours, and what is needed to quote it.

    `before` and `after` are the nearest paragraphs of the same resolution, in text order; `chapeau` is the opening
    text that a sub-paragraph needs.
    """

    resolution: ResolutionSummary
    paragraph: ParagraphOut
    citation: str
    url: str
    source: SourceRef
    before: list[ParagraphOut] = []
    after: list[ParagraphOut] = []
    chapeau: ParagraphOut | None = None


class Link(Wire, frozen=True):
    """One mention of a resolution in a paragraph of another.

    `id` is the paragraph in which it stands, `symbol` the resolution at the other end (the cited one in "cites", the
    citing one in "cited by"), `text` the mention as printed. `held` says whether the corpus holds `symbol`.
    """

    id: str
    symbol: str
    text: str
    held: bool
    title: str | None = None
    paragraph: str | None = None


class ServiceState(Wire, frozen=True):
    """What is being served. `degraded` names, in words, what does not work although answers still come."""

    ready: bool
    generation: str
    model: str
    resolutions: int
    passages: int
    degraded: list[str] = []
    paragraphs: int = 0
