"""A real server in a process of its own, over the small service; and a few words of raw HTTP."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Served:
    """A running server: where it listens, its process, and the file that its log goes to."""

    host: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def rss(self) -> int:
        """Resident memory, in bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def files(self) -> int:
        """Open file descriptors."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))


@contextlib.contextmanager
def serving(folder: Path, seconds: float = 0.0, **sections: dict[str, object]) -> Iterator[Served]:
    """A server whose questions take `seconds`, with these settings; stopped at the end whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {"feedback": {"path": str(folder / "feedback.sqlite3")}, **sections}
    given["server"] = {"host": "127.0.0.1", "port": 0, **sections.get("server", {})}
    log = folder / "server.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.api.serving", json.dumps(given), str(seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=sink,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        if not line:
            process.wait(10)
            raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
        host, port = line.strip().rpartition("/")[0].removeprefix("http://").split(":")
        yield Served(host, int(port), process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        if process.stdout is not None:
            process.stdout.close()


def raw(served: Served, request: bytes, timeout: float = 30.0) -> bytes:
    """What the server answers to these bytes, until it closes or has answered once."""
    with socket.create_connection((served.host, served.port), timeout) as connection:
        connection.settimeout(timeout)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        return read_answer(connection)


def read_answer(connection: socket.socket) -> bytes:
    """One whole answer by its content-length, or all there is until the end."""
    got = b""
    try:
        while True:
            head, gap, body = got.partition(b"\r\n\r\n")
            if gap:
                length = content_length(head)
                whole = len(body) >= length if length is not None else body.endswith(b"0\r\n\r\n")
                if whole:
                    return got
            part = connection.recv(65536)
            if not part:
                return got
            got += part
    except (ConnectionResetError, TimeoutError):
        return got


def content_length(head: bytes) -> int | None:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0 if head.split(b" ")[1:2] == [b"304"] or head.split(b" ")[1:2] == [b"204"] else None


def post(path: str, body: bytes, *fields: bytes) -> bytes:
    """A POST request as bytes."""
    head = [b"POST " + path.encode() + b" HTTP/1.1", b"Host: x", b"Content-Type: application/json", *fields]
    return b"\r\n".join([*head, b"Content-Length: " + str(len(body)).encode(), b"", b""]) + body


def main() -> None:
    """Serve until stopped; the address is the one line on standard output."""
    import msgspec

    from api.server import run
    from api.settings import Settings
    from tests.api.doubles import open_double

    def announce(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()

    settings = msgspec.convert(json.loads(sys.argv[1]), type=Settings)
    run(settings, announce, functools.partial(open_double, float(sys.argv[2])))


if __name__ == "__main__":
    main()
