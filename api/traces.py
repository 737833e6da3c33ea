"""OpenTelemetry, where `traces.endpoint` names a collector; otherwise nothing of it is imported.

One span a request, below the caller's own where it sent a `traceparent`, and one for each stage of an answer (encode,
search, rank, cite and so on). Stages are measured by the service as durations in order, so that their spans are laid
end to end, the last ending with the answer. No span holds a question or an address: as in the log, the route's pattern
stands for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from api.errors import TracesError
from api.settings import Traces

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_NS = 1_000_000_000
_SEND_WITHIN = 2.0  # seconds, all tries together: a collector that is away must not hold up the end of the server


class Stages(NamedTuple):
    """The stages of one answer in milliseconds, in order, and when it was ready, in nanoseconds since 1970."""

    ready: int
    timings: Mapping[str, float]


class Served(NamedTuple):
    """One request that has been answered; `ended` in nanoseconds since 1970."""

    method: str
    route: str
    status: int
    request_id: str
    parent: str | None
    ended: int
    seconds: float
    stages: Sequence[Stages]


class Tracer(Protocol):
    """What becomes of a request that has been answered."""

    def record(self, served: Served) -> None:
        """Make its spans."""

    def close(self) -> None:
        """Send what is still here."""


class NoTracer:
    """Traces that nobody wants."""

    def record(self, served: Served) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class OtelTracer:
    """Spans by the OpenTelemetry SDK, sent in batches from a thread of its own."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._tracer = provider.get_tracer("un-resolution-qa")
        self._parents = TraceContextTextMapPropagator()

    def record(self, served: Served) -> None:
        """One span for the request, one for each stage of each answer."""
        from opentelemetry.trace import SpanKind, Status, StatusCode, set_span_in_context

        above = self._parents.extract({"traceparent": served.parent} if served.parent else {})
        began = served.ended - round(served.seconds * _NS)
        span = self._tracer.start_span(
            f"{served.method} {served.route}",
            above,
            SpanKind.SERVER,
            {
                "http.request.method": served.method,
                "http.route": served.route,
                "http.response.status_code": served.status,
                "qa.request_id": served.request_id,
            },
            start_time=began,
        )
        if served.status >= 500:
            span.set_status(Status(StatusCode.ERROR))
        inside = set_span_in_context(span)
        for answer in served.stages:
            at = answer.ready - round(sum(answer.timings.values()) * 1e6)
            for name, took in answer.timings.items():
                stage = self._tracer.start_span(name, inside, start_time=at)
                at += round(took * 1e6)
                stage.end(at)
        span.end(served.ended)

    def close(self) -> None:
        """Send what is still here."""
        self._provider.shutdown()


def open_tracer(settings: Traces) -> Tracer:
    """The tracer that the settings ask for.

    Raises:
        TracesError: the OpenTelemetry packages are not installed.
    """
    if not settings.endpoint:
        return NoTracer()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise TracesError(
            "traces.endpoint is set, but OpenTelemetry is not installed: in the clone of this project: pip install -e '.[otel]'"
        ) from None
    provider = TracerProvider(resource=Resource.create({"service.name": settings.service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.endpoint, timeout=_SEND_WITHIN)))
    return OtelTracer(provider)
