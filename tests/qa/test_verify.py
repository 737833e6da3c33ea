"""Answers are checked against their files: what is true is accepted, and whatever was changed is not."""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest

from qa.answering.citing import cite
from qa.collect import Line
from qa.parsing import PARSER, parse
from qa.reading import read
from qa.records import Resolution, Span
from qa.verify import AnswerFileError, byte_spans, verify_answer
from tests.conftest import ROOT
from tests.torture.tampering import OTHER_WORDS, TAMPERS, Citation, tamper

N = 1000

cached_parse = cache(parse)
LINE = Line(read, lambda source: cached_parse(source), PARSER)
OTHER = "A/RES/60/1\n60/1. Another matter\n"


@pytest.fixture(scope="module")
def resolution(request: pytest.FixtureRequest) -> Resolution:
    (source,) = read(ROOT / "qa" / "sample" / "A_RES_55_179.txt")
    return parse(source)


@pytest.fixture(scope="module")
def citations(resolution: Resolution) -> list[Citation]:
    made = (cite(resolution, one, 0.5, Span(0, len(one.text))) for one in resolution.paragraphs)
    return [msgspec.to_builtins(one) for one in made]


def check(tmp_path: Path, citations: list[Citation], *sources: Path) -> list[str | None]:
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"status": "answered", "citations": citations}), encoding="utf-8")
    return [one.why for one in verify_answer(answer, sources, LINE)]


def test_every_true_citation_is_accepted(tmp_path: Path, citations: list[Citation], sample_path: Path) -> None:
    rng = random.Random(1)
    chosen = [rng.choice(citations) for _ in range(N)]
    assert check(tmp_path, chosen, sample_path) == [None] * N
    print(f"{N} good citations accepted")


def test_every_tampered_citation_is_rejected(tmp_path: Path, citations: list[Citation], sample_path: Path) -> None:
    names, tampered = zip(*tamper(citations, N, random.Random(2)), strict=True)
    whys = check(tmp_path, list(tampered), sample_path)
    accepted = [name for name, why in zip(names, whys, strict=True) if why is None]
    assert accepted == []
    assert set(names) == {OTHER_WORDS, *TAMPERS}
    print(f"{N} tampered citations rejected, in {len(set(names))} ways")


def test_a_citation_whose_source_is_not_given_is_not_taken_as_true(
    tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    changed = tmp_path / "A_RES_55_179.txt"
    changed.write_bytes(sample_path.read_bytes() + b"\n")
    (why,) = check(tmp_path, citations[:1], changed)
    assert why is not None
    assert "no source given" in why
    assert check(tmp_path, citations[:1], changed, sample_path) == [None]


FORGED = {
    "paragraph": "OP18",
    "organ": "Security Council",
    "kind": "preambular",
    "url": "https://example.org/",
    "chapeau": "Decides:",
    "source.page": 7,
    "source.name": "official.pdf",
    "source.format": "pdf",
    "source.reader": "pdfium-9",
}


@pytest.mark.parametrize("field", FORGED)
def test_every_field_that_the_file_tells_is_checked(
    tmp_path: Path, citations: list[Citation], sample_path: Path, field: str
) -> None:
    one = next(copy.deepcopy(one) for one in citations if one["paragraph"] == "OP19")
    holder, name = (one["source"], field.partition(".")[2]) if "." in field else (one, field)
    holder[name] = FORGED[field]
    (why,) = check(tmp_path, [one], sample_path)
    assert why is not None
    assert str(FORGED[field]) in why


def test_what_no_file_tells_is_named(tmp_path: Path, citations: list[Citation], sample_path: Path) -> None:
    forged = {**citations[0], "score": 9.0, "also": ["A/RES/1/1#OP1"], "approved_by": "the Secretary-General"}
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"citations": [forged]}), encoding="utf-8")
    (one,) = verify_answer(answer, [sample_path], LINE)
    assert (one.why, one.not_checked) == (None, ("also", "approved_by", "score"))
    said = {name for name, value in forged.items() if value is not None} - {"source", *one.not_checked}
    said |= {f"source.{name}" for name, value in forged["source"].items() if value is not None}
    assert set(one.checked) == said


def test_a_text_that_is_there_under_two_names_is_the_one_cited(
    tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(sample_path.read_bytes())
    (why,) = check(tmp_path, citations[:1], other)
    assert why is not None
    assert "give it under that name" in why
    assert check(tmp_path, citations[:1], other, sample_path) == [None]
    assert check(tmp_path, citations[:1], sample_path, other) == [None]


def test_what_is_no_answer_is_said(tmp_path: Path, sample_path: Path) -> None:
    path = tmp_path / "answer.json"
    for raw in (b"", b"[]", b'{"citations": 1}', b"\xff", b"[" * 100_000):
        path.write_bytes(raw)
        with pytest.raises(AnswerFileError, match=r"answer\.json"):
            verify_answer(path, [sample_path], LINE)
    with pytest.raises(AnswerFileError):
        verify_answer(tmp_path / "missing.json", [sample_path], LINE)


def test_the_readers_of_the_project_are_used_where_none_are_given(
    tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"citations": citations}), encoding="utf-8")
    assert [one.why for one in verify_answer(answer, [sample_path])] == [None] * len(citations)


def test_byte_spans_count_utf8() -> None:
    text = "aé\u2028𐍈z — end"
    spans = [(1, 2), (2, 5), (6, 9)]
    assert [text.encode()[a:b].decode() for a, b in byte_spans(text, spans)] == [text[a:b] for a, b in spans]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "verify.md").read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path_factory.mktemp("script") / "verify.py"
    path.write_text(code, encoding="utf-8")
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 35
    return path


def run_script(script: Path, tmp_path: Path, citations: list[Citation], source: Path) -> tuple[int, list[str]]:
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"citations": citations}), encoding="utf-8")
    command = [sys.executable, "-I", str(script), str(answer), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_the_script_in_the_docs_accepts_what_is_true(
    script: Path, tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    status, lines = run_script(script, tmp_path, citations, sample_path)
    assert status == 0
    assert len(lines) == len(citations)
    assert all(line.endswith(" yes") for line in lines)


def test_the_script_in_the_docs_rejects_what_was_changed(
    script: Path, tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    """All but the ways that only reading the file as a resolution can find, which the document says."""
    ways = sorted(TAMPERS.keys() - {"other name", "other source", "other label", "cut short"})
    changed = tamper(citations, 250, random.Random(3), ways)
    tampered = [one | {"id": f"{way} {number}"} for number, (way, one) in enumerate(changed)]
    status, lines = run_script(script, tmp_path, tampered, sample_path)
    assert status == 1
    assert [line for line in lines if line.endswith(" yes")] == []
    assert len(lines) == len(tampered)


def test_the_script_says_no_to_an_answer_without_citations(script: Path, tmp_path: Path, sample_path: Path) -> None:
    assert run_script(script, tmp_path, [], sample_path) == (1, [])
