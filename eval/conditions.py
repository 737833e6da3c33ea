"""Under what a run was made: without it a figure cannot be repeated."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
from importlib import metadata
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
    )


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
