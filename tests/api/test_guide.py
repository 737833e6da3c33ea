"""The guide's examples, run as they stand (but for the port) against a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.serving import ROOT, Served, serving

GUIDE = ROOT / "docs" / "http.md"


def blocks(language: str, served: Served) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    return [block.replace("http://127.0.0.1:8000", served.base) for block in found]


def run(*command: str, given: str | None = None) -> str:
    ended = subprocess.run(command, input=given, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_curl(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    with serving(tmp_path) as served:
        for block in blocks("sh", served):
            told = run("sh", "-e", given=block)
            assert told.count('"status":"answered"') == 2
            assert "event: done" in told
            assert '"label":"OP19"' in told


def test_python(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        for block in blocks("python", served):
            assert "General Assembly resolution 55/179, para. 1 - Welcomes" in run(sys.executable, "-c", block)


def test_javascript(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    with serving(tmp_path) as served:
        for block in blocks("js", served):
            assert "General Assembly resolution 55/179, para. 1 - Welcomes" in run(
                node, "--input-type=module", given=block
            )
