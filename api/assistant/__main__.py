"""`python -m api.assistant`, which `qa mcp` becomes: open the index and serve the tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from api.errors import SetupError
from api.settings import load_settings
from embeddings.errors import EmbeddingsError
from qa.errors import QAError
from qa.settings import SettingsError


def main(arguments: list[str] | None = None) -> int:
    """Serve until the client leaves; 1 with one line on standard error where it cannot start."""
    given = _parser().parse_args(arguments)
    try:
        _need_sdk()
        settings = load_settings(given.config)
        if given.index is not None:
            settings = msgspec.structs.replace(
                settings, index=msgspec.structs.replace(settings.index, folder=given.index)
            )
        from api.assistant.tools import build_server
        from api.opening import open_service

        service = open_service(settings)
        try:
            server = build_server(service)
            if given.http:
                sys.stderr.write(f"MCP at http://127.0.0.1:{given.port}/mcp (Ctrl-C ends it)\n")
                server.run("streamable-http", host="127.0.0.1", port=given.port, stateless_http=True)
            else:
                server.run("stdio")
        finally:
            service.close()
    except (SetupError, QAError, EmbeddingsError, SettingsError) as error:
        sys.stderr.write(f"error: {' '.join(str(error).split())}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _need_sdk() -> None:
    try:
        import mcp  # noqa: F401
    except ModuleNotFoundError as error:
        raise SetupError(f"{error.name} is missing; in the clone of this project: pip install -e '.[mcp]'") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("qa mcp", description="Serve an index to assistants (Model Context Protocol).")
    parser.add_argument("--index", "-i", help="index folder, as `qa build` made it")
    parser.add_argument("--config", type=Path, help="settings file (TOML), as for `qa serve`; its table [index] counts")
    parser.add_argument("--http", action="store_true", help="streamable HTTP on 127.0.0.1 instead of standard input")
    parser.add_argument("--port", type=int, default=8001, help="port for --http (default: 8001)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
