"""`qa`: the command line. Each command is thin: it reads its arguments, calls the library and prints."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Run the command line."""
    atexit.register(
        gc.freeze
    )  # the last search for cycles, in what the system takes back anyway, is a tenth of `qa ask`
    from qa.cli.app import app

    app(prog_name="qa")
