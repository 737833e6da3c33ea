"""The commands of `qa-eval`, each thin: read the arguments, call the library, print."""

from __future__ import annotations

import typer

from eval.cli import asking, reading, tuning
from qa.cli.options import Version

app = typer.Typer(
    name="qa-eval",
    help="Measure question answering over United Nations resolutions: runs, comparisons, gates, reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: laying it out with rich took half of the time
)


@app.callback()
def _every(version: Version = False) -> None:
    pass


app.command("run")(asking.run)
app.command("beir")(asking.beir)
app.command("sweep")(asking.sweep)
app.command("compare")(reading.compare)
app.command("gate")(reading.gate)
app.command("report")(reading.report)
app.command("pool")(reading.pool)
app.command("check")(asking.check)
app.command("tune")(tuning.tune)
app.command("prior")(tuning.prior)
app.command("examples")(tuning.examples)
