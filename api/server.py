"""Running the application: one process or several, on one socket, with a clean end.

`run` returns when the server has stopped; SIGTERM and SIGINT end it with status 0 after the answers in flight. SIGHUP
does the same to a single process, whose terminal has gone; several workers it replaces one by one, each new one serving
before the old one leaves. Where SIGHUP was ignored at the start (nohup), it stays so.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import resource
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import uvicorn
from litestar import Litestar
from prometheus_client.multiprocess import mark_process_dead
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.errors import PortError
from api.limiter import SharedLimit
from api.logs import Forward, open_log
from api.opening import open_service
from api.ports import Service
from api.protocol import BoundedProtocol, Bounds
from api.settings import Server as ServerSettings
from api.settings import Settings

_BACKLOG = 2048
_STARTS_WITHIN = 60  # seconds; a worker opens the index and the model before it serves


class CleanServer(uvicorn.Server):
    """uvicorn's server, which ends with status 0 on a signal: to be told to stop is no failure."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGHUP as well, unless it is ignored."""
        before = signal.getsignal(signal.SIGHUP)
        if before is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.handle_exit)
        try:
            with super().capture_signals():
                yield
        finally:
            signal.signal(signal.SIGHUP, before)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; a second Ctrl-C stops waiting."""
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


class Workers(Multiprocess):
    """uvicorn's parent of several workers. Every half second it looks which of them live, and replaces the dead."""

    def keep_subprocess_alive(self) -> None:
        """Replace the dead, and count what they were doing no longer."""
        before = {process.pid for process in self.processes}
        super().keep_subprocess_alive()
        for pid in before - {process.pid for process in self.processes}:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        super().__init__(config, sockets)
        if ignored:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)


def run(
    settings: Settings,
    announce: Callable[[str], None] | None = None,
    opener: Callable[[Settings], Service] = open_service,
) -> None:
    """Serve until a signal ends it. `announce` is told the address once it is open.

    Raises:
        PortError: the address is not to be had.
        qa.errors.QAError: the index cannot be opened.
    """
    listening = listen(settings.server)
    with listening, contextlib.ExitStack() as stack:
        _allow_connections(settings.server.connections)
        workers = settings.server.workers
        if workers == 1:
            factory = functools.partial(application, settings, opener, None, opener(settings))
        else:
            opener(settings).close()  # what is wrong with the index is said here, once and plainly
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qa-serve-")))
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
            stack.callback(os.environ.pop, "PROMETHEUS_MULTIPROC_DIR", None)
            factory = functools.partial(application, settings, opener, SharedLimit(folder / "rate", os.urandom(16)))
        config = configure(settings, factory)
        if announce is not None:
            announce(address_of(listening))
        if workers == 1:
            CleanServer(config).run(sockets=[listening])
        else:
            Workers(config, [listening]).run()


def configure(settings: Settings, factory: Callable[[], Litestar]) -> uvicorn.Config:
    """Uvicorn's configuration. Header bounds here only bound memory; the exact ones are in `api.edge`."""
    server = settings.server
    bounds = Bounds(server.receive_seconds, server.send_seconds, server.connections)
    return uvicorn.Config(
        factory,
        factory=True,
        http=functools.partial(BoundedProtocol, bounds),  # type: ignore[arg-type]
        ws="none",
        loop="api.turns:TurnTaking",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        workers=server.workers,
        timeout_keep_alive=round(server.keep_alive_seconds),
        timeout_graceful_shutdown=round(server.drain_seconds),
        h11_max_incomplete_event_size=settings.limits.header_bytes + settings.limits.url_bytes + 1024,
        backlog=_BACKLOG,
        timeout_worker_healthcheck=_STARTS_WITHIN,
    )


def application(
    settings: Settings,
    opener: Callable[[Settings], Service],
    shared_limit: SharedLimit | None,
    service: Service | None = None,
) -> Litestar:
    """The application of one process, with the logs of libraries led into ours."""
    if shared_limit is not None:  # a worker: SIGHUP is for its parent, also when a whole terminal gets it
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    log = open_log(settings.logs)
    for name in ("uvicorn", "opentelemetry"):
        logger = logging.getLogger(name)
        logger.handlers = [Forward(log)]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    return create_app(settings, service, log=log, shared_limit=shared_limit, opener=opener)


def listen(server: ServerSettings) -> socket.socket:
    """The open socket.

    Raises:
        PortError: it cannot be opened; the text says why and what to do.
    """
    where = f"{server.host}:{server.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            server.host, server.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise PortError(f"{where}: there is no such host here; use 127.0.0.1, or 0.0.0.0 for all networks") from None
    # With the protocol named: asyncio sets TCP_NODELAY on such sockets only, and without it every answer waits 40 ms.
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(_BACKLOG)
        opened.set_inheritable(True)
    except OSError as error:
        opened.close()
        raise PortError(f"{where}: cannot listen ({error.strerror}); {_mend(error, server.port)}") from None
    return opened


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _mend(error: OSError, port: int) -> str:
    if isinstance(error, PermissionError):
        return "ports under 1024 are for root: use --port 8000"
    return f"stop what listens there, or use --port {port + 1 if port < 65535 else 8000}"


def _allow_connections(connections: int) -> None:
    """Raise the bound on open files to what the connections need, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 512
    if soft != resource.RLIM_INFINITY and soft < wanted:
        reach = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (reach, hard))
