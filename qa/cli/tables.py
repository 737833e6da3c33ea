"""Tables in the terminal: no name in them is ever cut."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_ENDLESS = 10_000  # columns: what goes into a file or another program is laid out for no screen


def wide_console() -> Console:
    """A console as wide as the terminal; as wide as need be where there is none."""
    from rich.console import Console

    console = Console(highlight=False, file=sys.stdout)
    return console if console.is_terminal else Console(highlight=False, file=sys.stdout, width=_ENDLESS)


def fits(console: Console, table: Table) -> bool:
    """Whether the terminal is wide enough for every cell on one line."""
    return table.__rich_measure__(console, console.options.update(max_width=_ENDLESS)).maximum <= console.width


def print_table(console: Console, table: Table) -> None:
    """A table. Where the terminal is too narrow, columns that wrap do so; where that is not enough, all go on in the next line."""
    least = table.__rich_measure__(console, console.options.update(max_width=_ENDLESS)).minimum
    for column in table.columns if least > console.width else ():
        column.no_wrap, column.overflow = False, "fold"
    console.print(table)
