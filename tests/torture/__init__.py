"""What the durability tests run in other processes, and how much of it: `TORTURE=full` for the long form."""

from __future__ import annotations

import os


def amount(short: int, full: int) -> int:
    """How many trials: the short form in every run, the full form before a release."""
    return full if os.environ.get("TORTURE") == "full" else short
