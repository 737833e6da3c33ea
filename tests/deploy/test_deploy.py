"""What an operator starts from: container file, compose file, unit, dashboard. No engine runs here; each is held to what can be."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.meters import Meters
from tests.api.serving import serving
from tests.conftest import ROOT
from tests.deploy.containerfile import CONTAINERFILE, read
from tests.deploy.steps import run_steps

DEPLOY = ROOT / "deploy"


def tool(name: str, needs: str) -> str:
    """Where a program lies, beside the interpreter or on the path; a skip that says what it needs."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}: {needs}")
    return found


def told(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def tree() -> Iterator[Path]:
    """A folder that the image's user can enter; pytest's own are closed to others."""
    root = Path(tempfile.mkdtemp(prefix="qa-image-"))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root)


def test_hadolint_finds_nothing() -> None:
    assert told(tool("hadolint", "make docs installs it"), CONTAINERFILE) == ""


def test_the_image_is_small_pinned_and_without_rights() -> None:
    steps = read()
    last = max(one.stage for one in steps)
    assert last == 1
    for base in (one.rest for one in steps if one.name == "FROM"):
        assert re.search(r":\d+\.\d+-slim-\w+( AS \w+)?$", base)
    final = [one for one in steps if one.stage == last]
    assert not [one for one in final if one.name == "RUN" and ("apt" in one.rest or "pip" in one.rest)]
    assert [int(one.rest.partition(":")[0]) for one in final if one.name == "USER"] == [10001]
    assert [one.name for one in final if one.name in {"HEALTHCHECK", "ENTRYPOINT", "CMD"}] == [
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    ]
    assert "--require-hashes" in CONTAINERFILE.read_text("utf-8")
    assert not re.search(
        r"^(torch|sentence-transformers|nvidia)", (ROOT / "requirements/serving.lock").read_text("utf-8"), re.MULTILINE
    )


def test_what_is_copied_is_let_in() -> None:
    let_in = {
        line[1:]
        for line in (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    for one in read():
        if one.name == "COPY" and "--from" not in one.rest:
            for source in one.words()[:-1]:
                assert (ROOT / source).exists(), source
                assert source.rstrip("/") in let_in, source


def test_the_steps_lead_to_a_healthy_server(tree: Path) -> None:
    """All but the download of packages, for which this environment's stand in; `python -m tests.deploy.steps` does that too."""
    assert run_steps(tree, lambda _: None, with_packages=False) == []


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.single.yaml").read_text("utf-8"))


def test_the_compose_file_is_one() -> None:
    told(
        tool("check-jsonschema", "make docs installs it"),
        "--builtin-schema",
        "compose-spec",
        DEPLOY / "compose.single.yaml",
    )


def test_every_container_is_shut_in() -> None:
    found = compose()
    assert set(found["services"]) == {"index", "serve"}
    for service in found["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        for volume in service["volumes"]:
            name, _, rest = volume.partition(":")
            assert name in found["volumes"] or rest.endswith(":ro")
    assert found["services"]["index"]["network_mode"] == "none"
    assert found["services"]["serve"]["depends_on"]["index"]["condition"] == "service_completed_successfully"


def test_the_unit_is_sound_and_shut_in(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze", "it comes with systemd")
    text = (DEPLOY / "un-resolution-qa.service").read_text("utf-8")
    for path in re.findall(r"/opt/un-resolution-qa/((?:deploy|docs)/\S+)", text):
        assert (ROOT / path).exists(), path
    unit = tmp_path / "un-resolution-qa.service"
    unit.write_text(re.sub(r"/opt/un-resolution-qa/.venv/bin/\w+", sys.executable, text), encoding="utf-8")
    assert told(analyze, "verify", unit) == ""
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", told(analyze, "security", "--offline=true", unit))
    assert exposure is not None
    assert float(exposure[1]) <= 2.0


def test_waiting_ends_when_it_is_ready_or_the_time_is_over(tmp_path: Path) -> None:
    wait = [sys.executable, str(DEPLOY / "wait_ready.py")]
    with serving(tmp_path) as served:
        assert subprocess.run([*wait, f"{served.base}/health/ready", "20"], timeout=30, check=False).returncode == 0
    late = subprocess.run([*wait, f"{served.base}/health/ready", "0.3"], capture_output=True, timeout=30, check=False)
    assert late.returncode == 1
    assert b"did not become ready" in late.stderr


def families() -> set[str]:
    """The names of all metrics, as Prometheus would store them."""
    meters = Meters()
    meters.observe("POST", "/v1/ask", 200, 0.01)
    meters.stages({"encode": 1.0})
    meters.answers.labels("answered").inc()
    meters.refused.labels("queue").inc()
    return {re.split(r"[{ ]", line)[0] for line in meters.text().decode().splitlines() if not line.startswith("#")}


def test_the_dashboard_asks_for_metrics_that_there_are() -> None:
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    asked = {
        name
        for panel in board["panels"]
        for one in panel["targets"]
        for name in re.findall(r"\b(?:qa|process)_\w+", one["expr"])
    }
    assert {"qa_requests_total", "qa_request_seconds_bucket", "qa_answers_total"} <= asked
    assert asked <= families()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_manual_names_every_metric() -> None:
    named = set(re.findall(r"^\| `(qa_\w+)` \|", (ROOT / "docs/operating.md").read_text("utf-8"), re.MULTILINE))
    bare = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in families() if name.startswith("qa_")}
    assert named == {name for name in bare if f"{name}_total" not in bare}
