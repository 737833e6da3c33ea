"""What a service says of itself, for the conditions of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from qa.service import QAService
    from qa.settings import Settings


def facts_of(service: QAService) -> dict[str, str]:
    """Generation, corpus digest, and the names and digests of the weights."""
    return {"generation": service.generation}


def settings_of(settings: Settings) -> dict[str, object]:
    """Settings as plain values."""
    plain: dict[str, object] = msgspec.to_builtins(settings)
    return plain
