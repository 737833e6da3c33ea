"""Questions dealt into folds for cross-validation.

By answers: questions that share an answer stay together as far as a fold holds them. A group of linked questions that is larger than a
fold is cut where it hangs together least; training for a fold leaves out what shares an answer with that fold's questions
(`embeddings.training.collection`), so that a model has seen none of the answers that it is asked for.

By questions: at random. A model has seen none of the questions that it is asked, and may have seen what answers them under others:
what a collection that is asked again and again will show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from eval.records import By

FOLDS = 5
_LEAST_PIECE = 0.1  # of a group that is cut
_SEED = 20261128

Rows = npt.NDArray[np.int64]


def deal(answers: Sequence[Sequence[str]], by: By = By.ANSWERS) -> list[int]:
    """A fold for every question, given what answers it."""
    if by is By.ANSWERS:
        return _by_answers(answers)
    return [int(place) % FOLDS for place in np.random.default_rng(_SEED).permutation(len(answers))]


def _by_answers(answers: Sequence[Sequence[str]]) -> list[int]:
    """The largest group goes first, always to the smallest fold."""
    documents = {doc: at for at, doc in enumerate(dict.fromkeys(doc for one in answers for doc in one))}
    links = [(row, documents[doc]) for row, one in enumerate(answers) for doc in one]
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    answered = coo_array((np.ones(len(links)), (rows, columns)), shape=(len(answers), len(documents))).tocsr()
    linked = (answered @ answered.T > 0).astype(np.float64).tocsr()
    groups = _groups(linked, np.arange(len(answers)), -(-len(answers) // FOLDS))
    folds, filled = np.zeros(len(answers), dtype=np.int64), [0] * FOLDS
    for group in sorted(groups, key=lambda one: (-len(one), one[0])):
        smallest = filled.index(min(filled))
        folds[group] = smallest
        filled[smallest] += len(group)
    return [int(fold) for fold in folds]


def _groups(linked: Any, rows: Rows, most: int) -> list[Rows]:
    """The groups of linked questions among `rows`, those of more than `most` cut in two until none is."""
    n, part = connected_components(linked[rows][:, rows], directed=False)
    if n > 1:
        return [piece for one in range(n) for piece in _groups(linked, rows[part == one], most)]
    if len(rows) <= most:
        return [rows]
    left, right = _cut(linked, rows)
    return _groups(linked, left, most) + _groups(linked, right, most)


def _cut(linked: Any, rows: Rows) -> tuple[Rows, Rows]:
    """Two pieces of a connected group with few links between them for their size.

    The questions are ordered by the second eigenvector of the normalised Laplacian, and cut where the conductance is least.
    Source: Shi and Malik 2000, "Normalized cuts".
    """
    links = linked[rows][:, rows].toarray()
    np.fill_diagonal(links, 0.0)
    root = np.sqrt(links.sum(axis=1))
    _, vectors = np.linalg.eigh(np.eye(len(rows)) - links / np.outer(root, root))
    order = np.argsort(vectors[:, 1] / root, kind="stable")
    links = links[order][:, order]
    ends = links.sum(axis=1).cumsum()
    crossing = ends - links.cumsum(axis=0).cumsum(axis=1).diagonal()
    conductance = crossing / np.minimum(ends, ends[-1] - ends).clip(min=1.0)
    least = max(1, int(len(rows) * _LEAST_PIECE))
    at = least + int(np.argmin(conductance[least - 1 : len(rows) - least]))
    return rows[order[:at]], rows[order[at:]]
