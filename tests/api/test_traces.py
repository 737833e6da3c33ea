"""OpenTelemetry: spans of real requests reach a collector; without one nothing of it is even imported."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from litestar.testing import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from api.app import create_app
from api.errors import TracesError
from api.settings import Settings, Traces
from api.traces import open_tracer
from tests.api.doubles import SmallService
from tests.api.serving import ROOT


class Collector(http.server.ThreadingHTTPServer):
    """Keeps what is exported to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[ExportTraceServiceRequest] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/traces"

    def spans(self):  # type: ignore[no-untyped-def]
        return [
            span
            for request in self.got
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)


def test_a_request_and_its_stages_are_spans_below_the_callers_own(settings: Settings, collector: Collector) -> None:
    traced = msgspec.structs.replace(settings, traces=Traces(collector.address, "our-qa"))
    parent = {"traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"}
    with TestClient(create_app(traced, SmallService(seconds=0.01))) as client:
        answer = client.post("/v1/ask", json={"question": "a secret question"}, headers=parent)
        client.post("/v1/ask/batch", json={"questions": [{"question": "one"}, {"question": "two"}]})
        client.get("/v1/resolutions/S/RES/1244(1999)")
    spans = collector.spans()
    by_name = {span.name: span for span in spans}
    top = by_name["POST /v1/ask"]
    assert (top.trace_id.hex(), top.parent_span_id.hex()) == ("a" * 32, "b" * 16)
    told = {one.key: one.value for one in top.attributes}
    assert told["http.response.status_code"].int_value == 200
    assert told["qa.request_id"].string_value == answer.headers["x-request-id"]
    stages = [span for span in spans if span.parent_span_id == top.span_id]
    assert [span.name for span in stages] == ["encode", "search", "rank"]
    assert [span.end_time_unix_nano - span.start_time_unix_nano for span in stages] == [1_500_000, 500_000, 2_000_000]
    assert stages[0].end_time_unix_nano == stages[1].start_time_unix_nano
    assert top.start_time_unix_nano <= stages[0].start_time_unix_nano
    assert stages[-1].end_time_unix_nano <= top.end_time_unix_nano
    batch = by_name["POST /v1/ask/batch"]
    assert len([span for span in spans if span.parent_span_id == batch.span_id]) == 6
    assert {one.key: one.value for one in by_name["GET /v1/resolutions/{symbol}"].attributes}[
        "http.response.status_code"
    ].int_value == 404
    resource = {one.key: one.value.string_value for one in collector.got[0].resource_spans[0].resource.attributes}
    assert resource["service.name"] == "our-qa"
    assert not [request for request in collector.got if "secret" in str(request) or "S/RES" in str(request)]


def test_a_nonsense_parent_is_no_parent(settings: Settings, collector: Collector) -> None:
    traced = msgspec.structs.replace(settings, traces=Traces(collector.address))
    with TestClient(create_app(traced, SmallService())) as client:
        assert client.get("/health/live", headers={"traceparent": b"\xff; nonsense"}).status_code == 200
    assert [span.parent_span_id for span in collector.spans()] == [b""]


def run_without(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_of_it_is_loaded_where_no_collector_is_named() -> None:
    """But for names of attributes, which Litestar looks up by itself where they are installed."""
    code = (
        "import sys, api.app; api.app.create_app();"
        "print([n for n in sys.modules if n.startswith('opentelemetry.') and 'semconv' not in n])"
    )
    assert run_without(code).strip() == "[]"


def test_what_is_not_installed_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("opentelemetry")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(TracesError, match=r"pip install -e '\.\[otel\]'"):
        open_tracer(Traces("http://127.0.0.1:4318/v1/traces"))


def test_a_collector_that_is_away_harms_no_answer(settings: Settings, tmp_path: Path) -> None:
    traced = msgspec.structs.replace(settings, traces=Traces("http://127.0.0.1:9/v1/traces"))
    with TestClient(create_app(traced, SmallService())) as client:
        assert client.post("/v1/ask", json={"question": "who?"}).status_code == 200
