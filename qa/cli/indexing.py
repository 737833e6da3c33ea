"""Commands that change an index: build, add, update, remove."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.encoding import existing, open_encoder
from qa.cli.options import Catalogue, Index, Json, Model, Sources, Vectors
from qa.cli.reports import print_report
from qa.cli.terminal import UNPUBLISHED, one_line_errors, print_json, progress_bar

if TYPE_CHECKING:
    from embeddings.encoders import Encoder
    from qa.build import BuildReport
    from qa.progress import Progress

Run = Callable[["Encoder", "Progress"], "BuildReport"]


def build(
    sources: Sources,
    index: Index,
    model: Model = None,
    catalogue: Catalogue = None,
    vectors: Vectors = None,
    json: Json = False,
) -> None:
    """Make the index hold exactly the resolutions under SOURCES; what has not changed is taken over."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import build as make

        return make(existing(sources), index, encoder, progress, vectors)

    _run(run, index, model, catalogue, json)


def add(sources: Sources, index: Index, model: Model = None, catalogue: Catalogue = None, json: Json = False) -> None:
    """Add the resolutions under SOURCES to an index; one that it holds is replaced by a better source only, and that is told.

    Better is a corrected re-issue, then a more exact form, then more paragraphs, then more text. `qa update` replaces in any case.
    """

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import add as make

        return make(existing(sources), index, encoder, progress)

    _run(run, index, model, catalogue, json)


def update(
    sources: Sources, index: Index, model: Model = None, catalogue: Catalogue = None, json: Json = False
) -> None:
    """Add the resolutions under SOURCES, replacing those that are there already, whichever source is the better."""

    def run(encoder: Encoder, progress: Progress) -> BuildReport:
        from qa.build import update as make

        return make(existing(sources), index, encoder, progress)

    _run(run, index, model, catalogue, json)


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

    _run(run, index, model, catalogue, json)


def _run(run: Run, index: Path, model: str | None, catalogue: Path | None, json: bool) -> None:
    from qa.store.current import read_current

    before = read_current(index)

    def interrupted() -> str:
        return UNPUBLISHED if read_current(index) == before else "it was published already: nothing is left to do"

    with one_line_errors(interrupted):
        encoder = open_encoder(model, catalogue)
        with progress_bar() as progress:
            report = run(encoder, progress)
        if json:
            print_json(report)
        else:
            print_report(report)
        if report.refused and not report.n_resolutions:
            raise SystemExit(1)
