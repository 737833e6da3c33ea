"""Runs a module of this package in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT


def torture(module: str, *arguments: object, before: tuple[str, ...] = (), timeout: int = 3000) -> dict[str, Any]:
    """What `python -m tests.torture.MODULE ARGUMENTS` counted: the last line that it printed."""
    command = [*before, sys.executable, "-m", f"tests.torture.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    counts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return counts
