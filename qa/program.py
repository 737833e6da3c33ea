"""How another program of this project is started: from where it is installed, never from the folder one stands in."""

from __future__ import annotations

import sys


def program(module: str, *arguments: str) -> list[str]:
    """The command line that runs `module` of this installation.

    `-P`: a file of the current folder that is called as one of our modules, or of Python's, is not run in its place.
    """
    return [sys.executable, "-P", "-m", module, *arguments]
