"""How long a question takes, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.wire import AnswerLine, LatencyOut


def latency_of(answers: Sequence[AnswerLine]) -> dict[str, LatencyOut]:
    """Milliseconds per stage, in the service's order; `wall` is the whole answer, measured from outside."""
    stages: dict[str, list[float]] = {}
    for answer in answers:
        if answer.status == "error":
            continue
        for stage, spent in answer.timings.items():
            stages.setdefault(stage, []).append(spent)
        stages.setdefault("wall", []).append(answer.wall_ms)
    ordered = sorted(stages, key=lambda stage: stage == "wall")
    return {stage: _summary(stages[stage]) for stage in ordered}


def _summary(spent: list[float]) -> LatencyOut:
    p50, p95 = np.quantile(np.array(spent), [0.5, 0.95])
    return LatencyOut(float(p50), float(p95), float(np.mean(spent)), len(spent))
