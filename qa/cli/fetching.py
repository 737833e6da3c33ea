"""`qa fetch`: official texts from the United Nations' document site. The one command that uses the network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json
from qa.cli.terminal import fail, one_line_errors, print_json

if TYPE_CHECKING:
    from qa.fetching.fetching import FetchReport

Symbols = Annotated[list[str] | None, typer.Argument(help="Symbols, such as A/RES/55/179 or 'S/RES/1244(1999)'.")]
Sessions = Annotated[
    list[str] | None, typer.Option("--session", help="Each Assembly resolution of this session, such as 55 or S-27.")
]
Out = Annotated[Path, typer.Option("--out", help="Folder for the files; what is there is not fetched again.")]


def fetch(
    symbols: Symbols = None,
    session: Sessions = None,
    out: Out = Path("texts"),
    every: Annotated[float, typer.Option("--every", min=1, help="Seconds between two requests, at least.")] = 3.0,
    contact: Annotated[str, typer.Option("--contact", help="Your address, told to the site in the user agent.")] = "",
    site: Annotated[str, typer.Option("--site", help="A mirror with the same addresses.")] = "https://documents.un.org",
    json: Json = False,
) -> None:
    """Download official texts (English, PDF) from the United Nations' document site, slowly, as its robots.txt allows.

    Stop it and start it again as you like. Exit code 1: something could not be had.
    """
    with one_line_errors():
        from qa.fetching.fetching import fetch as bring
        from qa.fetching.polite import Manners, PoliteClient
        from qa.fetching.site import Site
        from qa.symbols import understand

        if not symbols and not session:
            fail("nothing to fetch: name symbols, or a session with --session 55")
        wanted = [understand(text).one() for text in symbols or []]
        client = PoliteClient(Site(site), Manners(every=every, contact=contact))
        report = bring(wanted, session or [], out, client, _tell)
        if json:
            print_json(report)
        else:
            _print(report)
        if report.ended:
            fail(report.ended)
        if report.refused or report.missing:
            raise SystemExit(1)


def _tell(symbol: str, outcome: str) -> None:
    sys.stderr.write(f"{symbol}: {outcome}\n")


def _print(report: FetchReport) -> None:
    typer.echo(
        f"{len(report.fetched)} fetched, {len(report.there)} there already, {len(report.missing)} missing, "
        f"{len(report.refused)} refused; folder: {report.folder}"
    )
    if report.missing:
        typer.echo(f"missing (look for lettered parts, such as 'A/RES/55/180 A'): {', '.join(report.missing)}")
    for why in report.refused.values():
        typer.echo(why)
