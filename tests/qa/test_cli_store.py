"""The commands that check, move, count and watch an index, as typed in a terminal."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner, Result

from embeddings.catalogue import load_catalogue
from eval.cli.app import app as eval_app
from qa.cli.app import app
from qa.cli.watching import until_told
from qa.version import running_version
from tests.conftest import ROOT

SAMPLE = ROOT / "qa" / "sample" / "A_RES_55_179.txt"


def qa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def error_of(result: Result) -> str:
    """The one line that a failed command leaves."""
    assert result.exit_code == 1, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1
    assert "Traceback" not in result.output
    return lines[0]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "index"
    assert qa("build", SAMPLE, "--index", folder, "--model", "hashing").exit_code == 0
    return folder


@pytest.fixture
def copy(index: Path, tmp_path: Path) -> Path:
    """An index of one's own, to damage."""
    return Path(shutil.copytree(index, tmp_path / "copy"))


@pytest.fixture(scope="module")
def answer(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("answer") / "answer.json"
    given = qa("ask", "para 19 of 55/179", "--index", index, "--json")
    assert given.exit_code == 0
    file.write_text(given.stdout, encoding="utf-8")
    return file


def flip(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)


def current(index: Path) -> Path:
    return index / (index / "CURRENT").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("named", ["un-minilm", "nope"])
def test_settings_of_another_model_than_the_index_was_built_with_are_refused(
    index: Path, tmp_path: Path, named: str
) -> None:
    settings = tmp_path / "mine.toml"
    shipped = (ROOT / "qa" / "settings.toml").read_text(encoding="utf-8").replace('ranker = "encoder"', 'ranker = ""')
    settings.write_text(shipped.replace("un-minilm", named, 1), encoding="utf-8")
    ask = ("ask", "para 19 of 55/179", "--index", index, "--settings", settings)
    refused = error_of(qa(*ask))
    assert f"{settings}: encoder is '{named}', and {index} was built with 'hashing'" in refused
    assert 'write encoder = "hashing"' in refused
    assert (f"--model {named}" in refused) == (named != "nope")
    settings.write_text(shipped.replace("un-minilm", "hashing", 1), encoding="utf-8")
    assert qa(*ask).exit_code == 0


class TestVerify:
    def test_a_sound_index(self, index: Path) -> None:
        shown = qa("verify", "--index", index)
        assert (shown.exit_code, shown.stdout.split(":")[0]) == (0, "sound")
        found = json.loads(qa("verify", "--index", index, "--json").stdout)
        assert (found["current"], found["n_paragraphs"], found["findings"]) == (current(index).name, 29, [])

    def test_a_flipped_bit_is_named_with_the_mend(self, copy: Path) -> None:
        victim = current(copy) / "vectors.npy"
        flip(victim)
        found = qa("verify", "--index", copy)
        assert f"{victim}: changed" in found.stdout
        assert f"qa build SOURCE... --index {copy}" in error_of(qa("stats", "--index", copy))
        assert "qa build" in error_of(found)
        in_json = qa("verify", "--index", copy, "--json")
        assert in_json.exit_code == 1
        assert [one["path"] for one in json.loads(in_json.stdout)["findings"]] == [str(victim)]

    def test_damage_that_is_not_served_has_another_mend(self, copy: Path, tmp_path: Path) -> None:
        old = current(copy)
        assert qa("export", tmp_path / "one.tar", "--index", copy).exit_code == 0
        assert qa("import", tmp_path / "one.tar", "--index", copy).exit_code == 0
        flip(old / "vectors.npy")
        assert current(copy) != old
        assert f"none in {current(copy).name}, which is served" in error_of(qa("verify", "--index", copy))

    def test_nothing_there(self, tmp_path: Path) -> None:
        assert "qa build" in error_of(qa("verify", "--index", tmp_path / "none"))


@pytest.mark.parametrize("content", [None, b"rubbish", b"gen-000099-00000000\n"])
def test_a_lost_current_is_mended_aloud(copy: Path, content: bytes | None) -> None:
    """The newest valid generation answers, and whoever asks is told."""
    name = current(copy).name
    (copy / "CURRENT").unlink()
    if content is not None:
        (copy / "CURRENT").write_bytes(content)
    for command in (["ask", "para 19 of 55/179"], ["show", "A/RES/55/179#OP19"], ["stats"]):
        done = qa(*command, "--index", copy, "--json")
        assert done.exit_code == 0
        assert json.loads(done.stdout)
        warning = f"warning: {copy / 'CURRENT'} names no generation; serving the newest valid one, {name}\n"
        assert done.stderr == warning


class TestVerifyCitation:
    def test_an_answer_holds_against_its_file_and_its_folder(self, answer: Path) -> None:
        shown = qa("verify-citation", answer, "--source", SAMPLE)
        verified, checked, unchecked = shown.stdout.splitlines()
        assert (shown.exit_code, verified) == (0, "A/RES/55/179#OP19 verified")
        assert checked.startswith("checked: adopted, citation, ")
        assert unchecked == "not checked: score, what the answer says beside its citations"
        in_json = qa("verify-citation", answer, "--source", SAMPLE.parent, "--json")
        (one,) = json.loads(in_json.stdout)
        assert (one["id"], one["why"], one["not_checked"]) == ("A/RES/55/179#OP19", None, ["score"])
        assert {"url", "organ", "source.name"} <= set(one["checked"])

    @pytest.mark.parametrize("change", [("Russian", "Russlan"), ("para. 19", "para. 18"), ("#OP19", "#OP18")])
    def test_a_tampered_answer_does_not(self, answer: Path, tmp_path: Path, change: tuple[str, str]) -> None:
        text = answer.read_text(encoding="utf-8")
        assert change[0] in text
        tampered = tmp_path / "tampered.json"
        tampered.write_text(text.replace(*change), encoding="utf-8")
        found = qa("verify-citation", tampered, "--source", SAMPLE)
        assert "NOT VERIFIED" in found.stdout
        assert "1 of 1 citation not verified" in error_of(found)

    def test_another_file_is_not_the_source(self, answer: Path) -> None:
        assert "--source" in error_of(qa("verify-citation", answer, "--source", ROOT / "README.md"))

    def test_what_is_no_answer_or_quotes_nothing_or_is_not_there(self, answer: Path, tmp_path: Path) -> None:
        empty = tmp_path / "empty.json"
        empty.write_text('{"citations": []}', encoding="utf-8")
        assert "nothing to verify" in error_of(qa("verify-citation", empty, "--source", SAMPLE))
        assert "qa ask --json" in error_of(qa("verify-citation", SAMPLE, "--source", SAMPLE))
        assert "qa ask --json" in error_of(qa("verify-citation", tmp_path / "no.json", "--source", SAMPLE))
        assert "no such file" in error_of(qa("verify-citation", answer, "--source", tmp_path / "no.txt"))

    def test_an_answer_is_read_from_a_pipe(self, answer: Path) -> None:
        command = [sys.executable, "-m", "qa.cli", "verify-citation", "-", "--source", str(SAMPLE)]
        with answer.open("rb") as given:
            done = subprocess.run(
                command, stdin=given, capture_output=True, text=True, timeout=60, cwd=ROOT, check=True
            )
        assert done.stdout.splitlines()[0] == "A/RES/55/179#OP19 verified"


class TestMoving:
    def test_an_index_goes_out_and_comes_in_the_same(self, index: Path, tmp_path: Path) -> None:
        file, there = tmp_path / "index.tar", tmp_path / "there"
        out = json.loads(qa("export", file, "--index", index, "--json").stdout)
        taken = qa("import", file, "--index", there, "--json")
        assert json.loads(taken.stdout) == out
        assert out["counts"] == {"resolutions": 1, "paragraphs": 29, "passages": 29}
        theirs = {path.name: path.read_bytes() for path in current(there).iterdir() if path.suffix in {".npy", ".blob"}}
        assert theirs == {name: (current(index) / name).read_bytes() for name in theirs}
        assert theirs
        asked = qa("ask", "para 19 of 55/179", "--index", there, "--json")
        assert json.loads(asked.stdout)["citations"][0]["id"] == "A/RES/55/179#OP19"

    def test_nothing_is_written_over_unasked(self, index: Path, tmp_path: Path) -> None:
        precious = tmp_path / "thesis.tar"
        precious.write_text("years of work", encoding="utf-8")
        assert "--force" in error_of(qa("export", precious, "--index", index))
        assert precious.read_text(encoding="utf-8") == "years of work"
        assert qa("export", precious, "--index", index, "--force").exit_code == 0
        assert "is a folder" in error_of(qa("export", tmp_path, "--index", index))
        assert "its folder is not there" in error_of(qa("export", tmp_path / "no" / "x.tar", "--index", index))

    def test_a_damaged_file_leaves_the_index_as_it_was(self, copy: Path, tmp_path: Path) -> None:
        file = tmp_path / "index.tar"
        assert qa("export", file, "--index", copy).exit_code == 0
        flip(file)
        before = (copy / "CURRENT").read_bytes()
        assert "qa export" in error_of(qa("import", file, "--index", copy))
        assert "qa export" in error_of(qa("import", SAMPLE, "--index", copy))
        assert "no such file" in error_of(qa("import", tmp_path / "none.tar", "--index", copy))
        assert (copy / "CURRENT").read_bytes() == before
        assert qa("verify", "--index", copy).exit_code == 0

    def test_an_index_is_not_copied_onto_itself(self, copy: Path) -> None:
        before = (copy / "CURRENT").read_bytes()
        for target in (copy, f"{copy.parent}/x/../{copy.name}"):
            assert "cannot be copied onto itself; name another" in error_of(qa("index", "copy", copy, target))
        assert (copy / "CURRENT").read_bytes() == before


def test_a_file_is_no_index(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "index.txt"
    file.write_text("precious", encoding="utf-8")
    build = ("build", SAMPLE, "--model", "hashing")
    for command in (build, ("ask", "what?"), ("verify",), ("add", SAMPLE, "--model", "hashing"), ("stats",)):
        told = error_of(qa(*command, "--index", file))
        assert told == f"error: {file}: it is a file, and an index is a folder; name a folder"
    assert "index.txt is a file, and an index is a folder" in error_of(qa(*build, "--index", file / "below"))
    assert "an index is a folder" in error_of(qa("index", "copy", index, file))
    assert file.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("published", [False, True])
def test_ctrl_c_in_a_build_says_what_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: bool) -> None:
    def stop(sources: object, index: Path, *_: object) -> None:
        if published:
            index.mkdir()
            (index / "CURRENT").write_text("gen-000001-0123abcd\n", encoding="ascii")
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.build.build", stop)
    done = qa("build", SAMPLE, "--index", tmp_path / "index", "--model", "hashing")
    known = "published already" if published else "nothing of it was published: the same command starts it again"
    assert done.exit_code == 130
    assert done.stderr.startswith("interrupted; ")
    assert known in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_one_is_not_told_as_many(tmp_path: Path) -> None:
    done = qa("build", SAMPLE, "--index", tmp_path / "index", "--model", "hashing")
    assert ": 1 resolution, 29 passages" in done.stdout
    first = qa("ask", "What does 55/179 say?", "--index", tmp_path / "index", "-k", "1")
    assert "the first is shown" in first.stdout


class TestStats:
    def test_the_numbers_and_the_picture(self, index: Path, tmp_path: Path) -> None:
        picture = tmp_path / "years.svg"
        found = json.loads(qa("stats", "--index", index, "--plot", picture, "--json").stdout)
        assert (found["resolutions"], found["paragraphs"], found["model"]) == (1, 29, "hashing")
        assert found["years"] == {"2000": {"General Assembly": 1}}
        assert found["kinds"] == {"operative": 23, "preambular": 6}
        titles = [one.text for one in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}title")]
        assert titles == ["2000, General Assembly: 1"]

    def test_for_people(self, index: Path) -> None:
        shown = qa("stats", "--index", index).stdout
        for words in ("1 resolution, 29 paragraphs", "General Assembly", "2000-2009", "operative", "welcomes"):
            assert words in shown

    def test_a_picture_that_cannot_be_written(self, index: Path, tmp_path: Path) -> None:
        assert "may write" in error_of(qa("stats", "--index", index, "--plot", tmp_path / "no" / "x.svg"))


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 60.0)[0], "no line came"
    return process.stdout.readline()


def test_watch_builds_what_comes_and_ends_in_peace(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    shutil.copy(SAMPLE, corpus)
    arguments = ["watch", str(corpus), "--index", str(index), "--model", "hashing", "--every", "0.1", "--json"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        try:
            assert json.loads(read_line(process))["added"] == ["A/RES/55/179"]
            text = SAMPLE.read_text(encoding="utf-8").replace("55/179", "55/180")
            (corpus / "A_RES_55_180.txt").write_text(text, encoding="utf-8")
            assert json.loads(read_line(process))["added"] == ["A/RES/55/180"]
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
            assert process.stderr is not None
            assert process.stderr.read().splitlines()[-1].startswith("ended")
        finally:
            process.kill()
    assert qa("verify", "--index", index).exit_code == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_and_the_second_one_insists(how: signal.Signals) -> None:
    before = signal.getsignal(how)
    with until_told() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), how)
        assert stop.wait(5)
        assert signal.getsignal(how) in {signal.default_int_handler, signal.SIG_DFL}
    assert signal.getsignal(how) == before


def test_watch_needs_a_folder(tmp_path: Path) -> None:
    missing = qa("watch", tmp_path / "no", "--index", tmp_path / "index", "--model", "hashing")
    assert "no such file or folder" in error_of(missing)


def test_parse_writes_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = qa("parse", SAMPLE, "--html", page)
    assert (done.exit_code, done.stdout) == (0, f"written: {page} (A/RES/55/179, 29 paragraphs)\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    with_json = qa("parse", SAMPLE, "--html", page, "--json")
    assert json.loads(with_json.stdout)["symbol"] == "A/RES/55/179"
    assert "may write" in error_of(qa("parse", SAMPLE, "--html", tmp_path / "no" / "page.html"))
    assert "text of a resolution" in error_of(qa("parse", ROOT / "README.md", "--html", page))


@pytest.mark.parametrize("command", [app, eval_app])
def test_the_version_is_told(command: typer.Typer) -> None:
    told = CliRunner().invoke(command, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"un-resolution-qa {running_version()}\n")
    shown = CliRunner().invoke(command, ["--help"]).stdout
    assert "--version" in shown
    assert "United Nations resolutions" in shown


@pytest.mark.parametrize("env", [{"COLUMNS": "80"}, {"COLUMNS": "80", "FORCE_COLOR": "1", "TERM": "xterm"}])
def test_no_name_of_a_model_is_cut(env: dict[str, str]) -> None:
    shown = CliRunner().invoke(app, ["models"], env=env).stdout
    assert [name for name in load_catalogue().models if name not in shown] == []
    assert "…" not in shown


COMMANDS = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
COMMANDS |= {f"index {name}": command for name, command in COMMANDS.pop("index").commands.items()}


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != "models"])
def test_every_command_shows_an_example_that_is_understood(command: str) -> None:
    shown = " ".join(qa(*command.split(), "--help").stdout.split())
    example = COMMANDS[command].epilog.removeprefix("Example: ")
    assert f"Example: {example}" in shown
    words = example.split()
    assert words[: 1 + len(command.split())] == ["qa", *command.split()]
    options = {option for one in COMMANDS[command].params for option in one.opts}
    assert {word for word in words if word.startswith("-")} <= options
