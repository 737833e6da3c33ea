"""What is installed: a wheel of four packages and their data, a serving set-up that needs nothing more, quick help."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.help_times import commands

PACKAGES = ("api", "embeddings", "eval", "qa")
SOURCES_ONLY = ("api/widget/",)  # the widget's sources: what is served is api/assets/widget-*.js, built from them


def tracked() -> list[str]:
    """The files that git holds."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout: the list of files comes from git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the files that git holds and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in tracked():
        if (ROOT / name).exists() and name.startswith(
            (*(f"{one}/" for one in PACKAGES), "pyproject", "README", "LICENSE")
        ):
            target = folder / "source" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        folder / "source",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_exactly_the_four_packages_and_their_data(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    held = {name for name in names if ".dist-info/" not in name}
    wanted = {
        name for name in tracked() if name.startswith(tuple(f"{one}/" for one in PACKAGES)) and (ROOT / name).exists()
    }
    assert held == {name for name in wanted if not name.startswith(SOURCES_ONLY)}
    assert {"qa/sample/A_RES_55_179.txt", "embeddings/models.toml", "eval/questions/sample.jsonl"} <= held


def test_the_version_stands_in_one_place(wheel: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert wheel.name == f"un_resolution_qa-{version}-py3-none-any.whl"
    metadata = zipfile.ZipFile(wheel).read(f"un_resolution_qa-{version}.dist-info/METADATA").decode()
    assert f"\nVersion: {version}\n" in metadata
    assert "Classifier: Private :: Do Not Upload" in metadata
    assert f"\n## {version} " in (ROOT / "CHANGELOG.md").read_text("utf-8")
    elsewhere = [
        name
        for name in tracked()
        if name.endswith((".py", ".toml", ".js"))
        and re.search(rf'version\w*\s*=\s*"{re.escape(version)}"', (ROOT / name).read_text("utf-8"))
    ]
    assert elsewhere == ["pyproject.toml"]


SERVING_ONLY = """
import re, sys
from importlib.metadata import packages_distributions

locked = {re.sub("[-_.]+", "-", line.partition("==")[0]).lower() for line in open(sys.argv[1]) if "==" in line}
ours = {"un-resolution-qa"}
absent = {
    module for module, owners in packages_distributions().items()
    if not {re.sub("[-_.]+", "-", one).lower() for one in owners} & (locked | ours)
}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r} in the serving set-up", name=name)

sys.meta_path.insert(0, Absent())
assert {"torch", "pytest", "mcp"} & absent, "nothing is kept away: is this the test set-up?"
"""


def serving_only(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run code as in an environment that holds the serving lock's packages and no others."""
    line = [sys.executable, "-c", SERVING_ONLY + code, ROOT / "requirements" / "serving.lock", *arguments]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)


def test_the_serving_set_up_can_do_all_that_it_says_and_imports_no_torch(tmp_path: Path) -> None:
    code = """
from pathlib import Path
import api.app, api.server, eval.cli.app, eval.running, eval.report, eval.tuning, qa.cli.app, qa.fetching.fetching
from qa.build import build
from qa.service import QAService
from qa.wire import AskRequest
from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder

if __name__ == "__main__":
    catalogue = load_catalogue()
    build([Path("qa/sample")], Path(sys.argv[2]), load_encoder(catalogue.get(catalogue.default)))
    with QAService.open(Path(sys.argv[2])) as service:
        print(service.ask(AskRequest("para 19 of 55/179")).citations[0].id)
    print([name for name in sys.modules if name.partition(".")[0] in {"torch", "sentence_transformers", "transformers"}])
"""
    done = serving_only(code, tmp_path / "index")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["A/RES/55/179#OP19", "[]"]


@pytest.mark.parametrize("module", ["api.assistant", "qa.cli"])
def test_what_needs_more_says_what_to_install(module: str, tmp_path: Path) -> None:
    line = {"api.assistant": "['--index', 'x']", "qa.cli": "['models', 'export', 'all-MiniLM-L6-v2', '--out', 'x']"}[
        module
    ]
    done = serving_only(f"import runpy; sys.argv = ['x', *{line}]; runpy.run_module({module!r}, run_name='__main__')")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "install" in done.stderr or "make models" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", commands(), ids=lambda one: " ".join(one[1:]))
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import runpy, sys\nsys.argv = ['x', *{arguments[2:]!r}, '--help']\n"
        f"try:\n    runpy.run_module({arguments[1]!r}, run_name='__main__')\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'numpy', 'scipy', 'faiss', 'onnxruntime', 'tokenizers', 'litestar', 'lxml', 'msgspec', 'pypdfium2', 'mcp', 'urllib3'}\n"
        "sys.stderr.write(','.join(sorted(heavy & set(sys.modules))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage" in done.stdout


def test_nobody_is_told_to_install_what_is_not_published() -> None:
    """The package is in no registry: what works starts from a clone."""
    told = re.compile(r"pip install[^\n]*\bun-resolution-qa\b")
    texts = [name for name in tracked() if name.endswith((".py", ".md")) and not name.startswith("tests/")]
    assert [name for name in texts if told.search((ROOT / name).read_text(encoding="utf-8"))] == []
