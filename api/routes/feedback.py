"""Feedback: anyone may give it; reading and deleting it needs a key."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody, PathParameter, QueryParameter

from api.desk import Caller, Desk
from api.errors import InvalidFieldError
from api.feedback import export_questions, right_of
from api.keys import require_key
from api.wire import FeedbackBody, FeedbackOut
from qa.errors import NotFoundError, SymbolError

Authorization = Annotated[str | None, HeaderParameter(name="Authorization", max_length=300, description="Bearer <key>")]


@post("/feedback", status_code=201, summary="Say what you think of an answer", tags=["feedback"])
async def give_feedback(
    request: Caller, desk: NamedDependency[Desk], data: JSONBody[FeedbackBody]
) -> Response[FeedbackOut]:
    """Kept for improving the service: the question, the verdict, and the paragraphs that are right if you know them."""
    named = await desk.run(request, lambda: _named(desk, data))
    name = await asyncio.to_thread(desk.feedback.add, named)
    return Response(FeedbackOut(name), status_code=201, headers={"Cache-Control": "no-store"})


@get(
    "/admin/feedback",
    summary="Feedback as questions",
    tags=["admin"],
    media_type="text/plain",
    produces="application/x-ndjson",
)
async def export_feedback(
    desk: NamedDependency[Desk],
    authorization: Authorization = None,
    judged: Annotated[
        bool, QueryParameter(name="judged", description="true: what is known to answer; false: what a judge must read.")
    ] = True,
) -> Response[bytes]:
    """JSON Lines in the form of a question file, for `qa-eval run --questions`. Needs a key.

    Entries whose reader named no right paragraph are left out: as questions without an answer they would be judged
    wrongly. `judged=false` gives those, and only those, for someone to read.
    """
    require_key(desk.settings, authorization, "read")
    entries = await asyncio.to_thread(desk.feedback.entries)
    body = b"".join(export_questions([entry for entry in entries if bool(right_of(entry[2])) == judged]))
    return Response(
        body, media_type="text/plain", headers={"Content-Type": "application/x-ndjson", "Cache-Control": "no-store"}
    )


@delete("/admin/feedback/{name:str}", summary="Forget one entry", tags=["admin"])
async def forget_feedback(
    desk: NamedDependency[Desk],
    name: Annotated[str, PathParameter(max_length=64)],
    authorization: Authorization = None,
) -> None:
    """Delete what a reader asked to have deleted. Needs a key with the scope admin."""
    require_key(desk.settings, authorization, "admin")
    await asyncio.to_thread(desk.feedback.delete, name)


def _named(desk: Desk, data: FeedbackBody) -> FeedbackBody:
    """The entry with its paragraphs as the index calls them, so that the export is one that can be evaluated.

    Raises:
        InvalidFieldError: the index has no such paragraph.
    """
    ids = {field: [_id(desk, field, each) for each in getattr(data, field)] for field in ("citations", "right")}
    return msgspec.structs.replace(data, **ids)


def _id(desk: Desk, field: str, given: str) -> str:
    if "#" not in given:
        raise InvalidFieldError(f"{given[:60]!r} is no paragraph id; write it like A/RES/55/179#OP19", field)
    try:
        return desk.service.paragraph(given).paragraph.id
    except (SymbolError, NotFoundError) as error:
        raise InvalidFieldError(f"{given[:60]!r}: {error}", field) from None
