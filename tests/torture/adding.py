"""What it costs to add one resolution to an index, as a share of building it: both as the command line does them.

python -m tests.torture.adding FOLDER CORPUS.jsonl [SOURCE...]   prints one line of JSON

The resolution of CORPUS with the median number of lines is held out, the rest and SOURCE are built, and it is added.
Seconds of the clock, and of the processors: the clock says little on a busy machine. FOLDER is kept: where it holds an
index already, building goes on where it was interrupted, and its figures are then of that part only.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT


def hold_out(corpus: Path, folder: Path) -> tuple[Path, Path]:
    """The median resolution of a JSONL corpus in a file of its own, and all others in another."""
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    median = sorted(lines, key=lambda line: (len(json.loads(line)["paragraphs"]), line))[len(lines) // 2]
    one, rest = folder / "one.jsonl", folder / "rest.jsonl"
    one.write_text(median, encoding="utf-8")
    rest.write_text("".join(line for line in lines if line != median), encoding="utf-8")
    return one, rest


def timed(*arguments: object) -> tuple[dict[str, object], float, float]:
    """What `qa ARGUMENTS --json` reports, and the seconds of the clock and of the processors that it took."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "qa.cli", *map(str, arguments), "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, check=True
    )
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    report: dict[str, object] = json.loads(done.stdout)
    return report, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(folder: Path, corpus: Path, sources: list[Path], model: str | None = None) -> dict[str, object]:
    folder.mkdir(parents=True, exist_ok=True)
    one, rest = hold_out(corpus, folder)
    index = ["--index", folder / "index", *(["--model", model] if model else [])]
    built, build_wall, build_cpu = timed("build", rest, *sources, *index)
    added, add_wall, add_cpu = timed("add", one, *index)
    return {
        "resolutions": built["n_resolutions"],
        "passages": built["n_passages"],
        "encoded": [built["n_encoded"], added["n_encoded"]],
        "added": len(added["added"]),  # type: ignore[arg-type]
        "build_s": round(build_wall, 1),
        "add_s": round(add_wall, 1),
        "share": round(add_wall / build_wall, 4),
        "build_cpu_s": round(build_cpu, 1),
        "add_cpu_s": round(add_cpu, 1),
        "cpu_share": round(add_cpu / build_cpu, 4),
    }


if __name__ == "__main__":
    place, given, *more = sys.argv[1:]
    print(json.dumps(main(Path(place), Path(given), [Path(one) for one in more])))
