"""Commands that read an index: ask, show."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import AnyIndex, Catalogue, Json, Settings
from qa.cli.terminal import EXIT_ABSTAINED, one_line_errors, print_json, warn

Many = list[str] | None


def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    index: AnyIndex,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many citations at the most.")] = 5,
    organ: Annotated[
        Many, typer.Option("--organ", help="Only this organ, such as 'Security Council'; may be repeated.")
    ] = None,
    session: Annotated[Many, typer.Option("--session", help="Only this session, such as 55.")] = None,
    year_from: Annotated[int | None, typer.Option("--from", help="Adopted in this year or later.")] = None,
    year_to: Annotated[int | None, typer.Option("--to", help="Adopted in this year or earlier.")] = None,
    symbol: Annotated[Many, typer.Option("--symbol", help="Only this resolution, such as A/RES/55/179.")] = None,
    kind: Annotated[Many, typer.Option("--kind", help="operative, preambular or annex.")] = None,
    verb: Annotated[Many, typer.Option("--verb", help="Only paragraphs that do this, such as 'requests'.")] = None,
    ignore: Annotated[
        Many,
        typer.Option(
            "--ignore", help="Words of the question not to be read as a time, an organ or a reference; may be repeated."
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say of every paragraph why it was brought.")] = False,
    settings: Settings = None,
    catalogue: Catalogue = None,
    json: Json = False,
) -> None:
    """Ask a question; the answer quotes paragraphs verbatim and cites them. Exit code 3: the corpus does not say."""
    with one_line_errors():
        from embeddings.catalogue import load_catalogue
        from qa.service import QAService
        from qa.settings import load_settings
        from qa.store.place import place_of
        from qa.wire import AskRequest, Filters

        filters = Filters(organ or [], session or [], year_from, year_to, symbol or [], kind or [], verb or [])
        chosen, models = load_settings(settings), load_catalogue(catalogue)
        with QAService.open(place_of(index), chosen, models, settings) as service:
            warn(service.ready().degraded)
            answer = service.ask(AskRequest(question, k, filters, explain=explain, ignore=ignore or []))
        if answer.withheld:
            warn(
                [
                    f"quotations withheld, which their source does not hold: {answer.withheld}; run: qa verify --index {index}"
                ]
            )
        if json:
            print_json(answer)
        else:
            from qa.cli.answers import print_answer

            print_answer(answer)
        if answer.status == "abstained":
            raise SystemExit(EXIT_ABSTAINED)


def show(
    what: Annotated[str, typer.Argument(help="A symbol, or a paragraph: A/RES/55/179 or A/RES/55/179#OP19.")],
    index: AnyIndex,
    json: Json = False,
) -> None:
    """Show one resolution of an index, or one of its paragraphs with its neighbours."""
    with one_line_errors():
        from qa.service import QAService
        from qa.store.place import place_of

        with QAService.open(place_of(index)) as service:
            warn(service.ready().degraded)
            if "#" in what:
                page = service.paragraph(what)
                if json:
                    print_json(page)
                else:
                    from qa.cli.answers import print_paragraph

                    print_paragraph(page)
                return
            resolution = service.resolution(what)
        if json:
            print_json(resolution)
        else:
            from qa.cli.outline import print_outline

            print_outline(resolution)
