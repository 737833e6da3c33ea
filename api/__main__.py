"""`python -m api`, which `qa serve` becomes: read the settings, open the index, serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from api.errors import SetupError
from api.settings import Settings, load_settings, show_settings
from embeddings.errors import EmbeddingsError
from qa.errors import QAError
from qa.settings import SettingsError

_PORTS = range(65536)
_WORKERS = range(1, 65)


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; 0 after a clean end, 1 with one line on standard error where it cannot start."""
    given = _parser().parse_args(arguments)
    try:
        settings = _settled(given)
        if given.show_config:
            sys.stdout.write(show_settings(settings))
            return 0
        from api.server import run  # heavy, and not needed to show settings or to refuse them

        run(settings, _announce)
    except (SetupError, QAError, EmbeddingsError, SettingsError) as error:
        sys.stderr.write(f"error: {' '.join(str(error).split())}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "qa serve", description="Serve an index over HTTP: the API and the page to ask at."
    )
    parser.add_argument(
        "--index", "-i", help="index folder, as `qa build` made it, or the URL of a database: postgresql://..."
    )
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, help="processes that share the index (default: 1)")
    parser.add_argument("--config", type=Path, help="settings file (TOML); docs/settings.md lists what may stand there")
    parser.add_argument("--show-config", action="store_true", help="print the settings in force and end")
    return parser


def _settled(given: argparse.Namespace) -> Settings:
    """The settings of file and environment, with the command line's over them.

    Raises:
        SetupError: one cannot be used.
    """
    settings = load_settings(given.config)
    server = settings.server
    if given.host is not None:
        server = msgspec.structs.replace(server, host=given.host)
    if given.port is not None:
        if given.port not in _PORTS:
            raise SetupError(f"--port {given.port}: a port is between 0 and 65535")
        server = msgspec.structs.replace(server, port=given.port)
    if given.workers is not None:
        if given.workers not in _WORKERS:
            raise SetupError(f"--workers {given.workers}: give a number between 1 and 64")
        server = msgspec.structs.replace(server, workers=given.workers)
    index = settings.index
    if given.index is not None:
        index = msgspec.structs.replace(index, folder=given.index)
    return msgspec.structs.replace(settings, server=server, index=index)


def _announce(address: str) -> None:
    sys.stderr.write(f"Ask at {address} (Ctrl-C ends it)\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
