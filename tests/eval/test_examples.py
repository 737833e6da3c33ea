"""Training examples from indexes, question files and a BEIR collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli.app import app
from eval.errors import BeirError
from eval.examples import ExampleLine, Examples, examples_of_beir, make_examples, symbols_of
from eval.folds import FOLDS, deal
from eval.question_files import read_questions
from eval.records import By, Question
from qa.build import run_build
from qa.store.current import open_current
from tests.eval.test_beir import _collection
from tests.qa.corpora import workshop, write_resolution


def question(text: str, *paragraphs: str, helps: tuple[str, ...] = (), **more: object) -> Question:
    return Question("q", text, "plain", bool(paragraphs), paragraphs=paragraphs, helps=helps, **more)  # type: ignore[arg-type]


@pytest.fixture
def indexes(tmp_path: Path) -> tuple[Path, Path]:
    """Resolutions 1 and 2 (the first in long paragraphs), and 2 to 4."""
    for name, numbers in (("one", (1, 2)), ("two", (2, 3, 4))):
        texts = tmp_path / f"texts-{name}"
        texts.mkdir()
        for number in numbers:
            write_resolution(texts, number, word="troops " * 80 if number == 1 else f"{name} troops")
        run_build([texts], workshop(tmp_path / name))
    return tmp_path / "one", tmp_path / "two"


def made(
    whole: Path, *questions: Question, asked_only: tuple[Path, ...] = (), without: tuple[str, ...] = ()
) -> Examples:
    with open_current(whole).generation as one:
        others = [open_current(path).generation for path in asked_only]
        found = make_examples([one], questions, asked_only=others, without=frozenset(without))
        for other in others:
            other.close()
    return found


def test_every_passage_is_a_row_and_a_paragraphs_windows_share_a_group(indexes: tuple[Path, Path]) -> None:
    found = made(indexes[0], question("which soldiers?", "A/RES/78/1#OP1"))
    windows = [one for one in found.passages if one.group == "A/RES/78/1#OP1"]
    assert [one.id for one in windows] == ["A/RES/78/1#OP1", *(f"A/RES/78/1#OP1~{n}" for n in range(1, len(windows)))]
    assert len(windows) > 1
    assert found.questions == [ExampleLine("which soldiers?", [one.id for one in windows], [], exact=False)]
    assert all("Matter number" in one.context and "troops" in one.text for one in windows)
    assert {one.id.partition("#")[0] for one in found.passages} == {"A/RES/78/1", "A/RES/78/2"}


def test_a_near_miss_has_what_helps_as_temptation_and_an_answer_has_none(indexes: tuple[Path, Path]) -> None:
    found = made(
        indexes[0],
        question("what did it cost?", helps=("A/RES/78/2#OP2",)),
        question("who reports?", "A/RES/78/2#OP1", helps=("A/RES/78/2#OP2",)),
    )
    assert [(one.positives, one.tempting) for one in found.questions] == [
        ([], ["A/RES/78/2#OP2"]),
        (["A/RES/78/2#OP1"], []),
    ]


@pytest.mark.parametrize(
    ("text", "exact"),
    [("who reports?", False), ("who had to report in 2023?", True), ("who reports under resolution 78/2?", True)],
)
def test_a_question_that_names_a_time_or_a_symbol_is_exact(indexes: tuple[Path, Path], text: str, exact: bool) -> None:
    assert made(indexes[0], question(text, "A/RES/78/2#OP1")).questions[0].exact is exact


def test_a_follow_up_is_read_after_the_question_before_it(indexes: tuple[Path, Path]) -> None:
    asked = question("and when?", "A/RES/78/2#OP1", history=("who reports on troops?",))
    assert "troops" in made(indexes[0], asked).questions[0].query


def test_of_a_further_index_only_resolutions_with_a_question_and_each_once(indexes: tuple[Path, Path]) -> None:
    asked = [question("who?", "A/RES/78/3#OP1"), question("what?", "A/RES/78/2#OP1")]
    found = made(indexes[0], *asked, asked_only=(indexes[1],))
    assert {one.id.partition("#")[0] for one in found.passages} == {f"A/RES/78/{n}" for n in (1, 2, 3)}
    assert len({one.id for one in found.passages}) == len(found.passages)
    assert all("one troops" in one.text for one in found.passages if one.id.startswith("A/RES/78/2#OP"))


def test_what_is_left_out_is_neither_answer_nor_look_alike(indexes: tuple[Path, Path]) -> None:
    asked = [question("who?", "A/RES/78/1#OP1"), question("what?", "A/RES/78/2#OP1"), question("?", "A/RES/78/9#OP1")]
    found = made(indexes[0], *asked, without=("A/RES/78/1",))
    assert {one.id.partition("#")[0] for one in found.passages} == {"A/RES/78/2"}
    assert [one.query for one in found.questions] == ["what?"]
    assert found.left_out == 2


def test_a_question_without_paragraphs_still_names_its_resolution(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "1", "question": "cost?", "kind": "near miss", "symbol": "S/RES/5 (1950)"}\n')
    assert symbols_of(read_questions(path)[0]) == {"S/RES/5(1950)"}


def test_a_beir_collection_is_dealt_into_folds_that_share_no_document(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    _collection(folder)
    queries = [{"_id": f"q{n}", "text": f"question {n}"} for n in range(1, 9)]
    (folder / "queries.jsonl").write_text("".join(json.dumps(one) + "\n" for one in queries))
    rows = [(1, 1), (1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 5), (8, 9)]  # 1, 2, 3 and 4, 5 are linked
    (folder / "qrels/dev.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(f"q{q}\td{d}\t1\n" for q, d in rows))
    found = examples_of_beir(folder, "dev")
    assert [one.id for one in found.passages] == [f"law:d{n}" for n in range(1, 6)]
    assert found.passages[0].context == "Liquidity"
    assert found.questions[0].positives == ["law:d1", "law:d2"]
    assert found.left_out == 1  # the eighth's document is not there
    folds = [one.fold for one in found.questions]
    assert folds[3] == folds[4]
    assert len(set(folds[:3])) == 2  # three of eight are more than a fold holds: the weakest link is cut
    assert sorted(set(folds)) == [0, 1, 2, 3, 4]
    with pytest.raises(BeirError, match=r"qrels/test\.tsv"):
        examples_of_beir(folder, "test")


def test_a_group_that_is_larger_than_a_fold_is_cut_where_it_hangs_together_least() -> None:
    answers = [["x"]] * 5 + [["x", "y"]] + [["y"]] * 5 + [[f"alone {n}"] for n in range(19)]
    folds = deal(answers)
    assert len(set(folds[:5])) == len(set(folds[6:11])) == 1
    assert folds[0] != folds[6]
    assert folds[5] in (folds[0], folds[6])
    assert sorted(folds.count(fold) for fold in range(FOLDS)) == [6] * FOLDS


def test_the_command_writes_a_folder(indexes: tuple[Path, Path], tmp_path: Path) -> None:
    asked, kept_out = tmp_path / "q.jsonl", tmp_path / "dev.jsonl"
    line = {"id": "1", "question": "who?", "kind": "plain", "symbol": "A/RES/78/3", "paragraphs": ["1"]}
    asked.write_text(json.dumps(line) + "\n" + json.dumps(line | {"id": "2", "symbol": "A/RES/78/1"}) + "\n")
    kept_out.write_text(json.dumps(line | {"symbol": "A/RES/78/1"}) + "\n")
    arguments = ["examples", "--index", str(indexes[0]), "--asked-only", str(indexes[1]), "--questions", str(asked)]
    arguments += [
        "--without",
        str(kept_out),
        "--beir",
        str(_collection(tmp_path / "law")),
        "--out",
        str(tmp_path / "x"),
    ]
    got = CliRunner().invoke(app, [*arguments, "--json"])
    assert got.exit_code == 0, got.output
    passages = [json.loads(one) for one in (tmp_path / "x/passages.jsonl").read_text().splitlines()]
    questions = [json.loads(one) for one in (tmp_path / "x/questions.jsonl").read_text().splitlines()]
    assert json.loads(got.stdout) == {"passages": len(passages), "questions": len(questions), "left_out": 1}
    assert {one["id"].split("#")[0] for one in passages} == {
        "A/RES/78/2",
        "A/RES/78/3",
        *(f"law:d{n}" for n in range(1, 6)),
    }
    assert questions[0] == {
        "query": "who?", "positives": ["A/RES/78/3#OP1"], "tempting": [], "exact": False, "fold": -1
    }  # fmt: skip
    told = CliRunner().invoke(app, arguments)
    assert "1 questions left out" in told.stdout


def test_a_missing_index_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("")
    arguments = ["examples", "--index", str(tmp_path / "no"), "--questions", str(tmp_path / "q.jsonl")]
    got = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / "x")])
    assert got.exit_code == 2
    assert got.stderr.count("\n") == 1


def test_by_questions_every_fold_gets_as_many_and_an_answer_may_be_in_several() -> None:
    answers = [["x"]] * 20 + [[f"alone {n}"] for n in range(13)]
    folds = deal(answers, By.QUESTIONS)
    assert sorted(folds.count(fold) for fold in range(FOLDS)) == [6, 6, 7, 7, 7]
    assert len(set(folds[:20])) > 1
    assert folds == deal(answers, By.QUESTIONS)
