"""Looking around: resolutions, their paragraphs, who cites whom, what is alike.

Symbols hold slashes, so a symbol or a paragraph's id is always the last part of the address:
`/v1/resolutions/A/RES/55/179`, `/v1/paragraphs/A/RES/55/179%23OP19` or, without the escape,
`/v1/paragraphs/A/RES/55/179/OP19`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from api.desk import Caller, Desk
from api.errors import InvalidFieldError
from api.routes.ask import KParameter
from api.routes.filters import Texts, YearParameter, filters_of
from api.wire import LinkList, ResolutionList, SuggestOut
from qa.wire import ResolutionOut, SearchOut
from qa.wire_pages import ParagraphPage

Offset = Annotated[int, QueryParameter(name="offset", ge=0, le=10_000_000, description="How many to leave out.")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="How many to list at most.")]
SymbolPath = Annotated[
    str, PathParameter(min_length=1, max_length=200, description="A symbol, in any way of writing it: A/RES/55/179.")
]
IdPath = Annotated[
    str,
    PathParameter(
        min_length=1, max_length=200, description="A paragraph's id, `#` as %23 or as a slash: A/RES/55/179/OP19."
    ),
]


@get("/resolutions", summary="List resolutions", tags=["corpus"], kept=True)
async def list_resolutions(
    request: Caller,
    desk: NamedDependency[Desk],
    offset: Offset = 0,
    limit: Limit = 20,
    organ: Texts = None,
    session: Texts = None,
    year_from: YearParameter = None,
    year_to: YearParameter = None,
) -> Response[ResolutionList]:
    """One page of the resolutions that pass the filters, by symbol; `next` leads to the following page."""
    if b"%2f" in request.scope["raw_path"].lower():  # an escaped slash was meant as a symbol; the router drops it
        _symbol("/")
    if (same := desk.unchanged(request, "corpus")) is not None:
        return same
    began = time.perf_counter()
    filters = filters_of(organ, session, year_from, year_to).filters()
    (total, items), generation = await desk.run(
        request, lambda: desk.within(lambda: desk.service.resolutions(offset, limit, filters))
    )
    following = None
    if items and offset + len(items) < total:
        kept = [(key, value) for key, value in request.query_params.multi_items() if key not in {"offset", "limit"}]
        query = urlencode([*kept, ("offset", str(offset + len(items))), ("limit", str(limit))])
        following = f"/v1/resolutions?{query}"
    page = ResolutionList(total, offset, items, generation, following)
    return desk.reply(request, page, "corpus", began)


@get("/resolutions/{symbol:path}", summary="One resolution", tags=["corpus"], kept=True)
async def one_resolution(request: Caller, desk: NamedDependency[Desk], symbol: SymbolPath) -> Response[ResolutionOut]:
    """The structure of one resolution, with all its paragraphs."""
    wanted = _symbol(symbol)
    if (same := desk.unchanged(request, "corpus")) is not None:
        return same
    began = time.perf_counter()
    found = await desk.run(request, lambda: desk.service.resolution(wanted))
    response = desk.reply(request, found, "corpus", began)
    response.set_header("Content-Location", f"/v1/resolutions/{quote(found.symbol, safe='/()')}")
    return response


@get("/paragraphs/{paragraph_id:path}", summary="One paragraph", tags=["corpus"], kept=True)
async def one_paragraph(request: Caller, desk: NamedDependency[Desk], paragraph_id: IdPath) -> Response[ParagraphPage]:
    """One paragraph with its neighbours, its citation and its place in the source."""
    wanted = paragraph_name(paragraph_id)
    return await _looked_up(request, desk, lambda: desk.service.paragraph(wanted))


@get("/similar/{paragraph_id:path}", summary="Similar paragraphs", tags=["corpus"], kept=True)
async def similar(
    request: Caller, desk: NamedDependency[Desk], paragraph_id: IdPath, k: KParameter = 5
) -> Response[SearchOut]:
    """The paragraphs nearest in meaning to one."""
    wanted = paragraph_name(paragraph_id)
    return await _looked_up(request, desk, lambda: desk.service.similar(wanted, k))


@get("/cites/{symbol:path}", summary="What a resolution cites", tags=["corpus"], kept=True)
async def cites(request: Caller, desk: NamedDependency[Desk], symbol: SymbolPath) -> Response[LinkList]:
    """The mentions of other resolutions in one."""
    wanted = _symbol(symbol)
    return await _looked_up(request, desk, lambda: LinkList(wanted, *desk.within(lambda: desk.service.cites(wanted))))


@get("/cited-by/{symbol:path}", summary="What cites a resolution", tags=["corpus"], kept=True)
async def cited_by(request: Caller, desk: NamedDependency[Desk], symbol: SymbolPath) -> Response[LinkList]:
    """The mentions of one resolution in others."""
    wanted = _symbol(symbol)
    return await _looked_up(
        request, desk, lambda: LinkList(wanted, *desk.within(lambda: desk.service.cited_by(wanted)))
    )


@get("/suggest", summary="Suggestions while typing", tags=["ask"], kept=True)
async def suggest(
    request: Caller,
    desk: NamedDependency[Desk],
    q: Annotated[str, QueryParameter(name="q", min_length=1, max_length=200, description="The text typed so far.")],
    k: Annotated[int, QueryParameter(name="k", ge=1, le=20, description="How many at most.")] = 5,
) -> Response[SuggestOut]:
    """How a question or title that begins like this may go on."""
    return await _looked_up(request, desk, lambda: SuggestOut(desk.service.suggest(q, k)))


def paragraph_name(path: str) -> str:
    """The id in an address: `A/RES/55/179#OP19`, or the same with a slash before the label.

    Raises:
        InvalidFieldError: it is too long, or names no paragraph.
    """
    text = _symbol(path)
    if "#" in text:
        return text
    symbol, slash, label = text.rpartition("/")
    if not slash or not symbol or label[:1].isdigit():
        raise InvalidFieldError(
            f"{text[:80]!r} names no paragraph; write it like A/RES/55/179/OP19, or with # as %23", "paragraph_id"
        )
    return f"{symbol}#{label}"


def _symbol(path: str) -> str:
    text = path.strip("/").strip()
    if not 1 <= len(text) <= 200:
        raise InvalidFieldError("a symbol has 1 to 200 characters", "symbol")
    return text


async def _looked_up(request: Caller, desk: Desk, work: Callable[[], Any]) -> Response[Any]:
    if (same := desk.unchanged(request, "corpus")) is not None:
        return same
    began = time.perf_counter()
    return desk.reply(request, await desk.run(request, work), "corpus", began)
