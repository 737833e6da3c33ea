"""Opening the service that the settings name; its heavy imports happen here and no earlier."""

from __future__ import annotations

import importlib
from pathlib import Path

from api.ports import Service
from api.settings import Settings


def open_service(settings: Settings) -> Service:
    """The service over the index folder of the settings."""
    opened: Service = importlib.import_module("qa.service").QAService.open(Path(settings.index.folder))
    return opened
