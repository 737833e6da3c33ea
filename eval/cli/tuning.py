"""Commands that learn from training questions: examples, tune."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.asking import Index, Json, Questions, SettingsFile
from eval.cli.terminal import one_line_errors, print_json, progress_bar


def tune(
    index: Index,
    questions: Questions,
    settings: SettingsFile = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Only so many questions, evenly drawn; 0: all.")] = 0,
    keep_weights: Annotated[
        bool, typer.Option("--keep-weights", help="Fit only the probability and its threshold.")
    ] = False,
    json: Json = False,
) -> None:
    """Fit weights, ranker's weight, stated probability and threshold on training questions; print the settings."""
    with one_line_errors():
        from eval.opening import open_service, settings_with
        from eval.question_files import read_questions
        from eval.tuning import tune as fit
        from qa.retrieval.searchable import MappedRows
        from qa.store.current import open_current
        from qa.store.place import folder_of

        asked = read_questions(questions)
        step = max(1, len(asked) // limit) if limit else 1
        service = open_service(folder_of(index), settings_with(settings, {}))
        corpus = MappedRows(open_current(folder_of(index)).generation)
        with progress_bar("Looking") as progress:
            tuned = fit(service, corpus, asked[::step], progress, keep_weights)
        if json:
            print_json(tuned)
            return
        for name, value in tuned.figures.items():
            typer.echo(f"# {name}: {value:.4f}")
        kind = "read" if service.scorer is not None else "unread"
        typer.echo(f"ranker_weight = {tuned.ranker_weight}")
        typer.echo(
            "\n".join(["\n[retrieval.weights]", *(f"{name} = {value}" for name, value in tuned.weights.items())])
        )
        typer.echo(f"\n[answer.{kind}]\nintercept = {tuned.intercept}\nthreshold = {tuned.threshold}")
        lines = (f"{name} = {value}" for name, value in tuned.calibration.items())
        typer.echo("\n".join([f"\n[answer.{kind}.weights]", *lines]))


def examples(
    index: Index,
    questions: Questions,
    out: Annotated[Path, typer.Option("--out", help="File to write, one JSON object a line.")],
    settings: SettingsFile = None,
    negatives: Annotated[int, typer.Option("--negatives", min=2, max=50, help="Look-alikes for each question.")] = 12,
    seed: Annotated[int, typer.Option("--seed", help="Of the draw of look-alikes.")] = 20261123,
    json: Json = False,
) -> None:
    """Write training examples for `python -m embeddings.training`: question, passage that answers, look-alikes."""
    with one_line_errors():
        import msgspec

        from eval.examples import make_examples
        from eval.opening import open_service, settings_with
        from eval.question_files import read_questions
        from qa.retrieval.searchable import MappedRows
        from qa.store.current import open_current
        from qa.store.place import folder_of

        service = open_service(folder_of(index), settings_with(settings, {}))
        corpus = MappedRows(open_current(folder_of(index)).generation)
        n = 0
        with progress_bar("Looking") as progress, out.open("wb") as file:
            for line in make_examples(service, corpus, read_questions(questions), negatives, seed, progress):
                file.write(msgspec.json.encode(line) + b"\n")
                n += 1
        if json:
            print_json({"examples": n, "out": str(out)})
        else:
            typer.echo(f"{n} examples in {out}")
