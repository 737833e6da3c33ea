"""Where one question's time goes: `make profile` writes docs/profile.md and a flame graph beside it.

The table comes from the clock that every answer carries; the flame graph from py-spy, which looks at the running process a
hundred times a second and changes nothing in it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles

import msgspec

from qa.service import QAService
from qa.settings import load_settings
from qa.wire import AskRequest
from tests.bench.machine import ROOT, environment, foreign_load, processor, versions
from tests.bench.systems import FailedError, run

STAGES = {
    "understand": "read the question: names, dates, references, filters",
    "encode": "the question's vector and those of its tokens, in one pass",
    "search": "candidates by meaning and by words, with features",
    "rank": "the best candidates read again, token by token",
    "order": "the newest of what recurs first",
    "decide": "fold repeats, state the probability",
    "cite": "mark the clause, compare every quotation with its source",
    "rest": "between the stages",
}


def main(arguments: list[str] | None = None) -> int:
    """Build the index if need be, ask every question some times, write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.profile", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data: text/ and questions/")
    parser.add_argument("--index", type=Path, help="an index to ask; default: one built of the data")
    parser.add_argument("--spy", type=Path, help="py-spy; without it no flame graph is drawn")
    parser.add_argument("--work", type=Path, default=ROOT / ".make" / "bench")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs" / "profile.md")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long the flame graph looks")
    parser.add_argument("--ask-only", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    index = given.index or given.work / "whole"
    questions = questions_of(given.data)
    if given.ask_only:
        _ask_for(index, questions, given.seconds)
        return 0
    if given.index is None:
        run([sys.executable, "-m", "qa.cli", "build", str(given.data / "text"), "--index", str(index)], 1800)
    others = foreign_load()
    figures = given.docs.parent / "figures"
    figures.mkdir(exist_ok=True)
    table = _table(index, questions)
    drawn = given.spy is not None and _draw(given, index, figures / "question.svg")
    given.docs.write_text(_page(table, others, drawn), encoding="utf-8")
    sys.stdout.write(table + "\n")
    return 0


def questions_of(data: Path) -> list[str]:
    """The development questions."""
    lines = (data / "questions" / "un-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line.strip()]


def open_service(index: Path) -> QAService:
    """As it ships, but nothing is remembered from one question to the next."""
    return QAService.open(index, msgspec.structs.replace(load_settings(), remembered=0))


def _ask_for(index: Path, questions: list[str], seconds: float) -> None:
    with open_service(index) as service:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for question in questions:
                service.ask(AskRequest(question))


def _table(index: Path, questions: list[str]) -> str:
    took: dict[str, list[float]] = defaultdict(list)
    with open_service(index) as service:
        for question in questions[:20]:
            service.ask(AskRequest(question))
        for _ in range(3):
            for question in questions:
                begun, used = time.perf_counter(), time.process_time()
                stages = dict(service.ask(AskRequest(question)).timings)
                whole = 1000 * (time.perf_counter() - begun)
                took["all"].append(whole)
                took["processor"].append(1000 * (time.process_time() - used))
                stages["rest"] = whole - sum(stages.values())
                for name in STAGES:
                    took[name].append(stages.get(name, 0.0))
        state = service.ready()
    total = sum(took["all"])
    rows = [
        f"| {name} | {what} | {median(took[name]):.2f} | {quantiles(took[name], n=20)[-1]:.2f} |"
        f" {sum(took[name]) / total:.0%} |"
        for name, what in STAGES.items()
    ]
    whole = took["all"]
    rows.append(f"| **all** | | **{median(whole):.2f}** | **{quantiles(whole, n=20)[-1]:.2f}** | |")
    return "\n".join(
        [
            f"{len(questions)} questions, three times each, one after the other, over {state.passages:,} passages of "
            f"{state.resolutions:,} resolutions; "
            f"{median(took['processor']):.1f} ms of processor time in the middle.",
            "",
            "| stage | what | p50 ms | p95 ms | share |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def _draw(given: argparse.Namespace, index: Path, path: Path) -> bool:
    """The flame graph; false, with the reason on standard error, where the system forbids looking."""
    command = [str(given.spy), "record", "--rate", "100", "--format", "flamegraph", "--output", str(path), "--"]
    command += [sys.executable, "-m", "tests.bench.profile", "--ask-only", "--data", str(given.data)]
    command += ["--index", str(index), "--seconds", str(given.seconds)]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    if not path.exists() or done.returncode:
        sys.stderr.write(f"no flame graph: {done.stderr.strip()[-300:]}\n")
        return False
    drawn = path.read_text(encoding="utf-8")
    # Its title is the whole command line, with this machine's paths.
    path.write_text(
        re.sub(r"[^<>]*py-spy[^<]* record [^<]*", "Questions, one after the other", drawn), encoding="utf-8"
    )
    return True


def _page(table: str, others: float, drawn: bool) -> str:
    busy = " **Other work ran on the machine: read the shares, not the milliseconds.**" if others > 0.1 else ""
    graph = "![Flame graph of questions being answered](figures/question.svg)" if drawn else "No flame graph was drawn."
    return (
        "# Where one question's time goes\n\nWritten by `make profile`; change nothing here by hand. "
        f"{processor()}; {versions()}. Other work on the machine just before: {others:.0%} of all cores.{busy}\n\n"
        f"{table}\n\nThe stages are those of an answer's `timings` and of the `Server-Timing` field; "
        "the memory of question vectors is off.\n\n"
        f"{graph}\n\nWider is longer; open the picture itself to zoom and search in it. Below the line that says `encode` "
        "the time is onnxruntime's, which py-spy shows as one block.\n"
    )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FailedError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)
