"""What a turn takes back or puts aside before it asks."""

from __future__ import annotations

import pytest

from qa.retrieval.corrections import Opened, said
from tests.qa.test_history import read_known

FORCE = "Who pays for the force in Lebanon?"


@pytest.mark.parametrize(
    ("turn", "parted"),
    [
        ("no, i meant the owl", Opened("the owl", corrects=True)),
        ("no i meant boats to Malta", Opened("boats to Malta", corrects=True)),
        ("sorry, I mean 1993", Opened("1993", corrects=True)),
        ("sorry Cyprus", Opened("Cyprus", corrects=True)),
        ("not Lebanon, Cyprus", Opened("Cyprus", withdrawn="Lebanon", corrects=True)),
        ("no, not in lebanon - but cyprus", Opened("cyprus", withdrawn="lebanon", corrects=True)),
        ("Cyprus, not Lebanon", Opened("Cyprus", withdrawn="Lebanon", corrects=True)),
        ("sorry, other question: who helps refugees?", Opened("who helps refugees?", begins_anew=True)),
        ("ok, something different: coffee", Opened("coffee", begins_anew=True)),
        ("by the way, who helps refugees?", Opened("who helps refugees?")),
        ("another thing: who helps refugees?", Opened("who helps refugees?")),
        ("actually, who helps refugees?", Opened("who helps refugees?")),
        ("no weapons to Mali?", Opened("no weapons to Mali?")),
        ("mean temperature of the sea", Opened("mean temperature of the sea")),
        ("by the way", Opened("by the way")),
        ("not that, the one about women", Opened("not that, the one about women")),
        ("other question", Opened("other question")),
        ("until when?", Opened("until when?")),
    ],
)
def test_a_turn_is_parted_from_its_opening(turn: str, parted: Opened) -> None:
    assert said(turn) == parted


@pytest.mark.parametrize(
    "turn",
    ["no, i meant cyprus", "sorry, cyprus", "not lebanon, cyprus", "cyprus not lebanon", "no, not Lebanon, Cyprus"],
)
def test_what_is_corrected_gives_its_place_as_to_a_name_alone(turn: str) -> None:
    reading = read_known(FORCE, turn)
    assert (reading.question, reading.topic, reading.name) == ("Who pays for the force in Cyprus?", "", "Cyprus")
    assert "Lebanon" not in reading.text


def test_a_correction_asks_the_last_question_again() -> None:
    reading = read_known(FORCE, "how many members paid in full", "not lebanon, cyprus")
    assert (reading.question, reading.topic) == ("how many members paid in full", "Who pays for the force in Cyprus?")
    of_the_word = read_known("mines in Lebanon", "what about children?", "no, not children, women")
    assert (of_the_word.question, of_the_word.topic, of_the_word.word) == (
        "what about women?",
        "mines in Lebanon",
        "women",
    )


def test_a_corrected_time_is_the_turns_own() -> None:
    assert read_known("arms embargo Lebanon 1992", "sorry, i mean 1993").question == "arms embargo Lebanon 1993"
    assert read_known("arms embargo Lebanon 1992", "not 1992, 1993").is_dated
    assert not read_known("arms embargo Lebanon 1992", "no, i meant cyprus").is_dated


def test_what_is_taken_back_must_have_been_said() -> None:
    reading = read_known("haiti oil embargo", "flights not allowed")
    assert (reading.question, reading.topic) == ("flights not allowed", "haiti oil embargo")


def test_an_opening_is_not_searched() -> None:
    anew = read_known(FORCE, "sorry, other question: when is coffee day?")
    assert (anew.text, anew.note) == ("when is coffee day?", "read on its own, not after the questions before it")
    assert read_known(FORCE, "by the way, until when?").question == "until when?"
