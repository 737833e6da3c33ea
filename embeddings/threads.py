"""How many threads what may use: the one place where that is decided.

| what | threads | why |
|---|---|---|
| one question's encoding | 1; `threads` of the settings while no other is asked | other questions use the other cores |
| encoding many passages | `cores()` batches at once, one thread each | no thread waits for another inside a batch |
| one search | `SEARCH` | two OpenMP threads on busy cores took a hundred times as long |
| building a vector index | `cores()` | training and adding rows divide well |
"""

from __future__ import annotations

import os

SEARCH = 1


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
