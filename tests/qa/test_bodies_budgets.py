"""What a body costs, from the question to the citation, over made-up texts of the Assembly; and questions of a text by its bare number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.made_up import ASSEMBLY, COUNCIL, served


def _budget(symbol: str, day: str, sum_: str, period: str, session: str) -> str:
    return ASSEMBLY.format(
        symbol=symbol,
        session=session,
        day=day,
        title="Financing of the United Nations Ferry Mission in Malawi",
        recitals="Recalling the report of the Secretary-General on the financing of the Mission,",
        acts=f"""1. Reaffirms its resolution 61/276 of 29 June 2007;

2. Decides to appropriate to the special account for the United Nations Ferry Mission in Malawi the amount of {sum_} dollars for the
period {period}, under the terms of resolution 64/269 of 24 June 2010;

3. Decides to apportion among Member States the amount of 9,000,000 dollars for the period {period}.""",
    )


_RECITES = COUNCIL.format(
    number=935,
    year=1994,
    meeting="3400th",
    day="1 July",
    recitals="Recalling its resolution 930 (1994) of 3 June 1994,",
    acts="""1. Demands that Malawi withdraw its barges from the lake by 15 July 1994;

2. Decides to remain seized of the matter.""",
)
_TEXTS = {
    "A_RES_78_401": _budget(
        "A/RES/78/401", "28 June 2024", "74,611,100", "from 1 July 2024 to 30 June 2025", "Seventy-eighth"
    ),
    "A_RES_79_402": _budget(
        "A/RES/79/402", "30 June 2025", "62,762,100", "from 1 July 2025 to 30 June 2026", "Seventy-ninth"
    ),
    "S_RES_935(1994)": _RECITES,
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    with served(tmp_path_factory.mktemp("budgets"), _TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("How much does the Ferry Mission in Malawi cost?", ["A/RES/79/402#OP2"]),
        ("How much was appropriated for Malawi?", ["A/RES/79/402#OP2"]),
        ("budget of the peacekeepers in Malawi", ["A/RES/79/402#OP2"]),
        ("What is the annual budget of the United Nations Ferry Mission in Malawi?", ["A/RES/79/402#OP2"]),
        ("Malawi ferry mission budget 2024/25", ["A/RES/78/401#OP2"]),
        (
            "How much did the Assembly appropriate for the Malawi ferry mission for July 2025 to June 2026?",
            ["A/RES/79/402#OP2"],
        ),
        ("How much was approved for the Malawi ferry mission in 2025?", ["A/RES/79/402#OP2", "A/RES/78/401#OP2"]),
    ],
)
def test_the_act_that_sets_a_budget_for_the_period_comes_and_no_other(
    service: QAService, question: str, cited: list[str]
) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "answered"
    assert [one.id for one in answer.citations] == cited


def test_of_a_period_for_which_nothing_is_set_nothing_answers(service: QAService) -> None:
    answer = service.ask(AskRequest("Malawi ferry mission budget 2022/23"))
    assert answer.status == "abstained"
    assert answer.reason.startswith("no act that is searched sets the budget of 'Malawi ferry mission' for 2022–2023")
    assert [one.id for one in answer.nearest][:1] == ["A/RES/79/402#OP2"]


def test_the_budget_of_the_whole_organization_is_none_of_a_mission(service: QAService) -> None:
    answer = service.ask(AskRequest("UN budget 2025"))
    assert answer.status == "abstained"
    assert answer.reason.startswith("no act that is searched sets the budget of the United Nations itself")


@pytest.mark.parametrize(
    "question",
    [
        "the budget",
        "budget of all missions",
        "What does the Council say of the budget?",
        "national budget",
        "budget of Malawi",
        "cost of the ferry",
        "Malawi ferry mission budget after 2025",
    ],
)
def test_no_body_no_budget(service: QAService, question: str) -> None:
    notes = service.ask(AskRequest(question)).understood.notes
    assert not any("sets the budget" in one for one in notes)


@pytest.mark.parametrize(
    "question",
    [
        "What is the deadline in 678?",
        "Who monitors the withdrawal demanded by 930?",
        "How long was the force extended by 930?",
    ],
)
def test_a_bare_number_where_only_a_text_can_stand_is_not_held(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "abstained"
    assert answer.reason.startswith("the corpus does not hold S/RES/")


@pytest.mark.parametrize("question", ["Was the force cut by 930?", "How many barges were raised by 678?"])
def test_a_bare_number_that_may_be_a_quantity_is_none(service: QAService, question: str) -> None:
    assert "does not hold" not in service.ask(AskRequest(question)).reason


def test_what_is_done_with_a_text_is_asked_of_it_and_of_what_cites_it(service: QAService) -> None:
    answer = service.ask(AskRequest("Who violated resolution 930?"))
    assert "'resolution 930' only tells what is meant: what cites it is searched" in answer.understood.notes
    assert {one.id.partition("#")[0] for one in (*answer.citations, *answer.nearest)} == {"S/RES/935(1994)"}


def test_what_is_done_with_a_text_that_nothing_cites_is_answered_by_nothing(service: QAService) -> None:
    answer = service.ask(AskRequest("Who violated resolution 678?"))
    assert answer.status == "abstained"
    assert "the nearest resolution does not speak of 'S/RES/678(1990)'" in answer.reason


@pytest.mark.parametrize("question", ["What does 935 demand?", "What did the Security Council demand in 935?"])
def test_what_a_text_demands_is_not_all_of_it(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert [one.id for one in answer.citations] == ["S/RES/935(1994)#OP1"]
    assert not any("are meant" in note for note in answer.understood.notes)


def test_of_a_text_that_demands_nothing_all_is_meant(service: QAService) -> None:
    assert [one.paragraph for one in service.ask(AskRequest("What does 79/402 demand?")).citations] == [
        "OP1",
        "OP2",
        "OP3",
    ]
