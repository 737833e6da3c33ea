"""Rate limits: exact against a slow and simple model, bounded, shared, and not to be talked round."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from api.app import create_app
from api.errors import SettingsError
from api.limiter import Limiter, SharedLimit
from api.networks import check_networks, client_address, client_key, parse_address
from api.settings import FeedbackSettings, Rate, Settings
from tests.api.doubles import SmallService

TRUSTED = check_networks(["10.0.0.0/8", "2001:db8:ffff::/48"])


class Bucket:
    """The same limit as a bucket of tokens."""

    def __init__(self, per_minute: int, burst: int) -> None:
        self.rate, self.burst = per_minute / 60, burst
        self.tokens, self.at = float(burst), 0.0

    def take(self, cost: int, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens + 1e-6 < cost:
            return False
        self.tokens -= cost
        return True


@given(
    st.integers(1, 600),
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), min_size=1, max_size=60),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_lets_through_what_a_bucket_of_tokens_would(
    per_minute: int, burst: int, calls: list[tuple[int, int]]
) -> None:
    limiter = Limiter(per_minute, burst, 64)
    bucket = Bucket(per_minute, burst)
    now = 1000.0
    bucket.at = now
    try:
        for number, (wait, cost) in enumerate(calls):
            now += wait / 4
            verdict = limiter.take(b"client", cost, now)
            assert verdict.allowed == bucket.take(cost, now)
            if verdict.allowed:
                assert verdict.remaining == pytest.approx(int(bucket.tokens + 1e-6), abs=1)
            elif cost <= burst:
                assert limiter.take(f"other {number}".encode(), 1, now).allowed
                assert verdict.retry_after > 0
    finally:
        limiter.close()


def test_after_the_stated_wait_the_call_passes() -> None:
    limiter = Limiter(60, 3, 64)
    for _ in range(3):
        assert limiter.take(b"a", now=100.0).allowed
    refused = limiter.take(b"a", now=100.0)
    assert not refused.allowed
    assert not limiter.take(b"a", now=100.0 + refused.retry_after - 0.01).allowed
    assert limiter.take(b"a", now=100.0 + refused.retry_after + 0.001).allowed
    limiter.close()


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (Rate(), '"minute";q=300;w=60, "burst";q=60;w=12'),
        (Rate(per_minute=7, burst=2), '"minute";q=7;w=60, "burst";q=2;w=18'),
    ],
)
def test_the_header_states_both_limits_as_the_settings_do(rate: Rate, told: str) -> None:
    with TestClient(
        create_app(Settings(rate=rate, feedback=FeedbackSettings(enabled=False)), SmallService())
    ) as client:
        answer = client.get("/v1/ask?q=who")
    assert answer.headers["ratelimit-policy"] == told
    assert answer.headers["ratelimit"] == f'"burst";r={rate.burst - 1}'


def test_a_million_clients_take_no_more_room_than_a_few() -> None:
    limiter = Limiter(60, 5, 1024)
    size = len(limiter._table)
    for number in range(100_000):
        limiter.take(number.to_bytes(4, "big"), now=100.0)
    assert len(limiter._table) == size == 1024 * 16
    for _ in range(10):
        last = limiter.take(b"still", now=100.0)
    assert not last.allowed, "a crowd of others does not free a busy client"
    limiter.close()


def _spend(path: str, salt: bytes, times: int, queue: multiprocessing.Queue[int]) -> None:
    limiter = Limiter(1, 500, 1024, SharedLimit(Path(path), salt))
    queue.put(sum(limiter.take(b"one client", now=100.0).allowed for _ in range(times)))


def test_several_processes_share_one_limit(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    arguments = (str(tmp_path / "rate"), b"s" * 16, 400, queue)
    workers = [context.Process(target=_spend, args=arguments) for _ in range(3)]
    for worker in workers:
        worker.start()
    passed = sum(queue.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join(10)
    assert passed == 500


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),  # nobody's proxy: not believed
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),  # the left part is what the client claims
        ("10.0.0.1", ["1.1.1.1", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("2001:db8:ffff::1", ["198.51.100.7"], "198.51.100.7"),
        (None, ["198.51.100.7"], None),
    ],
)
def test_whose_call_it_is(peer: str | None, forwarded: list[str], found: str | None) -> None:
    address = client_address(peer, forwarded, TRUSTED)
    assert (str(address) if address else None) == found


def test_one_ipv6_subscriber_is_one_client() -> None:
    keys = {client_key(parse_address(f"2001:db8:0:1:{number:x}::1")) for number in range(1000)}
    assert len(keys) == 1
    assert client_key(parse_address("2001:db8:0:2::1")) not in keys
    assert client_key(parse_address("192.0.2.1")) != client_key(parse_address("192.0.2.2"))
    assert client_key(parse_address("::ffff:192.0.2.1")) == client_key(parse_address("192.0.2.1"))


@pytest.mark.parametrize("text", ["*", "0.0.0.0/0", "::/0", "proxy.example", ""])
def test_everyone_and_no_one_cannot_be_trusted(text: str) -> None:
    with pytest.raises(SettingsError, match=r"proxy\.trusted"):
        check_networks([text])
