"""What is learned from: passages, and questions with the passages that answer them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TrainingPassage:
    """A passage; those of one `group` (windows, sub-paragraphs of one paragraph) are never held against each other."""

    id: str
    group: str
    context: str
    text: str

    @property
    def input(self) -> str:
        """What an encoder sees."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question; `positives` and `tempting` are rows of passages.

    `tempting` passages are about the same and do not answer. `exact` says that a near-identical passage elsewhere (another
    year's) is a wrong answer, because the question names the year. Questions of a fold (0 and up) are measured by
    cross-validation; those of none (-1) are in every training.
    """

    text: str
    positives: tuple[int, ...]
    tempting: tuple[int, ...]
    exact: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages and the questions over them."""

    passages: tuple[TrainingPassage, ...]
    questions: tuple[TrainingQuestion, ...]


def read_collection(folder: Path, without_fold: str = "", *, shared: bool = False) -> Collection:
    """`passages.jsonl` and `questions.jsonl` of a folder, gzipped or not.

    `without_fold` leaves the questions of one fold out (its number), or of every fold ("all"); and with them, unless
    `shared`, every question that shares a passage with them, so that nothing is learned of what answers them.
    """
    passages = tuple(
        TrainingPassage(row["id"], row.get("group", row["id"]), row.get("context", ""), row["text"])
        for row in _rows(folder / "passages.jsonl")
    )
    rows = {one.id: row for row, one in enumerate(passages)}
    questions = tuple(
        TrainingQuestion(
            row["query"],
            tuple(rows[name] for name in row["positives"]),
            tuple(rows[name] for name in row.get("tempting", ())),
            bool(row.get("exact")),
            int(row.get("fold", -1)),
        )
        for row in _rows(folder / "questions.jsonl")
    )
    held_out = {one for one in questions if one.fold >= 0 and without_fold in ("all", str(one.fold))}
    answers = set() if shared else {row for one in held_out for row in one.positives}
    return Collection(
        passages, tuple(one for one in questions if one not in held_out and answers.isdisjoint(one.positives))
    )


def drawn(collection: Collection, n: int, seed: int) -> Collection:
    """The same questions over `n` passages: those that questions name, and others drawn at random. Fewer take less time to mine."""
    named = {row for one in collection.questions for row in (*one.positives, *one.tempting)}
    others = [row for row in range(len(collection.passages)) if row not in named]
    kept = sorted(named | set(random.Random(seed).sample(others, min(len(others), max(0, n - len(named))))))  # noqa: S311
    place = {row: at for at, row in enumerate(kept)}

    def moved(rows: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(place[row] for row in rows)

    return Collection(
        tuple(collection.passages[row] for row in kept),
        tuple(
            replace(one, positives=moved(one.positives), tempting=moved(one.tempting)) for one in collection.questions
        ),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.with_name(path.name + ".gz")
    with gzip.open(packed, "rt", encoding="utf-8") if packed.is_file() else path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def words_of(text: str) -> frozenset[str]:
    """The distinct words of a text, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def share_in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's index of two sets of words; 1 for two empty ones."""
    union = len(one | other)
    return len(one & other) / union if union else 1.0
