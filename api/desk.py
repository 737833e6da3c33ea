"""What the routes share: the service, the gate before it, and the manners of an answer."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response

from api.errors import ClientGoneError, NotReadyError
from api.feedback import FeedbackStore
from api.gate import Gate
from api.logs import Log
from api.meters import Meters
from api.ports import Service
from api.requests import until_gone
from api.settings import Settings
from api.traces import Stages
from qa.version import running_version
from qa.wire import AnswerOut, SearchOut
from qa.wire_pages import ServiceState

T = TypeVar("T")
Caller = Request[Any, Any, Any]
KEPT = {"answer": "private, max-age=60", "corpus": "public, max-age=300", "never": "no-store"}


class Desk:
    """One application's moving parts; made when the application starts, closed when it ends."""

    def __init__(self, settings: Settings, service: Service, meters: Meters, log: Log, feedback: FeedbackStore) -> None:
        self.settings = settings
        self.service = service
        self.meters = meters
        self.log = log
        self.feedback = feedback
        self._edition = edition_of(settings)
        self.gate = Gate(settings.gate, settings.server.workers)

    def close(self) -> None:
        """Let nothing new in and give back what was opened."""
        self.gate.close()
        self.feedback.close()
        self.service.close()

    async def run(self, request: Caller, work: Callable[[], T], until: float | None = None) -> T:
        """`work` in a thread, through the gate; dropped when the caller leaves before it began, or after `until`.

        Raises:
            LoadError: refused, too late, or nobody waits any more.
        """
        try:
            ticket = self.gate.admit(until)
        except NotReadyError:
            raise
        except Exception:
            self.meters.refused.labels("queue").inc()
            raise
        answer = asyncio.ensure_future(ticket.run(work))
        gone = asyncio.ensure_future(until_gone(request))
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            raise ClientGoneError("the caller left before the answer was ready")
        finally:
            gone.cancel()
            answer.cancel()
            ticket.release()

    def note(self, request: Caller, answer: AnswerOut | SearchOut, question: str) -> None:
        """Count an answer; its question is logged only where that is switched on."""
        self.meters.stages(answer.timings)
        request.scope["state"].setdefault("stages", []).append(Stages(time.time_ns(), answer.timings))
        if answer.withheld:
            self.meters.withheld.inc(answer.withheld)
            self.log.error("withheld", quotations=answer.withheld, generation=answer.generation)
        if isinstance(answer, AnswerOut):
            self.meters.answers.labels(answer.status).inc()
        if self.settings.logs.questions:
            self.log.info("question", request_id=request.scope["state"].get("request_id"), question=question)

    def look(self) -> ServiceState:
        """What is being served; notes in the metrics whether that is as it should be."""
        state = self.service.ready()
        self.meters.degraded.set(bool(state.degraded))
        return state

    def etag(self, request: Caller) -> str:
        """The tag of what this address shows in the generation that is served now.

        Weak, because an answer's timings differ from one time to the next while all that matters is the same. Worked out
        once a request, before the work: what comes of a newer generation may carry the tag of the older, which costs its
        reader one more question; never the other way round, which would keep what is out of date.
        """
        state = request.scope["state"]
        if "tag" not in state:
            asked = f"{request.url.path}?{request.scope['query_string'].decode('latin-1')}"
            served = f"{self._edition}\n{self.service.generation}\n{self.service.model}\n{asked}"
            state["tag"] = f'W/"{hashlib.sha256(served.encode()).hexdigest()[:24]}"'
        return str(state["tag"])

    def within(self, look: Callable[[], T]) -> tuple[T, str]:
        """What `look` finds, and the generation it is of; looked again where a newer one was taken up meanwhile."""
        while True:
            generation = self.service.generation
            found = look()
            if self.service.generation == generation:
                return found, generation

    def unchanged(self, request: Caller, kept: str) -> Response[Any] | None:
        """304 where the caller already has what this address shows.

        `*` is no tag of ours: whether this address shows anything is known only after the work.
        """
        wanted = request.headers.get("if-none-match")
        tag = self.etag(request)
        if wanted is None or tag not in {each.strip() for each in wanted.split(",")}:
            return None
        return Response(None, status_code=304, headers={"ETag": tag, "Cache-Control": KEPT[kept]})

    def reply(self, request: Caller, content: T, kept: str, began: float) -> Response[T]:
        """200 with caching header fields and timings."""
        headers = {"Cache-Control": KEPT[kept], "Server-Timing": server_timing(getattr(content, "timings", {}), began)}
        if kept != "never":
            headers["ETag"] = self.etag(request)
        return Response(content, headers=headers)


def edition_of(settings: Settings) -> str:
    """What makes answers differ over one and the same index: the software's version and the settings of retrieval."""
    named = settings.index.retrieval
    given = Path(named).read_bytes() if named else b""
    return f"{running_version()} {hashlib.sha256(given).hexdigest()}"


def server_timing(timings: Mapping[str, float], began: float) -> str:
    """A Server-Timing field: the stages in milliseconds, and the whole."""
    total = (time.perf_counter() - began) * 1000
    stages = [f"{name};dur={took:.2f}" for name, took in timings.items() if name.isidentifier()]
    return ", ".join([*stages, f"total;dur={total:.2f}"])


def encode(content: object) -> bytes:
    """JSON."""
    return msgspec.json.encode(content)
