"""The outermost layer: what is true of every answer, whoever gives it.

Request ids, limits on address and header fields, the rate limit, CORS, security header fields, the access log, and a
last catch for what nobody else caught. It wraps the whole application, so that a 404 or a 500 gets the same treatment.
"""

from __future__ import annotations

import math
import re
import time
import uuid
from collections.abc import Callable

import msgspec
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from api.errors import (
    AddressTooLongError,
    APIError,
    HeadersTooLargeError,
    RateLimitedError,
)
from api.headers import Header, Headers
from api.limiter import Limiter
from api.logs import Log, describe
from api.meters import Meters
from api.networks import check_networks, client_address, client_key
from api.problems import PROBLEM_JSON, headers_of, problem_of
from api.settings import Rate, Settings
from api.traces import Served, Tracer

_GATED = ("/v1/ask", "/v1/search")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Edge:
    """ASGI middleware around the whole application."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        meters: Meters,
        log: Log,
        limiter: Limiter | None,
        check_gate: Callable[[], None],
        tracer: Tracer,
    ) -> None:
        self._app = app
        self._check_gate = check_gate  # raises when the gate is full: an overload is refused before it costs anything
        self._tracer = tracer
        self._limits = settings.limits
        self._rate = settings.rate
        self._headers = Headers(settings)
        self._trusted = check_networks(settings.proxy.trusted)
        self._meters = meters
        self._log = log
        self._limiter = limiter
        self._access = settings.logs.access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, send, self._headers)
        self._meters.in_flight.inc()
        try:
            early = self._early(exchange)
            if early is not None:
                await exchange.answer(early)
            else:
                await self._app(exchange.scope, receive, exchange.send)
        except APIError as error:
            await exchange.refuse(error)
        except Exception as error:
            self._log.error("failed", request_id=exchange.request_id, error=describe(error))
            if exchange.status == 0:
                await exchange.refuse(error)
        finally:
            self._meters.in_flight.dec()
            self._finish(exchange)

    def _early(self, exchange: Exchange) -> list[Header] | None:
        """The preflight's header fields where the request is one; None where the application shall answer.

        Raises:
            APIError: the request is refused before anyone works on it.
        """
        scope = exchange.scope
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size > self._limits.header_bytes:
            raise HeadersTooLargeError(f"{size} bytes of header fields; {self._limits.header_bytes} are taken")
        query = scope["query_string"]
        length = len(scope.get("raw_path") or b"") + (len(query) + 1 if query else 0)
        if length > self._limits.url_bytes:
            raise AddressTooLongError(f"{length} bytes of path and query; {self._limits.url_bytes} are taken", "url")
        method, origin = exchange.field(b"access-control-request-method"), exchange.origin
        if scope["method"] == "OPTIONS" and origin is not None and method is not None:
            asked = exchange.field(b"access-control-request-headers") or b""
            return self._headers.preflight(exchange.path, origin, method, asked)
        if self._limiter is not None:
            scope["state"]["spend"] = lambda cost: self._spend(exchange, cost)
            if exchange.path.startswith("/v1/"):
                self._spend(exchange, 1)
        if exchange.path.startswith(_GATED):
            self._check_gate()
        return None

    def _spend(self, exchange: Exchange, cost: int) -> None:
        """Count `cost` calls against the client.

        Raises:
            RateLimitedError: there were too many.
        """
        if self._limiter is None:
            return
        peer = exchange.scope["client"]
        forwarded = [value.decode("latin-1") for name, value in exchange.scope["headers"] if name == b"x-forwarded-for"]
        address = client_address(peer[0] if peer else None, forwarded, self._trusted)
        verdict = self._limiter.take(client_key(address), cost)
        exchange.extra = [
            (b"ratelimit-policy", policy_of(self._rate)),
            (b"ratelimit", f'"burst";r={verdict.remaining}'.encode()),
        ]
        if not verdict.allowed:
            self._meters.refused.labels("rate").inc()
            raise RateLimitedError(
                f"more than {self._rate.per_minute} calls a minute, or {self._rate.burst} at once",
                max(1, math.ceil(verdict.retry_after)),
            )

    def _finish(self, exchange: Exchange) -> None:
        """Count and log; the route's pattern stands for the address, which may hold a question."""
        took = time.perf_counter() - exchange.began
        route = str(exchange.scope.get("path_template") or "none")
        self._meters.observe(exchange.method, route, exchange.status, took)
        self._tracer.record(
            Served(
                exchange.method,
                route,
                exchange.status,
                exchange.request_id,
                (exchange.field(b"traceparent") or b"").decode("latin-1") or None,
                time.time_ns(),
                took,
                exchange.scope["state"].get("stages", ()),
            )
        )
        if self._access:
            self._log.info(
                "request",
                request_id=exchange.request_id,
                method=exchange.method,
                route=route,
                status=exchange.status,
                ms=round(took * 1000, 2),
                bytes=exchange.sent,
            )


def policy_of(rate: Rate) -> bytes:
    """Both limits: calls a minute in the long run, and calls at once, of which all are given back in `w` seconds."""
    window = math.ceil(60 * rate.burst / rate.per_minute)
    return f'"minute";q={rate.per_minute};w=60, "burst";q={rate.burst};w={window}'.encode()


class Exchange:
    """One request and the answer that goes back."""

    def __init__(self, scope: HTTPScope, send: Send, headers: Headers) -> None:
        self.method: str = scope["method"]
        # HEAD is answered as GET would be, without the body (RFC 9110, section 9.3.2).
        self.scope: HTTPScope = {**scope, "method": HttpMethod.GET} if self.method == "HEAD" else scope
        self.path: str = scope["path"]
        self.began = time.perf_counter()
        self.status = 0
        self.sent = 0
        self.extra: list[Header] = []
        self._send = send
        self._headers = headers
        self.origin = self.field(b"origin")
        given = self.field(b"x-request-id") or b""
        self.request_id = given.decode() if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        self.scope.setdefault("state", {})
        self.scope["state"]["request_id"] = self.request_id

    def field(self, name: bytes) -> bytes | None:
        """A header field's value."""
        return next((value for key, value in self.scope["headers"] if key == name), None)

    async def send(self, message: Message) -> None:
        """Pass a message on; the first one gets the header fields that every answer carries."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            fields = list(message.get("headers", []))
            own = {name.lower() for name, _ in fields}
            kind = next((value for name, value in fields if name.lower() == b"content-type"), b"")
            every = [
                (b"x-request-id", self.request_id.encode()),
                *self._headers.security(self.path, kind),
                *self._headers.cors(self.path, self.origin),
                *self.extra,
            ]
            fields += [(name, value) for name, value in every if name not in own or name == b"vary"]
            message["headers"] = fields
        elif message["type"] == "http.response.body":
            if self.method == "HEAD":
                message = {**message, "body": b""}
            self.sent += len(message.get("body", b""))
        await self._send(message)

    async def answer(self, fields: list[Header]) -> None:
        """An answer without a body."""
        self.extra = [*self.extra, *fields]
        await self.send({"type": "http.response.start", "status": 204, "headers": []})
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def refuse(self, error: Exception) -> None:
        """A problem document."""
        document = problem_of(error, self.request_id)
        body = msgspec.json.encode(document)
        fields: list[Header] = [
            (b"content-type", PROBLEM_JSON.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *((name.lower().encode(), value.encode()) for name, value in headers_of(error).items()),
        ]
        if document.status in {414, 431}:
            fields.append((b"connection", b"close"))
        await self.send({"type": "http.response.start", "status": document.status, "headers": fields})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})
