"""How connections are held: one deadline for a whole request, bounds on heads, readers and connections.

uvicorn 0.54 keeps a client that sends one byte now and then for ever, headers and bodies alike, and granian 2.8 does so
for bodies (both measured, see `docs/decisions/server.md`). This is uvicorn's h11 protocol with a clock, which starts
with a connection, or with the first byte of a later request, and stops when the request has come in whole. It never
starts over in between, so that no trickle of bytes buys time.
"""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.headers import ALWAYS, JSON_POLICY
from api.problems import HTTP_ROWS, PROBLEM_JSON, problem

_DETAILS = {
    400: "this is no HTTP/1.1 request",
    408: "the whole request did not come in time",
    414: "the request line is longer than what is taken",
    431: "the header fields are larger than what is taken",
    503: "too many connections are open",
}
_REASONS = {
    400: "Bad Request",
    408: "Request Timeout",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one connection may take, and how many there may be."""

    receive_seconds: float
    send_seconds: float
    connections: int


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol under `Bounds`."""

    def __init__(self, bounds: Bounds, **given: Any) -> None:
        super().__init__(**given)
        self._bounds = bounds
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock, unless there are too many connections already."""
        super().connection_made(transport)
        if len(self.connections) > self._bounds.connections:
            self._refuse(503)
            return
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop every clock."""
        self._stop_clock()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes have come; the clock runs until they make a whole request."""
        if self.transport.is_closing():
            return
        self._start_clock()
        super().data_received(data)
        self._check_clock()

    def on_response_complete(self) -> None:
        """An answer went out; a further request may already be in the buffer, and the reader may stand still."""
        super().on_response_complete()
        self._check_clock()
        self._watch_reader()

    def pause_writing(self) -> None:
        """The reader does not keep up."""
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        """The reader goes on."""
        super().resume_writing()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be parsed; which of the bounds it broke is told by what is left unparsed."""
        rest, _ = self.conn.trailing_data
        limit = self.config.h11_max_incomplete_event_size
        if limit is None or len(rest) <= limit:
            self._refuse(400)
        else:
            self._refuse(431 if b"\n" in rest else 414)

    def _start_clock(self) -> None:
        if self._receiving is None:
            self._receiving = self.loop.call_later(self._bounds.receive_seconds, self._too_slow)

    def _stop_clock(self) -> None:
        if self._receiving is not None:
            self._receiving.cancel()
            self._receiving = None

    def _check_clock(self) -> None:
        """Stop the clock where nothing is under way: a whole request, or an idle connection (uvicorn times those)."""
        state = self.conn.their_state
        rest, _ = self.conn.trailing_data
        under_way = state is h11.SEND_BODY or (state is h11.IDLE and bool(rest))
        if under_way and not self.transport.is_closing():
            self._start_clock()
        elif state is not h11.IDLE or self.cycle is not None:
            self._stop_clock()

    def _too_slow(self) -> None:
        self._receiving = None
        if not self.transport.is_closing():
            self._refuse(408)

    def _watch_reader(self) -> None:
        if self._sending is None and self.transport.get_write_buffer_size() > 0:
            self._sending = self.loop.call_later(self._bounds.send_seconds, self._stalled)

    def _stalled(self) -> None:
        self._sending = None
        if self.transport.get_write_buffer_size() > 0:
            self.transport.abort()

    def _refuse(self, status: int) -> None:
        """Answer and close. Where an answer has begun there is nothing honest left to say, so only close."""
        begun = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if begun:
            self.transport.abort()
            return
        self.transport.write(refusal(status))
        self.transport.close()
        self._watch_reader()


def refusal(status: int) -> bytes:
    """A whole answer, as bytes: a problem document with the header fields that every answer carries."""
    request_id = uuid.uuid4().hex
    extra = {"retry_after": 1} if status == 503 else {}
    document = problem(HTTP_ROWS[status], _DETAILS[status], request_id, **extra)
    body = msgspec.json.encode(document)
    fields = [
        f"HTTP/1.1 {status} {_REASONS[status]}",
        f"content-type: {PROBLEM_JSON}",
        f"content-length: {len(body)}",
        "connection: close",
        "cache-control: no-store",
        f"x-request-id: {request_id}",
        f"content-security-policy: {JSON_POLICY.decode()}",
        *(f"{name.decode()}: {value.decode()}" for name, value in ALWAYS),
        "cross-origin-resource-policy: same-origin",
        *(["retry-after: 1"] if status == 503 else []),
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + body
