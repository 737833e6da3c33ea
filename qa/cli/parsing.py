"""`qa parse`: what was understood of one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import Json
from qa.cli.terminal import one_line_errors, print_json


def parse(
    file: Annotated[Path, typer.Argument(help="One resolution: txt, pdf, docx, html, xml or jsonl.")],
    json: Json = False,
) -> None:
    """Show the structure of one file: its paragraphs, numbers and kinds, and what was left out."""
    with one_line_errors():
        from qa.parsing import parse as parse_source
        from qa.reading import read
        from qa.rendering import render_resolution

        resolutions = [render_resolution(parse_source(source)) for source in read(file)]
        if json:
            print_json(resolutions[0] if len(resolutions) == 1 else resolutions)
            return
        from qa.cli.outline import print_outline

        for resolution in resolutions:
            print_outline(resolution)
