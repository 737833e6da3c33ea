"""`qa models`: the catalogue, and exporting a model to serve it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import Json
from qa.cli.terminal import one_line_errors, print_json

app = typer.Typer(help="The models of models.toml: list them, export one to ONNX.", invoke_without_command=True)


@app.callback()
def models(context: typer.Context, json: Json = False) -> None:
    """List the models of the catalogue: name, kind, size of the vectors, licence."""
    if context.invoked_subcommand is not None:
        return
    with one_line_errors():
        from embeddings.catalogue import load_catalogue

        catalogue = load_catalogue()
        if json:
            print_json({"default": catalogue.default, "path": str(catalogue.path), "models": catalogue.models})
            return
        from rich.console import Console
        from rich.table import Table

        table = Table("name", "kind", "dim", "licence", "note", box=None)
        for name, spec in sorted(catalogue.models.items()):
            mark = " (default)" if name == catalogue.default else ""
            kind = str(spec.__struct_config__.tag)
            table.add_row(name + mark, kind, str(getattr(spec, "dim", "")), spec.licence, spec.note)
        Console().print(table)


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="Model of the catalogue, kind torch.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write; default: models/NAME.")] = Path("models"),
    json: Json = False,
) -> None:
    """Export a sentence-transformer to ONNX and print its table for models.toml. Needs `make models`."""
    with one_line_errors():
        from embeddings.catalogue import load_catalogue
        from embeddings.export import export_model

        done = export_model(load_catalogue().get(name), out / name)
        if json:
            print_json(done)
        else:
            typer.echo(done.table)
