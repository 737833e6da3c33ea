"""The commands of `qa`, in the order in which a newcomer needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from qa.cli import asking, checking, counting, fetching, indexing, models, moving, parsing, serving, touring, watching
from qa.cli.options import Version

app = typer.Typer(
    name="qa",
    help="Ask United Nations resolutions in plain words; get the operative paragraphs that answer, verbatim and cited.",
    epilog="Example: qa build qa/sample --index index && qa ask 'Who must leave Moldova?' --index index",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: laying it out with rich took half of the time
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _every(version: Version = False) -> None:
    pass


_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
_Command = tuple[str, Callable[..., None], str]
_COMMANDS: dict[str, tuple[_Command, ...]] = {
    "Read and ask": (
        ("tour", touring.tour, "qa tour"),
        ("parse", parsing.parse, "qa parse qa/sample/A_RES_55_179.txt --html parsed.html"),
        ("build", indexing.build, "qa build qa/sample --index index"),
        ("ask", asking.ask, "qa ask 'Who must leave Moldova, and by when?' --index index -k 1"),
        ("show", asking.show, "qa show A/RES/55/179#OP19 --index index"),
        ("serve", serving.serve, "qa serve --index index --port 8000"),
        ("mcp", serving.mcp, "qa mcp --index index"),
    ),
    "Get texts": (("fetch", fetching.fetch, "qa fetch A/RES/55/179 --session 56 --contact you@example.org"),),
    "Keep an index": (
        ("add", indexing.add, "qa add new/A_RES_78_118.txt --index index"),
        ("update", indexing.update, "qa update corrected/ --index index"),
        ("remove", indexing.remove, "qa remove A/RES/55/179 --index index"),
        ("watch", watching.watch, "qa watch resolutions/ --index index"),
        ("stats", counting.stats, "qa stats --index index --plot index.svg"),
        ("export", moving.export, "qa export index.tar --index index"),
        ("import", moving.import_index, "qa import index.tar --index index"),
    ),
    "Check": (
        ("verify", checking.verify, "qa verify --index index"),
        ("verify-citation", checking.verify_citation, "qa verify-citation answer.json --source A_RES_55_179.txt"),
    ),
}


def _register() -> None:
    for panel, commands in _COMMANDS.items():
        for name, function, example in commands:
            settings: dict[Any, Any] = _PASSED_ON if name in {"serve", "mcp"} else {}
            options: dict[str, Any] = {"rich_help_panel": panel, "epilog": f"Example: {example}"}
            app.command(name, context_settings=settings, **options)(function)


_register()
_index = typer.Typer(name="index", help="Move an index between folders and databases.", no_args_is_help=True)
_index.command("copy", epilog="Example: qa index copy index postgresql://user@host/database")(moving.copy)
_index.command(
    "build", epilog="Example: qa index build /shared/texts --index postgresql://... --parts /shared/parts --ray auto"
)(moving.build_many)
app.add_typer(_index, rich_help_panel="Keep an index")
app.add_typer(models.app, name="models", rich_help_panel="Keep an index")
