"""What is read out of a question is told stretch by stretch, and each can be taken off."""

from __future__ import annotations

import pytest

from qa.errors import QuestionError
from qa.retrieval.query import understand
from qa.service import QAService
from qa.symbols import Organ
from qa.wire import AskRequest, ReadingOut

_ADOPTED = "adopted about then is preferred"
_ASSEMBLY = "texts of the General Assembly are preferred"


def _read(service: QAService, question: str, *ignore: str, history: tuple[str, ...] = ()) -> list[ReadingOut]:
    return service.search(AskRequest(question, history=list(history), ignore=list(ignore))).understood.readings


@pytest.mark.parametrize(
    ("question", "read"),
    [
        (
            "Which forces did the General Assembly want out in 2000?",
            [("General Assembly", _ASSEMBLY), ("2000", _ADOPTED)],
        ),
        ("What does para 19 of 55/179 ask?", [("para 19 of 55/179", "A/RES/55/179, para. 19")]),
        ("preamble of A/RES/55/179", [("A/RES/55/179", "A/RES/55/179")]),
        (
            "the 55th GA on forces",
            [("55th GA", "texts of that session of the Assembly are preferred"), ("55th GA", _ASSEMBLY)],
        ),
        (
            "Who fought in the Six-Day War?",
            [("Six-Day War", "is read as 'fighting in the Near East in June 1967'")],
        ),
        ("Who must leave?", []),
    ],
)
def test_what_was_read_is_told_in_the_order_of_the_question(
    service: QAService, question: str, read: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.read_as) for one in _read(service, question)] == read
    for text, _ in read:
        assert text not in [one.text for one in _read(service, question, text)]


def test_what_is_ignored_is_words_alone() -> None:
    question = "What did the Security Council decide in 1993 on resolution 841 and the Six-Day War?"
    plain = understand(question)
    assert (plain.organs, len(plain.dates), len(plain.mentions)) == ((Organ.SECURITY_COUNCIL,), 1, 1)
    assert "fighting in the Near East" in plain.lexical
    bare = understand(question, ignored=("security council", "1993", "841", "Six-Day  War"))
    assert (bare.organs, bare.dates, bare.mentions, bare.notes) == ((), (), (), ())
    assert bare.question == bare.text == bare.lexical == question


def test_part_of_a_word_is_not_ignored() -> None:
    assert understand("What was decided in 1993?", ignored=("199",)).dates


def test_a_reference_that_is_taken_off_restricts_nothing(service: QAService) -> None:
    question = "Which forces does 55/179 name?"
    assert service.ask(AskRequest(question)).understood.filters.symbol == ["A/RES/55/179"]
    assert service.ask(AskRequest(question, ignore=["55/179"])).understood.filters.symbol == []


def test_what_a_question_before_named_can_be_taken_off_too(service: QAService) -> None:
    before = ("Which forces had to leave in 2000?",)
    assert [one.text for one in _read(service, "until when?", history=before)] == ["2000"]
    assert _read(service, "until when?", "2000", history=before) == []
    answer = service.ask(AskRequest("And by when must they go?", history=list(before), ignore=["2000"]))
    assert answer.understood.readings == []


@pytest.mark.parametrize(
    ("ignore", "told"),
    [
        (["1999"], "ignore: '1999' does not stand in the question, which is read as .*write words as they stand there"),
        ([" "], "ignore: has an empty entry; write words"),
        (["2000" * 501], "ignore: has 2004 characters; at most 2000"),
        (["2000"] * 21, "ignore: has 21 entries; at most 20"),
    ],
)
def test_what_cannot_be_ignored_is_refused_with_the_mend(service: QAService, ignore: list[str], told: str) -> None:
    for call in (service.ask, service.search):
        with pytest.raises(QuestionError, match=told):
            call(AskRequest("What was decided in 2000?", ignore=ignore))
