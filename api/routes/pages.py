"""Pages for people: ask, search and read (all without JavaScript), the routes, the problems; and their assets."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from importlib.resources import files
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, PathParameter, QueryParameter
from litestar.response import Redirect

from api.desk import Caller, Desk
from api.docs_page import render_docs, render_problems
from api.errors import APIError
from api.pages.front import EXAMPLES, render_answer, render_framed, render_front
from api.pages.listing import ON_PAGE, render_list, render_problem
from api.pages.markup import reader_path
from api.pages.opensearch import CONTENT_TYPE, render_opensearch
from api.pages.reader import render_resolution
from api.pages.search import FOUND, render_search
from api.pages.wanted import FIELDS, Wanted
from api.problems import HTTP_ROWS, INTERNAL, STORE, TABLE, Problem, problem_of
from api.wire import MAX_QUESTION, AskBody
from qa.errors import FilterError, QAError
from qa.wire import AskRequest, Filters, SearchOut
from qa.wire_pages import ResolutionSummary

T = TypeVar("T")
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_ROWS = {row.slug: row for row in [*TABLE.values(), *HTTP_ROWS.values(), INTERNAL, STORE]}
_ROBOTS = b"User-agent: *\nDisallow: /v1/\nDisallow: /search\nDisallow: /*?q=\n"
_NEVER = {"Cache-Control": "no-store"}
_LISTED_BY = ("organ", "session", "year_from", "year_to", "symbol", "page")
Question = Annotated[str | None, QueryParameter(name="q", max_length=MAX_QUESTION)]


@get("/", include_in_schema=False, media_type="text/html")
async def front(request: Caller, desk: NamedDependency[Desk], q: Question = None) -> Response[str]:
    """The page on which people begin; with `?q=` it holds the answer, so that it works without JavaScript."""
    wanted = _read(request, "/", ("q", "ignore"))
    if q is None or not q.strip():
        state = desk.service.ready()
        return _html(render_front(state if state.ready else None, await _examples(request, desk), wanted.faults))
    asked = AskBody(q, ignore=list(wanted.ignore)).request()
    found = await _spent(request, desk, lambda: desk.service.ask(asked))
    if isinstance(found, Problem):
        return _html(render_answer(wanted, None, found), found)
    desk.note(request, found, q)
    return _html(render_answer(wanted, found, None))


@get("/widget", include_in_schema=False, media_type="text/html")
async def framed(request: Caller, desk: NamedDependency[Desk]) -> Response[str]:
    """The chat alone, for a frame of those sites that `widget.frame_ancestors` names."""
    return _html(render_framed(await _examples(request, desk)))


@get("/search", include_in_schema=False, media_type="text/html")
async def search_page(request: Caller, desk: NamedDependency[Desk]) -> Response[str]:
    """Ranked paragraphs with filters; what cannot be used of the address is told, and the rest is searched."""
    wanted = _read(request, "/search", FIELDS)
    if not wanted.question:
        return _html(render_search(wanted, None, None))

    def look(each: Wanted) -> SearchOut:
        return desk.service.search(AskRequest(each.question, FOUND, each.filters(), ignore=list(each.ignore)))

    found = await _spent(request, desk, lambda: _fitted(wanted, look))
    if isinstance(found, Problem):
        return _html(render_search(wanted, None, found), found)
    fitting, hits = found
    desk.note(request, hits, wanted.question)
    return _html(render_search(fitting, hits, None))


@get("/resolutions", include_in_schema=False, media_type="text/html")
async def list_page(request: Caller, desk: NamedDependency[Desk]) -> Response[Any]:
    """The resolutions that pass the filters, or with `?symbol=` the way to one of them, however it is written."""
    asked = request.query_params.get("symbol", "").strip()[:200]
    if asked:
        one = await _spent(request, desk, lambda: desk.service.resolution(asked))
        if isinstance(one, Problem):
            return _html(render_problem(one, asked), one)
        return Redirect(reader_path(one.symbol), status_code=303, headers=_NEVER)
    wanted = _read(request, "/resolutions", _LISTED_BY)

    def look(each: Wanted) -> tuple[int, list[ResolutionSummary]]:
        return desk.service.resolutions((each.page - 1) * ON_PAGE, ON_PAGE, each.filters())

    found = await _spent(request, desk, lambda: _fitted(wanted, look))
    if isinstance(found, Problem):
        return _html(render_problem(found, ""), found)
    fitting, (total, items) = found
    return _html(render_list(total, fitting, items))


@get("/resolutions/{symbol:path}", include_in_schema=False, media_type="text/html")
async def reader(
    request: Caller, desk: NamedDependency[Desk], symbol: Annotated[str, PathParameter(min_length=1, max_length=200)]
) -> Response[str]:
    """One resolution to read; `#OP19` leads to a paragraph."""
    wanted = symbol.strip("/").strip()
    found = await _spent(
        request, desk, lambda: (resolution := desk.service.resolution(wanted), desk.service.cites(resolution.symbol))
    )
    if isinstance(found, Problem):
        return _html(render_problem(found, wanted), found)
    return _html(render_resolution(*found))


@get("/docs", include_in_schema=False, media_type="text/html")
async def docs_page(request: Caller) -> Response[str]:
    """Every route with its parameters and an example."""
    return Response(render_docs(request.app.state.document), media_type="text/html")


@get("/openapi.json", include_in_schema=False)
async def openapi_file(request: Caller) -> Response[bytes]:
    """The OpenAPI document."""
    headers = {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"}
    return Response(request.app.state.document_bytes, headers=headers)


@get("/opensearch.xml", include_in_schema=False)
async def opensearch(request: Caller, desk: NamedDependency[Desk]) -> Response[bytes]:
    """By which a browser offers this service in its search field. Its addresses are those that it was asked at."""
    scheme = "https" if desk.settings.server.https else request.url.scheme
    body = render_opensearch(f"{scheme}://{request.url.netloc}").encode()
    return Response(
        body, headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "public, max-age=300", "Vary": "Host"}
    )


@get(["/problems", "/problems/{slug:str}"], include_in_schema=False, media_type="text/html")
async def problems_page(slug: Annotated[str | None, PathParameter()] = None) -> Response[str]:
    """What the `type` of a problem document leads to."""
    known = slug is None or slug in _ROWS
    return Response(
        render_problems(list(_ROWS.values()), slug), media_type="text/html", status_code=200 if known else 404
    )


@get("/favicon.ico", include_in_schema=False)
async def favicon() -> Response[bytes]:
    """The icon, where a browser asks for it without having read a page."""
    return _asset("icon.svg")


@get("/robots.txt", include_in_schema=False)
async def robots() -> Response[bytes]:
    """Crawlers may read the resolutions, and ask nothing."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400"}
    return Response(_ROBOTS, headers=headers)


@get("/assets/{name:str}", include_in_schema=False)
async def asset(name: FromPath[str]) -> Response[bytes]:
    """A style sheet or image of our own."""
    return _asset(name)


def _asset(name: str) -> Response[bytes]:
    kind = _KINDS.get(name.rpartition(".")[2])
    file = next((each for each in (files("api") / "assets").iterdir() if each.name == name), None)
    if kind is None or file is None:
        raise NotFoundException
    return Response(file.read_bytes(), headers={"Content-Type": kind, "Cache-Control": "public, max-age=300"})


async def _examples(request: Caller, desk: Desk) -> list[str]:
    """Resolutions held here to begin with; none while the service is too busy to look, or has nothing to look in."""

    def held() -> list[str]:
        known = []
        for symbol in EXAMPLES:
            with suppress(QAError):
                known.append(desk.service.resolution(symbol).symbol)
        return known or [one.symbol for one in desk.service.resolutions(0, 3, Filters())[1]]

    try:
        return await desk.run(request, held)
    except (APIError, QAError):
        return []


async def _spent(request: Caller, desk: Desk, work: Callable[[], T]) -> T | Problem:
    """`work` through the rate limit and the gate, or the problem with it."""
    try:
        spend = request.scope["state"].get("spend")
        if spend is not None:
            spend(1)
        return await desk.run(request, work)
    except (APIError, QAError, msgspec.ValidationError) as error:
        return problem_of(error, str(request.scope["state"].get("request_id", "")))


def _html(text: str, found: Problem | None = None) -> Response[str]:
    wait = found.retry_after if found is not None else None
    headers = _NEVER if wait is None else {**_NEVER, "Retry-After": str(wait)}
    return Response(text, media_type="text/html", status_code=found.status if found else 200, headers=headers)


def _read(request: Caller, place: str, fields: Collection[str]) -> Wanted:
    return Wanted.read(place, list(request.query_params.multi_items()), fields)


def _fitted(wanted: Wanted, look: Callable[[Wanted], T]) -> tuple[Wanted, T]:
    """What `look` finds, without the filters whose values mean nothing here."""
    while True:
        try:
            return wanted, look(wanted)
        except FilterError as error:
            wanted = wanted.without(error)


HANDLERS: list[Any] = [
    front,
    framed,
    search_page,
    list_page,
    reader,
    docs_page,
    openapi_file,
    opensearch,
    problems_page,
    favicon,
    robots,
    asset,
]
