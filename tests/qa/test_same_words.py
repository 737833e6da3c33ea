"""What counts as the same words, and how near others come."""

from __future__ import annotations

import pytest

from qa.retrieval.same_words import Phrase

TEXT = "Condemns the detentions, trials and sub-sequent sen-tencing of Namibians, honouring the Organization’s Charter,1 in Côte d’Ivoire;"


@pytest.mark.parametrize(
    "quoted",
    [
        "condemns the detentions",
        "Detentions trials and subsequent sentencing of Namibians",
        "honoring the Organisation's Charter in Cote d'Ivoire",
        "the Charter, in Côte d’Ivoire"[4:],
        "detentions ... of Namibians … Charter",
        "in Côte d’Ivoire;",
    ],
)
def test_the_same_words(quoted: str) -> None:
    phrase = Phrase.of(quoted)
    assert phrase.ends_in(TEXT)
    assert phrase.place_in(TEXT) is not None


@pytest.mark.parametrize(
    "quoted",
    [
        "demns the detentions",  # words are whole
        "sentencing of Namibian",
        "trials and detentions",
        "of Namibians ... detentions",
        "sentencing of the Namibians",
    ],
)
def test_other_words(quoted: str) -> None:
    phrase = Phrase.of(quoted)
    assert not phrase.ends_in(TEXT)
    assert phrase.place_in(TEXT) is None


def test_a_phrase_may_begin_in_what_stands_before() -> None:
    phrase = Phrase.of("Requests States: (a) to report yearly")
    assert phrase.goes_on_with("To report yearly to it;")
    assert phrase.ends_in("To report yearly to it;", "Resolution 5. Requests States:")
    assert not Phrase.of("Requests States").ends_in("To report yearly to it;", "Requests States:")
    assert not phrase.goes_on_with("Of its own accord;")


@pytest.mark.parametrize(
    ("quoted", "stretch"),
    [
        ("sentencing of namibians", "sen-tencing of Namibians"),
        ("organization's charter", "Organization’s Charter,1"),
        ("trials ... Namibians", "trials and sub-sequent sen-tencing of Namibians"),
    ],
)
def test_the_stretch_that_is_marked(quoted: str, stretch: str) -> None:
    place = Phrase.of(quoted).place_in(TEXT)
    assert place is not None
    assert TEXT[place.start : place.end] == stretch


@pytest.mark.parametrize(
    ("quoted", "met"),
    [
        ("condemns the detentions, trials", 4),
        ("condemns the arrests, trials", 3),
        ("supports far other things", 0),
        ("condemns Ivoire", 1),  # too far from each other
    ],
)
def test_how_near_a_text_comes(quoted: str, met: int) -> None:
    assert Phrase.of(quoted).met(TEXT) == met
