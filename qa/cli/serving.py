"""`qa serve`, `qa mcp`: start a service.

Each is its own program (`python -m api`, `python -m api.assistant`), which takes the place of this process: `qa` stays
below `api`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qa.program import program


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
    _become("api", given, [*(["--show-config"] if show_config else []), *context.args])


def mcp(
    context: typer.Context,
    index: Annotated[
        str | None, typer.Option("--index", "-i", help="Index folder, or the URL of a database: postgresql://...")
    ] = None,
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP on 127.0.0.1 instead of standard input.")
    ] = False,
    port: Annotated[int | None, typer.Option("--port", help="Port for --http; default: 8001.")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Settings of the service (TOML).")] = None,
) -> None:
    """Serve an index to assistants that speak the Model Context Protocol: search, ask, read, with citations."""
    given = {"--index": index, "--port": port, "--config": config}
    _become("api.assistant", given, [*(["--http"] if http else []), *context.args])


def _become(module: str, given: Mapping[str, object], more: list[str]) -> NoReturn:
    """Go on as another program, with the options that were given."""
    arguments = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    sys.stdout.flush()
    line = program(module, *arguments, *more)
    os.execv(line[0], line)  # noqa: S606
