from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli.app import app
from qa.wire import CitationOut
from tests.eval.fakes import FakeService
from tests.eval.test_running import QUESTIONS

runner = CliRunner()


class FakeOriginals:
    """Finds every citation true."""

    def __init__(self, index: Path, generation: str, folder: Path | None = None) -> None:
        self.generation = generation

    def __call__(self, citation: CitationOut) -> list[str]:
        return []

    def close(self) -> None:
        return None


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with questions, where every index is the fake one.

    `eval.sweeping` takes its names from the others when it is imported: it comes first, or it keeps the fakes for good.
    """
    monkeypatch.setattr("eval.sweeping.open_service", lambda index, settings, where=None: FakeService())
    monkeypatch.setattr("eval.opening.open_service", lambda index, settings, where=None: FakeService())
    monkeypatch.setattr("eval.sweeping.Originals", FakeOriginals)
    monkeypatch.setattr("eval.originals.Originals", FakeOriginals)
    monkeypatch.setattr("eval.sweeping.facts_of", lambda index, generation: {"encoder": "fake"})
    monkeypatch.setattr("eval.serving.facts_of", lambda index, generation: {"encoder": "fake"})
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(one) for one in QUESTIONS))
    return tmp_path


def _run(folder: Path, name: str, *more: str) -> list[str]:
    return ["run", "--index", str(folder), "--questions", str(folder / "q.jsonl"), "--out", str(folder / name), *more]


def test_run_writes_the_files_that_it_promises(workshop: Path) -> None:
    got = runner.invoke(app, _run(workshop, "a", "--json"))
    assert got.exit_code == 0, got.output
    assert json.loads(got.stdout)["folded"]["Success@1"]["n"] == 5
    files = {path.name for path in (workshop / "a").iterdir()}
    assert files >= {"run.trec", "qrels.trec", "answers.jsonl", "measures.json", "conditions.json", "report.html"}
    line = json.loads((workshop / "a" / "answers.jsonl").read_text().split("\n")[0])
    assert {"id", "status", "probability", "citations"} <= line.keys()
    conditions = json.loads((workshop / "a" / "conditions.json").read_text())
    assert conditions["settings"]["retrieval"]
    assert conditions["machine"]["cores"]


def test_the_run_measures_the_same_with_the_tool_it_was_written_for(workshop: Path) -> None:
    runner.invoke(app, _run(workshop, "a"))
    command = [
        sys.executable,
        "-m",
        "ir_measures",
        str(workshop / "a/qrels.trec"),
        str(workshop / "a/run.trec"),
        "nDCG@10",
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    exact = json.loads((workshop / "a" / "measures.json").read_text())["exact"]["nDCG@10"]["value"]
    assert float(told[1]) == pytest.approx(exact, abs=1e-4)


def test_the_text_report_names_failures_and_why(workshop: Path) -> None:
    got = runner.invoke(app, _run(workshop, "a"))
    assert got.exit_code == 0, got.output
    assert "should have abstained" in got.stdout
    assert "A/RES/9/9#OP1" in got.stdout
    assert "dense 1" in got.stdout


def test_a_run_of_one_question_shows_no_interval(workshop: Path) -> None:
    (workshop / "q.jsonl").write_text(json.dumps(QUESTIONS[0]))
    got = runner.invoke(app, _run(workshop, "a"))
    assert got.exit_code == 0, got.output
    assert re.search(r"Success@1 +1\.000 – +1\b", got.stdout)
    figure = json.loads((workshop / "a" / "measures.json").read_text())["folded"]["Success@1"]
    assert figure == {"value": 1.0, "low": None, "high": None, "n": 1}
    page = (workshop / "a" / "report.html").read_text()
    assert "1.00 to 1.00" not in page
    assert "interval 1.000 to 1.000" not in page
    assert "no interval over 1" in page


def test_ctrl_c_ends_in_one_line(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("eval.running.run_questions", stop)
    got = runner.invoke(app, _run(workshop, "a"))
    assert (got.exit_code, got.stderr.count("\n")) == (130, 1)
    assert "the same command starts it again" in got.stderr


def test_gate_exit_codes(workshop: Path) -> None:
    runner.invoke(app, _run(workshop, "a"))
    folder = str(workshop / "a")
    assert runner.invoke(app, ["gate", folder, "--min", "Success@1=0.8"]).exit_code == 0
    assert runner.invoke(app, ["gate", folder, "--min", "Success@1=0.81"]).exit_code == 1
    assert runner.invoke(app, ["gate", folder, "--min", "Success@1=0.1", "--max", "ece=0"]).exit_code == 1
    unknown = runner.invoke(app, ["gate", folder, "--min", "Foo@1=0.1"])
    assert unknown.exit_code == 2
    assert "not measured in this run: Foo@1" in unknown.stderr
    assert runner.invoke(app, ["gate", folder]).exit_code == 2
    told = runner.invoke(app, ["gate", folder, "--min", "Success@1=0.9", "--json"])
    assert json.loads(told.stdout) == [{"name": "Success@1", "bound": 0.9, "found": 0.8, "passed": False}]


def test_compare_and_report_read_finished_runs(workshop: Path) -> None:
    runner.invoke(app, _run(workshop, "a"))
    runner.invoke(app, _run(workshop, "b"))
    got = runner.invoke(app, ["compare", str(workshop / "a"), str(workshop / "b"), "--json"])
    assert got.exit_code == 0, got.output
    assert json.loads(got.stdout)["won"] == []
    assert "p Holm" in runner.invoke(app, ["compare", str(workshop / "a"), str(workshop / "b")]).stdout
    page = workshop / "page.html"
    assert runner.invoke(app, ["report", str(workshop / "a"), "--out", str(page)]).exit_code == 0
    assert page.read_text().startswith("<!DOCTYPE html>")


def test_sweep_runs_every_configuration_on_the_same_questions(workshop: Path) -> None:
    toml = workshop / "s.toml"
    toml.write_text(
        '[[configuration]]\nname = "shipped"\n[[configuration]]\nname = "few"\n'
        "[configuration.settings.retrieval]\ncandidates = 5\n"
    )
    arguments = ["sweep", "--index", str(workshop), "--questions", str(workshop / "q.jsonl")]
    arguments += ["--configurations", str(toml), "--out", str(workshop / "s")]
    got = runner.invoke(app, [*arguments, "--json"])
    assert got.exit_code == 0, got.output
    assert [row["name"] for row in json.loads(got.stdout)] == ["shipped", "few"]
    few = json.loads((workshop / "s" / "few" / "conditions.json").read_text())
    assert few["settings"]["retrieval"]["candidates"] == 5
    assert "few" in runner.invoke(app, arguments).stdout


TERMINAL = {"COLUMNS": "80", "FORCE_COLOR": "1", "TERM": "xterm"}


@pytest.mark.parametrize("env", [{"COLUMNS": "80"}, TERMINAL])
def test_no_name_is_cut_in_a_table(workshop: Path, env: dict[str, str]) -> None:
    toml, names = workshop / "s.toml", ("shipped-as-it-is", "with-fewer-candidates-than-usual")
    toml.write_text("\n".join(f'[[configuration]]\nname = "{name}"' for name in names))
    arguments = ["sweep", "--index", str(workshop), "--questions", str(workshop / "q.jsonl")]
    arguments += ["--configurations", str(toml), "--out", str(workshop / "s")]
    swept = runner.invoke(app, arguments, env=env)
    compared = runner.invoke(app, ["compare", *(str(workshop / "s" / name) for name in names)], env=env)
    for told, wanted in (
        (swept, (*names, "nDCG@10", "Success@1", "R@100", "AUROC", "p95 ms")),
        (compared, ("measure", "Success@1", "p Holm", "won", "lost")),
    ):
        assert told.exit_code == 0, told.output
        shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", told.stdout)
        assert "…" not in shown
        assert [name for name in wanted if name not in shown] == []


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('[[configuration]]\nname = "a"\n[configuration.settings.retrieval]\ncandidats = 5\n', "candidats"),
        ('[[configuration]]\nname = "a"\n[configuration.settings.retrieval]\ncandidates = 0\n', "candidates"),
        ('[[configuration]]\nname = "a"\n[[configuration]]\nname = "a"\n', "differ"),
        ('[[configuration]]\nname = "../a"\n', "slash"),
        ("configuration = []\n", "none given"),
        ("x = 1\n", "s.toml"),
    ],
)
def test_a_typing_error_in_a_sweep_ends_in_one_line_before_any_question(workshop: Path, toml: str, told: str) -> None:
    (workshop / "s.toml").write_text(toml)
    arguments = ["sweep", "--index", str(workshop), "--questions", str(workshop / "q.jsonl")]
    got = runner.invoke(app, [*arguments, "--configurations", str(workshop / "s.toml"), "--out", str(workshop / "s")])
    assert got.exit_code == 2
    assert told in got.stderr
    assert got.stderr.count("\n") == 1
    assert not (workshop / "s").exists()


def test_a_missing_file_ends_in_one_line(workshop: Path) -> None:
    got = runner.invoke(app, ["gate", str(workshop / "none"), "--min", "nDCG@10=1"])
    assert got.exit_code == 2
    assert "make one with: qa-eval run" in got.stderr
    got = runner.invoke(app, [*_run(workshop, "a")[:4], str(workshop / "none.jsonl"), "--out", str(workshop / "a")])
    assert got.exit_code == 2
    assert got.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Is a directory; check path"),
        (
            '{"question": "Qué?"}'.encode("latin-1"),
            "no text in UTF-8 (invalid continuation byte at byte 16); save it as UTF-8",
        ),
        (b"\x89PNG\r\n", "no text in UTF-8"),
    ],
)
def test_questions_that_are_no_text_end_in_one_line(workshop: Path, content: bytes | None, told: str) -> None:
    path = workshop / "odd"
    path.write_bytes(content) if content else path.mkdir()
    got = runner.invoke(app, ["run", "--index", str(workshop), "--questions", str(path), "--out", str(workshop / "a")])
    assert (got.exit_code, got.stderr.count("\n")) == (2, 1)
    assert got.stderr.startswith(f"qa-eval: {path}: ")
    assert told in got.stderr


def test_a_cut_collection_ends_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text("q d 1\n")
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(b'{"_id": "d", "text": "x"}\n')[:-9])
    got = runner.invoke(app, ["beir", str(tmp_path), "--out", str(tmp_path / "run")])
    assert (got.exit_code, got.stderr.count("\n")) == (2, 1)
    assert "corpus.jsonl.gz: a damaged or cut gzip file" in got.stderr


def test_topics_are_judged_by_their_qrels_in_every_command(workshop: Path) -> None:
    topics, qrels, other = workshop / "t.tsv", workshop / "qrels", workshop / "other"
    topics.write_text("1\treport on landmines by 2026\n2\tprice of tea\n3\twithdraw troops\n")
    qrels.write_text("1 0 A/RES/1/1#OP1 1\n2 0 A/RES/1/1#OP1 0\n")
    other.write_text("99 0 A/RES/1/1#OP1 1\n")
    arguments = ["--index", str(workshop), "--questions", str(topics)]
    listed = workshop / "s.toml"
    listed.write_text('[[configuration]]\nname = "a"\n')
    for command in (["run"], ["sweep", "--configurations", str(listed)]):
        got = runner.invoke(app, [*command, *arguments, "--out", str(workshop / command[0]), "--qrels", str(qrels)])
        assert got.exit_code == 0, got.output
        unfit = runner.invoke(app, [*command, *arguments, "--out", str(workshop / "b"), "--qrels", str(other)])
        unjudged = runner.invoke(app, [*command, *arguments, "--out", str(workshop / "b")])
        assert (unfit.exit_code, unjudged.exit_code) == (2, 2)
    counts = json.loads((workshop / "run" / "measures.json").read_text())["counts"]
    assert (counts["answerable"], counts["unanswerable"], counts["unjudged"]) == (1, 1, 1)
    assert "1 not judged" in runner.invoke(app, ["report", str(workshop / "run")]).stdout
    assert runner.invoke(app, ["check", *arguments, "--qrels", str(qrels)]).exit_code == 0


def test_rankings_of_other_lengths_are_compared_as_deep_as_both_and_that_is_said(workshop: Path) -> None:
    runner.invoke(app, _run(workshop, "a"))
    got = runner.invoke(app, _run(workshop, "b", "-k", "5"))
    assert "@10" not in got.stdout
    got = runner.invoke(app, ["compare", str(workshop / "a"), str(workshop / "b"), "--by", "Success@5"])
    assert got.exit_code == 0, got.output
    assert "A's rankings have 100 places, B's 5: measures that look deeper than 5 are not compared" in got.stdout
    assert runner.invoke(app, ["compare", str(workshop / "a"), str(workshop / "b")]).exit_code == 2


def test_check_names_the_paragraphs_that_the_index_does_not_hold(workshop: Path) -> None:
    got = runner.invoke(app, ["check", "--index", str(workshop), "--questions", str(workshop / "q.jsonl"), "--json"])
    assert got.exit_code == 1
    assert json.loads(got.stdout)["absent"] == ["A/RES/9/9#OP1"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from eval.cli.app import app\n"
        "heavy = {'numpy', 'faiss', 'onnxruntime', 'ir_measures', 'rich.table', 'qa.service'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_pool_lists_what_a_judge_has_to_read_and_takes_it_back(workshop: Path) -> None:
    runner.invoke(app, _run(workshop, "a"))
    got = runner.invoke(app, ["pool", str(workshop / "a"), "--top", "1"])
    assert got.exit_code == 0, got.output
    waiting = [json.loads(line) for line in got.stdout.splitlines()]
    (e,) = (line for line in waiting if line["question"] == "e")
    assert e["grade"] is None
    judged = {**e, "grade": 2, "words": "answers the question", "by": "test", "when": "2026-01-02"}
    (workshop / "j.jsonl").write_text(json.dumps(judged))
    again = runner.invoke(app, _run(workshop, "b", "--judgements", str(workshop / "j.jsonl"), "--json"))
    assert json.loads(again.stdout)["counts"]["answerable"] == 6
    assert e["paragraph"] in (workshop / "b" / "qrels.trec").read_text()
