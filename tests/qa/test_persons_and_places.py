from __future__ import annotations

import pytest

from tests.qa.kinds import lacking


@pytest.mark.parametrize(
    "question",
    [
        "In which conference room will the plenary meet?",
        "What villages were raided?",
    ],
)
def test_rooms_and_villages_are_asked_for_by_name(question: str) -> None:
    office = "Welcomes the appointment of an interim Special Representative to lead the Force, and condemns the raids;"
    assert lacking(question, office) == "names"
    assert lacking(question, office.replace("to lead", "Ada Sylvan to lead")) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who was appointed interim envoy?",
        "Who is the Special Representative for the Force?",
        "who's the new head of it",
        "Who got the job?",
        "Which general was in command?",
        "Has anybody been given the job yet?",
        "What is the name of the envoy?",
        "name of lutha's plebiscite administrator",
        "monitors names of commanders",
        "head of the force killed, his name",
        "who was UN envoy for lutha in 2031",
        "Who was chosen to chair it?",
        "Who is the Commissioner-General of the Force?",
    ],
)
def test_an_office_is_no_person(question: str) -> None:
    office = (
        "Requests the Special Representative, the Government of Ruritania and the Free City of Lutha to lead the Force;"
    )
    assert lacking(question, office) == "a person"
    for named in (
        "Ada Sylvan",
        "Ms. Sylvan",
        "Judge Sir Adam Sylvan",
        "Dag Álvarez",
        "the appointment of the High Envoy as the Adviser",
    ):
        assert lacking(question, office.replace("Requests the", f"Welcomes {named}, the")) is None, named


@pytest.mark.parametrize(
    "question",
    [
        "Who was asked to report?",
        "What was the Secretary-General asked to do?",
        "Which official language was added?",
        "Who is the holder of such a document?",
        "Which general principles apply?",
    ],
)
def test_no_person_is_asked_for(question: str) -> None:
    assert lacking(question, "Requests the Secretary-General to report;") is None


def test_a_person_of_the_question_is_no_answer_to_it() -> None:
    late = "Noting with regret the death of Judge Sir Adam Sylvan,"
    assert lacking("Who was elected in place of Sir Adam Sylvan?", late) == "a person"
    assert lacking("Which judge died?", late) is None


@pytest.mark.parametrize(
    "question",
    [
        "In which city will it be held?",
        "Where will the forum be held?",
        "Where and when does the new committee meet?",
        "where is the next congress",
        "where's the summit",
        "Where was it adopted?",
        "which Freedonian city hosts it",
    ],
)
def test_a_place_is_one_on_the_map(question: str) -> None:
    planned = "Encourages the Committee of Member States to consult on a Forum on Peaceful Uses (FORUM IV) in 2031{};"
    assert lacking(question, planned.format("")) == "a place"
    for where in (
        " in Lutha",
        ", at United Nations Headquarters",
        " in New Lutha",
        ", hosted by the Government of Ruritania",
    ):
        assert lacking(question, planned.format(where)) is None, where


@pytest.mark.parametrize(
    "question",
    ["Where does the text speak of forums?", "Where was Ruritania told to hold it?", "Where do refugees go?"],
)
def test_where_a_text_says_so_is_no_place(question: str) -> None:
    assert lacking(question, "Takes note of it;") is None


@pytest.mark.parametrize("question", ["Who was asked to report?", "What can newspapers do?", "Who is to meet whom?"])
def test_who_must_act_is_an_office_as_well_as_a_name(question: str) -> None:
    assert lacking(question, "Requests the Secretary-General to report, and the press to inform;") is None


@pytest.mark.parametrize(
    "question",
    [
        "and who chairs it?",
        "Who commanded the force in 1993?",
        "Who is in the chair?",
        "who runs the lutha centre",
        "the force's first commander",
    ],
)
def test_who_leads_may_be_told_by_an_office_or_a_group(question: str) -> None:
    for told in (
        "Decides that the meeting shall have two Co-Chairs, one from a developed and one from a developing country;",
        "Decides that the Force shall be led by Ruritania;",
        "Thanks Ms. Ada Sylvan for her work;",
    ):
        assert lacking(question, told) is None
    for other in (
        "Requests the Council of Barges to meet in June;",
        "Notes the intention to establish three subordinate commands, and the attacks which led to the loss of life;",
        "Invites Heads of State and Government to attend;",
    ):
        assert lacking(question, other) == "who leads", other


def test_a_rank_is_no_name() -> None:
    rank = "Approves the appointment of an Assistant Secretary-General as the Head of the institution;"
    assert lacking("What is the name of the person who heads the institution?", rank) == "a person"
