"""Runs and qrels in TREC format, so that anyone can measure a run again with their own tools."""

from __future__ import annotations

import math
from pathlib import Path

from eval.errors import TrecFormatError
from eval.files import lines_of
from eval.records import Qrels, Run


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements: `question 0 document grade` per line; BEIR's three columns under a header are read too.

    Raises:
        UnreadableError: the file is no text.
        TrecFormatError: a line has another number of fields, or a grade that is no whole number.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines_of(path), 1):
        fields = line.split()
        if not fields or (number == 1 and fields[0] == "query-id"):
            continue
        if len(fields) not in (3, 4):
            raise TrecFormatError(path, number, "question, 0, document, grade", line.strip())
        try:
            qrels.setdefault(fields[0], {})[fields[-2]] = int(fields[-1])
        except ValueError:
            raise TrecFormatError(path, number, "a whole number as grade", fields[-1]) from None
    return qrels


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Write judgements, in the order given."""
    lines = [f"{q} 0 {doc} {grade}\n" for q, grades in qrels.items() for doc, grade in grades.items()]
    path.write_text("".join(lines), encoding="utf-8")


def read_run(path: Path) -> dict[str, tuple[str, ...]]:
    """Ranked documents per question: by score, highest first, ties by document id. The rank column is not trusted.

    Raises:
        TrecFormatError: a line has another number of fields, or a score that is no finite number.
    """
    scored: dict[str, dict[str, float]] = {}
    for number, line in enumerate(lines_of(path), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 6:
            raise TrecFormatError(path, number, "question, Q0, document, rank, score, tag", line.strip())
        try:
            score = float(fields[4])
        except ValueError:
            score = math.nan
        if not math.isfinite(score):
            raise TrecFormatError(path, number, "a finite score", fields[4])
        documents = scored.setdefault(fields[0], {})
        documents[fields[2]] = max(score, documents.get(fields[2], -math.inf))
    return {q: tuple(sorted(docs, key=lambda doc: (-docs[doc], doc))) for q, docs in scored.items()}


def write_run(path: Path, run: Run, tag: str) -> None:
    """Write a run. The score column is the number of documents from here to the end of the list.

    It is not the service's score: tools sort by this column and break ties in ways of their own, so strictly falling
    whole numbers are the only scores under which everybody measures the order that was served.
    """
    lines = [
        f"{q} Q0 {doc} {rank} {len(docs) - rank + 1} {tag}\n"
        for q, docs in run.items()
        for rank, doc in enumerate(docs, 1)
    ]
    path.write_text("".join(lines), encoding="utf-8")
