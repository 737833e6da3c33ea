"""`qa watch`: keep an index up to date with folders."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.encoding import existing, open_encoder
from qa.cli.options import Catalogue, Index, Model
from qa.cli.reports import print_report
from qa.cli.terminal import one_line_errors, progress_bar

if TYPE_CHECKING:
    from qa.build import BuildReport


def watch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER", help="Folders or files of resolutions.")],
    index: Index,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Seconds between two looks.")] = 5.0,
    model: Model = None,
    catalogue: Catalogue = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for every build.")] = False,
) -> None:
    """Keep an index equal to what FOLDER holds, until Ctrl-C; builds when files have come to rest for one look."""
    with one_line_errors():
        from qa.build import BuildReport, Workshop
        from qa.collect import standard_line
        from qa.watch import watch as keep

        encoder = open_encoder(model, catalogue)
        sys.stderr.write(f"watching {', '.join(map(str, existing(folders)))} every {every:g} s; Ctrl-C ends it\n")
        with standard_line() as line, progress_bar() as progress, until_told() as stop:
            shop = Workshop(index, encoder, line, progress)
            for one in keep(folders, shop, lambda: not stop.wait(every)):
                if isinstance(one, BuildReport):
                    _print(one, json)
                else:
                    sys.stderr.write(f"waiting: {one}\n")
        sys.stderr.write("ended; the index is as the last build left it\n")


def _print(report: BuildReport, json: bool) -> None:
    import msgspec

    if json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        print_report(report)
    sys.stdout.flush()


@contextmanager
def until_told() -> Iterator[threading.Event]:
    """An event that the first SIGINT or SIGTERM sets, so that a build ends in peace; a second one ends it at once."""
    stop = threading.Event()

    def tell(number: int, _: object) -> None:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        stop.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
