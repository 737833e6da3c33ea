"""The application factory: settings and a service in, a Litestar application out. Nothing is global."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ControllerRouterHandler

from api.desk import Desk
from api.edge import Edge
from api.errors import InvalidFieldError, MissingBodyError, NotReadyError, OverloadedError, RequestError
from api.feedback import FeedbackStore
from api.limiter import Limiter, SharedLimit
from api.logs import Log, describe, open_log
from api.meters import Meters
from api.openapi import build_document
from api.opening import open_service
from api.pages.lost import is_for_a_reader, render_lost
from api.plain import in_plain_words
from api.ports import Service
from api.problems import HTTP_ROWS, INTERNAL, PROBLEM_JSON, STORE, headers_of, problem, problem_of, row_of
from api.requests import StrictRequest, refuse_unknown
from api.routes import ask, corpus, feedback, operations, pages, stream, widget
from api.settings import Settings
from api.traces import open_tracer
from api.wire import AskBody
from qa.store.place import Database, place_of
from qa.version import running_version

_MISSING = re.compile(r"Missing required query parameter .(\w+)")
_V1: list[ControllerRouterHandler] = [
    ask.ask,
    ask.ask_by_address,
    ask.ask_batch,
    ask.search,
    stream.ask_stream,
    corpus.list_resolutions,
    corpus.one_resolution,
    corpus.one_paragraph,
    corpus.similar,
    corpus.cites,
    corpus.cited_by,
    corpus.suggest,
    feedback.give_feedback,
    feedback.export_feedback,
    feedback.forget_feedback,
]
_PLAIN: list[ControllerRouterHandler] = [
    operations.live,
    operations.ready,
    operations.what_runs,
    operations.metrics,
    *pages.HANDLERS,
    *widget.HANDLERS,
]


def create_app(
    settings: Settings | None = None,
    service: Service | None = None,
    *,
    log: Log | None = None,
    shared_limit: SharedLimit | None = None,
    opener: Callable[[Settings], Service] = open_service,
) -> Litestar:
    """An application that answers from `service`, or from the index that the settings name.

    The service is opened when the application starts and closed when it ends. `shared_limit` is what several workers
    have in common, so that theirs is one rate limit.
    """
    settings = settings or Settings()
    log = log or open_log(settings.logs)
    meters = Meters()
    tracer = open_tracer(settings.traces)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        desk = Desk(settings, service or opener(settings), meters, log, _feedback(settings))
        app.state.desk = desk
        try:
            yield
        finally:
            app.state.desk = None
            desk.close()
            tracer.close()

    app = Litestar(
        route_handlers=[Router("/v1", route_handlers=_V1), *_PLAIN],
        dependencies={"desk": Provide(_desk, sync_to_thread=False)},
        exception_handlers={Exception: _handler(log)},
        guards=[refuse_unknown],
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=None,
        request_class=StrictRequest,
        request_max_body_size=settings.limits.body_bytes,
        debug=False,
    )
    app.state.document = build_document(app, running_version())
    app.state.document_bytes = msgspec.json.encode(app.state.document)
    limiter = None
    if settings.rate.per_minute:
        limiter = Limiter(settings.rate.per_minute, settings.rate.burst, settings.rate.clients, shared_limit)
    app.asgi_handler = Edge(
        app.asgi_handler, settings, meters, log, limiter, lambda: _check_gate(app.state, meters), tracer
    )
    return app


def _check_gate(state: State, meters: Meters) -> None:
    desk: Desk | None = state.get("desk")
    if desk is not None:
        try:
            desk.gate.check()
        except OverloadedError:
            meters.refused.labels("queue").inc()
            raise


def _desk(state: State) -> Desk:
    desk: Desk | None = state.get("desk")
    if desk is None:
        raise NotReadyError("the server is starting or shutting down", 2)
    return desk


def _feedback(settings: Settings) -> FeedbackStore:
    if not settings.feedback.enabled:
        return FeedbackStore(None, settings.feedback.entries)
    named, index = settings.feedback.path, place_of(settings.index.folder)
    if not named and isinstance(index, Database):
        return FeedbackStore(None, settings.feedback.entries)  # a replica keeps nothing unless told where
    path = Path(named) if named else Path(settings.index.folder) / "feedback.sqlite3"
    return FeedbackStore(path, settings.feedback.entries)


def _handler(log: Log) -> Callable[[Request[Any, Any, Any], Exception], Response[Any]]:
    """The one exception handler: every error leaves as a problem document, or to a person's browser as a page."""

    def handle(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        request_id = str(request.scope["state"].get("request_id", ""))
        headers = {"Cache-Control": "no-store", **headers_of(error)}
        if isinstance(error, ValidationException):
            error = _invalid_parameter(error)
        if isinstance(error, HTTPException):
            row = HTTP_ROWS.get(error.status_code, INTERNAL)
            detail = row.title if error.status_code in {404, 405} else error.detail
            allowed = {name.lower(): value for name, value in (error.headers or {}).items()}.get("allow")
            if allowed is not None:
                names = {name.strip() for name in allowed.split(",")}
                headers["Allow"] = ", ".join(sorted(names | ({"HEAD"} if "GET" in names else set())))
            document = problem(row, detail, request_id)
        else:
            if row_of(error) in {INTERNAL, STORE}:
                log.error("failed", request_id=request_id, error=describe(error))
            document = problem_of(error, request_id)
        if is_for_a_reader(request.url.path, request.headers.get("accept", "")):
            return Response(render_lost(document), status_code=document.status, media_type="text/html", headers=headers)
        return Response(document, status_code=document.status, media_type=PROBLEM_JSON, headers=headers)

    return handle


def _invalid_parameter(error: ValidationException) -> RequestError:
    """The framework's report on query, path and header parameters, as one of ours."""
    extra = error.extra
    first = extra[0] if isinstance(extra, list) and extra and isinstance(extra[0], dict) else {}
    missing = _MISSING.match(error.detail)
    field = str(first.get("key") or (missing[1] if missing else "")) or None
    if field == "data":
        return MissingBodyError("the request has no body", "body")
    told = first.get("message") or ("is needed; send it" if missing else "a parameter is out of bounds; see /docs")
    detail = in_plain_words(str(told), field or "", AskBody)
    return InvalidFieldError(f"{field}: {detail}" if field else detail, field)
