"""Starting and stopping: one clear line for what is wrong, several workers with one limit."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api.errors import PortError
from api.server import address_of, listen
from api.settings import Server
from tests.api.serving import ROOT, post, raw, serving


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_one_line_with_its_mend() -> None:
    with listen(Server(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"--port {port + 1}"):
            listen(Server(port=port))
        ended = start("--port", str(port))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"error: 127.0.0.1:{port}: cannot listen")
    assert ended.stderr.count("\n") == 1


def test_other_addresses_that_are_not_to_be_had() -> None:
    with pytest.raises(PortError, match="no such host"):
        listen(Server(host="no.such.host.invalid", port=0))
    with pytest.raises(PortError, match="cannot listen"):
        listen(Server(host="203.0.113.1", port=0))


def test_sockets_are_named_as_tcp_so_that_answers_do_not_wait() -> None:
    with listen(Server(port=0)) as opened:
        assert opened.proto == socket.IPPROTO_TCP
        assert address_of(opened).startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("--config", "/no/such.toml"), {}, "cannot be read"),
        (("--port", "99999"), {}, "between 0 and 65535"),
        ((), {"QA_SERVER_PORT": "many"}, "QA_SERVER_PORT"),
        ((), {"QA_PROXY_TRUSTED": "0.0.0.0/0"}, "proxy.trusted"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(
    arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    ended = start(*arguments, **environment)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_settings_in_force_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "qa.toml"
    file.write_text("[server]\nport = 9000\n", "utf-8")
    ended = start("--config", str(file), "--show-config", QA_SERVER_HOST="0.0.0.0")
    assert ended.returncode == 0
    assert "port = 9000" in ended.stdout
    assert 'host = "0.0.0.0"' in ended.stdout


def test_several_workers_have_one_limit_and_one_set_of_metrics(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 1, "burst": 10}, server={"workers": 2}) as served:
        statuses = [int(raw(served, b"GET /v1/suggest?q=a HTTP/1.1\r\nHost: x\r\n\r\n").split()[1]) for _ in range(30)]
        metrics = raw(served, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw(served, post("/v1/feedback", b'{"question":"q","verdict":"helpful"}')).startswith(b"HTTP/1.1 429 ")
    assert statuses.count(200) == 10
    assert b'qa_requests_total{method="GET",route="/v1/suggest",status="200"} 10.0' in metrics
    assert served.process.returncode == 0
