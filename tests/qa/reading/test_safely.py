"""The child process: it may die, its parent does not, and the batch goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from qa.errors import DamagedFileError, HostileFileError, ParseError
from qa.parsing import parse
from qa.reading import read
from qa.reading.safely import Limits, SafeReader, read_safely
from tests.qa.reading import samples


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "A_RES_99_7.txt"
    path.write_text(samples.TXT, encoding="utf-8")
    return path


def test_the_child_reads_what_the_parent_would(good: Path) -> None:
    with SafeReader() as reader:
        for source in reader.read(good):
            assert source == next(read(good))
            assert reader.parse(source) == parse(source)


def test_one_child_serves_many_files(good: Path) -> None:
    with SafeReader() as reader:
        pids = set()
        for _ in range(5):
            assert len(list(reader.resolutions(good))) == 1
            pids.add(reader._child.pid if reader._child else None)
        assert len(pids) == 1


def test_errors_keep_their_kind(tmp_path: Path, good: Path) -> None:
    bomb = tmp_path / "b.docx"
    bomb.write_bytes(samples.make_zip({"x": b"\0" * 150_000_000}))
    empty = tmp_path / "e.txt"
    empty.write_bytes(b"")
    plain = tmp_path / "p.txt"
    plain.write_text("nothing to see\n", encoding="utf-8")
    with SafeReader() as reader:
        with pytest.raises(HostileFileError, match="unpacks"):
            list(reader.resolutions(bomb))
        with pytest.raises(DamagedFileError, match="empty"):
            list(reader.resolutions(empty))
        (error,) = reader.resolutions(plain)
        assert isinstance(error, ParseError)
        (source,) = reader.read(good)
        assert source.name == good.name


def test_a_dead_child_is_reported_and_replaced(good: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text((samples.JSONL + "\n") * 3_000, encoding="utf-8")
    with SafeReader() as reader:
        texts = reader.resolutions(many)
        next(texts)
        assert reader._child is not None
        os.kill(reader._child.pid, signal.SIGKILL)
        with pytest.raises(HostileFileError):
            list(texts)
        assert len(list(reader.resolutions(good))) == 1


def test_memory_is_limited(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as out:
        out.truncate(700_000_000)
    with SafeReader(Limits(memory=600_000_000)) as reader, pytest.raises(HostileFileError, match="memory"):
        list(reader.resolutions(large))


def test_time_is_limited(tmp_path: Path) -> None:
    slow = tmp_path / "slow.jsonl"
    slow.write_text((samples.JSONL + "\n") * 40_000, encoding="utf-8")
    with SafeReader(Limits(cpu_seconds=1)) as reader, pytest.raises(HostileFileError, match="seconds"):
        list(reader.resolutions(slow))


def test_silence_is_limited(good: Path) -> None:
    with SafeReader(Limits(silence_seconds=0.0)) as reader, pytest.raises(HostileFileError, match="silent"):
        list(reader.resolutions(good))


def test_leaving_early_ends_the_child(tmp_path: Path, good: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text((samples.JSONL + "\n") * 500, encoding="utf-8")
    with SafeReader() as reader:
        texts = reader.resolutions(many)
        next(texts)
        texts.close()
        (resolution,) = reader.resolutions(good)
        assert not isinstance(resolution, ParseError)
        assert resolution.source.name == good.name


def test_read_safely(good: Path) -> None:
    (resolution,) = read_safely(good)
    assert not isinstance(resolution, ParseError)
    assert str(resolution.symbol) == "A/RES/99/7"
