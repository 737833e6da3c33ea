"""Shared fixtures: where the development data lies, if it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_data() -> Path:
    """The folder of development data, or a skip that says so."""
    folder = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the development data, not found at {folder} (set SHARED_DATA to its folder)")
    return folder


@pytest.fixture(scope="session")
def data_folder() -> Path:
    return shared_data()


@pytest.fixture(scope="session")
def sample_path() -> Path:
    """The bundled sample: A/RES/55/179 as page-extracted text."""
    return ROOT / "qa" / "sample" / "A_RES_55_179.txt"
