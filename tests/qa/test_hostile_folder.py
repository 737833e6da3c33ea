"""The folder one stands in holds texts, not programs: Python files in it are never run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli import touring
from qa.program import program
from tests.conftest import ROOT

SAMPLE = ROOT / "qa" / "sample" / "A_RES_55_179.txt"
NAMES = ("api", "qa", "eval", "msgspec", "json", "random", "struct", "select", "uvicorn", "typer", "sitecustomize")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text, and with files called as modules that leave a mark when they are run."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(SAMPLE, folder)
    for name in NAMES:
        (folder / f"{name}.py").write_text(
            f"open({str(folder / 'RUN')!r}, 'a').write({name!r})\nraise SystemExit(9)\n", encoding="utf-8"
        )
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("parse", SAMPLE.name), 0, "A/RES/55/179"),
        (("build", SAMPLE.name, "--index", "index", "--model", "hashing"), 0, "published generation"),
        (("serve", "--index", "index", "--show-config"), 0, "[server]"),
        (("serve", "--index", "none"), 1, "qa build"),
        (("serve", "--index", "none", "--workers", "2"), 1, "qa build"),
        (("mcp", "--index", "none"), 1, "error"),
    ],
)
def test_a_command_runs_no_file_of_the_folder_it_is_given_in(
    hostile: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """As the script `qa` runs, whose own folder is searched, not the current one."""
    command = [sys.executable, "-P", "-m", "qa.cli", *arguments]
    done = subprocess.run(command, cwd=hostile, capture_output=True, text=True, timeout=120, check=False)
    assert not (hostile / "RUN").exists(), (hostile / "RUN").read_text(encoding="utf-8")
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


def test_the_tour_runs_no_file_of_the_folder_it_walks_in(hostile: Path) -> None:
    done = touring._run(f"qa parse {SAMPLE.name}", hostile)
    assert (done.returncode, (hostile / "RUN").exists()) == (0, False), done.stderr
    assert "A/RES/55/179" in done.stdout


def test_what_a_program_starts_is_as_careful(hostile: Path) -> None:
    """Workers of a server are started by Python itself, which hands the flag on."""
    code = "import subprocess; print(subprocess._args_from_interpreter_flags())"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=hostile, check=True)
    assert "-P" in done.stdout


def test_no_other_program_of_ours_is_started_otherwise() -> None:
    """One place knows how: `qa.program`."""
    assert program("api", "--index", "x")[1:] == ["-P", "-m", "api", "--index", "x"]
    spelled = [
        str(path.relative_to(ROOT))
        for package in ("qa", "api", "eval", "embeddings")
        for path in sorted((ROOT / package).rglob("*.py"))
        if "sys.executable" in path.read_text(encoding="utf-8")
    ]
    assert spelled == [str(Path("qa", "program.py"))]
