"""A service of a few paragraphs that answers at once, or as slowly or wrongly as a test wants."""

from __future__ import annotations

import threading
import time

from qa.errors import AmbiguousSymbolError, NotFoundError, QuestionError, SymbolError
from qa.wire import (
    AnswerOut,
    AskRequest,
    CitationOut,
    Filters,
    ParagraphOut,
    ResolutionOut,
    ResolutionSource,
    SearchOut,
    SourceRef,
    Understood,
)
from qa.wire_pages import Link, ParagraphPage, ResolutionSummary, ServiceState

SYMBOL = "A/RES/55/179"
TEXT = "Welcomes the commitment to withdraw <b>forces</b> by the end of 2002;"
SHA = "0" * 64


def summary(symbol: str = SYMBOL) -> ResolutionSummary:
    return ResolutionSummary(
        symbol,
        "A title",
        "General Assembly",
        "55",
        "2000-12-19",
        "General Assembly resolution 55/179",
        "https://docs.un.org/en/" + symbol,
        3,
    )


def paragraph(label: str, kind: str = "operative") -> ParagraphOut:
    return ParagraphOut(f"{SYMBOL}#{label}", label, kind, label[2:], 1, TEXT, "welcomes", [(0, len(TEXT))])


def citation(label: str = "OP19") -> CitationOut:
    source = SourceRef(SHA, SHA, "A_RES_55_179.txt", "text", "text/1", "1", [(0, len(TEXT))], [(0, len(TEXT))], TEXT)
    return CitationOut(
        f"{SYMBOL}#{label}",
        SYMBOL,
        label,
        "A title",
        "2000-12-19",
        "General Assembly",
        "operative",
        TEXT,
        (0, 8),
        1.0,
        f"General Assembly resolution 55/179, para. {label[2:]}",
        "https://docs.un.org/en/A/RES/55/179",
        source,
    )


class SmallService:
    """`seconds` each question takes; `failure` is raised by every question; `asked` counts those worked on."""

    def __init__(self, seconds: float = 0.0, failure: Exception | None = None, is_ready: bool = True) -> None:
        self.seconds = seconds
        self.failure = failure
        self.is_ready = is_ready
        self.generation = "gen-1"
        self.model = "double"
        self.asked = 0
        self.closed = False
        self._lock = threading.Lock()

    def ready(self) -> ServiceState:
        return ServiceState(self.is_ready, self.generation, self.model, 1, 4, paragraphs=3)

    def ask(self, request: AskRequest) -> AnswerOut:
        self._work(request)
        if "nothing" in request.question:
            return AnswerOut(
                "abstained",
                request.question,
                0.1,
                [],
                Understood(Filters()),
                self.generation,
                self.model,
                "no paragraph tells",
                [citation()],
            )
        cited = [citation(f"OP{n}") for n in range(1, min(request.k, 3) + 1)]
        return AnswerOut(
            "answered",
            request.question,
            0.9,
            cited,
            Understood(request.filters),
            self.generation,
            self.model,
            timings={"encode": 1.5, "search": 0.5, "rank": 2.0},
        )

    def search(self, request: AskRequest) -> SearchOut:
        self._work(request)
        return SearchOut(request.question, [citation()], Understood(request.filters), self.generation, self.model)

    def similar(self, paragraph_id: str, k: int) -> SearchOut:
        self.paragraph(paragraph_id)
        return SearchOut(paragraph_id, [citation()][:k], Understood(Filters()), self.generation, self.model)

    def suggest(self, prefix: str, k: int) -> list[str]:
        return [f"{prefix} and more"][:k]

    def resolution(self, symbol_text: str) -> ResolutionOut:
        self._known(symbol_text)
        return ResolutionOut(
            SYMBOL,
            "General Assembly",
            "55",
            "A title",
            "2000-12-19",
            None,
            None,
            None,
            None,
            "https://docs.un.org/en/A/RES/55/179",
            "General Assembly resolution 55/179",
            [paragraph("PP1", "preambular"), paragraph("OP1"), paragraph("OP19")],
            [],
            [],
            [],
            [],
            {},
            {},
            ResolutionSource(SHA, SHA, "A_RES_55_179.txt", "text", "text/1", "1"),
        )

    def paragraph(self, paragraph_id: str) -> ParagraphPage:
        symbol, _, label = paragraph_id.partition("#")
        self._known(symbol)
        if label not in {"OP1", "OP2", "OP18", "OP19", "PP1", "OP4(a)"}:
            raise NotFoundError(paragraph_id, (f"{SYMBOL}#OP19",))
        cited = citation(label)
        return ParagraphPage(
            summary(), paragraph(label), cited.citation, cited.url, cited.source, [paragraph("PP1")], []
        )

    def resolutions(self, offset: int, limit: int, filters: Filters) -> tuple[int, list[ResolutionSummary]]:
        every = [summary(f"A/RES/55/{n}") for n in range(1, 46)]
        return len(every), every[offset : offset + limit]

    def cites(self, symbol_text: str) -> list[Link]:
        self._known(symbol_text)
        return [Link(f"{SYMBOL}#PP1", "A/RES/54/117", "resolution 54/117", False)]

    def cited_by(self, symbol_text: str) -> list[Link]:
        self._known(symbol_text)
        return []

    def close(self) -> None:
        self.closed = True

    def _known(self, symbol: str) -> None:
        if symbol == "53/1":
            raise AmbiguousSymbolError(symbol, ("A/RES/53/1", "A/HRC/RES/53/1"))
        if "RES" not in symbol.upper():
            raise SymbolError(symbol)
        if symbol != SYMBOL:
            raise NotFoundError(symbol, (SYMBOL,))

    def _work(self, request: AskRequest) -> None:
        with self._lock:
            self.asked += 1
        if self.seconds:
            time.sleep(self.seconds)
        if self.failure is not None:
            raise self.failure
        if request.question.startswith("crash"):
            raise ValueError(f"could not read {request.question}")
        if not request.question.strip():
            raise QuestionError("question", "it is empty")


def open_double(seconds: float, settings: object) -> SmallService:
    """A small service, for a server's own processes."""
    return SmallService(seconds)
