from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import JudgementError, QuestionFileError
from eval.judgements import JudgementLine, apply, judged_by, pool, read_judgements
from eval.records import Question
from eval.wire import HitLine, HitsLine
from tests.eval.test_comparing import run_of

GOOD = {
    "question": "q",
    "paragraph": "p",
    "grade": 2,
    "words": "answers the question",
    "by": "me",
    "when": "2026-01-02",
}


def _file(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "j.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def test_judgements_add_and_overrule() -> None:
    question = Question("q", "?", "fact", True, paragraphs=("a", "b"), helps=("c",))
    lines = [JudgementLine("q", p, grade) for p, grade in (("b", 0), ("c", 2), ("d", 1), ("a", None), ("e", 2))]
    (got,) = apply((question,), lines)
    assert got.paragraphs == ("a", "c", "e")
    assert got.helps == ("d",)
    assert got.answerable is True


def test_a_question_may_become_answerable_or_cease_to_be() -> None:
    silent, said = Question("q", "?", "near miss", False), Question("r", "?", "fact", True, paragraphs=("a",))
    got = apply((silent, said), [JudgementLine("q", "a", 2), JudgementLine("r", "a", 1)])
    assert [one.answerable for one in got] == [True, False]


def test_a_line_that_waits_is_read_and_changes_nothing(tmp_path: Path) -> None:
    lines = read_judgements(_file(tmp_path, GOOD, {"question": "q", "paragraph": "x", "grade": None}))
    assert [one.grade for one in lines] == [2, None]
    question = Question("q", "?", "fact", True, paragraphs=("a",))
    assert apply((question,), lines[1:]) == (question,)


def test_a_file_that_judges_other_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match=r"j.jsonl: judges none .*'q'.*'r'"):
        judged_by(_file(tmp_path, GOOD), [Question("r", "?", "fact", False)])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({**GOOD, "grade": 3}, "0, 1 or 2"),
        ({**GOOD, "words": "helps"}, "answers the question"),
        ({**GOOD, "by": ""}, "who judged"),
        ({**GOOD, "colour": 1}, "no judgement"),
        (GOOD, "twice"),
    ],
)
def test_a_bad_judgement_is_named_by_its_line(tmp_path: Path, row: dict[str, object], told: str) -> None:
    with pytest.raises(QuestionFileError, match=told) as caught:
        read_judgements(_file(tmp_path, GOOD, row))
    assert caught.value.line == 2


def test_the_pool_is_what_nobody_judged() -> None:
    found = run_of("a", set())
    hits = [HitLine(one, "text", 1.0) for one in ("A/RES/9/9#OP1", "A/RES/1/1#OP1", "A/RES/8/8#OP1", "A/RES/7/7#OP1")]
    found.hits["q1"].hits.extend(hits)
    assert isinstance(found.hits["q1"], HitsLine)
    judged = [JudgementLine("q1", "A/RES/8/8#OP1", 0), JudgementLine("q1", "A/RES/9/9#OP1", None)]
    assert [one.paragraph for one in pool(found, judged, 3)] == ["A/RES/9/9#OP1"]
    assert [one.paragraph for one in pool(found, judged, 4)] == ["A/RES/9/9#OP1", "A/RES/7/7#OP1"]
