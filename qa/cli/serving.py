"""`qa serve`: start the HTTP service.

The service is its own program (`python -m api`), which takes the place of this process: `qa` stays below `api`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def serve(
    context: typer.Context,
    index: Annotated[
        str | None, typer.Option("--index", "-i", help="Index folder, or the URL of a database: postgresql://...")
    ] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on; default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on; default: 8000.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that share the index; default: 1.", min=1, max=64)
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Settings of the service (TOML).")] = None,
    show_config: Annotated[bool, typer.Option("--show-config", help="Print the settings in force and end.")] = False,
) -> None:
    """Serve an index over HTTP: the API, the page to ask at, and the chat widget."""
    given = {"--index": index, "--host": host, "--port": port, "--workers": workers, "--config": config}
    arguments = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    arguments += ["--show-config"] if show_config else []
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "api", *arguments, *context.args])  # noqa: S606
