from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.conditions import code_sha256
from eval.errors import JudgementError, RunFolderError
from eval.folder import RunFolder, read_folder
from eval.question_files import read_questions
from eval.report import write_report
from eval.running import run_questions
from tests.eval.fakes import FakeService

QUESTIONS = [
    {"id": "a", "question": "report on landmines by 2026", "kind": "fact", "symbol": "A/RES/1/1", "paragraphs": ["1"]},
    {"id": "b", "question": "two delegates attend in Geneva", "kind": "x", "symbol": "A/RES/1/1", "paragraphs": ["2"]},
    {"id": "c", "question": "and where?", "history": ["withdraw troops border"], "kind": "follow-up",
     "symbol": "S/RES/5(1950)", "paragraphs": ["3"]},
    {"id": "d", "question": "price of tea", "kind": "unanswerable"},
    {"id": "e", "question": "report on landmines in Geneva", "kind": "unanswerable"},
    {"id": "f", "question": "refuse", "kind": "fact", "symbol": "A/RES/9/9", "paragraphs": ["1"]},
    {"id": "g", "question": "Recalling landmines", "kind": "trap", "symbol": "A/RES/1/2", "paragraphs": ["PP1"]},
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = tmp_path_factory.mktemp("eval")
    path = folder / "q.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in QUESTIONS))
    return run_questions(
        FakeService(),
        read_questions(path),
        k=100,
        out=folder / "run",
        name="fake",
        index=folder,
        questions_file=path,
        service_facts={"sha": "0"},
        settings={"x": {"y": 1}},
    )


def test_a_run_folder_reads_back_as_it_was_written(found: RunFolder) -> None:
    again = read_folder(found.path)
    assert again.questions == found.questions
    assert again.measures == found.measures
    assert again.answers == found.answers
    assert again.hits == found.hits
    assert again.run == {q: docs for q, docs in found.run.items() if docs}
    assert again.conditions == found.conditions
    assert len(again.conditions.questions_sha256) == 64
    assert again.conditions.model == "overlap"


def test_folded_counts_a_sub_paragraph_as_its_paragraph_and_exact_does_not(found: RunFolder) -> None:
    each = {one.id: one for one in found.each}
    assert found.run["b"][0] == "A/RES/1/1#OP2(a)"
    assert each["b"].folded["Success@1"] == 1.0
    assert each["b"].exact["Success@1"] == 0.0
    assert each["b"].correct


def test_unanswerable_questions_are_left_out_of_ranking_and_a_refused_one_is_a_miss(found: RunFolder) -> None:
    each = {one.id: one for one in found.each}
    assert each["d"].folded == {} == each["e"].folded
    assert each["f"].folded["nDCG@10"] == 0.0
    success = found.measures.folded["Success@1"]
    assert success.n == 5
    assert success.value == pytest.approx(4 / 5)  # a, b, c and g; not the refused f
    assert found.measures.counts.errors == 1
    assert found.measures.counts.missing_expected == ["A/RES/9/9#OP1"]


def test_history_reaches_the_service(found: RunFolder) -> None:
    assert found.answers["c"].citations[0] == "S/RES/5(1950)#OP3"


def test_every_failure_has_its_reason(found: RunFolder) -> None:
    failures = {one.id: one.failure for one in found.each}
    assert failures["e"] == "answered, but the texts do not say"
    assert failures["f"] == "error"
    assert failures["a"] is failures["d"] is None
    assert sum(found.measures.failures.values()) == sum(reason is not None for reason in failures.values())


def test_abstention_is_judged_over_all_judged_questions(found: RunFolder) -> None:
    got = found.measures.abstention
    assert got.coverage.n == 7
    assert got.answered_unanswerable.value == 0.5  # e of d and e
    assert got.curve[-1].coverage == 1.0


def test_what_became_of_every_kind(found: RunFolder) -> None:
    got = found.measures.outcomes
    assert sum(one.n for one in got.values()) == 7
    assert all(one.answered + one.refused == one.n for one in got.values())
    assert (got["unanswerable"].answered, got["unanswerable"].answered_rightly) == (1, 0)
    assert (got["unanswerable"].refused, got["unanswerable"].refused_rightly) == (1, 1)
    assert got["follow-up"].answered_rightly == 1


def test_latency_has_every_stage_and_the_whole(found: RunFolder) -> None:
    assert list(found.measures.latency) == ["retrieve", "answer", "wall"]
    assert found.measures.latency["retrieve"].p50 == 1.0
    assert found.measures.latency["wall"].n == 6  # the refused question has no time


def test_citations_were_checked_and_hold(found: RunFolder) -> None:
    assert found.measures.citations.checked > 0
    assert found.measures.citations.broken == 0


def test_a_second_run_replaces_the_first_but_never_a_folder_that_is_no_run(found: RunFolder, tmp_path: Path) -> None:
    from dataclasses import replace

    from eval.folder import write_folder

    write_folder(found)
    (tmp_path / "precious.txt").write_text("x")
    with pytest.raises(RunFolderError, match="holds no run"):
        write_folder(replace(found, path=tmp_path))
    assert (tmp_path / "precious.txt").exists()


def test_a_run_tells_what_code_it_was(found: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(found.conditions.code) == 64
    assert found.conditions.code in write_report(found).read_text()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("eval.conditions.CODE", ("a_package",))
    (tmp_path / "a_package").mkdir()
    (tmp_path / "a_package" / "__init__.py").write_text("")
    digests = [code_sha256()]
    for name in ("words.toml", "notes.txt", "words.json"):
        (tmp_path / "a_package" / name).write_text("x = 1")
        digests.append(code_sha256())
    assert digests[1] == digests[2]  # a text is no code
    assert len(set(digests)) == 3


def test_questions_that_nothing_judges_are_not_asked(tmp_path: Path) -> None:
    topics = tmp_path / "topics.tsv"
    topics.write_text("301\tWho?\n302\tWhen?\n")
    arguments = {"k": 5, "out": tmp_path / "run", "name": "", "index": tmp_path, "service_facts": {}, "settings": {}}
    with pytest.raises(JudgementError, match=r"topics.tsv: nothing judges its 2 questions.* --qrels"):
        run_questions(FakeService(), read_questions(topics), questions_file=topics, **arguments)  # type: ignore[arg-type]
    assert not (tmp_path / "run").exists()


def test_a_missing_run_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="qa-eval run"):
        read_folder(tmp_path)


def test_the_page_stands_alone_and_escapes(found: RunFolder) -> None:
    page = write_report(found).read_text()
    assert "<script" not in page
    assert "http-equiv" not in page
    assert 'src="' not in page
    assert "url(" not in page
    assert "report on landmines in Geneva" in page
    assert "not in the list" in page
