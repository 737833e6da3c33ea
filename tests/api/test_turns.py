"""Processes that share a socket: each takes one connection at a time, and many may wait."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

from api.turns import TurnTaking

BACKLOG = 128
CLIENTS = 8


@contextlib.contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen(BACKLOG)
        yield opened


def connect(to: socket.socket, n: int, stack: contextlib.ExitStack) -> None:
    """`n` connections that nobody has accepted; they time out where so many may not wait."""
    for _ in range(n):
        stack.enter_context(socket.create_connection(to.getsockname(), timeout=5))


def left_when_the_first_is_served(loop: asyncio.AbstractEventLoop) -> int:
    """How many of the connections that came at once another process could still take when the first is begun with."""
    left: list[int] = []

    with listening() as shared, contextlib.ExitStack() as stack, contextlib.closing(loop):
        another = stack.enter_context(shared.dup())  # what another process has of the same socket
        another.setblocking(False)
        served = loop.create_future()

        class Serving(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                taken = 0
                with contextlib.suppress(BlockingIOError):
                    while True:
                        stack.enter_context(another.accept()[0])
                        taken += 1
                left.append(taken)
                transport.close()
                if not served.done():
                    served.set_result(None)

        connect(shared, CLIENTS, stack)
        server = loop.run_until_complete(loop.create_server(Serving, sock=shared, backlog=BACKLOG))
        loop.run_until_complete(served)
        server.close()
        loop.run_until_complete(asyncio.sleep(0.05))  # what was taken besides ends as well
    return left[0]


def test_of_connections_that_come_at_once_a_process_leaves_most_to_the_others() -> None:
    assert left_when_the_first_is_served(TurnTaking()) >= CLIENTS - 2  # one, and one more while the first is prepared


def test_asyncio_itself_takes_them_all() -> None:
    """When this fails `api.turns` is no longer needed."""
    assert left_when_the_first_is_served(asyncio.SelectorEventLoop()) == 0


def test_as_many_may_wait_as_before() -> None:
    loop = TurnTaking()
    with listening() as shared, contextlib.ExitStack() as stack, contextlib.closing(loop):
        server = loop.run_until_complete(loop.create_server(asyncio.Protocol, sock=shared, backlog=BACKLOG))
        connect(shared, 32, stack)  # the loop stands still: all of them wait
        server.close()
