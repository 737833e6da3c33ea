"""Watching a folder: builds when it has come to rest, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.build import BuildReport
from qa.store.disk import Disk
from qa.store.errors import BusyError, EmptyCorpusError
from qa.store.publish import building
from qa.watch import watch
from tests.qa.corpora import workshop, write_corpus, write_resolution


def looks(steps: Iterator[None]) -> bool:
    """One look for every step of a script that changes the folder between looks."""
    return next(steps, "end") != "end"


def test_it_builds_once_a_change_has_come_to_rest(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", 2), tmp_path / "index"

    def script() -> Iterator[None]:
        yield  # nothing has changed between two looks: the first build
        yield
        write_resolution(corpus, 7)
        yield  # just changed: wait
        write_resolution(corpus, 8)
        yield  # changed again: wait
        yield  # at rest: build
        yield

    steps = script()
    reports = [one for one in watch([corpus], workshop(index), lambda: looks(steps)) if isinstance(one, BuildReport)]
    assert [one.added for one in reports] == [("A/RES/78/1", "A/RES/78/2"), ("A/RES/78/7", "A/RES/78/8")]
    assert [one.n_encoded for one in reports] == [6, 6]


def test_a_removed_file_takes_its_resolution_along(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", 2), tmp_path / "index"

    def script() -> Iterator[None]:
        yield
        (corpus / "A_RES_78_1.txt").unlink()
        yield
        yield
        (corpus / "A_RES_78_2.txt").unlink()
        yield
        yield

    steps = script()
    first, second, third = list(watch([corpus], workshop(index), lambda: looks(steps)))
    assert isinstance(first, BuildReport)
    assert isinstance(second, BuildReport)
    assert second.removed == ("A/RES/78/1",)
    assert isinstance(third, EmptyCorpusError)


def test_another_builder_is_waited_for(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", 2), tmp_path / "index"

    def script() -> Iterator[None]:
        with building(index, Disk()):
            yield
        yield

    steps = script()
    first, second = list(watch([corpus], workshop(index), lambda: looks(steps)))
    assert isinstance(first, BusyError)
    assert isinstance(second, BuildReport)
    assert second.published
