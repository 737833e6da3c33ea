"""`qa stats`: what an index holds, in numbers and as a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Index, Json
from qa.cli.terminal import counted, one_line_errors, print_json, warn, write_text

if TYPE_CHECKING:
    from rich.console import Console

    from qa.store.stats import Stats

_MOST_VERBS = 12
_BAR = 24


def stats(
    index: Index,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Also draw resolutions by year and organ into this SVG file.")
    ] = None,
    json: Json = False,
) -> None:
    """Show what is inside an index: resolutions by organ and decade, paragraphs by kind and verb, model, size."""
    with one_line_errors():
        from qa.store.current import open_current
        from qa.store.plot import plot_years
        from qa.store.stats import measure

        opened = open_current(index)
        warn([opened.note])
        with opened.generation as generation:
            found = measure(generation)
        if plot is not None:
            write_text(plot, plot_years(found))
        if json:
            print_json(found)
            return
        _print(found)
        if plot is not None:
            typer.echo(f"\ndrawn: {plot}")


def _print(found: Stats) -> None:
    from rich.console import Console

    console = Console(highlight=False, file=sys.stdout)
    console.print(
        f"[bold]generation {found.generation}[/]  [dim]made {found.created}, {found.n_bytes:,} bytes[/]\n"
        f"{counted(found.resolutions, 'resolution')}, {counted(found.paragraphs, 'paragraph')}, "
        f"{counted(found.passages, 'passage')}, {counted(found.terms, 'word')}\n"
        f"vectors of {found.dim} numbers by {found.model} ({found.vectors}); parsed by {', '.join(found.parsers)}",
        soft_wrap=True,
    )
    verbs = dict(list(found.verbs.items())[:_MOST_VERBS])
    for title, counts in (
        ("organ", found.organs),
        ("adopted", _decades(found)),
        ("read from", found.formats),
        ("paragraphs", found.kinds),
        (f"verbs, the {len(verbs)} most frequent of {len(found.verbs)}", verbs),
    ):
        _print_counts(console, title, counts)


def _decades(found: Stats) -> dict[str, int]:
    """Resolutions a decade; those without a date last."""
    counted: dict[str, int] = {}
    for year, organs in sorted(found.years.items(), key=lambda pair: pair[0] or 9999):
        name = f"{year // 10 * 10}-{year // 10 * 10 + 9}" if year else "not known"
        counted[name] = counted.get(name, 0) + sum(organs.values())
    return counted


def _print_counts(console: Console, title: str, counts: dict[str, int]) -> None:
    from rich.markup import escape

    console.print(f"\n[bold]{title}[/]")
    wide = max((len(name) for name in counts), default=0)
    most = max(counts.values(), default=1)
    for name, n in counts.items():
        bar = "█" * max(1, round(_BAR * n / most))
        console.print(f"  {escape(name):{wide}} {n:>9,}  [cyan]{bar}[/]", soft_wrap=True)
