"""Sanctions, mandates and chapters of the Charter, from the question to the citation, over made-up texts; and words said in others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from qa.answering.lookups.charter import acts_under, place_asked, places_in
from qa.build import build
from qa.service import QAService
from qa.settings import load_settings
from qa.wire import AskRequest, Filters
from tests.qa.made_up import COUNCIL, served

_IMPOSES = COUNCIL.format(
    number=935,
    year=1994,
    meeting="3400th",
    day="1 July",
    recitals="""Alarmed by the seizure of barges by Malawi,

Acting under Chapter VII of the Charter of the United Nations,""",
    acts="""1. Decides that all States shall prevent the sale or supply to Malawi of arms and related matériel of all types;

2. Decides also that all States shall prevent:

(a) The import into their territories of all barges and products originating in Malawi;

(b) Any diplomatic dealings by their nationals with the fleet of Malawi;

3. Decides that the prohibition in paragraph 1 above shall not apply to arms of the ferrymen in Malawi;

4. Decides to establish a Committee to examine reports on the supply of arms to Malawi;

5. Decides to remain seized of the matter.""",
)
_CALLS = COUNCIL.format(
    number=940,
    year=1994,
    meeting="3413th",
    day="31 July",
    recitals="Acting under Articles 39 and 40 of the Charter of the United Nations,",
    acts="""1. Calls upon all States to refrain from the supply of fuel and other petroleum products to Malawi;

2. Decides to remain seized of the matter.""",
)
_ENDS = COUNCIL.format(
    number=960,
    year=1995,
    meeting="3500th",
    day="2 March",
    recitals="Welcoming the return of the barges by Malawi,",
    acts="""1. Decides that the measures imposed against Malawi by paragraph 1 of resolution 935 (1994) are terminated;

2. Decides to remain seized of the matter.""",
)
_ADMITS = COUNCIL.format(
    number=944,
    year=1994,
    meeting="3470th",
    day="2 October",
    recitals="Having examined the application of the Republic of Kenya,",
    acts="""1. Recommends to the General Assembly that the Republic of Kenya be admitted to membership in the United Nations;

2. Regrets the death of Captain Ferrymore on the Captain Brook Lake.""",
)
_SENDS, _PROLONGS, _WITHDRAWS = (
    COUNCIL.format(
        number=number,
        year=1994,
        meeting=meeting,
        day=day,
        recitals="Having considered the report on the United Nations Ferry Observer Mission (UNFOM),",
        acts=f"1. {act}\n\n2. Decides to remain seized of the matter.",
    )
    for number, meeting, day, act in (
        (
            941,
            "3420th",
            "1 August",
            "Decides to establish the United Nations Ferry Observer Mission for a period of three months;",
        ),
        (
            942,
            "3440th",
            "1 September",
            "Decides to extend the mandate of the Mission for a further period ending on 1 December 1994;",
        ),
        (943, "3460th", "1 October", "Decides that the withdrawal of UNFOM shall end on 5 November 1994;"),
    )
)


_LONG = COUNCIL.format(
    number=945,
    year=1994,
    meeting="3471st",
    day="3 October",
    recitals="Bearing in mind the buoys,",
    acts="\n\n".join(f"{number}. Invites the harbours to paint buoy {number};" for number in range(1, 11)),
)
TEXTS = {
    "S_RES_945(1994)": _LONG,
    "S_RES_935(1994)": _IMPOSES,
    "S_RES_940(1994)": _CALLS,
    "S_RES_960(1995)": _ENDS,
    "S_RES_941(1994)": _SENDS,
    "S_RES_942(1994)": _PROLONGS,
    "S_RES_943(1994)": _WITHDRAWS,
    "S_RES_944(1994)": _ADMITS,
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    with served(tmp_path_factory.mktemp("made_up"), TEXTS) as opened:
        yield opened


def _cited(service: QAService, question: str) -> list[str]:
    answer = service.ask(AskRequest(question, k=10))
    return [one.id.removeprefix("S/RES/").replace("(1994)#", " ").replace("(1995)#", " ") for one in answer.citations]


ALL = ["935 OP1", "935 OP2(a)", "935 OP2(b)", "940 OP1"]


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What sanctions were imposed on Malawi?", ALL),  # no exception, no committee, the oldest first
        ("sanctions against Malawi", ALL),
        ("Malawi sanctions", ALL),
        ("sanctions Malawi", ALL),
        ("What can't be exported to Malawi?", ALL),
        ("What measures did the Security Council impose on Malawi?", ALL),
        ("sanctions on Malawi in July 1994", ALL),
        ("arms embargo on Malawi", ["935 OP1"]),
        ("ban on arms sales", ["935 OP1"]),
        ("Malawi oil embargo", ["940 OP1"]),
        ("Which resolutions imposed an arms embargo?", ["935 OP1"]),
        ("Which resolutions imposed sanctions?", ["935 OP1"]),  # one paragraph of each that decides so
        ("Which resolutions lifted sanctions?", ["960 OP1"]),
        ("What sanctions does 935 impose?", ["935 OP1", "935 OP2(a)", "935 OP2(b)"]),
        ("Does 935 include an arms embargo?", ["935 OP1"]),
        ("When were the sanctions on Malawi lifted?", ["960 OP1"]),
        ("Were the Malawi sanctions ever lifted?", ["960 OP1"]),
        ("Which resolution terminated the sanctions against Malawi?", ["960 OP1"]),
        ("end of the Malawi sanctions", ["960 OP1"]),
    ],
)
def test_what_imposes_or_ends_sanctions_is_found(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(service, question) == cited


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("When was Kenya admitted?", ["944 OP1"]),
        ("When did Kenya join the UN?", ["944 OP1"]),
        ("Who was Captain Ferrymore?", ["944 OP2"]),
        ("What happened to Captain Ferrymore?", ["944 OP2"]),
    ],
)
def test_who_was_admitted_and_what_a_person_is_named_for_are_found(
    service: QAService, question: str, cited: list[str]
) -> None:
    assert _cited(service, question) == cited


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Which later resolution repeats paragraph 2 of 942?", ["960 OP2", "943 OP2"]),
        ("Which earlier resolutions repeat paragraph 2 of 942?", ["941 OP2", "940 OP2", "935 OP5"]),
        ("Is paragraph 2 of 942 repeated in 943?", ["943 OP2"]),
        ("Is paragraph 2 of 942 repeated in 944?", []),
        ("Which resolutions repeat paragraphs 1 and 2 of 942?", ["942 OP1", "942 OP2"]),  # not read
        (
            "Which resolutions repeat paragraphs 1 and 10 of 945?",
            ["945 OP1", "945 OP10"],
        ),  # one is no item of the other
        ("paragraph 2 of 942", ["942 OP2"]),
    ],
)
def test_where_a_paragraph_stands_again_is_told(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(service, question) == cited
    assert service.ask(AskRequest(question)).understood.meant == len(cited)


def test_a_name_that_something_is_called_after_is_nobody(service: QAService) -> None:
    assert service.ask(AskRequest("Who was Captain Ferrymore?")).understood.notes
    assert service.ask(AskRequest("Who was Captain Brook?")).understood.notes == []
    what = service.ask(AskRequest("What happened to Observer Mission?")).understood.notes  # no person
    assert not any("has 'Observer Mission'" in one or "have 'Observer Mission'" in one for one in what)


def test_a_word_that_no_text_has_is_no_topic(service: QAService) -> None:
    answer = service.ask(AskRequest("What did the Security Council say about quidditch?"))
    assert answer.status == "abstained"
    assert str(answer.reason).startswith("no text that is held has a word of 'quidditch'")


@pytest.mark.parametrize(
    "question",
    [
        "sanctions on Zambia",
        "Malawi embargo committee",
        "travel ban",
        "ban on ferries",  # whom nobody knows, and no kind of goods
        "sanctions in force",
        "measures to count the barges of Malawi",
        "sanctions against children",
    ],
)
def test_what_no_act_imposes_is_left_to_meaning(service: QAService, question: str) -> None:
    notes = service.ask(AskRequest(question)).understood.notes
    assert not any("read as" in one for one in notes)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Which resolutions act under Chapter VII?", ["935 PP2"]),
        ("list all chapter 7 resolutions", ["935 PP2"]),
        ("Which resolutions were adopted under Chapter VII in 1994?", ["935 PP2"]),
        ("When did the Security Council first act under Article 40?", ["940 PP1"]),
    ],
)
def test_what_acts_under_the_charter_is_listed(service: QAService, question: str, cited: list[str]) -> None:
    assert _cited(service, question) == cited


@pytest.mark.parametrize(
    "question",
    [
        "When does UNFOM's mandate end?",
        "When did UNFOM end?",
        "when does the mandate of the Ferry Observer Mission expire?",
        "When did UNFOM leave Malawi?",
        "end of UNFOM",
        "Until when was the mandate of UNFOM extended?",
    ],
)
def test_the_newest_acts_that_set_a_term_tell_when_it_ends(service: QAService, question: str) -> None:
    assert _cited(service, question) == ["943 OP1", "942 OP1", "941 OP1"]


def test_what_the_asker_leaves_out_is_not_shown(service: QAService) -> None:
    for question in ("sanctions against Malawi", "When does UNFOM's mandate end?"):
        answer = service.ask(AskRequest(question, filters=Filters(kind=["preambular"])))
        assert not any(one.kind == "operative" for one in (*answer.citations, *answer.nearest))
        within = service.ask(AskRequest(question, filters=Filters(year_to=1994, symbol=["S/RES/943(1994)"])))
        assert {one.symbol for one in (*within.citations, *within.nearest)} == {"S/RES/943(1994)"}


def test_what_is_no_body_has_no_mandate(service: QAService) -> None:
    assert not any(
        "sets the term" in one for one in service.ask(AskRequest("When did the ferry strike end?")).understood.notes
    )


def test_a_chapter_under_which_none_acts_is_refused(service: QAService) -> None:
    answer = service.ask(AskRequest("Which resolutions act under Chapter VI?"))
    assert answer.status == "abstained"
    assert str(answer.reason).startswith("no resolution that is searched acts under Chapter VI or names it;")


def test_places_of_the_charter() -> None:
    text = "Recalling Articles 2 and 51 of the Charter, acting under Chapters VII and VIII of the Charter of the United Nations,"
    assert [*places_in(text)] == ["Article 2", "Article 51", "Chapter VII", "Chapter VIII"]
    assert [*places_in("the Charter of the United Nations, in particular Article 25")] == ["Article 25"]
    assert [acts_under(text, one) for one in ("Chapter VIII", "Article 51")] == [True, False]
    assert [
        place_asked(one) for one in ("under chapter 11?", "chapter seven", "Article 7 of the Charter", "part 7")
    ] == [
        "Chapter XI",
        "Chapter VII",
        "Article 7",
        None,
    ]


def test_words_that_a_text_says_in_others_are_found_by_the_served_encoder(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    index = tmp_path_factory.mktemp("index")
    texts = tmp_path_factory.mktemp("texts")
    (texts / "S_RES_940(1994).txt").write_text(_CALLS, encoding="utf-8")
    settings = load_settings()
    build([texts], index, load_encoder(load_catalogue().get(settings.encoder)))
    with QAService.open(index, settings) as opened:
        met = opened.ask(AskRequest("What does 940 say about oil?"))
        unmet = opened.ask(AskRequest("What does 940 say about whales?"))
    assert [one.paragraph for one in met.citations][:1] == ["OP1"]
    assert met.understood.notes[0].startswith("no paragraph of S/RES/940(1994) has 'oil'; nearest in meaning: ")
    assert "nor one that is near it in meaning" in str(unmet.reason)


def test_of_what_is_banned_only_what_is_asked_for_is_told(service: QAService) -> None:
    told = "that have a word for 'banned'"
    assert any(told in one for one in service.ask(AskRequest("What is banned by S/RES/935 (1994)?")).understood.notes)
    assert not any(
        told in one for one in service.ask(AskRequest("Which whales are banned by S/RES/935 (1994)?")).understood.notes
    )
