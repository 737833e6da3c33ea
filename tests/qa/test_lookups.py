"""What is looked up, from the question to the citation, over four made-up texts that are read and indexed as any other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.answering.countries import countries_in
from qa.answering.lookups.targets import is_target
from qa.service import QAService
from qa.wire import AnswerOut, AskRequest
from tests.qa.made_up import COUNCIL, served

_FIRST = COUNCIL.format(
    number=901,
    year=1994,
    meeting="3344th",
    day="4 March",
    recitals="""Recalling its resolution 841 (1993) of 16 June 1993,

Deploring the loss of barges on the Blue Lake,

Taking note of the Convention on Inland Barges,

Acting under Chapter VII of the Charter of the United Nations,""",
    acts="""1. Condemns Malawi for the seizure of barges;

2. Decides to establish a Committee of the Security Council on barges;

3. Calls upon Portugal to release the barges at once;

4. Requests the Secretary-General to report to the Council by 1 May 1994 on the barges of Portugal;

5. Commends the ferrymen of Zambia for their patience;

6. Decides to remain seized of the matter.""",
)
_SECOND = COUNCIL.format(
    number=934,
    year=1994,
    meeting="3398th",
    day="30 June",
    recitals="""Recalling its resolution 901 (1994) of 4 March 1994,

Deploring the loss of barges on the Blue Lake,""",
    acts="""1. Condemns Malawi for the seizure of barges;

2. Calls upon Portugal to release the barges and all oars at once;

3. Welcomes the opening of a lighthouse in Zambia;

4. Decides to remain seized of the matter.""",
)
_ADMISSIONS = tuple(
    COUNCIL.format(
        number=number,
        year=1993,
        meeting=meeting,
        day=day,
        recitals=f"Having examined the application of the Republic of {name} for admission to the United Nations,",
        acts=f"1. Recommends to the General Assembly that the Republic of {name} be admitted to membership in the United Nations.",
    )
    for number, meeting, day, name in ((801, "3157th", "8 January", "Ruritania"), (829, "3219th", "26 May", "Sylvania"))
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    names = ("S_RES_901(1994)", "S_RES_934(1994)", "S_RES_801(1993)", "S_RES_829(1993)")
    texts = dict(zip(names, (_FIRST, _SECOND, *_ADMISSIONS), strict=True))
    with served(tmp_path_factory.mktemp("made_up"), texts) as opened:
        yield opened


def _ask(service: QAService, question: str, *history: str) -> AnswerOut:
    return service.ask(AskRequest(question, k=10, history=list(history)))


def _cited(answer: AnswerOut) -> list[str]:
    return [one.id.removeprefix("S/RES/").replace("(1994)#", " ").replace("(1993)#", " ") for one in answer.citations]


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What does resolution 901 condemn?", ["901 OP1"]),  # and what it deplores it does not condemn
        ("What does resolution 901 deplore?", ["901 PP2"]),
        ("What does resolution 901 censure?", ["901 OP1", "901 PP2"]),  # nothing; what is near it, recitals last
        ("Who is condemned in 901?", ["901 OP1"]),
        ("Does 901 condemn Malawi?", ["901 OP1"]),
        ("Does 901 thank Zambia?", ["901 OP5"]),
        ("Who does S/RES/901 thank?", ["901 OP5"]),
        ("What does 934 welcome?", ["934 OP3"]),
        ("Which committee does 901 establish?", ["901 OP2"]),
        ("What is established by 901?", ["901 OP2"]),
        ("Who must report under 901?", ["901 OP4"]),
        ("What reports does resolution 901 (1994) request?", ["901 OP4"]),
        ("reporting obligations under 901", ["901 OP4"]),
        ("deadlines in 901", ["901 OP4"]),
        ("Which resolutions does 934 recall?", ["934 PP1"]),
        ("Which countries does 934 name?", ["934 OP1", "934 OP2", "934 OP3"]),
        ("Which treaties are mentioned in 901?", ["901 PP3"]),
        ("Under which chapter was 901 adopted?", ["901 PP4"]),
        ("Is 901 a Chapter VII resolution?", ["901 PP4"]),
        ("What is the legal basis of 901?", ["901 PP4"]),
    ],
)
def test_what_one_text_does_and_names(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(_ask(service, question)) == cited


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What does 934 thank?", "S/RES/934(1994) has no paragraphs that have a word for 'thank'"),
        (
            "Does 901 condemn Portugal?",
            "S/RES/901(1994) has no paragraphs that have a word for 'condemn' and do it to 'Portugal'",
        ),
        ("Who must report under 934?", "S/RES/934(1994) has no paragraphs that ask for a report"),
        ("deadlines in 934", "S/RES/934(1994) has no paragraphs that set a time"),
        ("Is 934 a Chapter VII resolution?", "no paragraph of S/RES/934(1994) acts under Chapter VII"),
        ("Does 901 deplore Malawi?", "no paragraph of S/RES/901(1994) does it with the word 'deplore'; near it: OP1"),
        ("Which treaties does 934 mention?", "no paragraph of S/RES/934(1994) names a treaty"),
    ],
)
def test_what_one_text_does_not_do_is_told(service: QAService, question: str, reason: str) -> None:
    answer = _ask(service, question)
    assert answer.status == "abstained"
    assert str(answer.reason).startswith(reason)


@pytest.mark.parametrize(
    "question",
    ["compare 901 and 934", "What is new in 934 compared with 901?", "901 vs 934", "How does 934 differ from 901?"],
)
def test_two_texts_are_compared(service: QAService, question: str) -> None:
    answer = _ask(service, question)
    assert _cited(answer)[:3] == ["934 OP3", "934 OP2", "901 OP3"]  # what is new, what is changed beside what it was
    assert {"901 OP2", "901 OP4", "901 OP5"} <= set(_cited(answer))  # and what is in it no more
    assert "934 OP1" not in _cited(answer)
    assert any(
        "2 operative paragraphs have the same words, new: OP3, changed: OP2, no more: OP2, OP4, OP5" in one
        for one in answer.understood.notes
    )


def test_what_only_one_of_two_says(service: QAService) -> None:
    assert _cited(_ask(service, "What does 934 say that 901 does not?")) == ["934 OP3", "934 OP2"]


def test_the_operative_parts_of_two_texts_are_shown(service: QAService) -> None:
    assert _cited(_ask(service, "resolutions 901 and 934")) == [
        *(f"901 OP{n}" for n in range(1, 7)),
        *(f"934 OP{n}" for n in range(1, 5)),
    ]


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("resolutions condemning Malawi", ["934 OP1", "901 OP1"]),  # the newest first
        ("Which resolutions condemn Malawi?", ["934 OP1", "901 OP1"]),
        ("resolutions calling on Portugal to release barges", ["934 OP2", "901 OP3"]),
        ("resolutions addressed to Portugal", ["934 OP2", "901 OP3"]),
        ("resolutions that establish a committee", ["901 OP2"]),
        ("Which countries were admitted in 1993?", ["829 OP1", "801 OP1"]),
        ("Who joined the UN in 1993?", ["829 OP1", "801 OP1"]),
        ("What did the Security Council decide on 4 March 1994?", ["901 OP1"]),
        ("Which committees were established in 1994?", ["901 OP2"]),
        ("Has the Council ever condemned Malawi?", ["934 OP1", "901 OP1"]),
        ("How often was Malawi condemned?", ["934 OP1", "901 OP1"]),
        ("When did the Security Council first condemn Malawi?", ["901 OP1", "934 OP1"]),
        ("first resolution condemning Malawi", ["901 OP1", "934 OP1"]),
        ("Which resolution created a committee?", ["901 OP2"]),
        ("Security Council resolutions of 1994 on barges of Portugal", ["934 OP2", "901 OP3"]),
        ("Who was condemned in 1994?", ["934 OP1", "901 OP1"]),
        ("Which countries were condemned in 1994?", ["934 OP1", "901 OP1"]),
        ("What is the mandate of the Committee on barges?", ["901 OP2", "901 OP3", "901 OP4", "901 OP5", "901 OP6"]),
    ],
)
def test_resolutions_by_what_they_do(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(_ask(service, question)) == cited


@pytest.mark.parametrize(
    ("act", "country", "is_meant"),
    [
        ("Condemns the attempts by Iraq to alter the composition of Kuwait", "Iraq", True),
        ("Condemns the attempts by Iraq to alter the composition of Kuwait", "Kuwait", False),
        ("Condemns the war of aggression by the Russian Federation against Ukraine", "Russia", True),
        ("Condemns the war of aggression by the Russian Federation against Ukraine", "Ukraine", False),
        ("Condemns the policies of the Governments of South Africa and Portugal", "Portugal", True),
        ("Strongly deplores acts of violence against Lebanon", "Lebanon", False),
        ("Condemns the attacks on flights operating in Angola", "Angola", False),
        ("Condemns all violations against civilians in the eastern part of Chad", "Chad", False),
        (
            "Commends the People’s Republic of Angola and the Republic of Zambia for their support of Namibia",
            "Zambia",
            True,
        ),
        (
            "Commends the People’s Republic of Angola and the Republic of Zambia for their support of Namibia",
            "Namibia",
            False,
        ),
        (
            "Condemning violations committed against residents of the temporarily occupied territories of Ukraine",
            "Ukraine",
            False,
        ),
        ("Condemns in the strongest terms the policies of Israel", "Israel", True),
        ("Condemns the damage to the cultural heritage of the Syrian Arab Republic", "Syria", False),
        ("Expresses its gratitude to the Government of Kenya for its support of the Office", "Kenya", True),
        ("Commends the Secretary-General for his efforts to reach Israel and Lebanon", "Israel", False),
        ("Condemning the use of the temporarily occupied territories of Ukraine for strikes", "Ukraine", False),
        ("Deplores the decision by the Government of Israel to resume deportations", "Israel", True),
        ("Strongly condemns the South African racist régime for its resort to violence", "South Africa", True),
        ("Condemns the raids by Nigeria on villages of Niger", "Niger", False),
        ("Condemns the raids by Nigeria on villages of Niger", "Nigeria", True),
        ("Commends the Government of Côte d’Ivoire for its support of refugees", "Côte d’Ivoire", True),
        ("Condemns all acts of terror", "Iraq", False),
    ],
)
def test_whom_an_act_blames_or_thanks(act: str, country: str, is_meant: bool) -> None:
    assert is_target(act, countries_in(country), thanks=act.startswith(("Commend", "Express"))) is is_meant


@pytest.mark.parametrize("question", ["resolutions condemning Zambia", "Has the Council ever called upon Zambia?"])
def test_that_no_act_does_it_to_a_country_is_told(service: QAService, question: str) -> None:
    answer = _ask(service, question)
    assert answer.status == "abstained"
    assert str(answer.reason).startswith("no act that is searched is read to do it")


@pytest.mark.parametrize(
    "question",
    [
        "What does resolution 901 say about a moon base?",
        "Which resolutions condemn a moon base?",
        "Which countries were admitted in 1994?",
        "What did the Security Council decide on 5 March 1994?",
        "compare 901 and 902",
    ],
)
def test_what_nothing_does_is_not_answered(service: QAService, question: str) -> None:
    assert _ask(service, question).status == "abstained"


def test_how_many_are_meant_is_told_where_fewer_are_shown(service: QAService) -> None:
    answer = service.ask(AskRequest("resolutions condemning Malawi", k=1))
    assert (_cited(answer), answer.understood.meant) == (["934 OP1"], 2)
    assert "2 paragraphs are meant: the first is shown" in answer.understood.notes
    assert _ask(service, "Who must give back the barges and the oars?").understood.meant == 0
    refused = _ask(service, "Does 901 deplore Malawi?")
    assert ([one.paragraph for one in refused.nearest], refused.understood.meant) == (
        ["OP1"],
        0,
    )  # the nearest are not meant


def test_the_text_named_before_is_meant(service: QAService) -> None:
    before = "What does resolution 901 condemn?"
    assert _cited(_ask(service, "who must report under it?", before)) == ["901 OP4"]
    assert _cited(_ask(service, "and 934?", before)) == ["934 OP1"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What year was 901 adopted?", "adopted on 1994-03-04"),
        ("date of S/RES/901", "adopted on 1994-03-04"),
        ("At which meeting was 901 adopted?", "of its meeting, “3344th meeting”"),
        ("How long is 901?", "6 operative paragraphs, 4 preambular paragraphs"),
        ("Was 901 adopted by consensus?", "do not record how States voted"),
        ("Who are the sponsors of 901?", "do not name who drafted or sponsored them"),
    ],
)
def test_what_stands_around_the_paragraphs_is_told(service: QAService, question: str, told: str) -> None:
    assert told in str(_ask(service, question).reason)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What replaced 901?", ["934 OP1"]),  # without a title: what cites it, the first paragraph that decides
        ("Is there a newer version of resolution 901?", ["934 OP1"]),
        ("Has 901 been superseded?", ["934 OP1"]),
        ("previous resolution to S/RES/934", ["901 OP1"]),
        ("What did 934 follow?", ["901 OP1"]),
        ("Which resolution came before 934?", ["901 OP1"]),
    ],
)
def test_the_series_that_a_text_is_of(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(_ask(service, question)) == cited


def test_what_is_first_or_last_of_its_series_is_told(service: QAService) -> None:
    for question, reason in (
        ("What replaced 934?", "the corpus holds nothing adopted after S/RES/934(1994)"),
        ("Is there a newer version of 934?", "no later resolution that is held has the title of S/RES/934(1994)"),
    ):
        answer = _ask(service, question)
        assert answer.status == "abstained"
        assert str(answer.reason).startswith(reason)


def test_a_topic_alone_that_no_title_has(service: QAService) -> None:
    answer = _ask(service, "lighthouse in Zambia")
    assert _cited(answer) == ["934 OP3"]
    assert any(one.startswith("no title has 'lighthouse in Zambia'") for one in answer.understood.notes)
    assert _ask(service, "lighthouse in Sylvania").status == "abstained"
