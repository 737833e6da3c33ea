"""Commands that ask the service: run, beir, sweep, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cli.terminal import EXIT_BELOW, one_line_errors, print_json, progress_bar
from eval.records import By

if TYPE_CHECKING:
    from eval.folder import RunFolder

Index = Annotated[str, typer.Option("--index", help="Index folder, or the URL of a database: postgresql://...")]
Out = Annotated[Path, typer.Option("--out", help="Folder for the run; an earlier run in it is replaced.")]
Questions = Annotated[Path, typer.Option("--questions", help="Questions: JSON Lines, or TREC topics.")]
K = Annotated[int, typer.Option("-k", "--k", min=1, max=1000, help="Length of the rankings.")]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]
FoldsBy = Annotated[By, typer.Option("--folds", help="No two folds share an answer, or only no question.")]
QrelsFile = Annotated[Path | None, typer.Option("--qrels", help="More judgements, in TREC format.")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="Settings file; default: those that ship.")]


def run(
    index: Index,
    questions: Questions,
    out: Out,
    k: K = 100,
    qrels: QrelsFile = None,
    judgements: Annotated[
        Path | None, typer.Option("--judgements", help="More judgements, as `qa-eval pool` asks for.")
    ] = None,
    settings: SettingsFile = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", help="Folder of the original files, to check digests against.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Name of the run; default: that of its folder.")] = "",
    json: Json = False,
) -> None:
    """Ask every question and measure the answers: run.trec, answers.jsonl, measures.json, report.html."""
    with one_line_errors():
        from eval.judgements import judged_by
        from eval.opening import open_service, settings_with
        from eval.originals import Originals
        from eval.question_files import read_questions
        from eval.report import write_report
        from eval.running import run_questions
        from eval.serving import facts_of, settings_of
        from qa.store.place import place_of

        place = place_of(index)
        asked = read_questions(questions, qrels)
        if judgements is not None:
            asked = judged_by(judgements, asked)
        chosen = settings_with(settings, {})
        service = open_service(place, chosen, settings)
        originals = Originals(place, service.generation, sources)
        with progress_bar("Asking") as progress:
            found = run_questions(
                service,
                asked,
                k=k,
                out=out,
                name=name or out.name,
                index=place,
                questions_file=questions,
                service_facts=facts_of(place, service.generation),
                settings=settings_of(chosen),
                checks=[originals],
                progress=progress,
            )
        originals.close()
        service.close()
        write_report(found)
        _show(found, json)


def beir(
    folder: Annotated[Path, typer.Argument(help="Collection in BEIR layout, gzip or not.")],
    out: Out,
    split: Annotated[str, typer.Option("--split", help="Which judgements: qrels/SPLIT.tsv.")] = "dev",
    k: K = 100,
    settings: SettingsFile = None,
    model: Annotated[
        str | None,
        typer.Option("--model", help="Encoder of models.toml; default: the settings'. With {fold}: one a fold."),
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", help="Catalogue of your own models, laid over the one that ships.")
    ] = None,
    folds: FoldsBy = By.ANSWERS,
    json: Json = False,
) -> None:
    """Measure any collection in BEIR layout with the encoder, retriever and ranker that are served."""
    with one_line_errors():
        from eval.beir import run_beir
        from eval.opening import settings_with
        from eval.report import write_report

        chosen = settings_with(settings, {"encoder": model} if model else {})
        with progress_bar("Working") as progress:
            found = run_beir(folder, split, chosen, k=k, out=out, catalogue=catalogue, folds=folds, progress=progress)
        write_report(found)
        _show(found, json)


def sweep(
    index: Index,
    questions: Questions,
    configurations: Annotated[Path, typer.Option("--configurations", help="TOML: a list of named settings.")],
    out: Out,
    k: K = 100,
    qrels: QrelsFile = None,
    settings: SettingsFile = None,
    json: Json = False,
) -> None:
    """Ask the same questions under several configurations and print one table."""
    with one_line_errors():
        from eval.question_files import read_questions
        from eval.report.text import print_sweep
        from eval.sweeping import read_configurations, sweep_all
        from qa.store.place import place_of

        asked = read_questions(questions, qrels)
        listed = read_configurations(configurations)
        with progress_bar("Asking") as progress:
            rows = sweep_all(
                place_of(index),
                asked,
                listed,
                k=k,
                out=out,
                questions_file=questions,
                settings=settings,
                progress=progress,
            )
        print_json(rows) if json else print_sweep(rows)


def check(
    index: Index,
    questions: Questions,
    qrels: QrelsFile = None,
    settings: SettingsFile = None,
    json: Json = False,
) -> None:
    """Check a question file against an index: does every judged paragraph exist? Exit code 1 if not."""
    with one_line_errors():
        from eval.opening import open_service, settings_with
        from eval.question_files import read_questions
        from eval.running import paragraph_texts
        from qa.store.place import place_of

        asked = read_questions(questions, qrels)
        service = open_service(place_of(index), settings_with(settings, {}), settings)
        texts = paragraph_texts(service, asked)
        absent = sorted(identifier for identifier, text in texts.items() if text is None)
        if json:
            print_json({"questions": len(asked), "paragraphs": len(texts), "absent": absent})
        else:
            typer.echo(f"{len(asked)} questions name {len(texts)} paragraphs; {len(absent)} are not in the index")
            for identifier in absent:
                typer.echo(f"  {identifier}")
        if absent:
            raise typer.Exit(EXIT_BELOW)


def _show(found: RunFolder, json: bool) -> None:
    if json:
        print_json(found.measures)
    else:
        from eval.report.text import print_run

        print_run(found)
