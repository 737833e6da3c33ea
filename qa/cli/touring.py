"""`qa tour`: the commands on the bundled sample, one after the other, as a newcomer would type them.

Each step is the real command in a process of its own, so that the tour cannot tell of what is not so. `qa-eval` stands above
`qa` and is started, not imported, as `qa serve` starts `api`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from qa.cli.terminal import fail, one_line_errors
from qa.program import program

_QUESTION = "Who must pull their troops out of Moldova, and by when?"


class Step(NamedTuple):
    """What is said before a command, the command as typed, how much of its output is shown, and its exit code."""

    title: str
    words: str
    command: str
    n_lines: int = 40
    code: int = 0


STEPS = (
    Step(
        "Parse",
        "A resolution is a cover, recitals (PP) and numbered operative paragraphs (OP). Each is kept with its place in\n"
        "the file, so that every quotation can be checked character by character.",
        "qa parse A_RES_55_179.txt",
        24,
    ),
    Step("Index", "Paragraphs become vectors and words that can be searched. No network, no GPU.",
         "qa build A_RES_55_179.txt --index index"),
    Step("Ask", "The answer is the paragraph itself, word for word, with its citation; the answering words are underlined.",
         f"qa ask '{_QUESTION}' --index index -k 1"),
    Step("Abstain", "What the texts do not say is not made up: a reason, and exit code 3.",
         "qa ask 'How did France vote on resolution 55/179?' --index index", code=3),
    Step("Check", "Whoever has the file can check an answer without the index.",
         "qa verify-citation answer.json --source A_RES_55_179.txt"),
    Step("Evaluate", "Judged questions through the same door as users: rankings, abstention, calibration, times, failures.",
         "qa-eval run --index index --questions sample.jsonl --out run", 46),
    Step("Gate", "In CI: exit code 1 where a figure falls below its bound.",
         "qa-eval gate run --min nDCG@10=0.8 --min Success@5=0.9"),
)  # fmt: skip


def tour(
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Wait for Enter between the steps, in a terminal.")
    ] = True,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Walk in this folder and leave what came of it there.")
    ] = None,
) -> None:
    """Walk through parse, index, ask, abstain, check and evaluate on the bundled sample, in about two minutes."""
    with one_line_errors():
        import tempfile

        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            _walk(keep, wait)
            return
        with tempfile.TemporaryDirectory(prefix="qa-tour-") as folder:
            _walk(Path(folder), wait)


def _walk(folder: Path, wait: bool) -> None:
    from importlib.resources import as_file, files

    for package, name in (("qa", "sample/A_RES_55_179.txt"), ("eval", "questions/sample.jsonl")):
        with as_file(files(package) / name) as path:
            shutil.copy(path, folder / path.name)
    stops = wait and sys.stdin.isatty() and sys.stdout.isatty()
    for number, step in enumerate(STEPS, start=1):
        _show(step, number, folder)
        if stops and number < len(STEPS):
            typer.prompt("Enter goes on", default="", show_default=False, prompt_suffix=" ... ")
    typer.echo("\nThat was all of it. Next: qa build YOUR-FOLDER --index index && qa serve --index index")


def _show(step: Step, number: int, folder: Path) -> None:
    typer.secho(f"\n{number}/{len(STEPS)}  {step.title}", bold=True)
    typer.echo(step.words)
    typer.secho(f"\n$ {step.command}", fg="cyan")
    done = _run(step.command, folder)
    lines = done.stdout.splitlines()
    typer.echo("\n".join(lines[: step.n_lines]))
    if len(lines) > step.n_lines:
        typer.secho(f"(and {len(lines) - step.n_lines} lines more)", dim=True)
    if done.returncode != step.code:
        fail(
            f"{step.command}: ended with {done.returncode}: {done.stderr.strip()[-500:]}; the installation is not whole"
        )
    if step.title == "Ask":  # what the step "Check" reads
        told = _run(f"{step.command} --json", folder)
        (folder / "answer.json").write_text(told.stdout, encoding="utf-8")


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    name, *arguments = shlex.split(command)
    module = {"qa": "qa.cli", "qa-eval": "eval.cli"}[name]
    width = str(shutil.get_terminal_size().columns)
    looks = {"COLUMNS": width, "FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    line = program(module, *arguments)
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **looks})
