"""Short forms of the load figures; `make load-report` prints the long ones."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from pathlib import Path

import pytest

from tests.api.load import ASK, BUSY, Pool, open_loop, overload, percentile, slow_clients, terminate_under_load
from tests.api.serving import Served, raw, read_answer, serving


def test_an_overload_is_shed_quickly_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ten times the capacity of one slow worker: bounds are wide, for machines that do other things, too."""
    gate = {"concurrency": 1, "queue": 4}
    with serving(tmp_path, 0.1, rate={"per_minute": 0}, gate=gate, logs={"access": False}) as served:
        told = asyncio.run(overload(served, 10, 10, 5))
    if told.client_late > BUSY:
        pytest.skip(f"the machine is too busy: the client itself was {told.client_late:.0f} ms late")
    assert set(told.statuses) == {200, 503}
    assert told.statuses[503] > told.statuses[200] >= 30
    assert (told.without_retry_after, told.broken) == (0, 0)
    assert told.accepted_p99 <= 2000, "five places of 100 ms each"
    delay = max(0.0, told.unloaded_p99 - 100)  # what this machine adds to a calm request of 100 ms
    assert told.refused_p50 <= 50 + delay
    assert told.recovery_seconds <= 5
    assert told.after_success == 1.0
    assert told.rss_peak <= 1.25 * told.rss_before
    assert told.files_after <= told.files_before + 4


def test_slow_sockets_are_cut_while_others_are_served(tmp_path: Path) -> None:
    with serving(tmp_path, 0.01, rate={"per_minute": 0}, server={"receive_seconds": 3.0}) as served:
        told = asyncio.run(slow_clients(served, 60, 8.0))
        time.sleep(0.2)
        assert served.files() < 40
    assert (told.cut, told.crowded_failed) == (60, 0)
    assert told.longest <= 5.0


def test_a_reader_that_stands_still_is_cut(tmp_path: Path) -> None:
    """It asks for more than all buffers hold and reads nothing: it gets a part, and a closed connection."""
    asked, got = 800, 0
    with serving(tmp_path, rate={"per_minute": 0}, server={"send_seconds": 1.0}) as served:
        size = len(raw(served, b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"))
        time.sleep(0.5)  # until that connection is gone
        held = served.files()
        with socket.create_connection((served.host, served.port), 10) as connection:
            connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * asked)
            deadline = time.monotonic() + 15
            while served.files() <= held:
                assert time.monotonic() < deadline, "the connection was never accepted"
                time.sleep(0.02)
            while served.files() > held and time.monotonic() < deadline:
                time.sleep(0.1)  # until it is cut
            assert served.files() <= held, "the connection is still held"
            with contextlib.suppress(ConnectionResetError):
                while part := connection.recv(1 << 20):
                    got += len(part)
    assert 0 <= got < asked * size


def test_too_many_connections_are_told_so(tmp_path: Path) -> None:
    with serving(tmp_path, server={"connections": 5, "receive_seconds": 5.0}) as served:
        held = [socket.create_connection((served.host, served.port)) for _ in range(5)]
        time.sleep(0.3)
        answer = raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in answer
        for each in held:
            each.close()
        time.sleep(0.3)
        assert raw(served, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_work_of_clients_that_left_is_dropped(tmp_path: Path) -> None:
    """40 leave while one slot works: what was begun is finished, nothing else is touched."""
    gate = {"concurrency": 1, "queue": 100, "deadline_seconds": 30.0}
    with serving(tmp_path, 0.3, rate={"per_minute": 0}, gate=gate) as served:
        left = [socket.create_connection((served.host, served.port)) for _ in range(40)]
        for each in left:
            each.sendall(ASK)
        time.sleep(0.2)
        for each in left:
            each.close()
        began = time.monotonic()
        assert raw(served, ASK).startswith(b"HTTP/1.1 200 ")
        assert time.monotonic() - began < 3.0, "the 40 would take 12 seconds"
        metrics = raw(served, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").decode()
        answered = next(line for line in metrics.splitlines() if line.startswith('qa_answers_total{status="answered"}'))
        assert float(answered.split()[1]) <= 3


def test_answers_over_a_kept_connection_do_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    async def times(served: Served) -> list[float]:
        pool, took = Pool(served), []
        for _ in range(30):
            began = time.perf_counter()
            await pool.ask(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            took.append(time.perf_counter() - began)
        pool.close()
        return took

    with serving(tmp_path) as served:
        assert percentile(asyncio.run(times(served)), 0.3) < 35, (
            "40 ms is Nagle's algorithm against delayed acknowledgement"
        )


def test_sigterm_under_load_truncates_nothing() -> None:
    told = terminate_under_load(5)
    assert told.exits == {0: 5}
    assert told.truncated == 0
    assert told.whole >= 5
    assert told.longest_exit <= 10


def test_a_thousand_forged_addresses_are_one_client(tmp_path: Path) -> None:
    def request(number: int) -> bytes:
        forged = f"203.0.{number // 250}.{number % 250}"
        fields = [
            f"X-Forwarded-For: {forged}",
            f"Forwarded: for={forged}",
            f"X-Real-IP: {forged}",
            f"X-Forwarded-For: 2001:db8:{number:x}::1",
        ]
        return ("GET /v1/suggest?q=a HTTP/1.1\r\nHost: x\r\n" + "\r\n".join(fields) + "\r\n\r\n").encode()

    with serving(tmp_path, rate={"per_minute": 60, "burst": 20}, logs={"access": False}) as served:
        began = time.monotonic()
        with socket.create_connection((served.host, served.port), 10) as connection:
            statuses = []
            for number in range(1000):
                connection.sendall(request(number))
                answer = read_answer(connection)
                statuses.append(int(answer.split(b" ", 2)[1]))
                if statuses[-1] == 429:
                    assert b"\r\nretry-after: " in answer.lower()
        allowed = 20 + (time.monotonic() - began) * 1.0 + 1
    assert set(statuses) == {200, 429}
    assert statuses.count(200) <= allowed


def test_a_trusted_proxy_is_believed_and_its_clients_are_told_apart(tmp_path: Path) -> None:
    def request(client: str) -> bytes:
        return f"GET /v1/suggest?q=a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9, {client}\r\n\r\n".encode()

    proxy = {"trusted": ["127.0.0.0/8"]}
    with serving(tmp_path, rate={"per_minute": 1, "burst": 2}, proxy=proxy) as served:
        answers = [int(raw(served, request(client)).split()[1]) for client in ["192.0.2.1"] * 3 + ["192.0.2.2"] * 3]
    assert answers == [200, 200, 429, 200, 200, 429]


def test_the_open_loop_client_counts_what_it_sent(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 0}) as served:
        told = asyncio.run(open_loop(served, 50, 1.0))
    assert told.statuses.total() + len(told.broken) == 50
