"""`qa-eval`: what the service is worth, measured through the door that its users go through."""

from __future__ import annotations

from eval.cli.app import app


def main() -> None:
    """Run the command line."""
    app(prog_name="qa-eval")
