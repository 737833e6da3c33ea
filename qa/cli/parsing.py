"""`qa parse`: what was understood of one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json
from qa.cli.terminal import counted, fail, one_line_errors, print_json, progress_bar, write_text

if TYPE_CHECKING:
    from qa.records import Resolution


def parse(
    file: Annotated[Path, typer.Argument(help="One resolution: txt, pdf, docx, html, xml or jsonl.")],
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a page: the source with every span marked, beside the outline."),
    ] = None,
    json: Json = False,
) -> None:
    """Show the structure of one file: its paragraphs, numbers and kinds, and what was left out."""
    with one_line_errors():
        from qa.rendering import render_resolution

        resolutions = _read(file)
        if html is not None:
            from qa.cli.parsed_page import render_page

            write_text(html, "".join(render_page(file.name, resolutions)))
        rendered = [render_resolution(one) for one in resolutions]
        if json:
            print_json(rendered[0] if len(rendered) == 1 else rendered)
        elif html is not None:
            n = sum(len(one.paragraphs) for one in resolutions)
            typer.echo(
                f"written: {html} ({', '.join(str(one.symbol) for one in resolutions[:3])}, {counted(n, 'paragraph')})"
            )
        else:
            from qa.cli.outline import print_outline

            for resolution in rendered:
                print_outline(resolution)


def _read(file: Path) -> list[Resolution]:
    """The resolutions of a file, read in a child process that a hostile file may take down."""
    from qa.errors import ParseError
    from qa.reading.safely import read_safely

    found: list[Resolution] = []
    with progress_bar() as progress:
        for done, one in enumerate(read_safely(file), start=1):
            if isinstance(one, ParseError):
                fail(f"{one.name}: {one.why}; give a file that holds the text of a resolution")
            found.append(one)
            progress("read", done, done)
    if not found:
        fail(f"{file}: holds no text; give a file that holds the text of a resolution")
    return found
