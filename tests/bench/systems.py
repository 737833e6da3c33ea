"""The systems that are compared: how each is built, served and asked."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.threads import cores
from tests.bench.machine import ROOT, environment, resident

PEERS = Path(__file__).parent / "peers"
K = 10
START_SECONDS = 240.0


class FailedError(Exception):
    """A system that did not do what was asked of it; the message is what it said last."""


@dataclass(frozen=True)
class System:
    """One system. `script` is run by the peers' Python, or is a module of ours; `full` is our whole answer."""

    name: str
    title: str
    script: str
    ours: bool = False
    full: bool = False


SYSTEMS = (
    System("dense", "**ours, dense search**", "tests.bench.ours", ours=True),
    System("full", "**ours, whole answer**", "api", ours=True, full=True),
    System("plain", "sentence-transformers + faiss", "plain.py"),
    System("txtai", "txtai (its API)", "txtai_api.py"),
    System("chroma", "Chroma", "chroma.py"),
    System("haystack", "Haystack", "haystack_store.py"),
)


@dataclass(frozen=True)
class Place:
    """Where a comparison works: its folder and the peers' Python."""

    work: Path
    python: Path

    def folder(self, system: System) -> Path:
        """The index of one system."""
        return self.work / "systems" / system.name

    def command(self, system: System, verb: str, port: int | None = None) -> list[str]:
        """The command line that builds or serves."""
        if system.full:
            if verb == "build":
                return [sys.executable, "-m", "qa.cli", "build", str(self.work / "texts"), "--index",
                        str(self.folder(system)), "--json"]  # fmt: skip
            return [sys.executable, "-m", "api", "--config", str(self._config(system, port))]
        start = [sys.executable, "-m", system.script] if system.ours else [str(self.python), str(PEERS / system.script)]
        end = [] if port is None else [str(port)]
        return [*start, verb, str(self.work), str(self.folder(system)), *end]

    def _config(self, system: System, port: int | None) -> Path:
        """The settings that ship, but: no rate limit, a queue for all clients, a process a core, nothing remembered."""
        shipped = (ROOT / "qa" / "settings.toml").read_text(encoding="utf-8")
        retrieval = self.work / "settings.toml"
        retrieval.write_text("remembered = 0\n" + shipped, encoding="utf-8")
        config = self.work / "serve.toml"
        config.write_text(
            f'[index]\nfolder = "{self.folder(system)}"\nretrieval = "{retrieval}"\n'
            f"[server]\nport = {port}\nworkers = {cores()}\n[gate]\nqueue = 256\ndeadline_seconds = 60.0\n"
            '[rate]\nper_minute = 0\n[feedback]\nenabled = false\n[logs]\naccess = false\nlevel = "warning"\n',
            encoding="utf-8",
        )
        return config


def requests_of(system: System, questions: list[str]) -> list[str]:
    """One whole HTTP request a question."""
    if system.name == "txtai":
        return [
            f"GET /search?query={urllib.parse.quote(one)}&limit={K} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
            for one in questions
        ]
    path = "/v1/ask" if system.full else "/search"
    found = []
    for one in questions:
        body = json.dumps({"question": one, "k": 5 if system.full else K})
        found.append(
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body.encode())}\r\n\r\n{body}"
        )
    return found


def ask_once(port: int, request: str) -> bytes:
    """The body of one answer.

    Raises:
        OSError: nobody listens yet.
        FailedError: the answer is no 200.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(request.encode())
        seen = b""
        while True:
            more = link.recv(65536)
            seen += more
            head, found, body = seen.partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0].strip()
            if found and length and len(body) >= int(length):
                break
            if not more:
                raise ConnectionError("closed before the answer was whole")
    if head.split(b" ", 2)[1] != b"200":
        raise FailedError(f"{head.splitlines()[0].decode()}: {body[:300].decode(errors='replace')}")
    return body


def rows_of(system: System, body: bytes) -> list[int]:
    """The rows that an answer of a dense search names, best first."""
    answer = json.loads(body)
    return [int(one["id"]) for one in answer] if system.name == "txtai" else list(answer["rows"])


def run_build(place: Place, system: System, seconds: float) -> dict[str, float]:
    """Build one index in a process of its own, from nothing: what an earlier run left would not be built again.

    Raises:
        FailedError: it failed, or took longer than `seconds`.
    """
    shutil.rmtree(place.folder(system), ignore_errors=True)
    begun = time.perf_counter()
    said = run(place.command(system, "build"), seconds)
    whole = time.perf_counter() - begun
    found = json.loads(said[said.index("{") :] if system.full else said.strip().splitlines()[-1])
    if system.full:
        found = {"build": sum(found["seconds"].values()), "encode": found["seconds"]["encode"], "open": 0.0}
    return {**found, "whole": whole}


def run(command: list[str], seconds: float) -> str:
    """What a command prints.

    Raises:
        FailedError: it failed or took too long; with the end of what it said.
    """
    try:
        done = subprocess.run(
            command, env=environment(), cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise FailedError(f"took longer than {seconds:.0f} s: {' '.join(command[:4])}") from None
    if done.returncode:
        raise FailedError(" | ".join(done.stderr.strip().splitlines()[-3:])[-500:] or f"ended with {done.returncode}")
    return done.stdout


@dataclass(frozen=True)
class Running:
    """A server that has answered once: how long that took, and what it held then."""

    port: int
    pid: int
    start: float
    memory: float


@contextlib.contextmanager
def serving(place: Place, system: System, question: str) -> Iterator[Running]:
    """Start a system, wait for its first answer, stop it at the end.

    Raises:
        FailedError: it ended, or gave no answer in time.
    """
    port = _free_port()
    log = place.work / f"{system.name}.log"
    request = requests_of(system, [question])[0]
    begun = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            place.command(system, "serve", port),
            env=environment(), cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
        try:
            _first_answer(process, port, request, begun, log)
            start = time.perf_counter() - begun
            yield Running(port, process.pid, start, resident(process.pid))
        finally:
            _stop(process)


def _first_answer(process: subprocess.Popen[bytes], port: int, request: str, begun: float, log: Path) -> None:
    while time.perf_counter() - begun < START_SECONDS:
        if process.poll() is not None:
            break
        try:
            ask_once(port, request)
        except OSError:
            time.sleep(0.01)
        else:
            return
    said = " | ".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:])
    raise FailedError(f"gave no first answer: {said[-500:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # workers that outlived it


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
