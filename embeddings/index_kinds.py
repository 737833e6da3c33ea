"""The kinds of vector index, apart from what builds them, so that a command line can name them without loading numpy."""

from __future__ import annotations

from enum import StrEnum


class IndexKind(StrEnum):
    """How vectors are kept and searched."""

    FLAT = "flat"  # float32, every row compared: the yardstick
    EXACT = "exact"  # half precision codes, every row compared: half the memory, recall@10 0.999
    HNSW = "hnsw"  # a graph over half precision codes
    IVF = "ivf"  # inverted lists of 2-bit-a-component codes, scanned fast; longer codes rank the best of what they find
