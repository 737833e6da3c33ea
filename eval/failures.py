"""Why a question failed, in one of a few words, so that the work goes where most fail."""

from __future__ import annotations

from collections.abc import Sequence

from eval.labels import fold
from eval.records import Question
from qa.ids import symbol_of

WORDS = {
    "error": "the service refused the question",
    "not indexed": "no expected paragraph is in the index",
    "answered, but the texts do not say": "should have abstained",
    "withheld a right answer": "found it, and abstained all the same",
    "folded under a twin": "the expected paragraph is listed under a near-identical one",
    "wrong paragraph, right resolution": "the resolution was found, another of its paragraphs came first",
    "ranked below": "in the ten, not first",
    "ranked far below": "in the list, not in the ten",
    "never found": "not among the paragraphs that the first stage brought",
}
"""Each failure, and what it means."""


def failure_of(
    question: Question,
    status: str,
    first: str | None,
    ranked: Sequence[str],
    also: Sequence[str],
    held: bool,
) -> str | None:
    """The name of what went wrong, or None.

    Args:
        question: What was asked.
        status: The service's status, or `error`.
        first: The paragraph that was given (or withheld) as the answer.
        ranked: Folded ranking.
        also: Paragraphs listed as near-identical under the first hit.
        held: Whether the index holds an expected paragraph.
    """
    if question.answerable is None:
        return None
    if status == "error":
        return "error"
    if not question.answerable:
        return "answered, but the texts do not say" if status == "answered" else None
    expected = {fold(one) for one in question.paragraphs}
    if first is not None and fold(first) in expected:
        return "withheld a right answer" if status == "abstained" else None
    return _missed(expected, first, ranked, also, held)


def _missed(expected: set[str], first: str | None, ranked: Sequence[str], also: Sequence[str], held: bool) -> str:
    if not held:
        return "not indexed"
    if expected & {fold(one) for one in also}:
        return "folded under a twin"
    if first is not None and symbol_of(first) in {symbol_of(one) for one in expected}:
        return "wrong paragraph, right resolution"
    place = next((place for place, one in enumerate(ranked, 1) if one in expected), None)
    if place is None:
        return "never found"
    return "ranked below" if place <= 10 else "ranked far below"
