"""Training examples from questions and an index: each question with the passage that answers and look-alikes that do not.

What is written is what `embeddings.training` reads. The look-alikes are what the current settings rank highest, less the
right paragraph, its near-identical twins and its own sub-paragraphs: the mistakes that the next model should not make.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import msgspec

from eval.records import Question
from eval.tuning import Progress, Seen, look
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import same_text
from qa.service import QAService

_TWIN = 0.6
_HEAD = 60


class ExampleLine(msgspec.Struct, frozen=True):
    """One line of the training file."""

    query: str
    positive: str
    negatives: list[str]


def make_examples(
    service: QAService, corpus: Searchable, questions: Sequence[Question], n: int, seed: int, progress: Progress
) -> Iterator[ExampleLine]:
    """An example for every question whose paragraph is among the candidates; `n` look-alikes each, half from the top."""
    pick = random.Random(seed)  # noqa: S311
    answerable = [one for one in questions if one.paragraphs]
    for one in look(service, corpus, answerable, progress):
        line = _example(corpus, one, n, pick)
        if line is not None:
            yield line


def _example(corpus: Searchable, one: Seen, n: int, pick: random.Random) -> ExampleLine | None:
    places = [place for place in range(one.candidates.n) if one.right[place]]
    if not places:
        return None
    right = int(one.candidates.rows[places[0]])
    others = [int(one.candidates.rows[place]) for place in range(min(_HEAD, one.candidates.n)) if not one.right[place]]
    texts = [corpus.generation.passage(row).text for row in [right, *others]]
    same = same_text(texts, _TWIN)
    fresh = [row for row, first in zip(others, same[1:], strict=True) if first != 0 or one.dated]
    if len(fresh) < n:
        return None
    top = fresh[: n // 2]
    chosen = top + pick.sample(fresh[n // 2 :], n - len(top))
    return ExampleLine(one.question.text, corpus.input(right), [corpus.input(row) for row in chosen])
