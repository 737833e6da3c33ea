"""Options that several commands take, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from embeddings.index_kinds import IndexKind
from qa.store.errors import PlaceError
from qa.store.place import folder_of


def _folder(text: str) -> Path:
    try:
        return folder_of(text)
    except PlaceError as error:
        raise typer.BadParameter(str(error)) from error


def _tell_version(asked: bool) -> None:
    if asked:
        from qa.version import NAME, running_version

        typer.echo(f"{NAME} {running_version()}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and end."),
]
Index = Annotated[
    Path,
    typer.Option("--index", "-i", parser=_folder, metavar="PATH", help="Index folder, as `qa build` made it."),
]
AnyIndex = Annotated[
    str, typer.Option("--index", "-i", help="Index folder, or the URL of a database: postgresql://...")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Model = Annotated[
    str | None, typer.Option("--model", help="Encoder of models.toml; see `qa models`. Default: the one that ships.")
]
Sources = Annotated[
    list[Path], typer.Argument(help="Files or folders of resolutions (txt, pdf, docx, html, xml, jsonl).")
]
Vectors = Annotated[
    IndexKind | None,
    typer.Option("--vectors", help="Kind of vector index; default: by the number of passages."),
]
Settings = Annotated[Path | None, typer.Option("--settings", help="Settings file (TOML); default: those that ship.")]
Catalogue = Annotated[
    Path | None, typer.Option("--catalogue", help="Catalogue of your own models (TOML), laid over the one that ships.")
]
