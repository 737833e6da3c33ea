"""When a day, a week or a year is observed, and what is observed on a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.made_up import ASSEMBLY, served

_TEXTS = {
    "A_RES_78_401": ASSEMBLY.format(
        symbol="A/RES/78/401",
        session="Seventy-eighth",
        day="28 June 2024",
        title="World Ferry Day",
        recitals="Recalling its resolution 76/254 of 15 March 2022, designating 9 May as the International Day against Shipwreck,",
        acts="""1. Decides to designate 27 August of each year as World Ferry Day;

2. Decides to proclaim 2027 as the International Year of Barges;

3. Invites States to observe World Ferry Day;

4. Proclaims 2029 the International Year of Punts.""",
    ),
    "A_RES_79_402": ASSEMBLY.format(
        symbol="A/RES/79/402",
        session="Seventy-ninth",
        day="30 June 2025",
        title="Lakes",
        recitals="Noting the loss of ferries on 12 March 2025, and welcoming the observance of 10 December as Human Lantern Day,",
        acts="""1. Welcomes the observance of World Ferry Day on 27 August and of World Lantern Day on 5 December;

2. Encourages States to take the opportunity of the proclamation of 2 November as the International Day of Ferrymen to remember them.""",
    ),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    with served(tmp_path_factory.mktemp("observances"), _TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "cited", "told"),
    [
        ("When is World Ferry Day?", "A/RES/78/401#OP1", "World Ferry Day: 27 August"),
        ("Which day is the world ferry day celebrated?", "A/RES/78/401#OP1", "27 August"),
        ("When do we observe the day against shipwreck?", "A/RES/78/401#PP1", "9 May"),
        ("When's the day of the ferrymen?", "A/RES/79/402#OP2", "2 November"),
        ("What is the date of World Lantern Day?", "A/RES/79/402#OP1", "5 December"),
        ("Which year is the year of barges?", "A/RES/78/401#OP2", "2027"),
        ("When is the International Year of Punts?", "A/RES/78/401#OP4", "2029"),
        ("What is observed on 27 August?", "A/RES/78/401#OP1", "World Ferry Day"),
        ("World Ferry Day", "A/RES/78/401#OP1", "27 August"),
        ("day of ferrymen date", "A/RES/79/402#OP2", "2 November"),
        ("international year 2027", "A/RES/78/401#OP2", "Barges"),
        ("When is Human Lantern Day?", "A/RES/79/402#PP1", "10 December"),
        ("Which international day is on 2 November?", "A/RES/79/402#OP2", "Ferrymen"),
    ],
)
def test_what_proclaims_it_or_names_its_day(service: QAService, question: str, cited: str, told: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "answered"
    assert [one.id for one in answer.citations] == [cited]
    assert any(told in one for one in answer.understood.notes)


@pytest.mark.parametrize(
    "question", ["When is World Barge Day?", "When is the international day of lanterns and barges?", "World Raft Day"]
)
def test_a_day_that_no_text_names_is_not_told(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "abstained"
    assert answer.reason.startswith("no paragraph that is searched speaks of a day or a week and of")


@pytest.mark.parametrize(
    "question", ["When is the loss of ferries?", "What date is the deadline?", "When is the last day of the session?"]
)
def test_what_is_no_observance_is_asked_as_any_other(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert "observed" not in " ".join([answer.reason, *answer.understood.notes])
