"""Training examples: the passages of indexes, and questions with the passages that answer them or only seem to.

What is written is what `embeddings.training` reads. Look-alikes are not chosen here: training mines them itself, anew in
each round, with the model as it then is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from eval import beir
from eval.folds import deal
from eval.records import By, Question
from qa.ids import symbol_of
from qa.retrieval.query import understand
from qa.store.generation import Generation


class PassageLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of passages.jsonl; passages of one `group` (a paragraph and its parts) are never held against each other."""

    id: str
    group: str
    text: str
    context: str = ""


class ExampleLine(msgspec.Struct, frozen=True):
    """One line of questions.jsonl. `positives` and `tempting` are ids of passages; no positives: a near miss.

    `exact`: the question names a time or a symbol, so that another year's passage is a wrong answer.
    """

    query: str
    positives: list[str]
    tempting: list[str]
    exact: bool
    fold: int = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """Passages, the questions over them, and how many questions were left out because no passage of theirs is held."""

    passages: list[PassageLine]
    questions: list[ExampleLine]
    left_out: int

    def __add__(self, other: Examples) -> Examples:
        return Examples(
            self.passages + other.passages, self.questions + other.questions, self.left_out + other.left_out
        )

    def write(self, folder: Path) -> None:
        """Write `passages.jsonl` and `questions.jsonl` into a folder, which is made where it is not."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = msgspec.json.Encoder().encode_lines
        (folder / "passages.jsonl").write_bytes(lines(self.passages))
        (folder / "questions.jsonl").write_bytes(lines(self.questions))


def make_examples(
    whole: Sequence[Generation],
    questions: Sequence[Question],
    *,
    asked_only: Sequence[Generation] = (),
    without: frozenset[str] = frozenset(),
) -> Examples:
    """Examples over all resolutions of `whole`, and over those of `asked_only` that a question is about.

    A resolution that several indexes hold is taken from the first. `without` are symbols that are left out altogether,
    as answers and as look-alikes.
    """
    asked = {symbol for one in questions for symbol in symbols_of(one)}
    passages: list[PassageLine] = []
    seen = set(without)
    for generation, wanted in [*((one, None) for one in whole), *((one, asked) for one in asked_only)]:
        taken = {one for one in generation.symbols if one not in seen and (wanted is None or one in wanted)}
        passages += _passages(generation, taken)
        seen |= taken
    ids: dict[str, list[str]] = {}
    for line in passages:
        ids.setdefault(line.id.partition("~")[0], []).append(line.id)
    found = [_example(one, ids) for one in questions]
    kept = [one for one in found if one is not None]
    return Examples(passages, kept, len(found) - len(kept))


def symbols_of(question: Question) -> set[str]:
    """The resolutions that a question is about."""
    named = {symbol_of(paragraph) for paragraph in (*question.paragraphs, *question.helps)}
    return named | ({question.symbol} if question.symbol else set())


def _passages(generation: Generation, symbols: set[str]) -> Iterator[PassageLine]:
    for row in range(generation.n_passages):
        one = generation.passage(row)
        if one.symbol in symbols:
            window = f"~{one.window}" if one.window else ""
            group = f"{one.symbol}#{one.label.partition('(')[0]}"
            yield PassageLine(f"{one.id}{window}", group, one.text, one.context)


def _example(question: Question, ids: dict[str, list[str]]) -> ExampleLine | None:
    """None where no passage is held of what answers it, or, where nothing does, of what only seems to."""

    def held(paragraphs: Iterable[str]) -> list[str]:
        return [name for paragraph in paragraphs for name in ids.get(paragraph, ())]

    positives = held(question.paragraphs)
    tempting = [] if question.paragraphs else held(question.helps)
    if not positives and not tempting:
        return None
    query = understand(question.text, question.history)
    return ExampleLine(query.text, positives, tempting, bool(query.dates or query.mentions))


def examples_of_beir(folder: Path, split: str, by: By = By.ANSWERS) -> Examples:
    """The documents of a collection in BEIR layout and the questions of a split, dealt into folds.

    By answers, questions that share a relevant document, directly or through others, are of one fold: so a model that was
    trained without a fold has seen none of its answers.

    Raises:
        BeirError: the folder is no such collection.
    """
    collection = beir.read_collection(folder, split)
    name = folder.resolve().name
    passages = [
        PassageLine(f"{name}:{one.id}", f"{name}:{one.id}", one.text, one.title) for one in collection.documents
    ]
    held = {one.id for one in collection.documents}
    folds = deal([one.paragraphs for one in collection.questions], by)
    lines = [
        ExampleLine(one.text, [f"{name}:{doc}" for doc in one.paragraphs], [], exact=False, fold=fold)
        for one, fold in zip(collection.questions, folds, strict=True)
        if held.issuperset(one.paragraphs)
    ]
    return Examples(passages, lines, len(collection.questions) - len(lines))
