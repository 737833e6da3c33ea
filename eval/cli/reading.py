"""Commands that read finished runs: compare, gate, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.terminal import EXIT_BELOW, one_line_errors, print_json

Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
RunPath = Annotated[Path, typer.Argument(help="Folder of a finished run.")]


def compare(
    a: RunPath,
    b: RunPath,
    by: Annotated[str, typer.Option("--by", help="Measure by which questions won or lost.")] = "nDCG@10",
    json: Json = False,
) -> None:
    """Compare run B with run A, question by question: differences, how sure they are, what won and what lost."""
    with one_line_errors():
        from eval.comparing import compare as compared
        from eval.folder import read_folder

        comparison = compared(read_folder(a), read_folder(b), by)
        if json:
            print_json(comparison)
        else:
            from eval.report.text import print_comparison

            print_comparison(comparison)


def gate(
    run: RunPath,
    minimum: Annotated[list[str] | None, typer.Option("--min", help="NAME=VALUE to reach; may be repeated.")] = None,
    maximum: Annotated[list[str] | None, typer.Option("--max", help="NAME=VALUE not to exceed.")] = None,
    low: Annotated[
        bool,
        typer.Option(
            "--low", help="Hold the worse end of each interval to its bound: the lower to --min, the upper to --max."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Fail (exit code 1) where a run stays below a bound; a figure that is not defined fails too."""
    with one_line_errors():
        from eval.folder import read_folder
        from eval.gate import check, parse_bound

        bounds = [parse_bound(text, at_least=True) for text in minimum or []]
        bounds += [parse_bound(text, at_least=False) for text in maximum or []]
        verdicts = check(read_folder(run).measures, bounds, low=low)
        if json:
            print_json(
                [{"name": v.bound.name, "bound": v.bound.value, "found": v.found, "passed": v.passed} for v in verdicts]
            )
        else:
            from eval.report.text import print_gate

            print_gate(verdicts)
        if not all(verdict.passed for verdict in verdicts):
            raise typer.Exit(EXIT_BELOW)


def report(
    run: RunPath,
    out: Annotated[Path | None, typer.Option("--out", help="HTML file; default: report.html in the run.")] = None,
    json: Json = False,
) -> None:
    """Print a run's figures and failures, and write them again as one HTML page."""
    with one_line_errors():
        from eval.folder import read_folder
        from eval.report import write_report
        from eval.report.text import print_run

        found = read_folder(run)
        written = write_report(found, out)
        if json:
            print_json({"report": str(written), "measures": found.measures})
        else:
            print_run(found)
            typer.echo(f"\nReport: {written}", err=True)


def pool(
    run: RunPath,
    top: Annotated[int, typer.Option("--top", min=1, max=10, help="How many hits of each question.")] = 10,
    judgements: Annotated[Path | None, typer.Option("--judgements", help="What has been judged already.")] = None,
    json: Json = False,
) -> None:
    """List the hits that nobody has judged, one JSON object a line, for a judge to fill in."""
    with one_line_errors():
        import msgspec

        from eval.folder import read_folder
        from eval.judgements import pool as pooled
        from eval.judgements import read_judgements

        known = read_judgements(judgements) if judgements is not None else ()
        lines = list(pooled(read_folder(run), known, top))
        if json:
            print_json(lines)
        else:
            for line in lines:
                typer.echo(msgspec.json.encode(line).decode("utf-8"))
