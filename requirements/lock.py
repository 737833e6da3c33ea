"""Rewrite the hash-locked dependency files from pyproject.toml: `make lock`.

serving.lock   what `make serve` installs: no torch
test.lock      what the tests need besides
postgres.lock  what serving from a database needs
ray.lock       building on many machines: 236 MB, so installed only by who wants it
models.lock    the full set-up: sentence-transformers with torch
tools.lock     the documentation and a release: generator, build, bill of materials, licences
reference.lock the reference weights, installed without their dependencies
bench.lock     what `make bench` compares with, for an environment of its own
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGETS: dict[str, list[str]] = {
    "serving": ["pyproject.toml", "requirements/serving.in"],
    "test": ["--extra", "test", "pyproject.toml", "requirements/serving.in"],
    "postgres": ["--extra", "postgres", "pyproject.toml", "requirements/serving.in"],
    "ray": ["--extra", "ray", "pyproject.toml"],
    "models": [
        *("--extra", "test", "--extra", "models", "--constraint", "requirements/torch-cpu.in"),
        *("pyproject.toml", "requirements/serving.in"),
    ],
    "tools": ["--extra", "test", "--extra", "docs", "--extra", "release", "pyproject.toml", "requirements/serving.in"],
    "reference": ["--no-deps", "requirements/reference.in"],
    "bench": ["--constraint", "requirements/torch-cpu.in", "requirements/bench.in", "requirements/reference.in"],
}


def main() -> int:
    """Compile every target for Python 3.11 and later on every platform; the first failure ends it."""
    for name, arguments in TARGETS.items():
        command = [
            str(Path(sys.executable).with_name("uv")),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
        ]
        command += ["--no-annotate", "--no-header", "--output-file", f"requirements/{name}.lock", *arguments]
        sys.stderr.write(f"{name}.lock\n")
        done = subprocess.run(command, cwd=HERE.parent, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
