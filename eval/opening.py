"""Opens the service that is measured, with its shipped settings or with some of them replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from eval.errors import OpenError

if TYPE_CHECKING:
    from qa.service import QAService
    from qa.settings import Settings
    from qa.store.place import Place


def settings_with(path: Path | None, overrides: Mapping[str, Any]) -> Settings:
    """The settings of a file (or those that ship), with some replaced: nested tables are merged, values replaced.

    Raises:
        OpenError: the file cannot be read, or an override is no setting or out of bounds.
    """
    from qa.settings import Settings, SettingsError, load_settings

    try:
        shipped = load_settings(path)
    except SettingsError as error:
        raise OpenError(str(error)) from error
    merged = _merge(msgspec.to_builtins(shipped), overrides)
    try:
        return msgspec.convert(merged, Settings)
    except msgspec.ValidationError as error:
        raise OpenError(f"an override is no setting: {error}; the names are those of qa/settings.toml") from error


def open_service(index: Place, settings: Settings, settings_from: Path | str | None = None) -> QAService:
    """The service over an index, as `qa serve` opens it: warmed, so that no question pays for the loading.

    Raises:
        OpenError: the folder holds no index that can be asked, or the settings that stand in `settings_from` name another encoder.
    """
    from embeddings.errors import EmbeddingsError
    from qa.errors import QAError
    from qa.service import QAService
    from qa.settings import SettingsError

    try:
        service = QAService.open(index, settings, settings_from=settings_from)
        service.warm()
    except (QAError, EmbeddingsError, SettingsError, OSError) as error:
        raise OpenError(str(error)) from error
    return service


def _merge(below: object, above: object) -> object:
    """`above` laid over `below`, table by table."""
    if isinstance(below, dict) and isinstance(above, Mapping):
        return {**below, **{key: _merge(below.get(key), value) for key, value in above.items()}}
    return above
