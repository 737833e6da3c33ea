"""A database that dies, freezes or comes back: what a question gets meanwhile, and that it mends itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.settings import FeedbackSettings, Index, Settings
from qa.build import run_build, run_change
from qa.cli.app import app
from qa.copying import copy_index
from qa.engine.connecting import SECONDS
from qa.engine.holder import EngineHolder
from qa.opening import read
from qa.service import QAService
from qa.store.errors import BusyError, EngineDownError, EngineError, NoIndexError
from qa.store.place import Database
from qa.wire import AskRequest
from tests.conftest import ROOT
from tests.qa.corpora import CountingEncoder, workshop, write_corpus, write_resolution
from tests.qa.engine.server import Server, free_port
from tests.qa.engine.test_both import hashing

ASKED = AskRequest("report on troops 4.2", k=3)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    run_build([write_corpus(tmp_path / "corpus", 8)], workshop(tmp_path / "index", hashing()))
    return tmp_path / "index"


def current(place: Database) -> str:
    generation = read(place)
    generation.close()
    return generation.id


@pytest.fixture
def place(index: Path, fresh: Callable[[], Database]) -> Database:
    made = fresh()
    copy_index(index, made)
    return made


@pytest.fixture
def mended(server: Server) -> Iterator[Server]:
    """The server, running again after the test whatever the test did to it."""
    yield server
    if server.process is None or server.process.poll() is not None:
        server.start()


def test_killed_and_started_again(place: Database, mended: Server) -> None:
    with QAService.open(place) as service:
        before = [one.id for one in service.search(ASKED).citations]
        mended.kill()
        for _ in range(3):
            with pytest.raises(EngineDownError, match="does not answer") as caught:
                service.search(ASKED)
            assert caught.value.retry_after > 0
            assert "secret" not in str(caught.value)
        mended.start()
        assert [one.id for one in service.search(ASKED).citations] == before


def test_killed_under_questions_each_gets_its_answer_or_is_told(place: Database, mended: Server) -> None:
    with QAService.open(place) as service:
        wanted = [one.id for one in service.search(ASKED).citations]
        told: list[str] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    found = [one.id for one in service.search(ASKED).citations]
                    told.append("answered" if found == wanted else f"wrong: {found}")
                except EngineDownError:
                    told.append("told")
                    time.sleep(0.02)
                except Exception as error:
                    told.append(repr(error))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(2):
            time.sleep(0.7)
            mended.kill()
            time.sleep(0.3)
            mended.start()
        time.sleep(0.7)
        stop.set()
        for thread in threads:
            thread.join()
        assert set(told) == {"answered", "told"}, set(told)
        assert [one.id for one in service.search(ASKED).citations] == wanted


def test_a_frozen_database_is_left_in_time_and_taken_up_again(place: Database, mended: Server) -> None:
    with QAService.open(place) as service:
        service.search(ASKED)
        mended.signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            with pytest.raises(EngineDownError):
                service.search(ASKED)
            assert time.monotonic() - began < 3 * SECONDS + 10
        finally:
            mended.signal(signal.SIGCONT)
        assert service.search(ASKED).citations


def test_of_several_hosts_the_next_is_asked_where_one_is_down(place: Database, server: Server) -> None:
    dead = f"127.0.0.1:{free_port()}"
    several = Database(place.url.replace("127.0.0.1:", f"{dead},127.0.0.1:", 1))
    assert str(several) == f"postgresql://qa@{dead},127.0.0.1:{server.port}/{place.url.rpartition('/')[2]}"
    with QAService.open(several) as service:
        assert service.search(ASKED).citations


def test_a_statement_that_takes_too_long_is_stopped_and_told(place: Database) -> None:
    generation = read(place)
    with pytest.raises(EngineDownError, match="did not answer within"):
        generation.rows("SELECT pg_sleep(600) FROM {g}.resolution LIMIT 1")  # type: ignore[attr-defined]
    assert generation.holds("A/RES/78/1")
    generation.close()


def test_over_http_it_is_a_503_that_says_when_to_ask_again(place: Database, mended: Server) -> None:
    settings = Settings(index=Index(folder=place.url), feedback=FeedbackSettings(enabled=False))
    with TestClient(create_app(settings)) as client:
        asked = {"question": ASKED.question, "k": 3}
        assert client.post("/v1/ask", json=asked).status_code == 200
        mended.kill()
        answer = client.post("/v1/ask", json=asked)
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert (answer.json()["type"], answer.headers["retry-after"]) == ("/problems/engine-away", "2")
        assert "secret" not in answer.text
        assert client.get("/health/live").status_code == 200
        assert _until(lambda: client.get("/health/ready").json()["status"] == "degraded")
        mended.start()
        assert client.post("/v1/ask", json=asked).status_code == 200
        assert _until(lambda: client.get("/health/ready").json()["status"] == "ok")


def _until(claim: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if claim():
            return True
        time.sleep(0.1)
    return False


def test_at_the_command_line_it_is_one_line(place: Database, mended: Server) -> None:
    said = CliRunner().invoke(app, ["ask", "troops", "--index", place.url])
    assert said.exit_code in (0, 3), said.output
    mended.kill()
    for command in (["ask", "troops"], ["show", "A/RES/78/1"]):
        said = CliRunner().invoke(app, [*command, "--index", place.url])
        assert (said.exit_code, said.stderr.count("\n")) == (1, 1), said.output
        assert said.stderr.startswith("error: postgresql://qa@127.0.0.1")


def test_what_works_on_folders_only_names_the_way(place: Database) -> None:
    said = CliRunner().invoke(app, ["build", "qa/sample", "--index", place.url])
    assert said.exit_code == 2
    assert "qa index copy" in " ".join(said.stderr.replace("│", " ").split())


def test_an_empty_database_and_a_missing_one_say_so(fresh: Callable[[], Database]) -> None:
    with pytest.raises(NoIndexError, match="no index there"):
        QAService.open(fresh())
    with pytest.raises(EngineError, match="mend the URL"):
        QAService.open(Database(f"{fresh().url}_not"))


def test_a_newer_generation_is_taken_up_and_one_of_another_model_is_not(index: Path, place: Database) -> None:
    holder = EngineHolder.open(place)
    first = holder.current
    assert holder.refresh() is False
    run_change([write_resolution(index.parent / "corpus", 50)], workshop(index, hashing()), replace=False)
    second = copy_index(index, place).id
    assert holder.refresh() is True
    assert (holder.current.id, holder.degraded) == (second, None)
    assert holder.current.holds("A/RES/78/50")
    assert not first.holds("A/RES/78/50")  # who began with the old one keeps it
    run_build([index.parent / "corpus"], workshop(index, CountingEncoder(name="other")))
    copy_index(index, place)
    assert holder.refresh() is False
    assert "built with another model" in str(holder.degraded)
    holder.close()


COPY = """
import sys, qa.engine.publishing as publishing
from pathlib import Path
from qa.copying import copy_index
from qa.store.place import Database
def progress(stage, done, total):
    if stage == sys.argv[3] and done >= int(sys.argv[4]):
        print("there", flush=True)
        sys.stdin.read()
publishing._BATCH = 2
copy_index(Path(sys.argv[1]), Database(sys.argv[2]), progress)
"""


@pytest.mark.parametrize(("stage", "done"), [("send", 2), ("send", 8), ("index", 0), ("index", 2), ("index", 3)])
def test_a_publisher_killed_anywhere_leaves_the_old_generation_and_no_litter(
    index: Path, place: Database, stage: str, done: int
) -> None:
    before = current(place)
    command = [sys.executable, "-c", COPY, str(index), place.url, stage, str(done)]
    copier = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert copier.stdout is not None
    assert copier.stdin is not None
    assert copier.stdout.readline() == b"there\n"
    with pytest.raises(BusyError):
        copy_index(index, place)
    copier.kill()
    copier.wait(10)
    copier.stdout.close()
    copier.stdin.close()
    assert current(place) == before
    assert _until(lambda: _published(index, place))
    generation = read(place)
    found = generation.rows("SELECT nspname FROM pg_namespace WHERE nspname ~ '^qa_'")  # type: ignore[attr-defined]
    assert sorted(name for (name,) in found) == ["qa_000001", "qa_000002"]
    generation.close()


def _published(index: Path, place: Database) -> bool:
    try:
        copy_index(index, place)
    except BusyError:  # the server has not noticed yet that the other one is dead
        return False
    return True


def test_a_server_killed_while_being_filled_serves_the_old_generation(
    index: Path, place: Database, mended: Server
) -> None:
    before = current(place)

    def kill(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("index", 1):
            mended.kill()

    with pytest.raises(EngineDownError):
        copy_index(index, place, kill)
    mended.start()
    assert current(place) == before
    assert copy_index(index, place).id != before
