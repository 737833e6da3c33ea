"""Generated requests against the OpenAPI document: no 5xx, no answer that the document does not allow.

`SCHEMA_CASES` sets how many (1,000 where nothing is said); `make fuzz` runs 20,000.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.api.fuzz import generated_cases

CASES = int(os.environ.get("SCHEMA_CASES", "1000"))


def test_generated_requests(tmp_path: Path) -> None:
    fuzzed = generated_cases(CASES, tmp_path)
    assert not fuzzed.failures, f"{len(fuzzed.failures)} of {fuzzed.statuses.total()}:\n" + "\n".join(
        fuzzed.failures[:5]
    )
    assert not [status for status in fuzzed.statuses if status >= 500]
    assert fuzzed.statuses.total() >= CASES
    assert {200, 422} <= set(fuzzed.statuses)
