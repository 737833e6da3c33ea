"""Feedback: anyone may give it; reading and deleting it needs a key."""

from __future__ import annotations

import asyncio
from typing import Annotated

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody, PathParameter

from api.desk import Caller, Desk
from api.errors import InvalidFieldError
from api.feedback import export_questions
from api.keys import require_key
from api.wire import FeedbackBody, FeedbackOut

Authorization = Annotated[str | None, HeaderParameter(name="Authorization", max_length=300, description="Bearer <key>")]


@post("/feedback", status_code=201, summary="Say what you think of an answer", tags=["feedback"])
async def give_feedback(
    request: Caller, desk: NamedDependency[Desk], data: JSONBody[FeedbackBody]
) -> Response[FeedbackOut]:
    """Kept for improving the service: the question, the verdict, and the paragraphs that are right if you know them."""
    for each in [*data.citations, *data.right]:
        if "#" not in each:
            raise InvalidFieldError(f"{each[:60]!r} is no paragraph id; write it like A/RES/55/179#OP19", "citations")
    name = await asyncio.to_thread(desk.feedback.add, data)
    return Response(FeedbackOut(name), status_code=201, headers={"Cache-Control": "no-store"})


@get(
    "/admin/feedback",
    summary="Feedback as questions",
    tags=["admin"],
    media_type="text/plain",
    produces="application/x-ndjson",
)
async def export_feedback(desk: NamedDependency[Desk], authorization: Authorization = None) -> Response[bytes]:
    """JSON Lines in the form of a question file, for `qa-eval run --questions`. Needs a key."""
    require_key(desk.settings, authorization, "read")
    entries = await asyncio.to_thread(desk.feedback.entries)
    body = b"".join(export_questions(entries))
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
