"""Odd questions to the real service: no 5xx, and one text written in two ways finds the same. `make fuzz` asks 5,000."""

from __future__ import annotations

from pathlib import Path

from tests.api.questions import ask_questions


def test_odd_questions_are_answered_or_refused_rightly(tmp_path: Path, sample_path: Path) -> None:
    asked = ask_questions(150, sample_path, tmp_path)
    assert not asked.wrong, f"{len(asked.wrong)} of {asked.statuses.total()}: " + "\n".join(asked.wrong[:10])
    assert asked.statuses.total() >= 140
    assert {200, 422} <= set(asked.statuses)
    assert asked.twins >= 5
