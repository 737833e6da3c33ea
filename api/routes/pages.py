"""Pages for people: ask (with and without JavaScript), the routes, the problems; and their assets from local files."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, PathParameter, QueryParameter

from api.desk import Caller, Desk
from api.docs_page import render_docs, render_problems
from api.errors import APIError
from api.pages import render_ask
from api.problems import HTTP_ROWS, INTERNAL, STORE, TABLE, problem_of
from api.wire import MAX_QUESTION, AskBody
from qa.errors import QAError
from qa.wire import AnswerOut

_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_ROWS = {row.slug: row for row in [*TABLE.values(), *HTTP_ROWS.values(), INTERNAL, STORE]}


@get("/", include_in_schema=False, media_type="text/html")
async def ask_page(
    request: Caller,
    desk: NamedDependency[Desk],
    q: Annotated[str | None, QueryParameter(name="q", max_length=MAX_QUESTION)] = None,
) -> Response[str]:
    """The page on which a person asks; with `?q=` it holds the answer, so that it works without JavaScript."""
    headers = {"Cache-Control": "no-store"}
    if q is None or not q.strip():
        return Response(render_ask("", None, None), media_type="text/html", headers=headers)
    wanted = AskBody(q).request()
    answer: AnswerOut | None = None
    try:
        spend = request.scope["state"].get("spend")
        if spend is not None:
            spend(1)
        answer = await desk.run(request, lambda: desk.service.ask(wanted))
    except (APIError, QAError) as error:
        problem = problem_of(error, str(request.scope["state"].get("request_id", "")))
        return Response(
            render_ask(q, None, problem), media_type="text/html", status_code=problem.status, headers=headers
        )
    desk.note(request, answer, q)
    return Response(render_ask(q, answer, None), media_type="text/html", headers=headers)


@get("/docs", include_in_schema=False, media_type="text/html")
async def docs_page(request: Caller) -> Response[str]:
    """Every route with its parameters and an example."""
    return Response(render_docs(request.app.state.document), media_type="text/html")


@get("/openapi.json", include_in_schema=False)
async def openapi_file(request: Caller) -> Response[bytes]:
    """The OpenAPI document."""
    headers = {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"}
    return Response(request.app.state.document_bytes, headers=headers)


@get(["/problems", "/problems/{slug:str}"], include_in_schema=False, media_type="text/html")
async def problems_page(slug: Annotated[str | None, PathParameter()] = None) -> Response[str]:
    """What the `type` of a problem document leads to."""
    known = slug is None or slug in _ROWS
    return Response(
        render_problems(list(_ROWS.values()), slug), media_type="text/html", status_code=200 if known else 404
    )


@get("/assets/{name:str}", include_in_schema=False)
async def asset(name: FromPath[str]) -> Response[bytes]:
    """A style sheet or script of our own."""
    kind = _KINDS.get(name.rpartition(".")[2])
    file = next((each for each in (files("api") / "assets").iterdir() if each.name == name), None)
    if kind is None or file is None:
        raise NotFoundException
    return Response(file.read_bytes(), headers={"Content-Type": kind, "Cache-Control": "public, max-age=300"})


HANDLERS: list[Any] = [ask_page, docs_page, openapi_file, problems_page, asset]
