"""Reading what came in: bodies strictly typed, query parameters known, callers that leave noticed."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, HTTPException, InternalServerException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import QueryParameter

from api.errors import (
    BodyTooLargeError,
    BodyTypeError,
    ClientGoneError,
    InvalidFieldError,
    MissingBodyError,
    UnknownParameterError,
    UnreadableBodyError,
)
from api.plain import in_plain_words, meant_by, missing_name

# An escape of one half of a character (a surrogate) without the other.
_HALF = re.compile(rb"\\u[dD][89abAB]\w\w(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]\w\w)\\u[dD][c-fC-F]")
_AT = re.compile(r"^(?P<why>.*?)(?: - at `\$\.?(?P<where>.*)`)?$", re.DOTALL)


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON body is decoded straight into the type that its handler declares.

    The framework's own way lets "5" pass for 5, and answers 500 where msgspec raises UnicodeDecodeError or
    RecursionError instead of its DecodeError (bad UTF-8 in a string; 100,000 brackets).
    """

    async def body(self) -> bytes:
        """The whole body.

        Raises:
            ClientGoneError: the caller left in the middle of it.
            BodyTooLargeError: it is longer than the limit.
        """
        try:
            return await super().body()
        except InternalServerException as error:
            raise ClientGoneError("the caller left while sending") from error
        except HTTPException as error:
            if error.status_code == 413:
                limit = self.route_handler.resolve_request_max_body_size()
                raise BodyTooLargeError(f"more than the {limit} bytes that are taken", "body") from None
            raise
        except ClientException as error:
            raise UnreadableBodyError(error.detail) from error

    async def json(self) -> Any:
        """The body as the handler's type.

        Raises:
            BodyTypeError: it is not called JSON. A page of any other site may send a body that is called plain text
                without asking first (CORS), so that what changes state must not take one.
            UnreadableBodyError: it is no JSON.
            InvalidFieldError: it is, but not what the route takes.
        """
        named = self.headers.get("content-type", "")
        if named.partition(";")[0].strip().lower() != "application/json":
            raise BodyTypeError(f"the body is called {named[:60] or 'nothing'}, not application/json", "content-type")
        declared = self.route_handler.parsed_fn_signature.parameters["data"].annotation
        return decode(await self.body(), declared)


def decode(body: bytes, kind: Any) -> Any:
    """JSON as a type, or an error that says where it is wrong."""
    if not body:
        raise MissingBodyError("the request has no body", "body")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        why = found["why"] if found else str(error)
        unknown, at = _unknown(why), (found["where"] if found else None) or ""
        name = ".".join(part for part in (at, missing_name(why)) if part)
        where = name or unknown or "body"
        told = _hint(unknown, kind) if unknown else in_plain_words(why, where, kind)
        raise InvalidFieldError(f"{where}: {told}", where) from None
    except msgspec.DecodeError as error:
        if _HALF.search(body):
            told = r"half a character: \ud800 to \udfff stand in pairs alone; send the whole character"
            raise UnreadableBodyError(f"the body has {told}", "body") from None
        raise UnreadableBodyError(f"the body is no JSON: {error}", "body") from None
    except UnicodeDecodeError:
        raise UnreadableBodyError("the body is not UTF-8", "body") from None
    except RecursionError:
        raise UnreadableBodyError("the body is nested too deeply", "body") from None


def _unknown(message: str) -> str | None:
    found = re.search(r"unknown field `(.{1,80}?)`", message)
    return found[1] if found else None


def _hint(unknown: str, kind: Any) -> str:
    """What an unknown field may have been meant to be, wherever in the body that would stand."""
    known = {name.rpartition(".")[2]: name for name in sorted(_field_names(kind), key=len, reverse=True)}
    meant = meant_by(unknown, known)
    near = [meant] if meant else difflib.get_close_matches(unknown, known, n=1)
    names = (name for name in known.values() if "." not in name)
    hint = f"did you mean {known[near[0]]!r}?" if near else f"known are {', '.join(sorted(names))}"
    return f"{unknown!r} is no field of this body; {hint}"


def _field_names(kind: Any, before: str = "") -> Iterator[str]:
    """The names of a body's fields, those of nested objects with dots: `filters.organ`."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            yield before + field.encode_name
            yield from _field_names(field.type, f"{before}{field.encode_name}.")
    else:
        for inner in typing.get_args(kind):
            yield from _field_names(inner, before)


def refuse_unknown(request: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard: query parameters that the route does not know are refused, with the nearest name.

    Pages for people take what they do not know: the sites that link to them put names of their own into the address.

    Raises:
        UnknownParameterError: there is one.
    """
    if isinstance(handler, HTTPRouteHandler) and handler.media_type == "text/html":
        return
    known = query_names(handler)
    for name in request.query_params:
        if name not in known:
            raise UnknownParameterError(
                f"{name[:60]!r} is no parameter of this route; {nearest_of(name, known)}", name[:60]
            )


def nearest_of(name: str, known: set[str]) -> str:
    """What an unknown parameter may have been meant to be, or which there are."""
    if not known:
        return "it takes none: leave it out"
    meant = meant_by(name, known)
    near = [meant] if meant else difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"


def query_names(handler: BaseRouteHandler) -> set[str]:
    """The query parameters of a route."""
    return {
        field.kwarg_definition.name or name
        for name, field in handler.parsed_fn_signature.parameters.items()
        if isinstance(field.kwarg_definition, QueryParameter)
    }


async def until_gone(request: Request[Any, Any, Any]) -> None:
    """Return when the caller has left; the body must have been read before."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return
