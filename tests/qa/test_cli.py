"""The command line as a newcomer meets it: what works, and what is typed wrong."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "qa" / "sample" / "A_RES_55_179.txt"


def qa(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "index"
    done = qa("build", SAMPLE, "--index", folder, "--model", "hashing")
    assert done.returncode == 0, done.stderr
    return folder


def test_parse_prints_the_structure() -> None:
    shown = json.loads(qa("parse", SAMPLE, "--json").stdout)
    assert (shown["symbol"], shown["organ"], shown["session"]) == ("A/RES/55/179", "General Assembly", "55")
    assert (shown["adopted"], shown["meeting"]) == ("2000-12-19", "86th plenary meeting")
    kinds = [one["kind"] for one in shown["paragraphs"]]
    assert (kinds.count("preambular"), kinds.count("operative")) == (6, 23)
    assert {note["marker"]: note["text"] is not None for note in shown["footnotes"]} == {
        "1": True,
        "2": True,
        "3": False,
        "4": True,
    }
    text = SAMPLE.read_text(encoding="utf-8")
    for one in shown["paragraphs"]:
        assert " ".join("".join(text[a:b] for a, b in one["spans"]).split()) == one["text"]


def test_ask_gives_one_json_document_and_an_exit_code(index: Path) -> None:
    done = qa("ask", "para 19 of 55/179", "--index", index, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["status"] == "answered"
    assert answer["citations"][0]["citation"] == "General Assembly resolution 55/179, para. 19"
    assert [one["text"] for one in answer["understood"]["readings"]] == ["para 19 of 55/179"]
    bare = qa("ask", "para 19 of 55/179", "--index", index, "--json", "--ignore", "para 19", "--ignore", "55/179")
    assert json.loads(bare.stdout)["understood"]["readings"] == []
    silent = qa("ask", "how did France vote on 55/179?", "--index", index, "--json")
    assert silent.returncode == 3
    assert json.loads(silent.stdout)["status"] == "abstained"


def test_show_prints_a_paragraph_between_its_neighbours(index: Path) -> None:
    shown = qa("show", "A/RES/55/179#OP19", "--index", index)
    assert shown.returncode == 0
    assert "OP18" in shown.stdout
    assert "OP20" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("build", "no/such/folder", "--index", "{tmp}/i"), "no such file or folder"),
        (("build", "{tmp}", "--index", "{tmp}/i"), "no resolution"),
        (("build", "{sample}", "--index", "{tmp}/i", "--model", "no-such-model"), "no-such-model"),
        (("ask", "what?", "--index", "{tmp}/none"), "qa build"),
        (("ask", "", "--index", "{index}"), "empty"),
        (("ask", "what?", "--index", "{index}", "--organ", "Parliament"), "General Assembly"),
        (("ask", "what?", "--index", "{index}", "--ignore", "1993"), "write words as they stand there"),
        (("show", "A/RES/55/180", "--index", "{index}"), "does not hold"),
        (("show", "nonsense", "--index", "{index}"), "A/RES/55/179"),
        (("show", "A/RES/55/179#OP99", "--index", "{index}"), "OP23"),
        (("parse", "{tmp}/nothing.txt"), "nothing.txt"),
        (("parse", "{readme}"), "README.md"),
        (("remove", "A/RES/55/180", "--index", "{index}", "--model", "hashing"), "does not hold"),
        (("serve", "--index", "{tmp}/none"), "qa build"),
        (("serve", "--index", "{index}", "--port", "99999999"), "port"),
    ],
)
def test_what_is_wrong_ends_in_one_line_that_names_the_mend(
    arguments: tuple[str, ...], hint: str, index: Path, tmp_path: Path
) -> None:
    places = {"tmp": str(tmp_path), "index": str(index), "sample": str(SAMPLE), "readme": str(ROOT / "README.md")}
    done = qa(*(one.format(**places) for one in arguments))
    assert done.returncode in {1, 2}
    assert hint in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("error")]) <= 1


@pytest.mark.parametrize("command", ["", "parse", "build", "ask", "show", "serve", "models", "add", "update", "remove"])
def test_every_command_has_help(command: str) -> None:
    done = qa(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_what_a_build_refuses_can_be_looked_at_as_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "bad texts"
    folder.mkdir()
    (folder / "es.txt").write_text("La Asamblea General,\n\n1. Decide seguir ocupándose de la cuestión.\n")
    (folder / "cut.txt").write_text("".join(SAMPLE.read_text(encoding="utf-8").partition("1. Welcomes")[0]))
    done = qa("build", folder, "--index", tmp_path / "index", "--model", "hashing")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    refused = next(line for line in lines if line.startswith("refused"))
    assert refused.startswith(f"refused {folder / 'es.txt'}: the text is in Spanish")
    noted = next(line for line in lines if line.startswith("note"))
    assert noted.startswith("note A/RES/55/179 has no operative paragraphs")
    for line in (refused, noted):
        name, command, *arguments = shlex.split(line.partition("look at it with: ")[2])
        looked_at = qa(command, *arguments)
        assert name == "qa"
        assert "the text is in Spanish" in looked_at.stderr or "absent operative paragraphs" in looked_at.stdout
