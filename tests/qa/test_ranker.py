"""The second ordering, and what the answer makes of a ranker's reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest
from msgspec.structs import replace

from embeddings.readings import PairReading
from qa.acts import split_acts
from qa.answering.deciding import MOST_MARGIN, how_met, margin_of
from qa.answering.highlight import Met, highlight
from qa.records import Kind, Paragraph, Passage, Span
from qa.retrieval.ranker import Ranked, lower, rerank
from qa.retrieval.retriever import Candidates


class Texts:
    """A corpus of which only the texts are asked for."""

    def inputs(self, rows: Sequence[int]) -> list[tuple[str, bytes]]:
        return [(f"text {row}", bytes([row])) for row in rows]


class Scorer:
    """Scores by the number in a text; remembers what it read."""

    name, sha256 = "numbers", "0" * 64

    def __init__(self, scores: dict[int, float]) -> None:
        self.scores = scores
        self.asked: list[str] = []
        self.stored: list[bytes] = []

    def read(
        self, query: str, passages: Sequence[str], tokens: Sequence[bytes] = (), asked: object = None
    ) -> list[PairReading]:
        self.asked, self.stored = list(passages), list(tokens)
        return [PairReading(self.scores[int(one.split()[1])]) for one in passages]


def candidates(*scores: float) -> Candidates:
    rows = np.arange(10, 10 + len(scores), dtype=np.int64)
    features = np.arange(len(scores), dtype=np.float32).reshape(-1, 1)
    return Candidates(rows, features, np.array(scores, np.float32), np.zeros(len(rows), np.int32))


def ranked(found: Candidates, scorer: Scorer | None, n: int, weight: float) -> Ranked:
    return rerank(("what?",), found, Texts(), scorer, n, weight)  # type: ignore[arg-type]


def test_what_is_lowered_goes_down_with_its_reading_and_the_rest_stays_below() -> None:
    done = ranked(candidates(0.9, 0.8, 0.7), Scorer({10: 0.0, 11: 0.0}), 2, 1.0)
    after = lower(done, np.array([0.5, 0.0], np.float32))
    assert after.candidates.rows.tolist() == [11, 10, 12]
    assert after.candidates.scores.tolist() == pytest.approx([0.8, 0.4, 0.4])
    assert [after.lowered_by(place) for place in range(3)] == [0.0, 0.5, 0.0]
    assert after.readings == done.readings[::-1]
    assert lower(done, np.zeros(2, np.float32)) is done


def test_the_head_is_ordered_by_both_scores_and_rows_keep_their_features_and_readings() -> None:
    scorer = Scorer({10: 0.0, 11: 0.3, 12: 0.4})
    done = ranked(candidates(0.9, 0.8, 0.5, 0.4, 0.3), scorer, 3, 1.0)
    assert scorer.asked == ["text 10", "text 11", "text 12"]
    assert scorer.stored == [b"\n", b"\x0b", b"\x0c"]  # each passage with what is stored of its tokens
    assert done.candidates.rows.tolist() == [11, 10, 12, 13, 14]
    assert done.candidates.features[:, 0].tolist() == [1, 0, 2, 3, 4]
    assert done.candidates.scores[:3] == pytest.approx([1.1, 0.9, 0.9])
    assert [done.reading(place).score for place in range(3)] == [0.3, 0.0, 0.4]  # type: ignore[union-attr]
    assert done.reading(3) is None


def test_the_weight_decides_who_wins() -> None:
    scores = {10: 0.0, 11: 0.5}
    assert ranked(candidates(0.9, 0.5), Scorer(scores), 2, 0.5).candidates.rows.tolist() == [10, 11]
    assert ranked(candidates(0.9, 0.5), Scorer(scores), 2, 2.0).candidates.rows.tolist() == [11, 10]


@pytest.mark.parametrize("scores", [{10: -5.0, 11: -9.0}, {10: 5.0, 11: 9.0}])
def test_what_was_not_read_stays_below_in_its_order(scores: dict[int, float]) -> None:
    done = ranked(candidates(0.9, 0.8, 0.79, 0.7), Scorer(scores), 2, 2.0)
    assert done.candidates.rows[2:].tolist() == [12, 13]
    found = done.candidates.scores
    assert all(a >= b for a, b in zip(found, found[1:], strict=False))
    assert found[2] <= found[1]


def test_ties_are_broken_by_row() -> None:
    found = candidates(0.5, 0.5, 0.5)
    turned = Candidates(found.rows[::-1].copy(), found.features, found.scores, found.adopted)
    assert ranked(turned, Scorer(dict.fromkeys((10, 11, 12), 0.2)), 3, 1.0).candidates.rows.tolist() == [10, 11, 12]


def test_without_a_ranker_or_a_candidate_nothing_is_read() -> None:
    found = candidates(0.9, 0.8)
    assert ranked(found, None, 5, 2.0) == Ranked(found)
    scorer = Scorer({10: 1.0})
    assert ranked(found, scorer, 0, 2.0).candidates is found
    assert ranked(candidates(), scorer, 5, 2.0).readings == ()
    assert scorer.asked == []


def test_the_first_scores_are_not_written_over() -> None:
    found = candidates(0.9, 0.8)
    ranked(found, Scorer({10: 0.0, 11: 1.0}), 2, 2.0)
    assert found.scores.tolist() == pytest.approx([0.9, 0.8])


# What an answer makes of a reading.

_TEXT = (
    "Requests the Secretary-General to submit a report on the situation of the refugees to the Assembly at its next "
    "session, and to include in it an account of what the host communities have spent on schools and hospitals; and "
    "decides to consider the matter again as soon as the report has been issued in all the official languages;"
)


def _paragraph(text: str = _TEXT) -> Paragraph:
    return Paragraph("OP1", Kind.OPERATIVE, "1", 1, text, (Span(0, len(text)),))


def _passage(text: str, context: str = "") -> Passage:
    return Passage("A/RES/1/1#OP1", "A/RES/1/1", "OP1", Kind.OPERATIVE, context, text)


def _met(passage: Passage, paragraph: Paragraph, *words: str) -> Met:
    """Every word of the passage's input is a token; one query token meets `words` and nothing else."""
    given = f"{passage.context}\n{passage.text}" if passage.context else passage.text
    places, start = [], 0
    for word in given.split():
        start = given.index(word, start)
        places.append((start, start + len(word)))
        start += len(word)
    cosines = np.array([[float(given[a:b] in words) for a, b in places]], np.float32)
    return Met.of(cosines, np.array(places, np.int64), passage, paragraph)


@pytest.mark.parametrize("context", ["", "General Assembly resolution 1/1.\nRefugees."])
@pytest.mark.parametrize("start", [0, _TEXT.index("and to include")])
def test_places_are_moved_to_the_paragraph_and_the_context_left_out(context: str, start: int) -> None:
    passage = _passage(_TEXT[start:], context)
    met = _met(passage, _paragraph(), "schools")
    assert [_TEXT[a:b] for a, b in met.places] == _TEXT[start:].split()
    assert [_TEXT[a:b] for a, b in met.places[met.cosines[0] == 1]] == ["schools"]


def test_the_act_whose_words_are_met_is_marked() -> None:
    paragraph = replace(_paragraph(), acts=split_acts(_TEXT))
    for word, other in (("schools", "issued"), ("issued", "schools")):
        start, end = highlight("zzz?", paragraph, partial(_met, _passage(_TEXT), paragraph, word))
        assert word in _TEXT[start:end]
        assert other not in _TEXT[start:end]


def test_evidence_is_how_well_the_question_is_met_and_how_badly_at_worst() -> None:
    cosines = np.array([[0.9, 0.1], [0.2, 0.4], [0.8, 0.8], [0.0, 0.6]], np.float32)  # best: 0.9 0.4 0.8 0.6
    assert how_met(PairReading(0.675, cosines)) == pytest.approx((0.675, 0.4))
    doubled = PairReading(0.5, np.repeat(cosines, 2, axis=0))
    assert how_met(doubled)[1] == pytest.approx(0.4)  # a quarter of eight tokens: the worst two


@pytest.mark.parametrize("reading", [None, PairReading(2.0), PairReading(0.0, np.zeros((0, 3), np.float32))])
def test_without_tokens_the_evidence_is_of_the_vectors_alone(reading: PairReading | None) -> None:
    assert how_met(reading) == (0.0, 0.0)


def test_a_margin_beyond_what_the_calibration_saw_is_cut() -> None:
    assert margin_of([3.0, 1.0], [0, 1]) == margin_of([3.0], [0]) == MOST_MARGIN
    assert margin_of([3.0, 2.75], [0, 1]) == 0.25
