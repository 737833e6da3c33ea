"""How long work tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done, and of how many."""


def quiet(stage: str, done: int, total: int) -> None:
    """A progress that shows nothing."""
