"""Commands that change an index: build, add, update, remove."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Catalogue, Index, Json, Model, Sources
from qa.cli.terminal import fail, one_line_errors, print_json, progress_bar

if TYPE_CHECKING:
    from embeddings.encoders import Encoder
    from qa.build import BuildReport
    from qa.collect import Progress

Run = Callable[["Encoder", "Progress"], "BuildReport"]


def build(sources: Sources, index: Index, model: Model = None, catalogue: Catalogue = None, json: Json = False) -> None:
    """Make the index hold exactly the resolutions under SOURCES; what has not changed is taken over."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import build as make

        return make(_existing(sources), index, encoder, progress)

    _run(run, model, catalogue, json)


def add(sources: Sources, index: Index, model: Model = None, catalogue: Catalogue = None, json: Json = False) -> None:
    """Add the resolutions under SOURCES to an index."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import add as make

        return make(_existing(sources), index, encoder, progress)

    _run(run, model, catalogue, json)


def update(
    sources: Sources, index: Index, model: Model = None, catalogue: Catalogue = None, json: Json = False
) -> None:
    """Add the resolutions under SOURCES, replacing those that are there already."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import update as make

        return make(_existing(sources), index, encoder, progress)

    _run(run, model, catalogue, json)


def remove(
    symbols: Annotated[list[str], typer.Argument(help="Symbols of resolutions, such as A/RES/55/179.")],
    index: Index,
    model: Model = None,
    catalogue: Catalogue = None,
    json: Json = False,
) -> None:
    """Take resolutions out of an index."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import remove as make
        from qa.symbols import understand

        return make([str(understand(symbol).one()) for symbol in symbols], index, encoder, progress)

    _run(run, model, catalogue, json)


def _existing(sources: list[Path]) -> list[Path]:
    missing = [str(path) for path in sources if not path.exists()]
    if missing:
        fail(f"no such file or folder: {', '.join(missing)}; name the files or folders that hold the resolutions")
    return sources


def _run(run: Run, model: str | None, catalogue: Path | None, json: bool) -> None:
    with one_line_errors():
        from embeddings.catalogue import load_catalogue
        from embeddings.encoders import load_encoder
        from qa.settings import load_settings

        name = model or load_settings().encoder
        encoder = load_encoder(load_catalogue(catalogue).get(name), _cores())
        with progress_bar() as progress:
            report = run(encoder, progress)
        if json:
            print_json(report)
        else:
            _print(report)
        if report.refused and not report.n_resolutions:
            raise SystemExit(1)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _print(report: BuildReport) -> None:
    """The table of what was read, refused and why."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, file=sys.stdout)
    for refused in report.refused:
        console.print(f"[red]refused[/] {escape(refused.name)}: {escape(refused.why)}", soft_wrap=True)
    for folded in report.folded:
        console.print(
            f"[yellow]twice[/] {escape(folded.symbol)}: kept {escape(folded.kept)}, left {escape(folded.left)} ({escape(folded.why)})",
            soft_wrap=True,
        )
    for note in report.notes:
        console.print(f"[yellow]note[/] {escape(note)}", soft_wrap=True)
    done = "published" if report.published else "nothing changed in"
    console.print(
        f"{done} generation {report.generation}: {report.n_resolutions} resolutions, {report.n_passages} passages "
        f"({report.n_encoded} encoded, {report.n_reused} taken over); {report.n_sources} read, {len(report.refused)} refused; "
        f"{sum(report.seconds.values()):.1f} s",
        soft_wrap=True,
    )
