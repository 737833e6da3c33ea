"""The folder of one run: written once, read by compare, gate and report.

Everything goes to a folder beside it first, which then takes its name: a run folder is finished or absent.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from eval.errors import RunFolderError
from eval.question_files import qrels_of
from eval.records import Question
from eval.trec import read_run, write_qrels, write_run
from eval.wire import AnswerLine, Conditions, EachLine, HitsLine, Measures

Line = TypeVar("Line", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A finished run, as read from its folder."""

    path: Path
    questions: tuple[Question, ...]
    run: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, AnswerLine]
    hits: Mapping[str, HitsLine]
    each: tuple[EachLine, ...]
    measures: Measures
    conditions: Conditions


def write_folder(found: RunFolder) -> None:
    """Write a run to its folder, replacing what an earlier run left there.

    Raises:
        RunFolderError: the folder holds something that is no run.
    """
    target = found.path
    if target.exists() and any(target.iterdir()) and not (target / "conditions.json").is_file():
        raise RunFolderError(target, "the folder is not empty and holds no run", "name another with --out")
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        write_run(fresh / "run.trec", found.run, _tag(found.conditions.name))
        write_qrels(fresh / "qrels.trec", qrels_of(found.questions))
        _write_lines(fresh / "questions.jsonl", found.questions)
        _write_lines(fresh / "answers.jsonl", found.answers.values())
        _write_lines(fresh / "hits.jsonl", found.hits.values())
        _write_lines(fresh / "each.jsonl", found.each)
        _write_json(fresh / "measures.json", found.measures)
        _write_json(fresh / "conditions.json", found.conditions)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read_folder(path: Path) -> RunFolder:
    """Read a run back.

    Raises:
        RunFolderError: the folder holds no finished run, or one of another version.
    """
    try:
        answers = _read_lines(path / "answers.jsonl", AnswerLine)
        hits = _read_lines(path / "hits.jsonl", HitsLine)
        return RunFolder(
            path=path,
            questions=tuple(_read_questions(path / "questions.jsonl")),
            run=read_run(path / "run.trec"),
            answers={one.id: one for one in answers},
            hits={one.id: one for one in hits},
            each=tuple(_read_lines(path / "each.jsonl", EachLine)),
            measures=msgspec.json.decode((path / "measures.json").read_bytes(), type=Measures),
            conditions=msgspec.json.decode((path / "conditions.json").read_bytes(), type=Conditions),
        )
    except FileNotFoundError as error:
        name = Path(str(error.filename)).name
        raise RunFolderError(path, f"no finished run here ({name} is missing)", "make one with: qa-eval run") from None
    except msgspec.DecodeError as error:
        raise RunFolderError(path, f"a file of the run cannot be read ({error})", "run it again") from None


def _tag(name: str) -> str:
    return "".join(one if one.isalnum() or one in "._-" else "-" for one in name) or "run"


def _write_json(path: Path, value: msgspec.Struct) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def _write_lines(path: Path, values: Iterable[object]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(value) + b"\n" for value in values))


def _read_lines(path: Path, line: type[Line]) -> list[Line]:
    return msgspec.json.Decoder(line).decode_lines(path.read_bytes())


def _read_questions(path: Path) -> Sequence[Question]:
    return msgspec.json.Decoder(Question).decode_lines(path.read_bytes())
