"""Starting and stopping: one clear line for what is wrong, several workers with one limit."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from api.errors import PortError
from api.server import address_of, listen
from api.settings import Server
from tests.api.serving import ROOT, Served, post, raw, serving


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
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


def workers_of(served: Served) -> set[int]:
    """The processes that answer, below the one that was started."""
    parent = served.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return {int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def until(wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 150  # workers start one after the other, slowly on a busy machine
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def ask_until(served: Served, wanted: Callable[[], bool]) -> Counter[int]:
    """Ask again and again, and count what comes back, until it is so; 0 for a connection that brought nothing."""
    statuses: Counter[int] = Counter()

    def asked() -> bool:
        with contextlib.suppress(OSError):
            answer = raw(served, post("/v1/ask", b'{"question":"who?"}', b"Connection: close"))
            statuses[int(answer.split()[1]) if answer else 0] += 1
        return wanted()

    until(asked)
    return statuses


def test_a_worker_that_is_killed_is_replaced_while_the_others_answer(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 0}, server={"workers": 2}) as served:
        until(lambda: len(workers_of(served)) == 2)
        assert raw(served, b"GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200 ")
        victim = min(workers_of(served))
        with socket.create_connection((served.host, served.port)) as connection:
            connection.sendall(post("/v1/ask", b'{"question":"who?"}'))  # may be in the victim's hands as it dies
            os.kill(victim, signal.SIGKILL)
        statuses = ask_until(served, lambda: victim not in (now := workers_of(served)) and len(now) == 2)
        assert set(statuses) <= {0, 200}
        assert statuses[0] <= 1, "one connection at most was in its hands"
        assert b"qa_in_flight 1.0" in raw(served, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"), "this one"
    assert served.process.returncode == 0


def test_sighup_replaces_workers_one_by_one_and_no_question_is_lost(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 0}, server={"workers": 2}) as served:
        until(lambda: len(workers_of(served)) == 2)
        before = workers_of(served)
        served.process.send_signal(signal.SIGHUP)
        statuses = ask_until(served, lambda: not before & workers_of(served))
        assert set(statuses) == {200}
        for worker in workers_of(served):
            os.kill(worker, signal.SIGHUP)  # as a closing terminal does to all of them: it is the parent's to act on
        time.sleep(0.3)
        assert raw(served, post("/v1/ask", b'{"question":"who?"}')).startswith(b"HTTP/1.1 200 ")
    assert served.process.returncode == 0


def test_sighup_ends_a_single_process_as_sigterm_does(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200 ")
        served.process.send_signal(signal.SIGHUP)
        assert served.process.wait(60) == 0


def test_sighup_that_was_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with serving(tmp_path) as served:
            assert raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200 ")
            served.process.send_signal(signal.SIGHUP)
            time.sleep(0.3)
            assert raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_number_of_workers_is_told_on_the_command_line() -> None:
    assert "workers = 3" in start("--workers", "3", "--show-config").stdout
    refused = start("--workers", "0")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "between 1 and 64" in refused.stderr
