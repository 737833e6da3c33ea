"""Of close hits the one with the kind of answer asked for; and what a reason says."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.contradicting import Contradiction
from qa.answering.deciding import Evidence, Stated
from qa.answering.found import Found
from qa.answering.missing import NO_VOTES
from qa.answering.of_kind import put_kind_first
from qa.answering.other_times import OtherTimes
from qa.answering.silence import silence
from qa.answering.telling import is_sure, unsure, what_is_unspoken
from qa.answering.weighing import Weighed
from qa.records import Kind, Passage, Vote
from qa.retrieval.abbreviations import Abbreviations, abbreviations_in
from qa.retrieval.dates import find_dates
from qa.retrieval.features import FEATURES
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.turn_reading import Reading
from qa.settings import Certainty, Logistic
from qa.store.columns import Stretch
from qa.terms import terms_of
from qa.wire import Filters

TEXTS = {
    "S/RES/1#OP1(b)": "To report on the observers;",
    "S/RES/1#OP2": "Asks for observers;",
    "S/RES/1#OP3": "Authorizes up to ninety observers;",
    "S/RES/1#PP4": "Recalling that ninety observers left on 4 June,",
    "S/RES/2#OP1": "Authorizes up to forty observers;",
    "S/RES/3#OP1": "Decides to apportion the amount of 21,500 dollars;",
    "S/RES/3#OP2": "Decides to appropriate the amount of 62,700 dollars;",
    "S/RES/4#OP1": "Requests the Secretary-General to appoint an envoy;",
    "S/RES/4#OP2": "Welcomes the appointment of Ada Sylvan;",
    "S/RES/5#OP1": "Takes note of the appointment of Ada Sylvan;",
    "S/RES/6#OP1": "Decides to convene the forum in 2031;",
    "S/RES/6#OP2": "Decides to convene the forum in Lutha;",
}
VOTE = Vote("Adopted by 9 votes to none, with 1 abstention (Sylvania).", False, 9, 0, 1)


def _corpus(ids: Sequence[str], chapeau: str | None = None, rest: str = "", vote: Vote | None = None) -> Searchable:
    def passages(rows: Sequence[int]) -> list[Passage]:
        names = [ids[row] for row in rows]
        return [Passage(n, n.partition("#")[0], n.partition("#")[2], Kind.OPERATIVE, "", TEXTS[n]) for n in names]

    def paragraph(name: str) -> object:
        if rest == "damaged":
            return None
        above = SimpleNamespace(label="OP1", text=chapeau)
        parent = "OP1" if chapeau else None
        return SimpleNamespace(paragraphs=[above]), SimpleNamespace(text=TEXTS[name] + rest, parent=parent)

    resolution = SimpleNamespace(symbol=ids[0].partition("#")[0], vote=vote)
    generation = SimpleNamespace(symbols=ids)
    years = {"Security Council": [Stretch(1946, 1994, 466), Stretch(2002, 2002, 1)]}
    return cast(
        Searchable,
        SimpleNamespace(
            passages=passages,
            paragraph=paragraph,
            generation=generation,
            years=years,
            whole=lambda symbol: resolution,
            lexical=SimpleNamespace(held=set(terms_of("UNISYL UNIBAR")).intersection),
        ),
    )


def _ranked(*scores: float) -> Ranked:
    n = len(scores)
    days = np.full(n, 19930824, np.int32)
    rows = np.arange(n, dtype=np.int64)
    return Ranked(Candidates(rows, np.zeros((n, len(FEATURES)), np.float32), np.array(scores, np.float32), days))


@pytest.mark.parametrize(
    ("question", "ids", "scores", "rows"),
    [
        ("How many observers?", ["S/RES/1#OP1(b)", "S/RES/1#OP2", "S/RES/1#OP3"], (2.0, 1.9, 1.85), [2, 0, 1]),
        ("How many observers?", ["S/RES/1#OP2", "S/RES/1#OP3"], (2.0, 1.7), [0, 1]),  # too far below
        ("How many observers?", ["S/RES/1#OP2", "S/RES/2#OP1"], (2.0, 1.99), [0, 1]),  # of another text
        (
            "observers' budget",
            ["S/RES/3#OP1", "S/RES/1#OP2", "S/RES/3#OP2"],
            (2.0, 1.9, 1.7),
            [2, 0, 1],
        ),  # may lie farther below
        ("observers' budget", ["S/RES/3#OP1", "S/RES/3#OP2"], (2.0, 1.5), [0, 1]),
        ("How much is shared out?", ["S/RES/3#OP1", "S/RES/3#OP2"], (2.0, 1.9), [0, 1]),
        ("What of the observers?", ["S/RES/1#OP2", "S/RES/1#OP3"], (2.0, 1.99), [0, 1]),
        ("Who was appointed?", ["S/RES/4#OP1", "S/RES/4#OP1", "S/RES/4#OP2"], (2.0, 1.9, 1.65), [2, 0, 1]),
        (
            "Who was appointed?",
            ["S/RES/4#OP1", "S/RES/4#OP1", "S/RES/5#OP1"],
            (2.0, 1.98, 1.96),
            [2, 0, 1],
        ),  # of another text, but as good
        ("Who was appointed?", ["S/RES/4#OP1", "S/RES/5#OP1"], (2.0, 1.9), [0, 1]),
    ],
)
def test_a_close_hit_with_the_kind_asked_for_comes_first(
    question: str, ids: list[str], scores: tuple[float, ...], rows: list[int]
) -> None:
    series = [0, 0, 2][: len(ids)]
    done = put_kind_first(question, _ranked(*scores), series, _corpus(ids))
    assert done.ranked.candidates.rows.tolist() == rows
    assert done.ranked.candidates.scores.tolist() == _ranked(*scores).candidates.scores.tolist()
    assert done.series == (series if rows[0] == 0 else [0, 1, 1])


def test_a_recital_with_the_date_is_as_near_as_if_it_stood_no_lower() -> None:
    corpus, ranked = _corpus(["S/RES/1#OP2", "S/RES/1#PP4"]), _ranked(2.0, 1.75)
    assert put_kind_first("On what day did they leave?", ranked, [0, 1], corpus).lacks is not None
    ranked.candidates.features[1, FEATURES.index("recital")] = 1.0
    done = put_kind_first("On what day did they leave?", ranked, [0, 1], corpus)
    assert (done.lacks, done.ranked.candidates.rows.tolist()) == (None, [1, 0])
    assert put_kind_first("How many left?", ranked, [0, 1], corpus).lacks is not None


def test_what_is_lacking_is_looked_for_in_the_whole_paragraph_and_its_chapeau() -> None:
    ids = ["S/RES/1#OP1(b)"]
    lacks = put_kind_first("How many observers?", _ranked(2.0), [0], _corpus(ids)).lacks
    assert lacks is not None
    assert lacks.name == "a quantity"
    for corpus in (_corpus(ids, "Sends eighty~eight observers:"), _corpus(ids, rest=" 40 in all")):
        assert put_kind_first("How many observers?", _ranked(2.0), [0], corpus).lacks is None
    assert put_kind_first("How many observers?", _ranked(2.0), [0], _corpus(ids, rest="damaged")).lacks is not None


def test_what_a_hit_lacks_of_several_things_does_not_count_against_it() -> None:
    corpus = _corpus(["S/RES/6#OP1"])
    one = put_kind_first("Where will the forum be held?", _ranked(2.0), [0], corpus).lacks
    assert one is not None
    assert one.name == "a place"
    assert (
        put_kind_first("Where will the forum be held, and what may it decide?", _ranked(2.0), [0], corpus).lacks is None
    )
    both = _corpus(["S/RES/6#OP1", "S/RES/6#OP2"])
    done = put_kind_first("Where will the forum be held, and what may it decide?", _ranked(2.0, 1.9), [0, 1], both)
    assert done.ranked.candidates.rows.tolist() == [1, 0]


def test_a_turn_that_asks_nothing_itself_is_put_in_order_by_its_topic() -> None:
    corpus = _corpus(["S/RES/6#OP1", "S/RES/6#OP2"])
    done = put_kind_first("and the other one", _ranked(2.0, 1.9), [0, 1], corpus, "where will the forum be held")
    assert done.ranked.candidates.rows.tolist() == [1, 0]


def _found(
    question: str = "",
    n: int = 1,
    score: float = 2.5,
    filters: Filters | None = None,
    when: str = "",
    foreign: tuple[str, ...] = (),
    late_note: str | None = None,
    unnamed: str | None = None,
    unsaid: str | None = None,
    topic: str = "",
    name: str | None = None,
    other_organ: str | None = None,
) -> Found:
    filters = filters or Filters()
    reading = Reading(question, topic, name=name)
    known = Abbreviations({"UNISYL": np.zeros(1, np.int64)}, {})
    query = SimpleNamespace(question=question, reading=reading, abbreviations=abbreviations_in(question), known=known)
    named = SimpleNamespace(symbols=(), unheld=None)
    return cast(
        Found,
        SimpleNamespace(
            query=query,
            asked=SimpleNamespace(filters=filters, when=when),
            named=named,
            candidates=_ranked(*[score] * n).candidates,
            ordered=SimpleNamespace(lacks=None, unnamed=unnamed, foreign=foreign, other_organ=other_organ),
            late_note=late_note,
            is_misdated=late_note is not None,
            unsaid=unsaid,
        ),
    )


HELD = "searched: 2 resolutions (Security Council: 466 of 1946–1994, 1 of 2002)"
NEVER = Logistic(0.0, {})
CERTAIN = Weighed([], Evidence(dense=0.5, margin=0.1))


def _certainty(threshold: float, *nearest: float) -> Certainty:
    return Certainty(threshold, NEVER, NEVER, nearest)


def _unsure(found: Found, stated: Stated, certainty: Certainty, other: OtherTimes | None = None) -> str:
    weighed = Weighed([], Evidence(dense=0.5, margin=0.1))
    return unsure(found, weighed, stated, certainty, other, _corpus(["S/RES/1#OP2", "S/RES/1#OP3"]))


@pytest.mark.parametrize(
    ("stated", "threshold", "chances"),
    [
        (Stated(0.6, 0.569), 0.57, ("56%", "57%")),
        (Stated(0.6, 0.5799), 0.5817, ("57%", "58%")),  # what passes with 58.2% reads 58%: not less than what is needed
        (Stated(0.6, 0.5812), 0.5817, ("just under 58%", "58%")),
        (Stated(0.6, 0.5948), 0.5967, ("59%", "60%")),
        (Stated(0.6, 0.5799), 0.58, ("57%", "58%")),
        (Stated(0.6, 0.0), 0.57, ("0%", "57%")),
    ],
)
def test_a_reason_says_how_likely_the_first_is_and_must_be(
    stated: Stated, threshold: float, chances: tuple[str, str]
) -> None:
    first, least = chances
    assert _unsure(_found(), stated, _certainty(threshold)) == (
        f"not certain enough: the first answers with a chance of {first}, {least} is needed; "
        f"that what was searched answers it at all has a chance of 60%; {HELD}"
    )


def test_what_passes_never_reads_as_less_than_is_needed() -> None:
    for threshold in (0.5, 0.5817, 0.5851, 0.59):
        for first in (threshold, threshold + 0.0001, threshold + 0.004):
            assert is_sure(_found(), CERTAIN, Stated(1.0, first), _certainty(threshold))
        least = _unsure(_found(), Stated(0.6, 0.1), _certainty(threshold)).partition("%, ")[2].partition("%")[0]
        assert round(threshold * 100) >= int(least)


@pytest.mark.parametrize(("answerable", "said"), [(0.04, "fewer than 1"), (0.4, "about 3"), (1.0, "about 8")])
def test_a_reason_says_how_often_one_of_the_nearest_answers_where_that_was_counted(
    answerable: float, said: str
) -> None:
    counted = _certainty(0.57, 0.04, 0.31, 0.8)
    says = f"; one of the 5 nearest answers in {said} of 10 such cases; {HELD}"
    assert _unsure(_found(n=5), Stated(answerable, 0.01), counted).endswith(says)
    assert "such cases" not in _unsure(_found(n=4), Stated(answerable, 0.01), counted)  # there are no five


def test_of_other_cases_nothing_is_said_where_something_speaks_against_the_first() -> None:
    reason = _unsure(_found(n=5, unsaid="Sylvania"), Stated(0.4, 0.01), _certainty(0.57, 0.04, 0.31, 0.8))
    assert reason == (
        "not certain enough: the first answers with a chance of 1%, 57% is needed; "
        f"the nearest paragraph does not speak of 'Sylvania'; {HELD}"
    )


def test_an_abbreviation_that_no_text_has_is_told() -> None:
    said = "no paragraph that is held has the abbreviation"
    assert f"; {said} 'UNIFRED'; {HELD}" in _unsure(_found("UNISYL and UNIFRED"), Stated(0.4, 0.01), _certainty(0.57))
    for held in (
        "UNISYL costs",
        "the costs of UNIBARs",
    ):  # of the last there are rows, though none was found to tell of it
        assert said not in _unsure(_found(held), Stated(0.4, 0.01), _certainty(0.57))


def test_a_text_that_is_named_may_answer_without_the_names_of_the_question() -> None:
    found = _found(foreign=("Sylvania",), filters=Filters(symbol=["S/RES/1(1990)"]))
    assert is_sure(found, CERTAIN, Stated(1.0, 0.9), _certainty(0.5))
    assert what_is_unspoken(found) == "the nearest resolution does not speak of 'Sylvania'"  # said beside the answer


@pytest.mark.parametrize("first", [0.1, 0.9])
def test_what_is_of_another_time_or_place_answers_nothing_however_near(first: float) -> None:
    for found, said in (
        (_found(late_note="the nearest paragraph was adopted in 1988"), "the nearest paragraph was adopted in 1988"),
        (
            _found(foreign=("Sylvania",)),
            "the nearest resolution does not speak of 'Sylvania'",
        ),
        (_found(other_organ="the nearest paragraph is of the Council"), "the nearest paragraph is of the Council"),
        (_found(unnamed="2031"), "the nearest paragraph does not name the time that was named (2031)"),
    ):
        assert not is_sure(found, CERTAIN, Stated(1.0, first), _certainty(0.5))
        assert _unsure(found, Stated(1.0, first), _certainty(0.5)) == f"{said}; {HELD}"


def test_of_a_word_only_the_paragraph_is_said_not_to_speak() -> None:
    found = _found(foreign=("Sylvania",), unsaid="children")
    assert what_is_unspoken(found) == (
        "the nearest resolution does not speak of 'Sylvania'; the nearest paragraph does not speak of 'children'"
    )
    assert what_is_unspoken(_found()) is None


def test_a_country_at_a_time_of_which_no_text_speaks_of_it_is_told() -> None:
    found = _found(foreign=("Sylvania",))
    none = OtherTimes("no text of 1994 speaks of 'Sylvania'", found, [])
    assert _unsure(found, Stated(0.1, 0.1), _certainty(0.5), none) == f"{none.said}; {HELD}"
    some = OtherTimes("no text of 1994 speaks of 'Sylvania'; what is shown first does", found, [2])
    assert _unsure(found, Stated(0.1, 0.1), _certainty(0.5), some) == f"{some.said}; {HELD}"


@pytest.mark.parametrize("stated", [Stated(0.9, 0.9), Stated(0.3, 0.1)])
@pytest.mark.parametrize("sure", [True, False])
def test_a_reason_says_what_the_question_and_the_nearest_say(stated: Stated, sure: bool) -> None:
    told = Contradiction("length", "six months", ("three months",), sure)
    weighed = Weighed([], Evidence(dense=0.5, margin=0.1, contradicted=1.0), told)
    reason = unsure(_found(), weighed, stated, _certainty(0.57), None, _corpus(["S/RES/1#OP2", "S/RES/1#OP3"]))
    both = "the question says 'six months'; the nearest paragraph says 'three months'"
    assert is_sure(_found(), weighed, stated, _certainty(0.57)) == (stated.first > 0.57 and not sure)
    assert reason.startswith(f"{both}; ")
    assert ("not certain enough" in reason) == (stated.first < 0.57 and not sure)


@pytest.mark.parametrize(
    ("filters", "when", "said"),
    [
        (Filters(symbol=["S/RES/1", "S/RES/2"]), "", "S/RES/1, S/RES/2"),
        (Filters(symbol=["S/RES/1"], kind=["operative"]), "", "what passes the filters, of S/RES/1"),
        (Filters(year_from=1990), "after S/RES/660(1990)", "what passes the filters and what was adopted after S/RES/660(1990), of 2 res"),
    ],
)  # fmt: skip
def test_a_reason_says_what_was_searched(filters: Filters, when: str, said: str) -> None:
    reason = _unsure(_found(filters=filters, when=when), Stated(0.1, 0.1), _certainty(0.5))
    assert f"; searched: {said}" in reason


@pytest.mark.parametrize(
    "question",
    [
        "By how many votes was the resolution on observers adopted?",
        "Which States abstained on the observers?",
        "Was the text on the observers adopted unanimously? Who voted against it?",
        "Did the Council adopt the resolution on observers unanimously?",
    ],
)
def test_the_vote_of_a_text_told_by_its_subject_is_that_of_the_nearest(question: str) -> None:
    one, several = ["S/RES/1#OP2", "S/RES/1#OP3"], ["S/RES/1#OP2", "S/RES/2#OP1"]
    told = silence(_found(question, 2), _corpus(one, vote=VOTE)) or ""
    assert VOTE.text in told
    assert "S/RES/1" in told
    untold = f"{NO_VOTES}; what a text says of its own vote is quoted where its symbol is named: S/RES/1 is nearest"
    for corpus in (_corpus(several, vote=VOTE), _corpus(one)):
        assert silence(_found(question, 2), corpus) == untold
    assert silence(_found(question, 2, score=1.9), _corpus(one, vote=VOTE)) == untold  # another text on the subject


def test_a_vote_asked_for_after_a_question_is_that_of_the_text_that_it_finds() -> None:
    found = _found("Who voted against it?", 2, score=1.2, topic="Who sends the observers?")
    assert VOTE.text in (silence(found, _corpus(["S/RES/1#OP2", "S/RES/1#OP3"], vote=VOTE)) or "")
    assert VOTE.text not in (silence(found, _corpus(["S/RES/1#OP2", "S/RES/2#OP1"], vote=VOTE)) or "")


def test_a_name_with_a_number_need_not_be_spoken_of() -> None:
    found = _found("and GA78?", name="GA78")
    assert silence(found, _corpus(["S/RES/1#OP2"])) is None


def test_a_vote_that_a_state_holds_is_not_one_on_a_text() -> None:
    asked = "How did the Council react to Sylvania's plan to hold its own vote on the observers?"
    assert silence(_found(asked), _corpus(["S/RES/1#OP2"], vote=VOTE)) is None


@pytest.mark.parametrize(
    ("question", "days", "stands"),
    [
        ("observers in December 2024", (20231207, 20241204), False),
        ("observers in December 2024", (20241206, 20241204), True),
        ("observers in December 2024", (20231207, 20221204), True),  # neither is of the time
        ("observers after 2023", (20231207, 20241204), False),
        ("observers", (20231207, 20241204), True),
    ],
)
def test_what_is_of_another_time_than_was_named_is_not_shown_in_what_is_of_it(
    question: str, days: tuple[int, int], stands: bool
) -> None:
    candidates = SimpleNamespace(adopted=np.array(days, np.int32))
    found = SimpleNamespace(candidates=candidates, query=SimpleNamespace(dates=find_dates(question)))
    assert Found.stands_for(cast(Found, found), 0, 1) is stands
