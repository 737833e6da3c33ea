"""`qa`: the command line. Each command is thin: it reads its arguments, calls the library and prints."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Run the command line."""
    # At its end Python would look for cycles in what the system takes back anyway: a tenth of the time of `qa ask`.
    atexit.register(gc.freeze)
    from qa.cli.app import app

    app(prog_name="qa")
