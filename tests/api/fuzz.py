"""Generated and hostile requests and odd questions. `python -m tests.api.fuzz --cases 20000` prints what came back."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS
from schemathesis.generation.modes import GenerationMode

from tests.api.hostile import hostile_requests
from tests.api.questions import ask_questions
from tests.api.serving import ROOT, Served, serving

_ROUNDS = 40
CHECKED = (
    "not_a_server_error",
    "response_schema_conformance",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
)


@dataclass
class Fuzzed:
    """What came back: statuses, what broke the document, and the slowest answer in seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0


def generated_cases(count: int, folder: Path, start: int = 1) -> Fuzzed:
    """At least `count` requests made from the OpenAPI document, half of them meant to be wrong.

    Routes that take little are soon exhausted: further rounds, each from another seed, fill up with the others.
    """
    fuzzed = Fuzzed()
    with serving(folder, rate={"per_minute": 0}, logs={"access": False}) as served, requests.Session() as session:
        with urllib.request.urlopen(f"{served.base}/openapi.json") as answer:
            document = json.load(answer)
        schema = schemathesis.openapi.from_dict(document)
        operations = [result.ok() for result in schema.get_all_operations()]
        for number in range(start, start + _ROUNDS):
            missing = count - fuzzed.statuses.total()
            if missing <= 0:
                break
            each = max(1, missing // (2 * len(operations)))
            for operation in operations:
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                    try:
                        strategy = operation.as_strategy(generation_mode=mode)
                        _try(strategy, each, number, served, session, fuzzed, operation.label)
                    except (schemathesis.errors.SchemathesisError, Unsatisfiable):
                        continue  # nothing can be wrong about a route without parameters
    return fuzzed


def _try(
    strategy: Any, count: int, start: int, served: Served, session: requests.Session, fuzzed: Fuzzed, label: str
) -> None:
    checks = [CHECKS.get_one(name) for name in CHECKED]

    @seed(start)
    @given(case=strategy)
    @hypothesis_settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def one(case: Any) -> None:
        began = time.monotonic()
        response = case.call(base_url=served.base, session=session, timeout=20)
        fuzzed.slowest = max(fuzzed.slowest, time.monotonic() - began)
        fuzzed.statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=checks)
        except BaseExceptionGroup as group:
            fuzzed.failures.append(f"{label}: {'; '.join(str(each)[:300] for each in group.exceptions)}")
        except AssertionError as error:
            fuzzed.failures.append(f"{label}: {str(error)[:300]}")

    one()


def main() -> int:
    """The fuzz report."""
    from tests.api.test_hostile import wrong_with

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fuzzed = generated_cases(given_.cases, Path(folder) / "generated", given_.seed)
        with serving(Path(folder) / "hostile", rate={"per_minute": 0}, server={"receive_seconds": 1.5}) as served:
            every = hostile_requests()
            wrong = [each for each in (wrong_with(served, hostile, 2.0) for hostile in every) if each]
        asked = ask_questions(given_.questions, ROOT / "qa" / "sample" / "A_RES_55_179.txt", Path(folder), given_.seed)
    errors = sum(count for status, count in fuzzed.statuses.items() if status >= 500)
    sys.stdout.write(
        f"generated: {fuzzed.statuses.total()} requests, {errors} of 5xx, {len(fuzzed.failures)} against the document, "
        f"slowest {fuzzed.slowest * 1000:.0f} ms, statuses {dict(sorted(fuzzed.statuses.items()))}\n"
        f"hostile: {len(every)} requests, {len(wrong)} answered wrongly\n"
        f"questions: {asked.statuses.total()} asked, {len(asked.wrong)} answered wrongly, {asked.twins} pairs of composed "
        f"and decomposed forms, slowest {asked.slowest * 1000:.0f} ms, statuses {dict(sorted(asked.statuses.items()))}\n"
    )
    for line in [*fuzzed.failures[:20], *wrong[:20], *asked.wrong[:20]]:
        sys.stdout.write(f"  {line}\n")
    late = max(fuzzed.slowest, asked.slowest) > 2.0
    return 1 if errors or fuzzed.failures or wrong or asked.wrong or late else 0


if __name__ == "__main__":
    raise SystemExit(main())
