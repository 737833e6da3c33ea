"""What the HTTP face needs of the service behind it: `qa.service.QAService` in the house, a small double in tests."""

from __future__ import annotations

from typing import Protocol

from qa.wire import AnswerOut, AskRequest, Filters, ResolutionOut, SearchOut
from qa.wire_pages import Link, ParagraphPage, ResolutionSummary, ServiceState


class Service(Protocol):
    """Synchronous and safe to call from several threads; errors are those of `qa.errors`."""

    @property
    def generation(self) -> str:
        """The index generation that answers now."""

    @property
    def model(self) -> str:
        """The encoder's name."""

    def ready(self) -> ServiceState:
        """What is being served, and whether it is."""

    def ask(self, request: AskRequest) -> AnswerOut:
        """An answer with citations, or an abstention."""

    def search(self, request: AskRequest) -> SearchOut:
        """Ranked paragraphs without the answering step."""

    def similar(self, paragraph_id: str, k: int) -> SearchOut:
        """The paragraphs nearest in meaning to one."""

    def suggest(self, prefix: str, k: int) -> list[str]:
        """Questions or titles that begin as the text does."""

    def resolution(self, symbol_text: str) -> ResolutionOut:
        """One resolution, from any way of writing its symbol."""

    def paragraph(self, paragraph_id: str) -> ParagraphPage:
        """One paragraph with its neighbours."""

    def resolutions(self, offset: int, limit: int, filters: Filters) -> tuple[int, list[ResolutionSummary]]:
        """How many resolutions pass the filters, and one page of them."""

    def cites(self, symbol_text: str) -> list[Link]:
        """The mentions of other resolutions in one."""

    def cited_by(self, symbol_text: str) -> list[Link]:
        """The mentions of one resolution in others."""

    def close(self) -> None:
        """Give back threads, files and maps."""
