from __future__ import annotations

from pathlib import Path

import pytest

from eval.errors import JudgementError, QuestionFileError, TrecFormatError
from eval.question_files import qrels_of, read_questions
from eval.trec import read_qrels, read_run, write_run

LINE = (
    '{"id":"q1","question":"Who?","kind":"fact","symbol":"S/RES/1244 (1999)",'
    '"paragraphs":["4 (a)","9"],"helps":["A/RES/1/1#2"]}'
)
NONE = '{"id":"q2","question":"How did France vote?","kind":"missing field","history":["Before?"]}'


def _file(folder: Path, text: str, name: str = "q.jsonl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_becomes_a_question_with_paragraph_ids(tmp_path: Path) -> None:
    first, second = read_questions(_file(tmp_path, f"{LINE}\n\n{NONE}\n"))
    assert first.paragraphs == ("S/RES/1244(1999)#OP4(a)", "S/RES/1244(1999)#OP9")
    assert first.helps == ("A/RES/1/1#OP2",)
    assert first.answerable is True
    assert second.answerable is False
    assert second.history == ("Before?",)
    assert qrels_of((first, second)) == {
        "q1": {"A/RES/1/1#OP2": 1, "S/RES/1244(1999)#OP4(a)": 2, "S/RES/1244(1999)#OP9": 2}
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", 1),
        (f"{LINE}\n{{}}", 2),
        (f'{LINE}\n{{"id":"q9","question":"x","kind":"k","colour":"red"}}', 2),
        (f"{LINE}\n{LINE}", 2),
        ('{"id":"q","question":" ","kind":"k"}', 1),
        ('{"id":"q","question":"x","kind":"k","paragraphs":["4"]}', 1),  # no symbol
        ('{"id":"q","question":"x","kind":"k","symbol":"A/RES/1/1","paragraphs":["four"]}', 1),
        ('{"id":"q 1","question":"x","kind":"k"}', 1),
        ("", 1),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_questions(_file(tmp_path, text))
    assert caught.value.line == line
    assert f"q.jsonl:{line}:" in str(caught.value)


def test_trec_topics_are_read_with_their_qrels(tmp_path: Path) -> None:
    topics = (
        "<top>\n<num> Number: 301\n<title> Troops in\n Moldova\n</top>\n"
        "<top><num>302<title>Nothing</top><top>\n<num>303<title>Unjudged</top>"
    )
    qrels = _file(tmp_path, "301 0 A/RES/1/1#OP1 2\n301 0 A/RES/1/1#OP2 1\n302 0 A/RES/1/1#OP2 0\n", "qrels")
    first, second, third = read_questions(_file(tmp_path, topics, "topics"), qrels)
    assert (first.id, first.text) == ("301", "Troops in Moldova")
    assert first.paragraphs == ("A/RES/1/1#OP1",)
    assert first.helps == ("A/RES/1/1#OP2",)
    assert second.answerable is False
    assert third.answerable is None


def test_binary_judgements_all_answer(tmp_path: Path) -> None:
    (one,) = read_questions(
        _file(tmp_path, "7\tWho?\n", "t.tsv"), _file(tmp_path, "7 0 a 1\n7 0 b 1\n7 0 c 0\n", "qrels")
    )
    assert one.paragraphs == ("a", "b")
    assert one.helps == ()


@pytest.mark.parametrize(
    ("qrels", "told"),
    [
        ("99 0 a 2\n98 0 b 1\n", r"qrels: judges none .*'98'.*'7'.*give the judgements of these"),
        ("\n", "no judgement in it"),
    ],
)
def test_judgements_that_fit_no_question_are_refused(tmp_path: Path, qrels: str, told: str) -> None:
    with pytest.raises(JudgementError, match=told):
        read_questions(_file(tmp_path, "7\tWho?\n", "t.tsv"), _file(tmp_path, qrels, "qrels"))


def test_a_later_judgement_adds_and_overrules(tmp_path: Path) -> None:
    qrels = _file(tmp_path, "q1 0 S/RES/1244(1999)#OP9 0\nq1 0 S/RES/1244(1999)#OP2 2\n", "qrels")
    (one,) = read_questions(_file(tmp_path, LINE), qrels)
    assert one.paragraphs == ("S/RES/1244(1999)#OP2", "S/RES/1244(1999)#OP4(a)")


def test_beir_qrels_are_read_under_their_header(tmp_path: Path) -> None:
    assert read_qrels(_file(tmp_path, "query-id\tcorpus-id\tscore\nq\td\t1\n", "dev.tsv")) == {"q": {"d": 1}}


@pytest.mark.parametrize("line", ["q 0 d", "q 0 d x", "q d"])
def test_a_bad_judgement_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(TrecFormatError, match="qrels:2"):
        read_qrels(_file(tmp_path, f"q 0 d 1\n{line}\n", "qrels"))


def test_a_run_comes_back_in_the_order_served_with_more_than_nine_documents(tmp_path: Path) -> None:
    run = {"q": tuple(f"A/RES/1/{n}#OP1" for n in (3, 12, 1, 7, 2, 9, 10, 4, 5, 6, 11))}
    write_run(tmp_path / "run.trec", run, "tag")
    assert read_run(tmp_path / "run.trec") == run
    assert (tmp_path / "run.trec").read_text().split("\n")[0] == "q Q0 A/RES/1/3#OP1 1 11 tag"


def test_ties_of_a_run_from_elsewhere_are_broken_by_id_not_by_rank(tmp_path: Path) -> None:
    path = _file(tmp_path, "q Q0 b 1 0.5 t\nq Q0 a 2 0.5 t\nq Q0 c 3 0.9 t\n", "run.trec")
    assert read_run(path) == {"q": ("c", "a", "b")}


@pytest.mark.parametrize("score", ["nan", "x", "inf"])
def test_a_score_must_be_a_finite_number(tmp_path: Path, score: str) -> None:
    with pytest.raises(TrecFormatError, match="finite"):
        read_run(_file(tmp_path, f"q Q0 a 1 {score} t\n", "run.trec"))
