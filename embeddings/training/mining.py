"""Look-alikes: what a model ranks high for a question that does not answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from embeddings.training.collection import Collection, share_in_common, words_of

_TWIN = 0.6  # from this share of words in common two passages say the same


@dataclass(frozen=True, slots=True)
class Mined:
    """For each question the rows that look alike, most alike first, and the rows that must not be held against it."""

    negatives: list[list[int]]
    spared: list[frozenset[int]]


def mine(collection: Collection, queries: torch.Tensor, passages: torch.Tensor, n: int, depth: int = 80) -> Mined:
    """The `n` nearest passages that are no answers, tempting ones first; vectors run beside the collection."""
    by_group: dict[str, list[int]] = {}
    for row, one in enumerate(collection.passages):
        by_group.setdefault(one.group, []).append(row)
    sets: dict[int, frozenset[str]] = {}

    def words(row: int) -> frozenset[str]:
        if row not in sets:
            sets[row] = words_of(collection.passages[row].text)
        return sets[row]

    negatives, spared = [], []
    for start in range(0, len(queries), 1024):
        near = (queries[start : start + 1024] @ passages.T).topk(min(depth, len(passages)), dim=1).indices.tolist()
        for question, rows in zip(collection.questions[start : start + 1024], near, strict=True):
            kin = {row for one in question.positives for row in by_group[collection.passages[one].group]}
            if not question.exact:
                kin |= _repeats(rows, question.positives, words)
            spared.append(frozenset(kin))
            others = [row for row in rows if row not in kin and row not in question.tempting]
            negatives.append([*question.tempting, *others][:n])
    return Mined(negatives, spared)


def _repeats(rows: Sequence[int], positives: Sequence[int], words: Callable[[int], frozenset[str]]) -> set[int]:
    return {row for row in rows if any(share_in_common(words(row), words(one)) >= _TWIN for one in positives)}
