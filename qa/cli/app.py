"""The commands of `qa`, in the order in which a newcomer needs them."""

from __future__ import annotations

import typer

from qa.cli import asking, indexing, models, parsing, serving

app = typer.Typer(
    name="qa",
    help="Ask United Nations resolutions in plain words; get the operative paragraphs that answer, verbatim and cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("parse")(parsing.parse)
app.command("build")(indexing.build)
app.command("ask")(asking.ask)
app.command("show")(asking.show)
app.command("serve", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(serving.serve)
app.command("add")(indexing.add)
app.command("update")(indexing.update)
app.command("remove")(indexing.remove)
app.add_typer(models.app, name="models")
