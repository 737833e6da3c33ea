"""Asking: one question, several, or ranked paragraphs without the answering step."""

from __future__ import annotations

import time
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from api.desk import Caller, Desk
from api.errors import APIError
from api.problems import problem_of
from api.routes.filters import Kinds, Texts, YearParameter, ask_of, filters_of
from api.wire import MAX_IGNORED, MAX_K, MAX_QUESTION, AskBody, BatchBody, BatchItem, BatchOut
from qa.errors import QAError
from qa.wire import AnswerOut, AskRequest, SearchOut

Q = Annotated[
    str,
    QueryParameter(
        name="q", min_length=1, max_length=MAX_QUESTION, pattern=r"\S", description="The question, in plain words."
    ),
]
KParameter = Annotated[int, QueryParameter(name="k", ge=1, le=MAX_K, description="How many paragraphs at most.")]
History = Annotated[
    list[str] | None, QueryParameter(name="history", max_items=10, description="Earlier questions, oldest first.")
]
Ignore = Annotated[
    list[str] | None,
    QueryParameter(
        name="ignore",
        max_items=MAX_IGNORED,
        description="Words of the question not to be read as a time, an organ, a reference or an event; repeat the parameter.",
    ),
]


@post("/ask", status_code=200, summary="Ask a question", tags=["ask"])
async def ask(request: Caller, desk: NamedDependency[Desk], data: JSONBody[AskBody]) -> Response[AnswerOut]:
    """An answer: paragraphs quoted verbatim, each with its citation; or an abstention with its reason."""
    return await _answer(request, desk, data.request())


@get("/ask", summary="Ask a question by its address", tags=["ask"], kept=True)
async def ask_by_address(
    request: Caller,
    desk: NamedDependency[Desk],
    q: Q,
    k: KParameter = 5,
    organ: Texts = None,
    session: Texts = None,
    year_from: YearParameter = None,
    year_to: YearParameter = None,
    symbol: Texts = None,
    kind: Kinds = None,
    verb: Texts = None,
    history: History = None,
    ignore: Ignore = None,
) -> Response[AnswerOut]:
    """As POST; the question stands in the address, where proxies and histories keep it."""
    if (same := desk.unchanged(request, "answer")) is not None:
        return same
    filters = filters_of(organ, session, year_from, year_to, symbol, kind, verb)
    return await _answer(request, desk, ask_of(q, k, filters, history, ignore).request())


@post("/search", status_code=200, summary="Search without answering", tags=["ask"])
async def search(request: Caller, desk: NamedDependency[Desk], data: JSONBody[AskBody]) -> Response[SearchOut]:
    """Ranked paragraphs, also where none would be good enough for an answer."""
    began = time.perf_counter()
    wanted = data.request()
    found = await desk.run(request, lambda: desk.service.search(wanted))
    desk.note(request, found, wanted.question)
    return desk.reply(request, found, "never", began)


@post("/ask/batch", status_code=200, summary="Ask several questions", tags=["ask"])
async def ask_batch(request: Caller, desk: NamedDependency[Desk], data: JSONBody[BatchBody]) -> Response[BatchOut]:
    """One item for each question, in order; a question that fails does not fail its neighbours.

    All of them have the deadline of one request together: those that it does not reach say so.
    """
    began = time.perf_counter()
    spend = request.scope["state"].get("spend")
    if spend is not None and len(data.questions) > 1:
        spend(len(data.questions) - 1)
    until = desk.gate.expiry()
    items = [await _item(request, desk, each.request(), until) for each in data.questions]
    return desk.reply(request, BatchOut(items), "never", began)


async def _item(request: Caller, desk: Desk, wanted: AskRequest, until: float) -> BatchItem:
    try:
        answer = await desk.run(request, lambda: desk.service.ask(wanted), until)
    except (APIError, QAError) as error:
        return BatchItem(problem=problem_of(error, str(request.scope["state"].get("request_id", ""))))
    desk.note(request, answer, wanted.question)
    return BatchItem(answer=answer)


async def _answer(request: Caller, desk: Desk, wanted: AskRequest) -> Response[Any]:
    began = time.perf_counter()
    answer = await desk.run(request, lambda: desk.service.ask(wanted))
    desk.note(request, answer, wanted.question)
    return desk.reply(request, answer, "answer" if request.method == "GET" else "never", began)
