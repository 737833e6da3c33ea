"""What a question states and the nearest paragraph states otherwise, and what does not surely contradict."""

from __future__ import annotations

import pytest

from qa.answering.contradicting import Contradiction, Nearest, claim_in
from qa.service import QAService
from qa.wire import AskRequest

EXTENDS = (
    "Extends the stationing of the Force for a period of three months ending 26 June 1966, under resolution 186 (1964);"
)
ORGANIZES = "Reiterates its request to the President of the General Assembly to organize a one-day meeting every year;"


def _against(question: str, text: str, opening: str = "", symbol: str = "A/RES/78/1") -> Contradiction | None:
    claim = claim_in(question)
    return claim.against(Nearest(text, opening, symbol, (1966, 3, 16))) if claim else None


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Did the Council prolong the force by six months?", EXTENDS, "says 'six months'; the nearest paragraph says 'three months'"),
        ("the Council extended it for only two months?", EXTENDS, "says 'two months'; the nearest paragraph says 'three months'"),
        ("Was the force kept until 26 July 1966?", EXTENDS, "says '26 July 1966'; the nearest paragraph says '26 June 1966'"),
        (
            "Was 28 June proclaimed the day of lakes?",
            "Decides to proclaim 28 January the Day of Lakes;",
            "says '28 June'; the nearest paragraph says '28 January'",
        ),
        (
            "Is it right that the item is to be discussed only once every three years?",
            "To biennialize the consideration of the item.",
            "says 'every three years'; the nearest paragraph says 'biennialize'",
        ),
        (
            "Did the Council want changes to need three quarters of the parties?",
            "Amendments are adopted by two thirds of the parties and ratified by two-thirds of them.",
            "says 'three quarters'; the nearest paragraph says 'two thirds' and 'two-thirds'",
        ),
        (
            "Did the Assembly mourn 163 staff of the agency?",
            "Mourns the loss of its staff, which stands at 136 and growing;",
            "says '163'; the nearest paragraph says '136'",
        ),
        (
            "Did the Assembly repeat its request that the Secretary-General organise a meeting?",
            ORGANIZES,
            "has 'the Secretary-General' asked; the nearest paragraph asks 'the President of the General Assembly'",
        ),
        (
            "Was the Organization of African Unity asked to report on Namibia?",
            "Requests the Secretary-General to report on the implementation of the present resolution.",
            "has 'the Organization of African Unity' asked; the nearest paragraph asks 'the Secretary-General'",
        ),
        (
            "Was it the Secretary-General whom the Assembly asked in December to draw up criteria?",
            "Calls upon all States to develop appropriate criteria;",
            "has 'the Secretary-General' asked; the nearest paragraph asks 'all States'",
        ),
        (
            "Did the Council in May 1966 commend Portugal for it?",
            "Strongly condemns Portugal for its attacks;",
            "says 'commend'; the nearest paragraph says 'condemns'",
        ),
        (
            "in November 1993 the Security Council lifted the embargo?",
            "Reaffirms the obligation of States to implement the embargo fully;",
            "says 'lifted'; the nearest paragraph says 'Reaffirms'",
        ),
        (
            "Did the Council ask Mali to send a representative to the Secretary-General?",
            "Invites the Secretary-General to send, as an urgent measure, a representative to Mali;",
            "has 'Mali' asked; the nearest paragraph asks 'the Secretary-General'",
        ),
        (
            "Were Member States asked by the Assembly in 2024 to submit a report on it?",
            "Requests the Secretary-General to submit a report containing the views of Member States;",
            "has 'Member States' asked; the nearest paragraph asks 'the Secretary-General'",
        ),
        (
            "Was the Special Rapporteur on lakes invited in 2025 to give an oral report?",
            "Invites the Chair of the Committee on Lakes and Their Members of Parliament to present an oral report;",
            "has 'the Special Rapporteur' asked; the nearest paragraph asks 'the Chair of the Committee on Lakes and Their Members of Parliament'",
        ),
        (
            "the Council in March 1975 welcomed the decision?",
            "Regrets the decision and expresses its concern;",
            "says 'welcomed'; the nearest paragraph says 'Regrets'",
        ),
        (
            "Did the Council decide to cut the force?",
            "Welcomes the offer and decides to expand the size of the force;",
            "says 'cut'; the nearest paragraph says 'expand'",
        ),
        (
            "Did the Council decide to establish an operation at once?",
            "Undertakes to examine any recommendation for the possible establishment of an operation;",
            "says 'establish'; the nearest paragraph says 'Undertakes to examine'",
        ),
        (
            "Did the Council in November call on all States to recognize the government?",
            "Calls upon all States not to recognize this government;",
            "says 'recognize'; the nearest paragraph says 'not to recognize'",
        ),
        (
            "the partnership counts 574 governments among its members?",
            "Welcomes its 671 members, including 74 Governments, 23 organizations and 574 major groups;",
            "says '574 governments'; the nearest paragraph says '74 Governments'",
        ),
        (
            "According to the text, do changes need adoption by three quarters of the parties?",
            "Amendments are adopted by two thirds of the parties;",
            "says 'three quarters'; the nearest paragraph says 'two thirds'",
        ),
        (
            "Was the withdrawal of Angolan forces from South African territory to be watched?",
            "Asks for monitoring of the withdrawal of the South African military forces from the territory of Angola, and reports;",
            "says 'withdrawal of Angolan forces from South African';"
            " the nearest paragraph says 'withdrawal of the South African military forces from the territory of Angola'",
        ),
        (
            "resolution 665 calls on states cooperating with the Government of Iraq to stop ships?",
            "Calls upon States co-operating with the Government of Kuwait to halt shipping;",
            "says 'Iraq'; the nearest paragraph says 'Kuwait'",
        ),
        (
            "By when does the Special Rapporteur have to report on it?",
            "Requests the Secretary-General to report by 30 June;",
            "has 'the Special Rapporteur' asked; the nearest paragraph asks 'the Secretary-General'",
        ),
        (
            "What is the General Assembly to hold in 2026?",
            "Requests the Secretary-General to hold a meeting in 2026;",
            "has 'the General Assembly' asked; the nearest paragraph asks 'the Secretary-General'",
        ),
        (
            "What was Israel forbidden in August 1982?",
            "Requests Israel to co-operate with the observers;",
            "says 'forbidden'; the nearest paragraph says 'Requests'",
        ),
        (
            "On what grounds did the Security Council oppose the admission of Malaya?",
            "Recommends to the General Assembly that Malaya be admitted;",
            "says 'oppose'; the nearest paragraph says 'Recommends'",
        ),
        (
            "Until when did the Council in April 1986 end the mandate?",
            "Decides to extend the mandate for three months, ending on 19 July 1986;",
            "says 'end'; the nearest paragraph says 'extend'",
        ),
        (
            "Which governments were told to stop their talks on Cyprus?",
            "Calls upon Greece and Turkey to enter into negotiations;",
            "says 'stop'; the nearest paragraph says 'enter'",
        ),
        (
            "Were the elections at the end of 1993 praised?",
            "Condemns the elections;",
            "says 'praised'; the nearest paragraph says 'Condemns'",
        ),
        (
            "Whom did the Assembly rebuke for the conference?",
            "Expresses its profound gratitude to the host;",
            "says 'rebuke'; the nearest paragraph says 'gratitude'",
        ),
        (
            "Did the Assembly decide to hold the conference in Geneva?",
            "Decides to convene, in New York, a conference;",
            "says 'Geneva'; the nearest paragraph says 'New York'",
        ),
    ],
)  # fmt: skip
def test_the_words_of_both_are_told(question: str, text: str, told: str) -> None:
    found = _against(question, text)
    assert found is not None
    assert found.sure
    assert found.told("nearest") == f"the question {told}"
    assert found.stated in question
    assert all(one in text for one in found.held)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did the Council prolong the force by three months?", EXTENDS),
        ("Did the Council prolong the force by 90 days?", EXTENDS),  # as long, as far as can be told
        ("By how many months was the force prolonged, after six months without it?", EXTENDS),
        ("Which body extended the force for six months?", EXTENDS),
        ("Was it prolonged for six months or for three months?", EXTENDS),
        ("Was the force of six months ago prolonged?", EXTENDS),
        ("Was it prolonged by six months?", "Extends the Force for three months, and its staff for up to six months;"),
        ("Was it prolonged by six months?", "Extends the Force once more;"),
        ("Did the Council decide on 16 March 1966 to extend it?", EXTENDS),  # its own day
        ("Did the Council send 500 guards?", "Sends 300 observers;"),
        ("Did the Council receive the report of the Secretary-General?", ORGANIZES),
        ("Did Kuwait ask the Secretary-General to come?", ORGANIZES),
        ("Did the Assembly ask the Secretary-General to report?", "Requests the President of the Court to report to the Secretary-General;"),
        ("Did the Assembly ask the Secretary-General to report?", "Requests the Special Representative of the Secretary-General to report;"),
        ("Did the Assembly ask the Secretary-General to report?", "Requests the Panel of Experts to report;"),
        ("Did the Assembly ask States to report?", "Requests Iraq to report;"),
        ("Was UNRWA asked to report?", "Requests all States to support the Agency and to report;"),
        ("Did the Assembly ask the Secretary-General's envoy to report?", "Requests all States to report;"),
        ("Did the Council ask Mali to send an envoy?", "Requests the Secretary-General to go to Mali;"),  # for another deed
        ("Did the Council ask Mali to send an envoy?", "Requests the Secretary-General to ask Mali to send an envoy;"),
        ("Did the Council ask Mali to send an envoy?", "Requests all States to send envoys to Mali;"),
        ("Did the Assembly ask States to report?", "Requests the Secretary-General to report, and with States to agree on it;"),
        ("Did the Assembly ask the Special Rapporteur to report?", "Invites the Chair of the Board and the Special Rapporteur to report;"),
        ("Did the Council welcome the talks?", "Notes the talks with satisfaction, and expresses concern at their pace;"),
        ("Did the Council decide to cut the force?", "Decides to expand the force, and to reduce its staff;"),
        ("Did the Council decide to establish a force?", "Establishes a force, and undertakes to examine reports on it;"),
        ("Did the Council ask States not to recognize it?", "Calls upon all States not to recognize it;"),
        ("Did the Council ask States to recognize it?", "Asks States not to recognize that, and to recognize this;"),
        ("the partnership counts 574 governments?", "Welcomes its 574 members;"),
        ("the partnership counts 574 members?", "Welcomes its 74 Governments and 574 groups;"),
        ("Was the withdrawal of Angolan forces from Namibia watched?", "Asks for withdrawal of South African forces from Angola;"),
        ("Did it thank the Government of Iraq?", "Calls upon States co-operating with the Government of Kuwait to help Iraq;"),
        ("Did the Assembly decide to hold the conference in Geneva?", "Decides to convene in New York, and in Geneva, a conference;"),
        ("Did the Assembly decide to hold the conference in May?", "Decides to convene, in New York, a conference;"),
        ("Did the Council commend Portugal?", "Commends Portugal, and condemns the attacks on it;"),
        ("Did the Council commend Portugal?", "Calls upon Portugal to go on;"),
        ("Whose report on elections was to come at the end of 1993?", "Decides to extend the mandate and asks for a report;"),
        ("What should the Secretary-General and the Union do?", "Invites the Union to go on, and the Secretary-General to help;"),
        ("What did the Security Council call upon Portugal to do?", "Calls upon Portugal to withdraw;"),
        ("What did the Security Council want Portugal to do?", "Calls upon Portugal to withdraw;"),
        ("By when must he report?", "Requests the Secretary-General to report;"),
        ("Where is the General Assembly to meet?", "Decides that it shall meet in Geneva;"),
        ("What was told to the Council, end of 1993?", "Decides to extend the mandate;"),
        ("What was Israel forbidden to do?", "Calls upon Israel not to deport anybody;"),
        ("Why did the Council oppose the settlements?", "Condemns the settlements;"),
        ("Which text did the Assembly reject?", "Decides not to adopt the text;"),
        ("Until when was the force extended or ended?", "Extends the force until 26 June;"),
    ],
)  # fmt: skip
def test_what_may_be_meant_otherwise_is_not_told(question: str, text: str) -> None:
    assert _against(question, text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Must the resolutions come up every year?", "Decides to biennialize the resolutions;"),
        ("Did the Assembly appropriate 590 million dollars?", "Appropriates the amount of 866,865,700 dollars;"),
        ("Did the Assembly want a report at its eightieth session?", "Asks for a report at its eighty-first session;"),
    ],
)
def test_of_kinds_that_are_less_certain_it_is_told_so(question: str, text: str) -> None:
    found = _against(question, text)
    assert found is not None
    assert not found.sure


def test_what_stands_in_the_opening_may_be_meant() -> None:
    question = "Did the Council extend the force for six months?"
    assert (
        _against(question, "To report within the three-month period;", "Extends the force for six months, and decides:")
        is None
    )
    assert _against(question, "To report for three months;", "Decides:") is not None


def test_a_place_that_stands_in_the_opening_is_told_as_its_own() -> None:
    found = _against(
        "Is the group to be convened in New York?", "Threats to objects;", "Decides to convene, in Geneva, a group on:"
    )
    assert found is not None
    assert found.told("nearest") == "the question says 'New York'; what opens the nearest paragraph says 'Geneva'"


def test_how_often_is_told_of_an_item_of_the_same_list() -> None:
    claim = claim_in("the Assembly will look at it every three years?")
    first, other = Nearest("To put the item on the agenda;"), Nearest("To biennialize its consideration.")
    assert claim is not None
    assert claim.against(first) is None
    found = claim.beside(first, [other])
    assert found is not None
    assert (
        found.told("nearest")
        == "the question says 'every three years'; an item of the nearest paragraph's list says 'biennialize'"
    )
    assert claim.beside(first, [other, Nearest("To review it every third year.")]) is None
    assert claim.beside(Nearest("To put it on the agenda each year;"), [other]) is None


def test_the_session_of_its_own_adoption_is_not_stated() -> None:
    question, text = (
        "Did the Assembly at its seventy-eighth session ask for it?",
        "Decides to discuss it at its eightieth session;",
    )
    assert _against(question, text) is None
    assert _against(question, text, symbol="A/RES/79/1") is not None


def test_a_paragraph_that_is_named_is_given_with_a_note(service: QAService) -> None:
    answer = service.ask(AskRequest("Does paragraph 23 of 55/179 want a report at the fifty-eighth session?"))
    assert answer.status == "answered"
    assert answer.understood.notes[-1] == (
        "the question says 'fifty-eighth session'; the named paragraph says 'fifty-sixth session'"
    )
