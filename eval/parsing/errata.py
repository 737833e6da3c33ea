"""Known errors of the reference, from `errata.toml`: each is named, quoted, and left out of the comparison."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec


class Erratum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One known error: what to leave out, and the official text's words that show it."""

    symbol: str
    ignore: str
    quote: str
    why: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    erratum: list[Erratum]


@cache
def errata() -> dict[str, Erratum]:
    """By symbol."""
    raw = (Path(__file__).parent / "errata.toml").read_bytes()
    return {e.symbol: e for e in msgspec.toml.decode(raw, type=_File).erratum}


def ignored(symbol: str) -> str | None:
    """What the comparison leaves out of this resolution."""
    found = errata().get(symbol)
    return found.ignore if found else None
