"""The judged questions that ship: readable, balanced, and true of the sample."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from eval.labels import fold
from eval.question_files import read_questions

KINDS = {"plain", "multi-paragraph", "identifier", "recital trap", "near miss", "missing field", "follow-up"}
FOLDER = Path(str(files("eval.questions").joinpath("sample.jsonl"))).parent


@pytest.mark.parametrize(("name", "least"), [("sample.jsonl", 40), ("shared.jsonl", 120)])
def test_every_stratum_is_there_and_every_line_is_judged(name: str, least: int) -> None:
    questions = read_questions(FOLDER / name)
    assert len(questions) >= least
    counts = Counter(one.kind for one in questions)
    assert counts.keys() == KINDS
    assert min(counts.values()) >= 4
    for one in questions:
        assert one.judged is not None
        assert bool(one.answer) == bool(one.paragraphs), one.id
        assert bool(one.history) == (one.kind == "follow-up"), one.id
        assert not set(one.helps) & set(one.paragraphs), one.id
        if one.kind in {"near miss", "missing field"}:
            assert one.answerable is False, one.id


def test_the_shared_questions_keep_off_the_paragraphs_of_the_development_questions(data_folder: Path) -> None:
    theirs = {fold(one) for q in read_questions(data_folder / "questions" / "un-dev.jsonl") for one in q.paragraphs}
    ours = {fold(one) for q in read_questions(FOLDER / "shared.jsonl") for one in (*q.paragraphs, *q.helps)}
    assert theirs
    assert not ours & theirs


def test_every_paragraph_judged_over_the_sample_exists(sample_path: Path) -> None:
    from qa.parsing import parse
    from qa.reading import read

    (source,) = read(sample_path)
    held = {f"A/RES/55/179#{one.label}" for one in parse(source).paragraphs}
    for one in read_questions(FOLDER / "sample.jsonl"):
        assert set(one.paragraphs) <= held, one.id
        assert set(one.helps) <= held, one.id


def test_every_paragraph_judged_over_the_shared_texts_exists(data_folder: Path) -> None:
    from qa.parsing import parse
    from qa.reading import read

    wanted: dict[str, set[str]] = {}
    for one in read_questions(FOLDER / "shared.jsonl"):
        for identifier in (*one.paragraphs, *one.helps):
            symbol, _, label = identifier.partition("#")
            wanted.setdefault(symbol, set()).add(label)
    absent = []
    for symbol, labels in wanted.items():
        body = "sc" if symbol.startswith("S/") else "ga"
        (source,) = read(data_folder / "text" / body / f"{symbol.replace('/', '_')}.txt")
        held = {one.label for one in parse(source).paragraphs}
        absent += [f"{symbol}#{label}" for label in labels - held]
    assert absent == []
