"""The tour runs through, and what it shows is what the commands say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli.touring import STEPS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.model
def test_the_tour_walks_from_a_file_to_a_gate(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "qa.cli", "tour", "--no-wait", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    for number, step in enumerate(STEPS, start=1):
        assert f"{number}/{len(STEPS)}  {step.title}" in done.stdout
        assert f"$ {step.command}" in done.stdout
    assert "General Assembly resolution 55/179, para. 19" in done.stdout
    assert "A/RES/55/179#OP19 verified" in done.stdout
    assert "States voted" in " ".join(done.stdout.split())
    assert json.loads((tmp_path / "answer.json").read_text())["status"] == "answered"
    assert (tmp_path / "run" / "report.html").is_file()


def test_a_step_that_fails_ends_the_tour_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder")
    command = [sys.executable, "-m", "qa.cli", "tour", "--no-wait", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: qa build")
    assert "Traceback" not in done.stdout
    assert len(done.stderr.splitlines()) == 1
