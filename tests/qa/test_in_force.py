"""When measures of a named text begin and how they may end, what banned something first, and what stands for a country's resolutions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.made_up import COUNCIL, served

_WITHDRAW, _BAN, _TRUCE, _SEND, _FOUND, _BASED, _CONDEMN = (
    COUNCIL.format(number=number, year=year, meeting=meeting, day=day, recitals=recitals, acts=acts)
    for number, year, meeting, day, recitals, acts in (
        (
            901,
            1994,
            "3001st",
            "4 March",
            "Concerned at the presence of foreign ferries in Lebanon,",
            """1. Takes note of the report of the Secretary-General on Lebanon;

2. Thanks the pilots of Lebanon;

3. Demands the withdrawal of all ferries from Lebanese waters;

4. Decides to remain seized permanently of the question of the ferries that are still kept in Lebanon by others than its people.""",
        ),
        (
            902,
            1994,
            "3002nd",
            "5 March",
            "Alarmed by the raids of Malawi,",
            """1. Decides that the measures in paragraph 2 below shall come into force at noon on 1 August 1994;

2. Decides that all States shall prevent the sale or supply of petroleum to Malawi;

3. Expresses its readiness to review the measures above with a view to suspending them if the raids end;

4. Calls upon the pilots to rest after the measures have come into force on 1 August.""",
        ),
        (
            903,
            1994,
            "3003rd",
            "6 March",
            "Noting the truce,",
            "1. Calls upon all States to refrain from exporting arms to Chile, Peru, Bolivia and Ecuador.",
        ),
        (
            904,
            1994,
            "3004th",
            "7 March",
            "Recalling its resolution on Lebanon,",
            """1. Commends the people of Lebanon in Lebanon;

2. Decides to send two ferries to Lebanon.""",
        ),
        (
            906,
            1994,
            "3006th",
            "9 March",
            "Having decided in resolution 902 (1994) to impose measures under Chapter VII of the Charter of the United Nations,",
            """1. Authorizes the establishment of a police component as an integral part of UNFOM;

2. Decides to set up immediately, under its authority, a United Nations Ferry Observer Mission (UNFOM);

3. Requests the Secretary-General to establish, as a matter of urgency, a Panel of Pilots;

4. Decides to establish a week of pilots, to be held by the Lake Commission;

5. Expresses its gratitude to Malawi for 650 million United States dollars, and thanks UNFOM.""",
        ),
        (
            907,
            1994,
            "3007th",
            "10 March",
            "Acting under Article 39 of the Charter of the United Nations,",
            """1. Decides to establish the group of experts to hear pilots;

2. Decides against the establishment of an inquiry;

3. Condemns the ferry raids of the régime in the British colony of Southern Rhodesia;

4. Decides to reduce travel and prohibit the import of goods by 3,800 United States dollars for all States.""",
        ),
        (
            905,
            1994,
            "3005th",
            "8 March",
            "Noting the raids,",
            "\n\n".join(
                f"{n}. {'Condemns Kenya for raid' if n in (2, 10) else 'Urges rest on day'} {n};" for n in range(1, 11)
            ),
        ),
    )
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    texts = {
        "S_RES_901(1994)": _WITHDRAW,
        "S_RES_902(1994)": _BAN,
        "S_RES_903(1994)": _TRUCE,
        "S_RES_904(1994)": _SEND,
        "S_RES_905(1994)": _CONDEMN,
        "S_RES_906(1994)": _FOUND,
        "S_RES_907(1994)": _BASED,
    }
    with served(tmp_path_factory.mktemp("made_up"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("When do the sanctions of 902 begin?", ["902 OP1"]),
        ("when did the measures in S/RES/902 (1994) enter into force", ["902 OP1"]),
        ("from what date do the sanctions in 902 apply?", ["902 OP1"]),
        ("What would lift the sanctions in 902?", ["902 OP3"]),
        ("How long do the measures of 902 last?", ["902 OP3"]),
        ("Under what conditions can the sanctions in 902 be lifted?", ["902 OP3"]),
        ("Who can lift the measures in 902?", ["902 OP3"]),
        ("Which resolution first banned oil sales to Malawi?", ["902 OP2"]),
        ("who banned petroleum exports to Malawi", ["902 OP2"]),
        ("Which resolution first demanded withdrawal from Lebanon?", ["901 OP3"]),  # "Lebanese"
        ("When was UNFOM established?", ["906 OP2"]),  # and not a component of it
        ("What is the mandate of the Panel of Pilots?", ["906 OP3", "906 OP4", "906 OP5"]),
        ("Which resolutions condemn Kenya?", ["905 OP2"]),  # and not the tenth
        ("Which resolutions mention Kenya?", ["905 OP2"]),
        ("Lebanon in 1994", ["904 OP2", "901 OP3"]),  # of each what it decides or demands
    ],
)
def test_what_is_asked_comes_first(service: QAService, question: str, labels: list[str]) -> None:
    answer = service.ask(AskRequest(question, k=10))
    cited = [f"{one.symbol.removeprefix('S/RES/')[:3]} {one.paragraph}" for one in answer.citations]
    assert cited == labels


def test_a_mandate_until_a_day_is_not_what_established_it(service: QAService) -> None:
    asked = "What is the mandate of the Panel of Pilots"
    notes = [service.ask(AskRequest(one)).understood.notes for one in (asked, f"{asked} until December 1994")]
    assert [any("what established" in one for one in told) for told in notes] == [True, False]


def test_what_is_forbidden_towards_many_is_against_none_of_them(service: QAService) -> None:
    notes = service.ask(AskRequest("sanctions on Chile")).understood.notes
    assert not any("read as" in one for one in notes)


@pytest.mark.parametrize(
    "question",
    [
        "mandate of (UNFOM)",
        "mandate of ,,,",
        "resolutions condemning ,Kenya",
        "resolutions thanking ('x')",
        "which resolution established (UNFOM)?",
    ],
)
def test_signs_around_a_name_fail_nothing(service: QAService, question: str) -> None:
    assert service.ask(AskRequest(question)).status in ("answered", "abstained")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Is 907 a Chapter VII resolution?", True),  # acting under Article 39
        ("Is 907 a Chapter VI resolution?", False),
        ("Which resolution established a pilots group?", False),  # "the group of experts ... pilots"
        ("Which resolution established an inquiry?", False),  # decides against it
        ("resolutions condemning the United Kingdom", False),  # "the British colony of"
        ("sanctions against the United States", False),  # dollars
    ],
)
def test_what_stands_near_is_not_what_is_asked(service: QAService, question: str, answered: bool) -> None:
    answer = service.ask(AskRequest(question))
    told = answer.status == "answered" and answer.probability >= 0.9
    assert told is answered


def test_what_only_half_matches_is_not_told(service: QAService) -> None:
    for question in ("When was the Lake Commission established?", "Which resolutions thank the United States?"):
        notes = service.ask(AskRequest(question)).understood.notes
        assert not any("told by verbs" in one for one in notes)
    basis = service.ask(AskRequest("Under which chapter was 906 adopted?"))
    assert str(basis.reason).startswith("no paragraph of S/RES/906(1994) acts under a chapter")
    unheld = service.ask(AskRequest("Which resolutions condemn Ruritania?"))
    assert str(unheld.reason).startswith("no text that is held has a word of 'Ruritania'")


def test_a_text_that_asks_for_no_report_is_said_to_ask_for_none(service: QAService) -> None:
    answer = service.ask(AskRequest("Who reports under 902?"))
    assert answer.status == "abstained"
    assert str(answer.reason).startswith("S/RES/902(1994) has no paragraphs that ask for a report")
