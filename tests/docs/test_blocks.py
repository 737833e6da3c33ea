"""Every block of README and docs that is marked as runnable runs, as it stands but for the port; every link leads somewhere.

Marks stand on the line before a block: `<!-- runs -->`; `<!-- runs: package -->` where a package is needed that is not ours; `<!-- make -->`
for lines that call make, of which it is checked that the targets exist. The blocks of one page run in order in one folder.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.main import get_command

from qa.cli.app import app
from tests.conftest import ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(
    r"(?:<!-- (?P<mark>runs|make)(?:: (?P<needs>\w+))? -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """One fenced block: its page, line, language, mark and the package that it needs."""

    page: Path
    line: int
    language: str
    mark: str | None
    needs: str | None
    code: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            found["language"],
            found["mark"],
            found["needs"],
            found["code"],
        )
        for found in _BLOCK.finditer(text)
    ]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


RUNNABLE = [page for page in PAGES if any(one.mark == "runs" for one in blocks(page))]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `qa` and `qa-eval` of this checkout, as an installation would put them on the path."""
    folder = tmp_path_factory.mktemp("bin")
    for name, module in (("qa", "qa.cli"), ("qa-eval", "eval.cli")):
        path = folder / name
        path.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m {module} "$@"\n')
        path.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, programs: Path) -> Iterator[str]:
    """The address of a server over the sample with the model that ships."""
    index = tmp_path_factory.mktemp("served") / "index"
    subprocess.run(
        [programs / "qa", "build", ROOT / "qa" / "sample", "--index", index], check=True, capture_output=True
    )
    line = [programs / "qa", "serve", "--index", index, "--port", "0"]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stderr is not None
    try:
        for told in process.stderr:
            if found := re.search(r"Ask at (http://[\d.]+:\d+)", told):
                yield found[1]
                break
        else:
            pytest.fail("the server did not start")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.mark.model
@pytest.mark.parametrize("page", RUNNABLE, ids=name_of)
def test_marked_blocks_run(page: Path, tmp_path: Path, programs: Path, request: pytest.FixtureRequest) -> None:
    for name in ("qa", "eval"):
        (tmp_path / name).symlink_to(ROOT / name)
    base = request.getfixturevalue("served") if "127.0.0.1:8000" in page.read_text("utf-8") else ""
    absent = []
    for block in blocks(page):
        if block.mark != "runs":
            continue
        if block.needs and find_spec(block.needs) is None:
            absent.append(block.needs)
            continue
        run(block, tmp_path, programs, base)
    if absent and all(one.needs for one in blocks(page) if one.mark == "runs"):
        pytest.skip(f"needs {', '.join(absent)}")


def run(block: Block, folder: Path, programs: Path, base: str) -> None:
    command = {
        "sh": ["bash", "-e", "-o", "pipefail"],
        "python": [sys.executable],
        "js": [shutil.which("node") or "node", "--input-type=module"],
    }[block.language]
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    code = block.code.replace("http://127.0.0.1:8000", base)
    done = subprocess.run(
        command, input=code, capture_output=True, text=True, timeout=180, cwd=folder, env=env, check=False
    )
    assert done.returncode == 0, f"{name_of(block.page)}:{block.line}\n{done.stdout}\n{done.stderr}"
    assert done.stdout.strip() or "mkdir" in code, f"{name_of(block.page)}:{block.line} printed nothing"


def test_adapters_stay_short() -> None:
    long = [one for one in blocks(ROOT / "docs" / "assistants.md") if one.needs and one.code.count("\n") >= 50]
    assert long == []


def test_every_block_of_the_readme_is_held_to_what_it_says() -> None:
    bare = [(one.line, one.code) for one in blocks(ROOT / "README.md") if one.mark is None and one.language != "html"]
    assert bare == []


def test_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in [*PAGES, ROOT / ".github/pull_request_template.md"]:
        for target in re.findall(r"(?:`|^\s*)make ([a-z][a-z-]*)", page.read_text("utf-8"), re.MULTILINE):
            assert target in targets, f"{page.name}: make {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    made = {ROOT / "docs" / "http-reference.md"}  # by docs/site/hooks.py
    written = {"docs/benchmarks.md", "docs/profile.md"}  # by make bench and make profile
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in _LINK.findall(text):
        if not target.startswith(("http://", "https://", "#")):
            path = (page.parent / target.partition("#")[0]).resolve()
            assert path.exists() or path in made, target
    for path in re.findall(r"`((?:docs|eval|qa|api|embeddings|deploy|tests|requirements)/[\w./-]+\.\w+)`", text):
        assert path in written or (ROOT / path).exists(), path


def test_no_page_speaks_of_a_command_that_there_is_not() -> None:
    known = set(get_command(app).list_commands(None))  # type: ignore[attr-defined]
    for page in PAGES:
        for command in re.findall(r"(?:^|`|&& )qa ([a-z][a-z-]*)", page.read_text("utf-8"), re.MULTILINE):
            assert command in known, f"{page.name}: qa {command}"
