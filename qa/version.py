"""The version, which stands in one place: the distribution's metadata, made from pyproject.toml."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

NAME = "un-resolution-qa"


def running_version() -> str:
    """The installed distribution's version; "0" from a bare checkout."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "0"
