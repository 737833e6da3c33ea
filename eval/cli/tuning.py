"""Commands that learn from questions: examples, prior, tune."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cli.asking import FoldsBy, Index, Json, SettingsFile
from eval.cli.terminal import one_line_errors, print_json, progress_bar
from eval.records import By

if TYPE_CHECKING:
    from eval.tuning import Certain, Ranking


def tune(
    index: Index,
    questions: Annotated[list[Path], typer.Option("--questions", help="Questions: JSON Lines. May be repeated.")],
    settings: SettingsFile = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Only so many questions, evenly drawn; 0: all.")] = 0,
    ranking: Annotated[
        bool, typer.Option("--ranking", help="Fit the weights of both orderings instead of the probabilities.")
    ] = False,
    json: Json = False,
) -> None:
    """Fit the stated probabilities and the threshold on questions (with --ranking the weights); print the settings.

    First the ranking, then, with its weights in the settings, the probabilities.
    """
    with one_line_errors():
        from eval.opening import open_service, settings_with
        from eval.question_files import read_questions
        from eval.tuning import Ranking, tune_certainty, tune_ranking
        from qa.answering.finding import Finder
        from qa.retrieval.searchable import MappedRows
        from qa.store.current import open_current
        from qa.store.place import folder_of

        asked = [one for path in questions for one in read_questions(path)]
        step = max(1, len(asked) // limit) if limit else 1
        service = open_service(folder_of(index), settings_with(settings, {}), settings)
        corpus = MappedRows(open_current(folder_of(index)).generation)
        finder = Finder(corpus, service.encoder, service.scorer, service.prior, service.settings)
        with progress_bar("Looking") as progress:
            tuned = (tune_ranking if ranking else tune_certainty)(finder, asked[::step], progress)
        if json:
            print_json(tuned)
        elif isinstance(tuned, Ranking):
            _print_ranking(tuned)
        else:
            _print_certainty(tuned, "unread" if service.scorer is None else "read")


def _print_ranking(ranked: Ranking) -> None:
    typer.echo(f"# questions: {ranked.n}\n# first hit right by the first ordering: {ranked.first_ordering:.4f}")
    typer.echo(f"# first hit right with the ranker: {ranked.with_ranker:.4f}")
    typer.echo(f"ranker_weight = {ranked.ranker_weight}\n\n[retrieval.weights]")
    typer.echo("\n".join(f"{name} = {value}" for name, value in ranked.weights.items()))


def _print_certainty(certain: Certain, kind: str) -> None:
    for name, value in certain.figures.items():
        typer.echo(f"# {name}: {'undefined' if value is None else f'{value:.4f}'}")
    typer.echo(f"\n[answer.{kind}]\nthreshold = {certain.certainty.threshold}")
    typer.echo(f"nearest = {list(certain.certainty.nearest)}")
    for name in ("answerable", "first"):
        fitted = getattr(certain.certainty, name)
        typer.echo(f"\n[answer.{kind}.{name}]\nintercept = {fitted.intercept}\n\n[answer.{kind}.{name}.weights]")
        typer.echo("\n".join(f"{evidence} = {value}" for evidence, value in fitted.weights.items()))


def prior(
    questions: Annotated[list[Path], typer.Option("--questions", help="Questions: JSON Lines. May be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="File to write; the one that ships: qa/answering/prior.json.")],
    model: Annotated[str | None, typer.Option("--model", help="Encoder, by its name in the catalogue.")] = None,
    json: Json = False,
) -> None:
    """Learn from questions with and without an answer which are of a kind that resolutions answer at all."""
    with one_line_errors():
        import msgspec

        from embeddings.catalogue import load_catalogue
        from embeddings.encoders import load_encoder
        from eval.question_files import read_questions
        from eval.tuning import fit_prior

        asked = [one for path in questions for one in read_questions(path)]
        fitted = fit_prior(load_encoder(load_catalogue().get(model)), asked)
        out.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=0) + b"\n")
        n_silent = sum(not one.paragraphs for one in asked)
        if json:
            print_json({"questions": len(asked), "without an answer": n_silent, "encoder": fitted.encoder})
            return
        typer.echo(
            f"{out}: fitted with {fitted.encoder} on {len(asked)} questions, {n_silent} of them without an answer"
        )


def examples(
    questions: Annotated[list[Path], typer.Option("--questions", help="Questions: JSON Lines. May be repeated.")],
    index: Annotated[list[str], typer.Option("--index", help="Index folder, taken whole. May be repeated.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for passages.jsonl and questions.jsonl.")],
    asked_only: Annotated[
        list[str] | None,
        typer.Option("--asked-only", help="Index folder of which only resolutions with a question are taken."),
    ] = None,
    without: Annotated[
        list[Path] | None,
        typer.Option("--without", help="Question file whose resolutions are left out altogether. May be repeated."),
    ] = None,
    beir: Annotated[
        Path | None, typer.Option("--beir", help="Collection in BEIR layout to learn from as well, in folds.")
    ] = None,
    split: Annotated[str, typer.Option("--split", help="Which of its judgements: qrels/SPLIT.tsv.")] = "dev",
    folds: FoldsBy = By.ANSWERS,
    json: Json = False,
) -> None:
    """Write what `python -m embeddings.training` learns from: passages, and questions with those that answer."""
    with one_line_errors():
        from eval.examples import examples_of_beir, make_examples, symbols_of
        from eval.question_files import read_questions
        from qa.store.current import open_current
        from qa.store.place import folder_of

        asked = [one for path in questions for one in read_questions(path)]
        kept_out = {symbol for path in without or () for one in read_questions(path) for symbol in symbols_of(one)}
        with ExitStack() as stack:
            whole, partly = (
                [stack.enter_context(open_current(folder_of(one)).generation) for one in some]
                for some in (index, asked_only or [])
            )
            made = make_examples(whole, asked, asked_only=partly, without=frozenset(kept_out))
        if beir is not None:
            made += examples_of_beir(beir, split, folds)
        made.write(out)
        if json:
            print_json({"passages": len(made.passages), "questions": len(made.questions), "left_out": made.left_out})
            return
        typer.echo(f"{len(made.passages)} passages and {len(made.questions)} questions in {out}")
        if made.left_out:
            typer.echo(f"{made.left_out} questions left out: no passage of theirs is held")
