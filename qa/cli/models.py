"""`qa models`: the catalogue, and exporting a model to serve it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import Catalogue, Json
from qa.cli.terminal import fail, one_line_errors, print_json

app = typer.Typer(help="The models of models.toml: list them, export one to ONNX.", invoke_without_command=True)


@app.callback()
def models(context: typer.Context, catalogue: Catalogue = None, json: Json = False) -> None:
    """List the models of the catalogue: name, kind, size of the vectors, licence."""
    if context.invoked_subcommand is not None:
        context.obj = (catalogue, json)  # said before the command's name, they hold for it too
        return
    with one_line_errors():
        from embeddings.catalogue import load_catalogue

        known = load_catalogue(catalogue)
        if json:
            print_json({"default": known.default, "path": str(known.path), "models": known.models})
            return
        from rich.table import Table

        from qa.cli.tables import print_table, wide_console

        table = Table(box=None, pad_edge=False)
        for column in ("name", "kind", "dim", "licence", "note"):
            table.add_column(column, no_wrap=column != "note")
        for name, spec in sorted(known.models.items()):
            mark = " (default)" if name == known.default else ""
            kind = str(spec.__struct_config__.tag)
            table.add_row(name + mark, kind, str(getattr(spec, "dim", "")), spec.licence, spec.note)
        print_table(wide_console(), table)


@app.command()
def export(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Model of the catalogue whose table names a source.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write NAME into.")] = Path("models"),
    precision: Annotated[str, typer.Option("--precision", help="int8, weights8, fp16 or fp32.")] = "int8",
    catalogue: Catalogue = None,
    json: Json = False,
) -> None:
    """Export a sentence-transformer to ONNX and print its table for a catalogue. Needs `make models`."""
    with one_line_errors():
        catalogue, json = catalogue or context.obj[0], json or context.obj[1]
        from embeddings.catalogue import load_catalogue

        try:
            from embeddings.export import export_model
            from embeddings.quantise import Precision
        except ModuleNotFoundError as error:
            fail(f"{error.name} is missing; install what exporting needs with: make models")

        if precision not in [one.value for one in Precision]:
            fail(f"--precision {precision}: there are {', '.join(one.value for one in Precision)}")
        done = export_model(load_catalogue(catalogue).get(name), out, Precision(precision))
        if json:
            print_json(done)
        else:
            typer.echo(done.table)
