"""Questions dealt into folds for cross-validation.

Questions that share an answer, directly or through others, are of one fold: a model that was trained without a fold has seen
none of its answers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

FOLDS = 5


def deal(answers: Sequence[Sequence[str]]) -> list[int]:
    """A fold for every question, given what answers it; the largest group of linked questions goes first, always to the smallest fold."""
    documents = {doc: at for at, doc in enumerate(dict.fromkeys(doc for one in answers for doc in one), len(answers))}
    links = [(row, documents[doc]) for row, one in enumerate(answers) for doc in one]
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    n = len(answers) + len(documents)
    _, part = connected_components(coo_array((np.ones(len(links)), (rows, columns)), shape=(n, n)), directed=False)
    names, sizes = np.unique(part[: len(answers)], return_counts=True)
    fold_of: dict[int, int] = {}
    filled = [0] * FOLDS
    for at in np.argsort(-sizes, kind="stable"):
        smallest = filled.index(min(filled))
        fold_of[int(names[at])] = smallest
        filled[smallest] += int(sizes[at])
    return [fold_of[int(one)] for one in part[: len(answers)]]
