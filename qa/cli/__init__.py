"""`qa`: the command line. Each command is thin: it reads its arguments, calls the library and prints."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from qa.cli.app import app

    app(prog_name="qa")
