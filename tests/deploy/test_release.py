"""The dry run of a release refuses what must not go out; the templates and hooks are what their programs read."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.conftest import ROOT
from tests.deploy.test_deploy import told, tool


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script over a small repository of its own."""
    spec = importlib.util.spec_from_file_location("release", ROOT / "deploy" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 (2026-12-01)\n\n- Begun.\n")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "Begin"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return module


def test_what_is_in_order_passes(release: ModuleType) -> None:
    release.check_state("0.1.0", allow_dirty=False)


@pytest.mark.parametrize(
    ("spoil", "version", "hint"),
    [
        (lambda root: (root / "new.py").write_text("x"), "0.1.0", "not committed"),
        (lambda root: None, "0.2.0", "no heading for 0.2.0"),
        (lambda root: subprocess.run(["git", "tag", "v0.1.0"], cwd=root, check=True), "0.1.0", "has been released"),
    ],
)
def test_what_is_not_is_refused(
    release: ModuleType, tmp_path: Path, spoil: Callable[[Path], object], version: str, hint: str
) -> None:
    spoil(tmp_path)
    with pytest.raises(release.ReleaseError, match=hint):
        release.check_state(version, allow_dirty=False)


@pytest.mark.parametrize(
    "licence", ["MIT License", "Apache-2.0", "BSD-3-Clause", "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0"]
)
def test_licences_that_ask_for_nothing_pass(release: ModuleType, licence: str) -> None:
    assert release.LICENCES.search(licence)


@pytest.mark.parametrize(
    "licence", ["GNU Affero General Public License v3", "GPL-3.0-only", "UNKNOWN", "Other/Proprietary License"]
)
def test_others_are_read_first(release: ModuleType, licence: str) -> None:
    assert not release.LICENCES.search(licence)


def test_the_templates_are_forms() -> None:
    check = tool("check-jsonschema", "make docs installs it")
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    assert len(forms) == 4
    for form in forms:
        kind = "config" if form.name == "config.yml" else "forms"
        told(check, "--builtin-schema", f"vendor.github-issue-{kind}", form)


def test_the_hooks_are_steps_of_the_lint() -> None:
    hooks = [
        hook
        for one in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
        for hook in one["hooks"]
    ]
    lint = (ROOT / "Makefile").read_text("utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    for hook in hooks:
        program, *rest = hook["entry"].split()
        verb = f" {rest[0]}" if rest and not rest[0].startswith("-") else ""
        assert f"$(BIN)/{Path(program).name}{verb}" in lint
        assert hook["language"] == "system"
    if shutil.which("pre-commit", path=str(Path(sys.executable).parent)):
        told(tool("pre-commit", ""), "validate-config", ROOT / ".pre-commit-config.yaml")


def test_every_lock_pins_with_hashes_and_names_no_host() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        text = lock.read_text("utf-8")
        assert "http" not in re.sub(r"^[\w.-]+==.*$", "", text, flags=re.MULTILINE), lock.name
        for pinned in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[\w.-]+==\S+", pinned), (lock.name, pinned[:60])
            assert "--hash=sha256:" in pinned, (lock.name, pinned[:60])
