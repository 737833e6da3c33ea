"""What the HTTP face takes and gives beside `qa.wire`: bodies with their bounds, lists with their next page."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.problems import Problem
from qa.wire import AnswerOut, AskRequest, Filters
from qa.wire_pages import Link, ResolutionSummary

MAX_QUESTION = 2000
MAX_K = 100
MAX_BATCH = 16
MAX_IGNORED = 20
Question = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_QUESTION,
        pattern=r"\S",
        description="The question, in plain words.",
        examples=["Who must pull their troops out of Moldova, and by when?"],
    ),
]
K = Annotated[int, Meta(ge=1, le=MAX_K, description="How many paragraphs at most.")]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Names = Annotated[list[Name], Meta(max_length=20)]
Year = Annotated[int, Meta(ge=1945, le=2100)]
Ignored = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=MAX_QUESTION, pattern=r"\S")]],
    Meta(
        max_length=MAX_IGNORED,
        description="Words of the question not to be read as a time, an organ, a reference or an event: a `text` of `understood.readings`.",
    ),
]
Id = Annotated[str, Meta(min_length=3, max_length=200, examples=["A/RES/55/179#OP19"])]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """Root of every body: frozen, and strict when decoded."""


class FilterBody(Body, frozen=True):
    """What the searched paragraphs must satisfy; years are of adoption, inclusive."""

    organ: Names = []
    session: Names = []
    year_from: Year | None = None
    year_to: Year | None = None
    symbol: Names = []
    kind: Annotated[list[Literal["preambular", "operative", "annex"]], Meta(max_length=3)] = []
    verb: Names = []

    def filters(self) -> Filters:
        """The service's own form."""
        return msgspec.convert(msgspec.to_builtins(self), type=Filters)


class AskBody(Body, frozen=True):
    """A question. `history` holds earlier questions of the same conversation, oldest first."""

    question: Question
    k: K = 5
    filters: FilterBody = FilterBody()
    history: Annotated[list[Question], Meta(max_length=10)] = []
    explain: bool = False
    ignore: Ignored = []

    def request(self) -> AskRequest:
        """The service's own form."""
        return AskRequest(
            self.question, self.k, self.filters.filters(), list(self.history), self.explain, list(self.ignore)
        )


class BatchBody(Body, frozen=True):
    """Several questions at once, answered in order."""

    questions: Annotated[list[AskBody], Meta(min_length=1, max_length=MAX_BATCH)]


class BatchItem(Body, frozen=True):
    """The answer to one question of a batch, or the problem with it."""

    answer: AnswerOut | None = None
    problem: Problem | None = None


class BatchOut(Body, frozen=True):
    """One item for each question, in order."""

    items: list[BatchItem]


class ResolutionList(Body, frozen=True):
    """One page of a list; `next` is the address of the following one, or null."""

    total: int
    offset: int
    items: list[ResolutionSummary]
    generation: str
    next: str | None = None


class LinkList(Body, frozen=True):
    """The mentions of other resolutions in one, or of one in others."""

    symbol: str
    items: list[Link]
    generation: str


class SuggestOut(Body, frozen=True):
    """How the text being typed may go on."""

    suggestions: list[str]


class FeedbackBody(Body, frozen=True):
    """What a reader thought of an answer. `right` lists the paragraphs that do answer, where the reader knows.

    `history` holds the questions before it, without which a follow-up question means nothing.
    """

    question: Question
    verdict: Literal["helpful", "unhelpful"]
    citations: Annotated[list[Id], Meta(max_length=MAX_K)] = []
    right: Annotated[list[Id], Meta(max_length=20)] = []
    history: Annotated[list[Question], Meta(max_length=10)] = []
    note: Annotated[str, Meta(max_length=2000)] = ""
    generation: Annotated[str, Meta(max_length=200)] = ""


class FeedbackOut(Body, frozen=True):
    """The entry's id, by which its author can have it deleted."""

    id: str


class HealthOut(Body, frozen=True):
    """Whether the server can answer."""

    status: Literal["ok", "degraded", "unavailable"]
    generation: str = ""
    model: str = ""
    resolutions: int = 0
    passages: int = 0
    degraded: list[str] = []


class VersionOut(Body, frozen=True):
    """What is running."""

    name: str
    version: str
    generation: str
    model: str
