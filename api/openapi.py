"""The OpenAPI document, made from the handlers: their types, bounds and docstrings; `api.examples` adds the rest.

The framework's own generator fails on frozen msgspec structs with list defaults and does not know problem documents, so
this is ours; `msgspec` turns types into JSON Schema.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, ParameterKwarg, PathParameter, QueryParameter
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from api.examples import BODIES, EXAMPLES
from api.problems import PROBLEM_JSON, Problem

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFUSALS = {
    400: "The request cannot be read.",
    401: "A key is needed, or the one sent is not accepted.",
    403: "The key does not reach this far, or none is configured.",
    404: "There is no such thing here.",
    405: "The route does not take this method.",
    408: "The request came too slowly.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is not called JSON.",
    422: "A field or parameter is not acceptable.",
    429: "Too many requests; see Retry-After.",
    431: "The header fields are too large.",
    500: "Something went wrong here.",
    503: "Too busy, too late, or not ready; see Retry-After.",
}
_WHERE: dict[type, str] = {QueryParameter: "query", PathParameter: "path", HeaderParameter: "header"}
_BOUNDS = {
    "ge": "minimum",
    "le": "maximum",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_items": "minItems",
    "max_items": "maxItems",
    "pattern": "pattern",
}
# One server-sent event; `data` is JSON: a state, a CitationOut, an AnswerOut without citations, or a Problem.
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["status", "citation", "done", "error"]},
        "data": {"type": "string"},
        "id": {"type": "string"},
    },
    "required": ["event", "data"],
}


def build_document(app: Litestar, version: str) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    operations = list(_operations(app))
    kinds = [kind for _, _, handler in operations for kind in (_body_type(handler), _answer_type(handler)) if kind]
    unique = list(dict.fromkeys([*kinds, Problem]))
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    by_type = dict(zip(unique, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for path, method, handler in operations:
        paths.setdefault(path, {})[method.lower()] = _operation(path, method, handler, by_type)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "United Nations resolutions: questions and answers",
            "version": version,
            "description": "Ask in plain words; get the paragraphs that answer, verbatim and cited.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key of the operator's."}},
        },
    }


def _operations(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in sorted((each for each in app.routes if isinstance(each, HTTPRoute)), key=lambda r: r.path):
        for method, (handler, _) in route.route_handler_map.items():
            if method in {"GET", "POST", "DELETE"} and handler.resolve_include_in_schema():
                yield route.path_format, method, handler


def _operation(path: str, method: str, handler: HTTPRouteHandler, by_type: dict[Any, Any]) -> dict[str, Any]:
    parameters = list(_parameters(handler))
    operation: dict[str, Any] = {
        "operationId": f"{handler.fn.__name__}{'_healthz' if path == '/healthz' else ''}",
        "summary": handler.summary or "",
        "description": " ".join((handler.fn.__doc__ or "").split()),
        "tags": list(handler.tags or []),
        "responses": _responses(path, method, handler, by_type),
    }
    if parameters:
        operation["parameters"] = parameters
    body = _body_type(handler)
    if body is not None:
        content: dict[str, Any] = {"schema": by_type[body]}
        if f"{method} {path}" in BODIES:
            content["examples"] = {name: {"value": value} for name, value in BODIES[f"{method} {path}"].items()}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    if "/admin/" in path:
        operation["security"] = [{"key": []}]
    return operation


def _parameters(handler: HTTPRouteHandler) -> Iterator[dict[str, Any]]:
    for name, field in handler.parsed_fn_signature.parameters.items():
        kind = field.kwarg_definition
        where = _WHERE.get(type(kind))
        if where is None or not isinstance(kind, ParameterKwarg) or kind.name == "Authorization":
            continue
        label = kind.name or name
        parameter: dict[str, Any] = {
            "name": label,
            "in": where,
            "required": where == "path" or field.is_required,
            "schema": _parameter_schema(field, kind),
        }
        if kind.description:
            parameter["description"] = kind.description
        example = EXAMPLES.get(f"{where} {label}")
        if example is not None:
            parameter["example"] = example
        yield parameter


def _parameter_schema(field: FieldDefinition, kind: ParameterKwarg) -> dict[str, Any]:
    """The type without its "or null" (a query cannot say null), with the bounds of the declaration."""
    schema = dict(msgspec.json.schema(field.annotation))
    if "anyOf" in schema:
        schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
    for ours, theirs in _BOUNDS.items():
        value = getattr(kind, ours)
        if value is not None:
            schema[theirs] = value
    if field.has_default and field.default is not None:
        schema["default"] = field.default
    return schema


def _responses(path: str, method: str, handler: HTTPRouteHandler, by_type: dict[Any, Any]) -> dict[str, Any]:
    answer = _answer_type(handler)
    good: dict[str, Any] = {
        "description": "As asked.",
        "headers": {"X-Request-ID": _header("Names the request in the log.")},
    }
    media = str(handler.opt.get("produces", "application/json"))
    status = handler.status_code
    if answer is not None:
        good["content"] = {media: {"schema": by_type[answer]}}
        good["headers"]["Server-Timing"] = _header("Milliseconds by stage.")
    elif status != 204:
        good["content"] = {media: {"schema": _EVENT if media == "text/event-stream" else {"type": "string"}}}
    responses: dict[str, Any] = {str(status): good}
    if handler.opt.get("kept"):
        good["headers"]["ETag"] = _header("Changes with the index generation.")
        responses["304"] = {"description": "Unchanged since the tag in If-None-Match."}
    for code, words in _REFUSALS.items():
        if code in {401, 403} and "/admin/" not in path and path != "/metrics":
            continue
        refusal: dict[str, Any] = {
            "description": words,
            "content": {PROBLEM_JSON: {"schema": by_type[Problem]}},
        }
        if code in {429, 503}:
            refusal["headers"] = {"Retry-After": _header("Seconds to wait.")}
        responses[str(code)] = refusal
    return responses


def _header(words: str) -> dict[str, Any]:
    return {"description": words, "schema": {"type": "string"}}


def _body_type(handler: HTTPRouteHandler) -> Any:
    field = handler.parsed_fn_signature.parameters.get("data")
    return field.annotation if field is not None else None


def _answer_type(handler: HTTPRouteHandler) -> Any:
    """The struct that a handler answers with; None for text, streams and nothing."""
    annotation = handler.parsed_fn_signature.return_type.annotation
    if typing.get_origin(annotation) is Response:
        inner = typing.get_args(annotation)[0]
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            return inner
    return None
