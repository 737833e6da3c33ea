"""Building on a local Ray cluster of several processes, one of them killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.build import run_build
from qa.collect import Line
from qa.many import ManyReport, build_many, make_part
from qa.opening import read
from qa.store.errors import ClusterError
from tests.conftest import ROOT
from tests.qa.corpora import LINE, CountingEncoder, workshop, write_corpus, write_resolution


class DyingEncoder(CountingEncoder):
    """Says which process encodes, and in the first of all waits there to be killed."""

    def __init__(self, marks: Path) -> None:
        super().__init__()
        self.marks = marks

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        with (self.marks / f"by-{os.getpid()}").open("a") as file:
            file.write(f"{len(texts)}\n")
        try:
            handle = os.open(self.marks / "first", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            return super().encode_passages(texts)
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        time.sleep(60)
        raise AssertionError("nobody killed this worker")


@dataclass(frozen=True)
class SmallTools:
    marks: Path | None = None

    @contextmanager
    def __call__(self) -> Iterator[tuple[Line, CountingEncoder]]:
        yield LINE, DyingEncoder(self.marks) if self.marks else CountingEncoder()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_corpus(tmp_path_factory.mktemp("many") / "corpus", 120)
    write_resolution(folder, 7, n_paragraphs=5, suffix="html")  # the same resolution twice: the better form is taken
    (folder / "rubbish.txt").write_text("no resolution\nat all\nhere")
    return folder


@pytest.fixture(scope="module")
def alone(corpus: Path) -> str:
    """The id that one machine gives the same corpus."""
    return run_build([corpus], workshop(corpus.parent / "alone")).generation


def in_process(corpus: Path, parts: Path, index: Path) -> ManyReport:
    """The same run with every share done here: no Ray."""
    import qa.many as many

    def work(missing, parts, tools, progress, address):  # type: ignore[no-untyped-def]
        for done, (name, share) in enumerate(missing.items()):
            progress("shares", done, len(missing))
            make_part(share, str(parts / name), tools)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_work", work)
        return build_many([corpus], index, parts, SmallTools())


def test_parts_make_the_index_that_one_machine_makes(corpus: Path, alone: str, tmp_path: Path) -> None:
    report = in_process(corpus, tmp_path / "parts", tmp_path / "index")
    assert report.generation == alone
    assert (report.n_resolutions, len(report.refused), [one.symbol for one in report.folded]) == (
        120,
        1,
        ["A/RES/78/7"],
    )
    assert (
        report.n_done > 1
    )  # where shares end depends on the names of the files, and these lie in a folder with a random one


def test_what_is_done_is_not_done_again_and_a_new_file_costs_one_share(corpus: Path, tmp_path: Path) -> None:
    first = in_process(corpus, tmp_path / "parts", tmp_path / "index")
    again = in_process(corpus, tmp_path / "parts", tmp_path / "index")
    assert (again.n_done, again.n_kept) == (0, first.n_done)
    assert again.generation.partition("-")[2] == first.generation.partition("-")[2]
    added = write_resolution(corpus, 500)
    try:
        more = in_process(corpus, tmp_path / "parts", tmp_path / "index")
    finally:
        added.unlink()
    assert 1 <= more.n_done <= 2
    assert more.n_resolutions == 121


def test_the_way_of_one_machine_does_not_import_ray_or_a_driver() -> None:
    code = "import sys, qa.build, qa.service, qa.cli.app, eval.cli, api.app; print([m for m in ('ray', 'psycopg') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.filterwarnings("ignore")
def test_a_worker_killed_half_way_loses_and_doubles_nothing(corpus: Path, alone: str, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra `ray` (236 MB): pip install -r requirements/ray.lock")
    marks, killed = tmp_path / "marks", []
    marks.mkdir()

    def kill() -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            text = (marks / "first").read_text() if (marks / "first").exists() else ""
            if text:
                os.kill(int(text), signal.SIGKILL)
                killed.append(int(text))
                return
            time.sleep(0.05)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        report = build_many([corpus], tmp_path / "index", tmp_path / "parts", SmallTools(marks))
    except ClusterError:  # on a busy machine Ray gives itself up after 30 s: what was done stays done
        report = build_many([corpus], tmp_path / "index", tmp_path / "parts", SmallTools(marks))
    killer.join()
    assert len(killed) == 1
    assert report.generation == alone
    assert len({path.name for path in marks.glob("by-*")}) >= 2, "one process did everything"
    generation = read(tmp_path / "index")
    assert len(set(generation.symbols)) == len(generation.symbols) == report.n_resolutions == 120
    generation.close()
    again = build_many([corpus], tmp_path / "index", tmp_path / "parts", SmallTools())
    assert again.n_done == 0
