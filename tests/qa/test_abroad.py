"""Of close hits the one whose resolution speaks of the country asked about; and a time of which no text speaks of it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.abroad import countries_and_bodies, put_country_first
from qa.answering.countries import unspoken
from qa.answering.found import Found
from qa.answering.other_times import other_times
from qa.retrieval.abbreviations import Abbreviations
from qa.retrieval.dates import DateMention
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable

TEXTS = {
    "S/RES/1": "Demands that Portugal release the aircraft",
    "S/RES/2": "Deplores the raid on Guinean villages by Portugal",
    "S/RES/3": "Notes that the troops have left Namibia, where UNFOX was",
}
NAMES = {"UNFOX": ("United Nations Peacekeeping Force in Foxland",), "FOXPACT": ("Association of Foxes",)}


class Held:
    """A corpus whose rows are its resolutions', which hold one paragraph each."""

    def passages(self, rows: list[int]) -> list[object]:
        return [SimpleNamespace(symbol=list(TEXTS)[row]) for row in rows]

    def whole(self, symbol: str) -> object:
        return SimpleNamespace(title="", paragraphs=[SimpleNamespace(text=TEXTS[symbol])])

    def adopted_between(self, first: dt.date, last: dt.date, filters: object, undated: bool) -> list[object]:
        assert undated  # a text of which the day is not known may be of that time
        held = {1969: ["S/RES/1", "S/RES/2"], 1989: ["S/RES/3"]}
        return [SimpleNamespace(symbol=one) for year in range(first.year, last.year + 1) for one in held.get(year, [])]


CORPUS = cast(Searchable, Held())


def _query(question: str, *dates: DateMention) -> Query:
    reading = SimpleNamespace(name=None, topic="")
    known = Abbreviations({}, NAMES)
    return cast(
        Query, SimpleNamespace(question=question, text=question, reading=reading, dates=dates, known=known, mentions=())
    )


def _ranked(*scores: float) -> Ranked:
    n = len(scores)
    adopted = np.array([19690722, 19691222, 19890101][:n], np.int32)
    rows, features = np.arange(n, dtype=np.int64), np.zeros((n, 9), np.float32)
    return Ranked(Candidates(rows, features, np.array(scores, np.float32), adopted, {}))


@pytest.mark.parametrize(
    ("question", "scores", "rows", "foreign"),
    [
        ("What did Portugal do to Guinea?", (2.5, 2.4, 2.3), [1, 0, 2], ()),
        ("What did Portugal do to Guinea?", (2.5, 2.2, 2.1), [0, 1, 2], ("Guinea",)),  # too far below
        ("What did Portugal do?", (2.5, 2.4, 2.3), [0, 1, 2], ()),
        ("What was told to Zambia?", (2.5, 2.4, 2.3), [0, 1, 2], ("Zambia",)),
        ("Who handed over in Windhoek?", (2.5, 2.4, 2.35), [2, 0, 1], ()),  # the capital stands for its country
        ("Who met in Vienna?", (2.5, 2.4, 2.3), [0, 1, 2], ()),  # or for no more than a place: it is nothing against a hit
        ("Which Zambian wrote it?", (2.5, 2.4, 2.3), [0, 1, 2], ()),
        ("What must States do?", (2.5, 2.4, 2.3), [0, 1, 2], ()),
        ("Who commands UNFOX?", (2.5, 2.4, 2.35), [2, 0, 1], ()),  # a body of the United Nations as well
        ("Who commands UNFOX?", (2.5, 2.4, 2.2), [0, 1, 2], ("UNFOX",)),
        ("Who leads UNBAT?", (2.5, 2.4, 2.35), [0, 1, 2], ()),  # of which the corpus knows no name
        ("Who leads FOXPACT?", (2.5, 2.4, 2.35), [0, 1, 2], ()),  # texts may name what is no body of theirs in other words
        ("Who leads ASEAN?", (2.5, 2.4, 2.35), [0, 1, 2], ("ASEAN",)),  # of which the other names are known
        ("What did the world bank ask?", (2.5, 2.4, 2.35), [0, 1, 2], ("world bank",)),
    ],
)  # fmt: skip
def test_a_close_hit_that_speaks_of_the_country_comes_first(
    question: str, scores: tuple[float, ...], rows: list[int], foreign: tuple[str, ...]
) -> None:
    found = put_country_first(_query(question), _ranked(*scores), [0, 1, 2], CORPUS)
    assert found.ranked.candidates.rows.tolist() == rows
    assert found.ranked.candidates.scores.tolist() == pytest.approx(scores)
    assert (found.series, found.foreign) == ([0, 1, 2], foreign)
    told = "'Windhoek' is read as Namibia too: a near text that speaks of it comes first"
    assert found.notes == ((told,) if "Windhoek" in question else ())


def _found(question: str, year: int, foreign: tuple[str, ...], *scores: float, role: Role = Role.ADOPTED) -> Found:
    date = DateMention((0, 4), str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), role)
    query, candidates = _query(question, date), _ranked(*scores).candidates
    return cast(
        Found,
        SimpleNamespace(
            query=query, ordered=SimpleNamespace(foreign=foreign, late=None), filters=None, candidates=candidates
        ),
    )


NO_TEXT = "no text searched that was adopted in that time (1969) speaks of 'Namibia'"


def test_a_country_of_which_no_text_of_the_time_speaks_is_shown_at_other_times() -> None:
    found = _found("Namibia in 1969", 1969, ("Namibia",), 2.0)
    told = other_times(found, CORPUS, 5, lambda: _found("Namibia", 1969, (), 1.9, 1.8, 1.7))
    assert told is not None
    assert (told.said, told.places) == (f"{NO_TEXT}; what is shown first does, and is of 1989", [2])
    far = other_times(found, CORPUS, 5, lambda: _found("Namibia", 1969, (), 1.9, 1.8, 1.5))
    assert far is not None
    assert (far.said, far.places) == (NO_TEXT, [])


def test_of_other_times_no_more_is_told_than_is_shown() -> None:
    found = _found("Namibia in 1969", 1969, ("Namibia",), 2.0)
    twice = _ranked(1.9, 1.8, 1.7).candidates.turned(np.array([2, 0, 2]))
    twice.adopted[2] = 19900101
    other = cast(Found, SimpleNamespace(candidates=twice))
    for k, places, years in ((1, [0], "1989"), (5, [0, 2], "1989, 1990")):
        told = other_times(found, CORPUS, k, lambda: other)
        assert told is not None
        assert (told.said, told.places) == (f"{NO_TEXT}; what is shown first does, and is of {years}", places)


@pytest.mark.parametrize(
    "found",
    [
        _found("Guinea in 1969", 1969, ("Guinea",), 2.0),  # a text of that year speaks of it
        _found("Namibia in 1969", 1969, (), 2.0),  # the first hit does, and is of the time
        _found("Vienna in 1969", 1969, ("Vienna",), 2.0),
        _found("Namibia since 1969", 1969, ("Namibia",), 2.0, role=Role.SINCE),
    ],
)
def test_else_nothing_is_said_of_other_times(found: Found) -> None:
    assert other_times(found, CORPUS, 5, lambda: found) is None


@pytest.mark.parametrize(
    ("text", "is_spoken"),
    [
        ("Decides to keep UNFOX in being", True),
        ("the United Nations Peace-keeping Force in Foxland", True),
        ("the stationing in Foxland of the Peacekeeping\nForce", True),
        ("the Peacekeeping Force in Badgerland", False),
    ],
)
def test_a_body_is_spoken_of_by_its_letters_or_the_parts_of_its_name(text: str, is_spoken: bool) -> None:
    named = countries_and_bodies(_query("How often was the mandate of UNFOX renewed?"))
    assert (not unspoken(named, text)) is is_spoken


@pytest.mark.parametrize(
    ("question", "text", "is_spoken"),
    [
        ("What did the World Court say?", "in accordance with the Statute of the International Court of Justice", True),
        ("What did the ICJ say?", "the International Court of\nJustice", True),
        ("What did the ICJ say?", "the International Criminal Court", False),
        ("What did the CSCE say?", "the Conference on Security and Co-operation in Europe", True),
        ("What did the Children’s Fund say?", "invites UNICEF to help", True),
        ("Who is the WHO head?", "those who are heads", False),
    ],
)
def test_a_body_that_everybody_knows_is_spoken_of_by_any_of_its_names(
    question: str, text: str, is_spoken: bool
) -> None:
    assert (not unspoken(countries_and_bodies(_query(question)), text)) is is_spoken


@pytest.mark.parametrize(
    "question", ["who heads it?", "WHO HEADS IT?", "what is an icc?", "Who agreed on the Union of banks?"]
)
def test_words_are_no_bodies(question: str) -> None:
    assert countries_and_bodies(_query(question)) == {}
