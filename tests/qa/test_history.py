"""A question after others: it goes on, it replaces one thing, or it begins anew."""

from __future__ import annotations

import pytest

from qa.retrieval.history import speaks_of
from qa.retrieval.query import Query, understand
from qa.retrieval.small_talk import is_small_talk, without_courtesies

POLICE = "What does resolution 643 say about the police in Namibia?"
CYPRUS = "Until when was the force in Cyprus extended in December 1983?"
MINES = "What does the 2025 mine action resolution say on refugees?"


def read(*turns: str) -> Query:
    return understand(turns[-1], turns[:-1])


def symbols(query: Query) -> list[str]:
    return [str(symbol) for mention in query.mentions for symbol in mention.candidates]


def years(query: Query) -> list[int]:
    return [date.first.year for date in query.dates]


@pytest.mark.parametrize(
    "question",
    [
        "who should use the model provisions on mediation?",
        "International Day of the Markhor",
        "What is said about compensation that Iraq has to pay from oil exports?",
        "Which plans for monitoring Iraq's weapons are approved, and how often are reports on them due?",
        "Is there a space law curriculum that universities could use?",
        "Where does the Central African human rights centre have its seat?",
        "resolution 591 penalties for violations",
        "and what does 601 say on a ceasefire?",
        "and which states must freeze Libyan government funds abroad?",
        "something else: who pays?",
    ],
)
def test_a_question_that_names_enough_of_its_own_begins_anew(question: str) -> None:
    query = read(POLICE, question)
    assert query.reading.topic == ""
    assert "Namibia" not in query.text
    assert query.reading.note == "read on its own, not after the questions before it"
    assert "S/RES/643(1989)" not in symbols(query)


@pytest.mark.parametrize(
    "question",
    [
        "may it use force?",
        "until when?",
        "and who bears the cost?",
        "can that percentage be changed later?",
        "when do the agencies have to report on that?",
        "what happens to the women there?",
        "what about trade fairs and the goods shown at them?",
        "how many of the police officers left the country early?",
        "what does the resolution say on women and children in camps?",
    ],
)
def test_a_question_that_points_back_goes_on(question: str) -> None:
    query = read(POLICE, question)
    assert query.text == f"{query.reading.question} 643 police Namibia"
    assert query.alone == query.question == question
    assert query.reading.note == f"read after {POLICE!r}"
    assert symbols(query) == ["S/RES/643(1989)"]


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (CYPRUS, "and in June 1986?", "Until when was the force in Cyprus extended in June 1986?"),
        (CYPRUS, "and in June?", "Until when was the force in Cyprus extended in June 1983?"),
        (CYPRUS, "what about Lebanon?", "Until when was the force in Lebanon extended in December 1983?"),
        (MINES, "no, I meant the 2023 one", "What does the 2023 mine action resolution say on refugees?"),
        (MINES, "not 2025, 2023", "What does the 2023 mine action resolution say on refugees?"),
        (POLICE, "and 601?", "What does resolution 601 say about the police in Namibia?"),
        (POLICE, "thanks, and resolution 601?", "What does resolution 601 say about the police in Namibia?"),
        (POLICE, "and the one of 1990?", "What does the resolution say about the police in Namibia in 1990?"),
        ("What does OP4 of resolution 277 say?", "and paragraph 5?", "What does paragraph 5 of resolution 277 say?"),
        ("What does OP4 of resolution 277 say?", "and OP5?", "What does OP5 of resolution 277 say?"),
        ("What does OP4 of resolution 277 say?", "and of 288?", "What does OP4 of resolution 288 say?"),
        ("What did the General Assembly decide on Cuba?", "and the Security Council?", "What did the Security Council decide on Cuba?"),
        ("How many troops has UNIFIL?", "and UNDOF?", "How many troops has UNDOF?"),
    ],
)  # fmt: skip
def test_a_turn_that_only_names_another_takes_the_place_of_the_first(before: str, question: str, text: str) -> None:
    query = read(before, question)
    assert (query.text, query.question, query.alone) == (text, text, None)
    assert query.reading.note == f"read as {text!r}"


def test_what_a_turn_names_is_in_force_instead_of_what_was_named_before() -> None:
    assert years(read(MINES, "and the one from 2023?")) == [2023]
    assert years(read(MINES, "what did they say on children in 2023?")) == [2023]
    assert symbols(read(POLICE, "does resolution 601 say anything on it?")) == ["S/RES/601(1987)"]


def test_the_topic_is_kept_through_turns_without_one() -> None:
    assert symbols(read(POLICE, "by when?", "thanks", "and who pays for it?")) == ["S/RES/643(1989)"]
    assert years(read(MINES, "and the one from 2023?", "does it say anything on women?")) == [2023]
    assert "Namibia" not in read(POLICE, "Who is to clear the mines in Western Sahara?", "by when?").text


def test_a_question_without_words_of_its_own_is_read_after_the_last_one_too() -> None:
    assert read(POLICE, "do they carry weapons?", "which paragraph is that?").text.endswith(
        "carry weapons 643 police Namibia"
    )


def test_a_paragraph_asked_for_before_is_not_asked_for_again() -> None:
    assert [
        mention.label for mention in read("What does OP4 of resolution 277 say?", "who must report on that?").mentions
    ] == [None]


def test_without_history_a_question_is_read_as_it_stands() -> None:
    query = read("and in June 1986?")
    assert (query.text, query.alone, query.reading.note) == ("and in June 1986?", None, None)


@pytest.mark.parametrize(
    ("text", "name", "met"),
    [
        ("Condemns the policy of Portugal", "Portugal", True),
        ("food for Kuwaiti and other nationals", "Kuwaitis", True),
        ("the environment of the Turks and Caicos Islands", "Gibraltar", False),
        ("the Virgin Islands of the United States", "British Virgin Islands", False),
    ],
)
def test_a_text_speaks_of_a_name_when_it_holds_its_words(text: str, name: str, met: bool) -> None:
    assert speaks_of(text, name) is met


@pytest.mark.parametrize(
    "said",
    ["thanks", "ok thank you very much!", "hello", "are you sure?", "can you say that in French?", "?", "great, that helps", "please repeat that"],
)  # fmt: skip
def test_small_talk_asks_nothing(said: str) -> None:
    assert is_small_talk(said)


@pytest.mark.parametrize(
    "question", ["until when?", "and Portugal?", "thanks, and who pays?", "1325", "what is good governance?", "who helps?", "right to food"]
)  # fmt: skip
def test_a_short_question_is_no_small_talk(question: str) -> None:
    assert not is_small_talk(question)


def test_courtesies_before_a_question_are_left_out() -> None:
    assert without_courtesies("Ok, thanks! And who pays?") == "And who pays?"
    assert without_courtesies("thanks") == "thanks"
