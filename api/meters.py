"""Metrics for Prometheus, in a registry of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Meters:
    """What is counted. Labels are route patterns, never addresses: their number is bounded."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "qa_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "qa_request_seconds", "Time to the end of the answer", ["route"], buckets=_BUCKETS, registry=self.registry
        )
        self._stages = Histogram(
            "qa_stage_seconds", "Time in one stage of an answer", ["stage"], buckets=_BUCKETS, registry=self.registry
        )
        self.answers = Counter("qa_answers", "Answers by status", ["status"], registry=self.registry)
        self.withheld = Counter(
            "qa_quotations_withheld",
            "Quotations kept back because they are not what their source holds: verify the index",
            registry=self.registry,
        )
        self.degraded = Gauge(
            "qa_degraded",
            "1 where what is served is not what the index folder says should be, as last looked at",
            registry=self.registry,
            multiprocess_mode="livemax",
        )
        self.refused = Counter("qa_refused", "Requests refused for load", ["why"], registry=self.registry)
        self.in_flight = Gauge(
            "qa_in_flight", "Requests being answered", registry=self.registry, multiprocess_mode="livesum"
        )
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            ProcessCollector(registry=self.registry)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        known = method if method in {"GET", "HEAD", "POST", "OPTIONS", "DELETE"} else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def stages(self, timings: Mapping[str, float]) -> None:
        """Record the stages of one answer; `timings` are in milliseconds."""
        for stage, took in timings.items():
            self._stages.labels(stage).observe(took / 1000)

    def text(self) -> bytes:
        """All of it in Prometheus's text form; of all workers, where there are several."""
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self.registry)
