"""What a change of an index did, in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.build import BuildReport


def print_report(report: BuildReport) -> None:
    """The table of what was read, refused and why."""
    from rich.console import Console
    from rich.markup import escape

    from qa.cli.terminal import counted

    console = Console(highlight=False, file=sys.stdout)
    for refused in report.refused:
        console.print(f"[red]refused[/] {escape(refused.why)}", soft_wrap=True)
    for folded in report.folded:
        console.print(
            f"[yellow]twice[/] {escape(folded.symbol)}: kept {escape(folded.kept)}, left {escape(folded.left)} ({escape(folded.why)})",
            soft_wrap=True,
        )
    for note in report.notes:
        console.print(f"[yellow]note[/] {escape(note)}", soft_wrap=True)
    done = "published" if report.published else "nothing changed in"
    console.print(
        f"{done} generation {report.generation}: {counted(report.n_resolutions, 'resolution')}, {counted(report.n_passages, 'passage')} "
        f"({report.n_encoded} encoded, {report.n_reused} taken over); {report.n_sources} read, {len(report.refused)} refused; "
        f"{sum(report.seconds.values()):.1f} s",
        soft_wrap=True,
    )
