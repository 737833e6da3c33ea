"""Does a generation find what it holds? Asked before it is published, and before it is served."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qa.store.errors import DamagedError
from qa.store.generation import Generation

N_PROBES = 20
_TOLERANCE = 0.02  # quantised vectors come back a little changed


def probe(generation: Generation, n: int = N_PROBES) -> None:
    """Let `n` stored vectors, spread over all rows, find themselves or an equal of theirs; and decode those rows.

    Raises:
        DamagedError: one does not.
    """
    if generation.n_passages == 0:
        raise DamagedError(generation.folder, "holds no passages")
    rows = np.unique(np.linspace(0, generation.n_passages - 1, n).astype(np.int64))
    stored = np.array(generation.stored_vectors()[rows])
    for row, vector in zip(rows.tolist(), stored, strict=True):
        scores, found = generation.vectors.search(vector[np.newaxis, :], 1)
        if len(found[0]) == 0 or not _is_same(generation, int(found[0][0]), float(scores[0][0]), vector, row):
            raise DamagedError(Path(generation.folder, "vectors.faiss"), f"row {row} does not find itself")
        number = int(generation.columns.resolution[row])
        if generation.passage(row).symbol != generation.listed[number].symbol:
            raise DamagedError(Path(generation.folder, "passages.blob"), f"row {row} is of another resolution")


def _is_same(
    generation: Generation, found: int, score: float, vector: np.ndarray[tuple[int], np.dtype[np.float32]], row: int
) -> bool:
    if not np.isclose(score, 1.0, atol=_TOLERANCE):
        return False
    return found == row or float(generation.stored_vectors()[found] @ vector) >= 1 - _TOLERANCE
