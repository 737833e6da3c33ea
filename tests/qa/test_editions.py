"""Another text of a series than the one that is named, in one question and over several; what founds a body; "the Council" alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.retrieval.editions import LATEST, NEXT, PREVIOUS, edition_asked
from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.made_up import ASSEMBLY, COUNCIL, served


def _yearly(symbol: str, day: str, session: str, days: str) -> str:
    return ASSEMBLY.format(
        symbol=symbol,
        session=session,
        day=day,
        title="The safety of ferries on lakes",
        recitals="Noting the loss of ferries,",
        acts=f"""1. Calls upon States to inspect ferries every {days} days;

2. Requests the Secretary-General to report on ferries.""",
    )


def _renews(number: int, year: int, day: str, meeting: str, until: str) -> str:
    return COUNCIL.format(
        number=number,
        year=year,
        day=day,
        meeting=meeting,
        recitals="Having studied the report of the Secretary-General on the United Nations Ferry Force in Malawi,",
        acts=f"""1. Decides to extend the present mandate of the United Nations Ferry Force in Malawi for a further period, until {until};

2. Decides to remain seized of the matter.""",
    )


_FOUNDS = COUNCIL.format(
    number=930,
    year=1994,
    day="3 June",
    meeting="3390th",
    recitals="Alarmed by the loss of barges,",
    acts="""1. Decides hereby to establish an international tribunal for the sole purpose of prosecuting persons responsible for serious
violations of the
law of ferries and of barges committed in the territory and the waters of the former kingdom of Zembla between 1 January and 31 March 1994;

2. Decides to remain seized of the matter.""",
)
_TEXTS = {
    "A_RES_78_401": _yearly("A/RES/78/401", "28 June 2024", "Seventy-eighth", "thirty"),
    "A_RES_79_402": _yearly("A/RES/79/402", "30 June 2025", "Seventy-ninth", "ninety"),
    "S_RES_930(1994)": _FOUNDS,
    "S_RES_935(1994)": _renews(935, 1994, "1 July", "3400th", "31 December 1994"),
    "S_RES_960(1994)": _renews(960, 1994, "21 November", "3465th", "30 June 1995"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    with served(tmp_path_factory.mktemp("editions"), _TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("What does the previous version of 79/402 say about ferries?", "A/RES/78/401"),
        ("What does the 2025 version of A/RES/78/401 say about ferries?", "A/RES/79/402"),
        ("Does the latest version of 78/401 mention ferries?", "A/RES/79/402"),
        ("What does the next version of S/RES/935 (1994) say about the mandate?", "S/RES/960(1994)"),
    ],
)
def test_the_other_text_is_asked(service: QAService, question: str, read_as: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "answered"
    assert {one.id.partition("#")[0] for one in answer.citations} == {read_as}
    assert any(one.endswith(f"is read as {read_as}") for one in answer.understood.notes)


@pytest.mark.parametrize(
    "question",
    ["What does the 2019 version of 79/402 say about ferries?", "Does the previous version of 78/401 mention ferries?"],
)
def test_of_a_text_of_the_series_that_is_not_held_nothing_answers(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "abstained"
    assert answer.reason.startswith("no such resolution of the series of")


@pytest.mark.parametrize(
    ("ignored", "left"), [("2025", ["A/RES/78/401"]), ("A/RES/79/402", []), ("A/RES/78/401", ["2025"])]
)
def test_the_other_text_can_be_taken_off(service: QAService, ignored: str, left: list[str]) -> None:
    question = "What does the 2025 version of A/RES/78/401 say about ferries?"
    read = service.ask(AskRequest(question, ignore=[ignored])).understood.readings
    assert [one.text for one in read] == left


@pytest.mark.parametrize(
    ("history", "question", "symbol"),
    [
        (["What does 79/402 say about ferries?"], "and the previous version?", "A/RES/78/401"),
        (["What does 79/402 say about ferries?", "and the previous version?"], "and the next one?", "A/RES/79/402"),
        (["A/RES/79/402"], "and in 2024?", "A/RES/78/401"),
        (["resolution 935 (1994)"], "the next one", "S/RES/960(1994)"),
        (["paragraph 1 of 79/402"], "and in the 2024 version?", "A/RES/78/401"),
        (["What does 79/402 say about ferries?", "who must report under 79/402?"], "and under 78/401?", "A/RES/78/401"),
    ],
)
def test_turns_ask_the_other_text(service: QAService, history: list[str], question: str, symbol: str) -> None:
    answer = service.ask(AskRequest(question, history=history))
    assert {one.id.partition("#")[0] for one in answer.citations or answer.nearest} == {symbol}


def test_a_turn_for_what_is_not_held_of_the_series_is_refused(service: QAService) -> None:
    answer = service.ask(AskRequest("and the previous version?", history=["What does 78/401 say about ferries?"]))
    assert answer.status == "abstained"
    assert answer.reason.startswith("no earlier resolution that is held has the title of A/RES/78/401")


@pytest.mark.parametrize(
    ("turn", "which"),
    [
        ("and the previous one?", PREVIOUS),
        ("what about the 2019 version?", "2019"),
        ("is there a newer version?", NEXT),
        ("and the latest?", LATEST),
        ("and in 2021?", "2021"),
        ("and before that?", PREVIOUS),
        ("does the 2023 version?", "2023"),
        ("previous", PREVIOUS),
        ("next", NEXT),
        ("who must report?", None),
        ("and in Malawi?", None),
        ("until when was it prolonged the next time?", None),
    ],
)
def test_which_text_of_a_series(turn: str, which: str | None) -> None:
    assert edition_asked(turn) == which


def test_what_is_founded_may_be_named_late_in_the_act(service: QAService) -> None:
    for question in (
        "Which resolution established the tribunal for Zembla?",
        "When was the Zembla tribunal established?",
    ):
        answer = service.ask(AskRequest(question))
        assert [one.id for one in answer.citations] == ["S/RES/930(1994)#OP1"]


def test_the_council_that_decides_is_the_only_one_held(service: QAService) -> None:
    answer = service.ask(AskRequest("What did the Council decide about ferries?"))
    assert answer.status == "answered"
    assert all(one.id.startswith("S/RES/") for one in answer.citations)
    answer = service.ask(AskRequest("What did the UN decide about ferries?"))
    assert not all(one.id.startswith("S/RES/") for one in answer.citations)


def test_the_first_time_is_the_oldest(service: QAService) -> None:
    answer = service.ask(AskRequest("When was Malawi first mentioned?"))
    assert [one.id for one in answer.citations] == ["S/RES/935(1994)#OP1", "S/RES/960(1994)#OP1"]


def test_of_what_one_text_says_a_report_comes_last(service: QAService) -> None:
    for question in ("What does 79/402 say about ferries?", "What does 78/401 say about the ferries?"):
        labels = [one.id.partition("#")[2] for one in service.ask(AskRequest(question)).citations]
        assert labels == ["OP1", "OP2", "PP1"]
    answer = service.ask(AskRequest("Which report on ferries does 79/402 request?"))
    assert [one.id for one in answer.citations][:1] == ["A/RES/79/402#OP2"]


def test_a_paragraph_beside_one_is_no_other_text(service: QAService) -> None:
    answer = service.ask(AskRequest("the next one", history=["paragraph 1 of 79/402"]))
    assert "A/RES/78/401" not in {one.id.partition("#")[0] for one in (*answer.citations, *answer.nearest)}
    answer = service.ask(AskRequest("paragraph 1 of the previous version of 79/402"))
    assert [one.id for one in answer.citations] == ["A/RES/78/401#OP1"]


def test_a_time_before_a_text_is_no_edition(service: QAService) -> None:
    answer = service.ask(AskRequest("What was the last resolution before S/RES/960 (1994) about?"))
    assert "of the series of" not in " ".join([answer.reason or "", *answer.understood.notes])


def test_what_changed_in_a_text_is_told_beside_the_one_before(service: QAService) -> None:
    for question in ("What changed in 79/402?", "What is new in A/RES/79/402 since the last one?"):
        answer = service.ask(AskRequest(question))
        assert [one.id for one in answer.citations] == ["A/RES/79/402#OP1", "A/RES/78/401#OP1"]
    answer = service.ask(AskRequest("What's new in 78/401?"))
    assert (answer.reason or "").startswith("no earlier resolution of the series of A/RES/78/401 is held")


def test_words_of_the_title_beside_a_symbol_ask_for_the_text(service: QAService) -> None:
    for question in ("ferries 79/402", "Ferry safety A/RES/79/402"):
        assert [one.id for one in service.ask(AskRequest(question)).citations] == [
            "A/RES/79/402#OP1",
            "A/RES/79/402#OP2",
        ]


def test_an_open_time_is_not_the_time_itself(service: QAService) -> None:
    answer = service.ask(AskRequest("the first resolution after 1994"))
    assert all(one.symbol != "S/RES/930(1994)" for one in answer.citations)
    answer = service.ask(AskRequest("What was the last resolution of 1994?"))
    assert [one.id for one in answer.citations][:1] == ["S/RES/960(1994)#OP1"]


@pytest.mark.parametrize(
    "question",
    [
        "How long will the Ferry Force in Malawi stay?",
        "For how long is the United Nations Ferry Force in Malawi supposed to remain there?",
    ],
)
def test_how_long_a_force_stays_is_told_by_what_sets_its_term(service: QAService, question: str) -> None:
    assert [one.id for one in service.ask(AskRequest(question)).citations] == [
        "S/RES/960(1994)#OP1",
        "S/RES/935(1994)#OP1",
    ]


def test_what_is_asked_after_a_bare_text_is_asked_of_it_unless_it_asks_of_all(service: QAService) -> None:
    answer = service.ask(AskRequest("When must the barges be inspected by the owners?", history=["A/RES/79/402"]))
    assert answer.understood.filters.symbol == ["A/RES/79/402"]
    answer = service.ask(
        AskRequest("Which rules are there on the inspection of barges in harbours?", history=["A/RES/79/402"])
    )
    assert answer.understood.filters.symbol == []
