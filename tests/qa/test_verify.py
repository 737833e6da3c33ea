"""Answers are checked against their files: what is true is accepted, and whatever was changed is not."""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from qa.answering.citing import cite
from qa.collect import Line
from qa.parsing import PARSER, parse
from qa.reading import read
from qa.records import Resolution, Span
from qa.verify import AnswerFileError, byte_spans, verify_answer
from tests.conftest import ROOT

N = 1000
Citation = dict[str, Any]

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


def _other_character(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["text", "exact"])
    holder = one if field == "text" else one["source"]
    at = rng.randrange(len(holder[field]))
    new = rng.choice([letter for letter in "aeiou§" if letter != holder[field][at]])
    holder[field] = holder[field][:at] + new + holder[field][at + 1 :]


def _both_texts(change: Callable[[str], str]) -> Callable[[Citation, random.Random], None]:
    def tamper(one: Citation, rng: random.Random) -> None:
        one["text"], one["source"]["exact"] = change(one["text"]), change(one["source"]["exact"])

    return tamper


def _moved_span(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["spans", "byte_spans"])
    at, end = rng.randrange(len(one["source"][field])), rng.randrange(2)
    span = list(one["source"][field][at])
    span[end] += rng.choice([-2, -1, 1, 2])
    one["source"][field][at] = span


def _other_document(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["sha256", "text_sha256"])
    one["source"][field] = "".join(reversed(one["source"][field]))


def _other_name(one: Citation, rng: random.Random) -> None:
    field = rng.choice(["id", "symbol", "citation", "title", "adopted"])
    one[field] = {
        "id": one["id"].replace("55/179", "55/180"),
        "symbol": "A/RES/55/180",
        "citation": one["citation"].replace("179", "178"),
        "title": "Another title",
        "adopted": "1999-01-01",
    }[field]


def _other_label(one: Citation, rng: random.Random) -> None:
    one["id"] = "A/RES/55/179#OP1" if not one["id"].endswith("#OP1") else "A/RES/55/179#OP2"


def _no_span(one: Citation, rng: random.Random) -> None:
    one["source"]["spans"], one["source"]["byte_spans"], one["source"]["exact"], one["text"] = [], [], "", ""


def _cut_short(one: Citation, rng: random.Random) -> None:
    """A quotation that is true word for word and leaves the end away, spans and all."""
    source = one["source"]
    source["spans"] = [[source["spans"][0][0], source["spans"][0][0] + 12]]
    source["byte_spans"] = [[source["byte_spans"][0][0], source["byte_spans"][0][0] + 12]]
    source["exact"] = source["exact"][:12]
    one["text"], one["highlight"] = " ".join(source["exact"].split()), None


TAMPERS: dict[str, Callable[[Citation, random.Random], None]] = {
    "one character": _other_character,
    "moved span": _moved_span,
    "other document": _other_document,
    "other name": _other_name,
    "other label": _other_label,
    "decomposed": _both_texts(lambda text: unicodedata.normalize("NFD", text.replace("e", "é", 1))),
    "homoglyph": _both_texts(lambda text: text.replace("a", "а", 1)),
    "curly quotes": _both_texts(lambda text: "“" + text + "”"),
    "added negation": _both_texts(lambda text: re.sub(r"\bthe\b", "not the", text, count=1, flags=re.IGNORECASE)),
    "dropped word": _both_texts(lambda text: re.sub(r"\s\S+", "", text, count=1)),
    "no span": _no_span,
    "cut short": _cut_short,
    "glued": _both_texts(lambda text: text + " " + text),
}


def test_every_true_citation_is_accepted(tmp_path: Path, citations: list[Citation], sample_path: Path) -> None:
    rng = random.Random(1)
    chosen = [rng.choice(citations) for _ in range(N)]
    assert check(tmp_path, chosen, sample_path) == [None] * N
    print(f"{N} good citations accepted")


def test_every_tampered_citation_is_rejected(tmp_path: Path, citations: list[Citation], sample_path: Path) -> None:
    rng = random.Random(2)
    names, tampered = [], []
    while len(tampered) < N:
        name = rng.choice(list(TAMPERS))
        good = rng.choice(citations)
        one = copy.deepcopy(good)
        TAMPERS[name](one, rng)
        if one != good:
            names.append(name)
            tampered.append(one)
    whys = check(tmp_path, tampered, sample_path)
    accepted = [name for name, why in zip(names, whys, strict=True) if why is None]
    assert accepted == []
    assert set(names) == set(TAMPERS)
    print(f"{N} tampered citations rejected, in {len(TAMPERS)} ways")


def test_a_citation_whose_source_is_not_given_is_not_taken_as_true(
    tmp_path: Path, citations: list[Citation], sample_path: Path
) -> None:
    changed = tmp_path / "A_RES_55_179.txt"
    changed.write_bytes(sample_path.read_bytes() + b"\n")
    (why,) = check(tmp_path, citations[:1], changed)
    assert why is not None
    assert "no source given" in why
    assert check(tmp_path, citations[:1], changed, sample_path) == [None]


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
    rng = random.Random(3)
    tampered = []
    for name in TAMPERS.keys() - {"other name", "other label", "cut short"}:
        for number in range(25):
            good = rng.choice(citations)
            one = copy.deepcopy(good)
            TAMPERS[name](one, rng)
            if one != good:
                tampered.append(one | {"id": f"{name} {number}"})
    status, lines = run_script(script, tmp_path, tampered, sample_path)
    assert status == 1
    assert [line for line in lines if line.endswith(" yes")] == []
    assert len(lines) == len(tampered) >= 200


def test_the_script_says_no_to_an_answer_without_citations(script: Path, tmp_path: Path, sample_path: Path) -> None:
    assert run_script(script, tmp_path, [], sample_path) == (1, [])
