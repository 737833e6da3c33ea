"""Under what a run was made: without it a figure cannot be repeated."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from eval.intervals import SEED
from eval.wire import Conditions
from qa.store.place import Place

PACKAGES = (
    "un-resolution-qa",
    "bm25s",
    "faiss-cpu",
    "ir-measures",
    "msgspec",
    "numpy",
    "onnxruntime",
    "pytrec-eval-terrier",
    "tokenizers",
)


CODE = ("embeddings", "eval", "qa")
"""The packages whose files decide what is found, answered and measured."""


def conditions_of(
    *,
    name: str,
    index: Place,
    questions: Path,
    k: int,
    generation: str,
    model: str,
    service: dict[str, str],
    settings: dict[str, object],
) -> Conditions:
    """The conditions of a run made now, on this machine."""
    return Conditions(
        name=name,
        date=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        index=str(index),
        generation=generation,
        model=model,
        service=service,
        settings=settings,
        questions=str(questions),
        questions_sha256=hashlib.sha256(questions.read_bytes()).hexdigest(),
        k=k,
        seed=SEED,
        versions={"python": platform.python_version()} | {one: _version(one) for one in PACKAGES},
        machine={
            "system": platform.platform(),
            "processor": _processor(),
            "cores": str(len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else str(os.cpu_count()),
        },
        code=code_sha256(),
    )


def code_sha256() -> str:
    """The digest of our own files as they are installed: names and contents of all .py, .toml and .json of the packages in `CODE`."""
    digest = hashlib.sha256()
    for package in CODE:
        root = Path(str(files(package)))
        for path in sorted(one for one in root.rglob("*") if one.suffix in {".py", ".toml", ".json"}):
            content = path.read_bytes()
            digest.update(f"{package}/{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def facts_of(told: Conditions) -> dict[str, str]:
    """The conditions by name, as a report lists them; the settings are told apart."""
    facts = {
        "run": told.name,
        "date": told.date,
        "index": told.index,
        "generation": told.generation,
        "model": told.model,
        "questions": told.questions,
        "questions sha256": told.questions_sha256,
        "code sha256": told.code,
        "ranking length": str(told.k),
        "seed": str(told.seed),
    }
    return facts | told.service | told.machine | told.versions


def flat(settings: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Settings with the names of their tables before their own: `retrieval.weights.dense`."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    """The processor's name, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
