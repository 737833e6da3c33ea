"""`python -m tests.help_times`: how long the help of every command takes, the process's start included; fails above 0.3 s."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from typer.main import get_command

from eval.cli.app import app as eval_app
from qa.cli.app import app as qa_app

_BOUND = 0.3
_TIMES = 5


def commands() -> list[list[str]]:
    """Every command and sub-command, as the arguments of `python`."""
    found = []
    for module, app in (("qa.cli", qa_app), ("eval.cli", eval_app)):
        top = get_command(app)
        found.append(["-m", module])
        for name, command in top.commands.items():  # type: ignore[attr-defined]
            found.append(["-m", module, name])
            found += [["-m", module, name, below] for below in getattr(command, "commands", {})]
    return found


def seconds(arguments: list[str]) -> float:
    """Median of a few runs."""
    taken = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments, "--help"], capture_output=True, check=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> int:
    """Print one line a command; 1 where one takes longer than the bound."""
    times = {" ".join(one[1:]): seconds(one) for one in commands()}
    for name, took in times.items():
        print(f"{took:.3f} s  {name} --help")
    print(f"longest {max(times.values()):.3f} s of {len(times)} commands (bound {_BOUND} s, median of {_TIMES})")
    return int(max(times.values()) > _BOUND)


if __name__ == "__main__":
    raise SystemExit(main())
