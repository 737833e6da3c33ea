"""Which hits become the answer, and what stands lower because it says nothing by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.choosing import Hits, ListAround, Lists, asks_for_list, asks_for_several, choose, nearest
from qa.records import Kind, Paragraph, Span
from qa.retrieval.formal import bare_opening, formality
from qa.retrieval.searchable import Searchable


class Around:
    """The lists that some places stand in."""

    def __init__(self, *lists: ListAround) -> None:
        self.lists = lists

    def around(self, place: int) -> ListAround | None:
        return next((one for one in self.lists if place in {one.opening, *one.items}), None)


def chosen(
    scores: list[float], *lists: ListAround, same: list[int] | None = None, k: int = 10, whole: bool = False
) -> list[int]:
    hits = Hits(np.array(scores, np.float32), same or list(range(len(scores))), 0.12)
    return choose(hits, cast("Lists", Around(*lists)), k, whole)


@pytest.mark.parametrize(
    ("why", "scores", "listed", "expected"),
    [
        ("no list: what scores nearly as well", [2.0, 1.9, 1.7], ListAround(None, True, (), 0), [0, 1]),
        (
            "two of three are hits: the third too",
            [2.0, 1.9, 1.8, 1.5],
            ListAround(None, True, (3, 1, 0), 3),
            [0, 3, 1, 2],
        ),
        ("after the best in text order", [2.0, 1.95, 1.9], ListAround(None, True, (2, 1, 0), 3), [0, 2, 1]),
        ("two of five: those", [2.0, 1.9, 1.5, 1.5, 1.5], ListAround(None, True, (4, 1, 3, 0, 2), 5), [0, 1]),
        (
            "one stands alone: it and what scores well",
            [2.0, 1.79, 1.77, 1.0],
            ListAround(None, True, (3, 2, 0, 1), 4),
            [0, 2, 1],
        ),
        ("a bare opening: its items", [2.0, 1.6, 1.55, 1.5], ListAround(0, True, (3, 2, 1), 3), [1, 3, 2]),
        ("an opening that says something too", [2.0, 1.6, 1.55, 1.5], ListAround(0, False, (3, 2, 1), 3), [0, 1, 3, 2]),
        ("a bare opening below its item", [2.0, 1.99, 1.0], ListAround(1, True, (0, 2), 2), [0]),
        ("an opening far down brings no more", [2.0, 1.8, 1.5, 1.5], ListAround(1, False, (2, 3), 2), [0, 1]),
        ("a bare one there gives way to its best", [2.0, 1.8, 1.5, 1.4], ListAround(1, True, (3, 2), 2), [0, 2]),
    ],
)
def test_a_list_comes_as_a_list(why: str, scores: list[float], listed: ListAround, expected: list[int]) -> None:
    assert chosen(scores, listed) == expected, why


@pytest.mark.parametrize(
    ("why", "scores", "expected"),
    [
        ("two of five items are hits", [2.0, 1.9, 1.5, 1.5, 1.5], [0, 4, 1, 3, 2]),
        ("one of them stands above the others", [2.0, 1.79, 1.5, 1.4, 1.4], [0, 4, 1, 3, 2]),
        ("only one is a hit", [2.0, 1.5, 1.5, 1.4, 1.4], [0]),
    ],
)
def test_a_list_that_was_asked_for_comes_whole(why: str, scores: list[float], expected: list[int]) -> None:
    assert chosen(scores, ListAround(None, True, (4, 1, 3, 0, 2), 5), whole=True) == expected, why


def test_at_most_k_and_no_text_twice() -> None:
    listed = ListAround(None, True, (0, 1, 2, 3), 4)
    assert chosen([2.0, 1.9, 1.9, 1.9], listed, k=3) == [0, 1, 2]
    assert chosen([2.0, 1.9, 1.9, 1.9], listed, same=[0, 0, 2, 2]) == [0, 2]


@pytest.mark.parametrize(
    ("same", "chosen", "k", "shown"),
    [
        ([0, 0, 2, 3, 4, 5, 6], [0], 5, [0, 2, 3, 4, 5]),  # the first's neighbours too, however far below it they lie
        ([0, 0, 2, 3, 4, 5, 6], [0, 6], 10, [0, 2, 3, 4, 5, 6]),
        ([0, 1, 2, 3, 4, 5, 6], [2, 0], 3, [0, 1, 2]),
        ([0, 0, 0], [0], 5, [0, 3, 4, 5, 6]),  # what nobody compared counts as different
    ],
)
def test_a_refusal_shows_five_different_texts(same: list[int], chosen: list[int], k: int, shown: list[int]) -> None:
    scores = np.array([3.0, 2.9, 1.0, 0.9, 0.8, 0.7, 0.6], dtype=np.float32)
    assert nearest(Hits(scores, same, 0.12), chosen, k) == shown


def paragraph(label: str, text: str, parent: str | None = None) -> Paragraph:
    return Paragraph(label, Kind.OPERATIVE, label[2:], 1, text, (Span(0, len(text)),), parent=parent)


LIST = (
    paragraph("OP1", "Decides:"),
    paragraph("OP1(a)", "To renew the mandate;", "OP1"),
    paragraph("OP1(b)", "To call for a report.", "OP1"),
    paragraph("OP2", "Requests a report."),
    paragraph("OP2+1", "It shall be short.", "OP2"),
)


class Held:
    """A corpus of one resolution whose rows are its paragraphs."""

    def __init__(self, damaged: bool = False) -> None:
        self.damaged = damaged

    def paragraph_id(self, row: int) -> str:
        return f"S/RES/1(1946)#{LIST[row].label}"

    def paragraph(self, name: str) -> tuple[SimpleNamespace, Paragraph] | None:
        if self.damaged:
            return None
        label = name.partition("#")[2]
        found = SimpleNamespace(symbol="S/RES/1(1946)", paragraphs=LIST)
        return found, next(one for one in LIST if one.label == label)


def test_a_list_is_found_from_its_opening_and_from_its_items() -> None:
    lists = Lists(cast(Searchable, Held()), np.array([2, 3, 0, 4]))
    assert lists.around(0) == lists.around(2) == ListAround(2, True, (0,), 2)
    assert lists.around(1) is None
    assert lists.around(3) is None  # what stands above it ends in no colon: it opens no list


def test_a_damaged_record_opens_no_list() -> None:
    assert Lists(cast(Searchable, Held(damaged=True)), np.array([0, 1])).around(0) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Decides:", True),
        ("Decides also that all States shall:", True),
        ("Decides to renew the mandate.", False),
        ("Requests the Secretary-General to " + "send a mission " * 10 + "and to report on:", False),
    ],
)
def test_few_words_before_a_colon_say_nothing(text: str, bare: bool) -> None:
    assert bare_opening(text) is bare


def test_openings_and_closes_stand_lower_unless_the_close_was_asked_for() -> None:
    texts = ["Decides:", "Decides to remain actively seized of the matter.", "Demands the release of the ship seized;"]
    assert [bool(one) for one in formality("which decision ended the mandate?", texts)] == [True, True, False]
    assert [bool(one) for one in formality("does the Council remain seized of it?", texts)] == [True, False, False]
    until = ["Decides to remain actively seized of the matter until a peaceful solution is achieved."]
    assert formality("did the Council set up a peace-keeping operation?", until)[0] > 0
    assert formality("how long will the Council follow it?", until)[0] == 0


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which measures were taken against Ruritania?", True),
        ("What are the tasks of the mission?", True),
        ("Who pays for it, and how much?", True),
        ("list the exceptions to the embargo", True),
        ("Which mission is extended in June?", False),
        ("What does this say of crisis relief?", False),
        ("Which process is under way?", False),
        ("Until when is the mandate extended?", False),
    ],
)
def test_which_words_ask_for_several_things(question: str, several: bool) -> None:
    assert asks_for_several(question) == several


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("What is the mandate of the Ruritania committee?", True),
        ("what tasks did the mission get", True),
        ("List the exceptions to the embargo", True),
        ("Until when was the mandate extended?", False),
        ("Which mission was extended? Who leads it?", False),
        ("What are the sanctions against Ruritania?", False),
    ],
)
def test_which_words_ask_for_a_list(question: str, whole: bool) -> None:
    assert asks_for_list(question) == whole
