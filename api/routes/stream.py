"""Asking with the answer as server-sent events: status, citations one by one, done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Stream

from api.desk import Caller, Desk
from api.gate import Ticket
from api.logs import describe
from api.problems import problem_of, row_of
from api.wire import AskBody
from qa.wire import AskRequest

_PING_SECONDS = 1.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@post(
    "/ask/stream",
    status_code=200,
    summary="Ask, and get the answer as a stream",
    tags=["ask"],
    media_type="text/event-stream",
    produces="text/event-stream",
)
async def ask_stream(request: Caller, desk: NamedDependency[Desk], data: JSONBody[AskBody]) -> Stream:
    """Server-sent events: `status` (searching), `citation` (one each), then `done` with the answer without citations.

    A failure after the stream began is an `error` event that carries a problem document. A stream without `done` or
    `error` was cut: ask again.
    """
    ticket = desk.gate.admit()  # a full queue is still an honest 503, before the first byte
    request_id = str(request.scope["state"].get("request_id", ""))
    return Stream(
        _events(request, desk, ticket, data.request(), request_id), media_type="text/event-stream", headers=_HEADERS
    )


async def _events(
    request: Caller, desk: Desk, ticket: Ticket, wanted: AskRequest, request_id: str
) -> AsyncIterator[bytes]:
    """The events of one answer; the caller's leaving cancels this and drops the work."""
    work = asyncio.ensure_future(ticket.run(lambda: desk.service.ask(wanted)))
    try:
        yield event("status", {"state": "searching", "request_id": request_id})
        while not (await asyncio.wait({work}, timeout=_PING_SECONDS))[0]:
            yield b": waiting\n\n"
        answer = work.result()
        desk.note(request, answer, wanted.question)
        for place, citation in enumerate(answer.citations, 1):
            yield event("citation", citation, place)
        yield event("done", msgspec.structs.replace(answer, citations=[]))
    except Exception as error:
        if row_of(error).status == 500:
            desk.log.error("failed", request_id=request_id, error=describe(error))  # noqa: TRY400
        yield event("error", problem_of(error, request_id))
    finally:
        work.cancel()
        ticket.release()


def event(name: str, content: object, number: int | None = None) -> bytes:
    """One server-sent event. JSON holds no bare line break, so that one `data` line is always enough."""
    identifier = f"id: {number}\n" if number is not None else ""
    return f"event: {name}\n{identifier}data: {msgspec.json.encode(content).decode()}\n\n".encode()
