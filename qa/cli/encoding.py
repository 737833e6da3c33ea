"""What every command that builds needs first: sources that are there, and a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.terminal import fail

if TYPE_CHECKING:
    from embeddings.encoders import Encoder


def existing(sources: list[Path]) -> list[Path]:
    """The sources, or an error that names those which are not there."""
    missing = [str(path) for path in sources if not path.exists()]
    if missing:
        fail(f"no such file or folder: {', '.join(missing)}; name the files or folders that hold the resolutions")
    return sources


def open_encoder(model: str | None, catalogue: Path | None) -> Encoder:
    """The encoder of that name, or the one of the settings, on all the cores that this process may use."""
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from embeddings.threads import cores
    from qa.settings import load_settings

    return load_encoder(load_catalogue(catalogue).get(model or load_settings().encoder), lanes=cores())
