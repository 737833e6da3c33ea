"""A question that goes on: the text that its topic finds comes first, and what speaks of no country of the topic later."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from qa.answering.going_on import TextBefore, goes_on, speaking_of_topic, text_first
from qa.records import Kind, Passage
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.turn_reading import Reading
from qa.retrieval.turns import Moved
from qa.service import QAService
from qa.wire import AskRequest


class Texts:
    """A corpus of which only the passages are asked for: row -> symbol and text."""

    def __init__(self, *texts: tuple[str, str]) -> None:
        self.texts = texts

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        return [
            Passage(f"{symbol}#OP{row}", symbol, f"OP{row}", Kind.OPERATIVE, "", text)
            for row, (symbol, text) in ((row, self.texts[row]) for row in rows)
        ]


def found(*scores: float) -> Ranked:
    n = len(scores)
    return Ranked(
        Candidates(np.arange(n), np.zeros((n, 1), np.float32), np.array(scores, np.float32), np.zeros(n, np.int32))
    )


@pytest.mark.parametrize(
    ("reading", "is_so"),
    [
        (Reading("who pays for it?", "force in Mali"), True),
        (Reading("until when?", "force in Mali"), False),
        (Reading("and is the force in Mali?", "force in Mali"), False),
        (Reading("who pays for the force in Mali?"), False),
        (Reading("who pays?", "force in Chad", name="Chad"), False),
        (Reading("who pays?", "force in Chad", is_again=True), False),
        (Reading("was it lifted later?", "embargo of 1993", move=Moved.LATER), False),
    ],
)
def test_a_question_goes_on_that_has_words_of_its_own_and_no_other_thing_or_time(reading: Reading, is_so: bool) -> None:
    assert goes_on(reading) is is_so


def test_what_is_of_other_texts_stands_lower() -> None:
    corpus = Texts(("B", "near"), ("A", "nearly as near"), ("B", "far"))
    text = TextBefore("A", None)
    assert text_first(text, found(1.0, 0.9, 0.5), 3, corpus).candidates.rows.tolist() == [1, 0, 2]  # type: ignore[arg-type]
    assert text_first(text, found(1.0, 0.7, 0.5), 3, corpus).candidates.rows.tolist() == [0, 1, 2]  # type: ignore[arg-type]
    assert text_first(TextBefore("C", None), found(1.0, 0.9), 2, corpus).candidates.scores[0] == 1.0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "first"),
    [
        (Reading("how long does it stay?", "observers in Liberia"), 1),
        (Reading("how long do those in El Salvador stay?", "observers in Liberia"), 0),
        (Reading("how long does it stay?", "observers"), 0),
        (Reading("how long does it stay?", "observers in Chad"), 0),
    ],
)
def test_what_speaks_of_no_country_of_the_topic_stands_lower(reading: Reading, first: int) -> None:
    corpus = Texts(("B", "observers in El Salvador"), ("A", "the Liberian observers"))
    assert speaking_of_topic(reading, found(1.0, 0.9), 2, corpus).candidates.rows[0] == first  # type: ignore[arg-type]


def test_a_country_of_the_topic_counts_where_none_of_them_is_spoken_of(service: QAService) -> None:
    """The text speaks of Moldova: that it does not of Gibraltar, which only the question before named, is no reason."""
    before = ["What do Gibraltar and Moldova ask of the Russian forces?"]
    answer = service.ask(AskRequest("by when must they be withdrawn?", history=before))
    assert "Gibraltar" not in (answer.reason or "")
    alone = service.ask(AskRequest("What do Gibraltar and Moldova ask of the Russian forces?"))
    assert any("Gibraltar" in told for told in (alone.reason or "", *alone.understood.notes))


def test_a_time_that_was_named_before_refuses_nothing(service: QAService) -> None:
    before = ["What is said about troops in Moldova in June 1993?"]
    later = service.ask(AskRequest("by when must they be withdrawn?", history=before))
    assert "the time that was named" not in (later.reason or "")
    assert not any("does not name the time" in note for note in later.understood.notes)
    alone = service.ask(AskRequest("What was decided on troops in Moldova in June 1993?"))
    assert "does not name the time that was named (June 1993)" in (alone.reason or "")
