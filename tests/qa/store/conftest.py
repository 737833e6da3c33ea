"""Where the store's tests write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def fast(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory for the short form, since a kill spares the system's memory anyway; else on the disk."""
    memory = Path("/dev/shm")
    if os.environ.get("TORTURE") == "full" or not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="torture-") as folder:
        yield Path(folder)
