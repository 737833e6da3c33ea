"""Questions in a conversation, in other languages, of other times, and wishes about the answer itself."""

from __future__ import annotations

import pytest

from qa.retrieval.alone import may_stand_alone
from qa.retrieval.small_talk import NO_QUESTION
from qa.service import QAService
from qa.wire import AskRequest


def test_a_follow_up_is_read_with_the_question_before_it(service: QAService) -> None:
    alone = service.search(AskRequest("and in Georgia?", k=1)).citations[0].id
    after = (
        service.search(AskRequest("and in Georgia?", k=1, history=["What about Moldova's troops withdrawal?"]))
        .citations[0]
        .id
    )
    assert (alone, after) != (None, None)
    assert (
        service.search(AskRequest("and para 21?", k=1, history=["what about 55/179"])).citations[0].symbol
        == "A/RES/55/179"
    )


def test_a_follow_up_says_how_it_was_read(service: QAService) -> None:
    before = "What is said about troops in Moldova?"
    for question, note in (
        ("and in Georgia?", "read as 'What is said about troops in Georgia?'"),
        ("by when?", f"read after {before!r}"),
        ("Who organized the municipal elections in Kosovo?", "read on its own, not after the questions before it"),
    ):
        assert note in service.ask(AskRequest(question, history=[before])).understood.notes
        assert not service.ask(AskRequest(question)).understood.notes


def test_a_whole_question_that_is_answered_alone_does_not_go_on(service: QAService) -> None:
    before = ["Which ships came to Gibraltar in 1987?"]
    alone = "What does A/RES/55/179 say?"
    answer = service.ask(AskRequest(alone, history=before))
    assert (answer.status, answer.citations[0].id) == ("answered", "A/RES/55/179#OP1")
    assert answer.understood.notes[0] == "read on its own, not after the questions before it"
    after = service.ask(AskRequest("and paragraph 19?", history=[*before, alone]))  # of what it goes on from itself
    assert [one.id for one in after.citations] == ["A/RES/55/179#OP19"]
    refused = service.ask(AskRequest("cost of ships", history=before))  # alone it would not be answered
    assert refused.understood.notes[0] != "read on its own, not after the questions before it"


@pytest.mark.parametrize(
    ("turn", "may"),
    [
        ("How can journalists be protected?", True),
        ("death penalty", True),
        ("resolutions on Haiti", True),
        ("and death penalty?", False),
        ("What about journalists in prisons?", False),
        ("How is it paid for by States?", False),
        ("What do these journalists need?", False),
        ("sanctions", False),
        ("the previous version of it", False),
        ("any new posts?", False),
        ("has anyone paid into the fund", False),
        ("What does the mandate of UNIFIL include?", True),
        ("What was later decided on torture?", False),
    ],
)
def test_which_turns_may_be_meant_by_themselves(turn: str, may: bool) -> None:
    assert may_stand_alone(turn) is may


def test_a_name_in_the_place_of_another_has_to_be_spoken_of(service: QAService) -> None:
    before = ["What is said about troops in Moldova?"]
    georgia = service.ask(AskRequest("and in Georgia?", history=before))
    assert all("Georgia" in one.text for one in [*georgia.citations, *georgia.nearest])
    gibraltar = service.ask(AskRequest("and in Gibraltar?", history=before))
    assert (gibraltar.status, gibraltar.probability <= 0.01) == ("abstained", True)
    assert gibraltar.reason == "nothing found speaks of Gibraltar, which the question was read to ask about"
    assert (
        service.ask(AskRequest("what about gibraltar?", history=before)).reason == "no text holds a word of 'gibraltar'"
    )


def test_what_was_certain_of_the_question_before_is_not_of_this_one(service: QAService) -> None:
    before = ["What does OP19 of 55/179 say?"]
    assert service.ask(AskRequest("and OP20?", history=before)).citations[0].id == "A/RES/55/179#OP20"
    assert service.ask(AskRequest("who has to report on that?", history=before)).probability < 1


def test_small_talk_is_told_what_to_ask(service: QAService) -> None:
    answer = service.ask(AskRequest("ok thank you", history=["What is said about troops in Moldova?"]))
    assert (answer.status, answer.reason, answer.nearest, answer.understood.notes) == ("abstained", NO_QUESTION, [], [])


def test_a_question_in_another_language_is_told_so_and_its_reference_still_resolved(service: QAService) -> None:
    answer = service.ask(AskRequest("Que dit l'Assemblée sur les troupes en Moldova ?"))
    assert (answer.status, answer.probability, answer.understood.expansions) == ("abstained", 0, {})
    assert answer.reason is not None
    assert answer.reason.startswith("the question seems to be in French; the texts and the search are in English")
    assert "posez la question en anglais" in answer.reason
    named = service.ask(AskRequest("Que dit le paragraphe 19 de la résolution 55/179 ?"))
    assert (named.status, [one.id for one in named.citations]) == ("answered", ["A/RES/55/179#OP19"])
    missing = service.ask(AskRequest("¿Qué dice la resolución 678 del Consejo de Seguridad?"))
    assert missing.status == "abstained"
    assert str(missing.reason).startswith("the corpus does not hold S/RES/678(1990); it holds one resolution")


def test_what_is_of_another_time_than_was_named_is_no_answer(service: QAService) -> None:
    told = "What did the Assembly say about troops in Moldova{}?"
    misdated = service.ask(AskRequest(told.format(" in March 1997")))
    assert (misdated.status, misdated.nearest[0].symbol) == ("abstained", "A/RES/55/179")
    reason = str(misdated.reason)
    assert "no text searched that was adopted in that time (March 1997) speaks of 'Moldova'" in reason
    assert "the nearest paragraph was adopted in 2000 and does not name the time that was named (March 1997)" in reason


def test_a_country_of_which_the_nearest_text_does_not_speak_gets_no_answer_of_it(service: QAService) -> None:
    answer = service.ask(AskRequest("What is Kiribati asked to do?"))
    assert (answer.status, answer.probability <= 0.05, len(answer.nearest)) == ("abstained", True, 5)
    assert "the nearest resolution does not speak of 'Kiribati'" in str(answer.reason)
    assert "chance" not in str(answer.reason)


def test_what_another_organ_did_is_no_answer_for_the_one_that_is_asked_about(service: QAService) -> None:
    asked = "Did the {} call for the withdrawal of troops from Moldova?"
    other = service.ask(AskRequest(asked.format("Human Rights Council")))
    assert (other.status, other.probability <= 0.05) == ("abstained", True)
    told = "the nearest paragraph is of the General Assembly and does not speak of the Human Rights Council"
    assert told in str(other.reason)
    assert told not in str(service.ask(AskRequest(asked.format("General Assembly"))).reason)


def test_a_name_that_no_text_has_is_told(service: QAService) -> None:
    told = service.ask(
        AskRequest("What is said about troops in Texas, NGOs in Russia and Moldova's army?")
    ).understood.notes
    assert "no text that is held has the word 'Texas'" in told
    assert not any(
        "no text that is held" in one
        for one in service.ask(AskRequest("Which troops are in Moldova?")).understood.notes
    )


def test_a_question_about_the_service_is_told_what_it_is(service: QAService) -> None:
    answer = service.ask(AskRequest("Do you speak French?"))
    assert (answer.status, answer.nearest) == ("abstained", [])
    assert answer.reason is not None
    assert answer.reason.startswith("this asks about the service itself")


@pytest.mark.parametrize(
    ("wish", "why"),
    [("is this binding", "does not judge"), ("in simple words", "neither explains"), ("translate to spanish", "does not translate")],
)  # fmt: skip
def test_a_wish_about_the_answer_is_refused_with_its_own_reason(service: QAService, wish: str, why: str) -> None:
    answer = service.ask(AskRequest(wish, history=["What is said about troops in Moldova?"]))
    assert (answer.status, answer.nearest) == ("abstained", [])
    assert why in str(answer.reason)


def test_before_that_brings_only_what_was_adopted_before_what_is_found_first(service: QAService) -> None:
    before = "What is said about troops in Moldova?"
    adopted = service.search(AskRequest(before)).citations[0].adopted
    for turn, is_beyond in [("and before that?", str.__lt__), ("what happened after?", str.__gt__)]:
        answer = service.ask(AskRequest(turn, history=[before]))
        assert answer.understood.notes[0].startswith("read as 'What is said about troops in Moldova ")
        found = [*answer.citations, *answer.nearest]
        assert str(answer.reason).startswith("the corpus holds nothing adopted ") or all(
            is_beyond(str(one.adopted), str(adopted)) for one in found
        )
