"""When and by what vote a resolution was adopted is told from outside its paragraphs."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from qa.answering.adoption import adoption
from qa.parsing.parser import parse
from qa.reading import read
from qa.records import Resolution, Vote

SAMPLE = Path(__file__).parents[2] / "qa" / "sample" / "A_RES_55_179.txt"


@pytest.fixture(scope="module")
def sample() -> Resolution:
    return msgspec.structs.replace(
        parse(next(read(SAMPLE))),
        vote=Vote("Adopted by 13 votes to none, with 2 abstentions (Ruritania, Sylvania).", False, 13, 0, 2),
    )


@pytest.mark.parametrize(
    "question",
    [
        "When was 55/179 adopted?",
        "date of adoption of A/RES/55/179",
        "On what day was resolution 55/179 passed?",
    ],
)
def test_the_day_is_told(sample: Resolution, question: str) -> None:
    assert adoption(question, sample) == (
        "no paragraph says it; outside its paragraphs A/RES/55/179 says: adopted on 2000-12-19"
    )


@pytest.mark.parametrize(
    "question",
    [
        "how did France vote on 55/179?",
        "What was the vote on A/RES/55/179?",
        "vote on resolution 55/179",
        "who abstained on 55/179",
        "Did Ruritania abstain on A/RES/55/179?",
        "was Sylvania among the abstainers on 55/179?",
        "Did Ruritania vote for 55/179?",
        "did Sylvania cast a veto on 55/179",
    ],
)
def test_of_the_vote_the_text_is_quoted(sample: Resolution, question: str) -> None:
    told = adoption(question, sample)
    assert told is not None
    assert sample.vote is not None
    assert f"“{sample.vote.text}”" in told


def test_how_it_was_adopted_is_both(sample: Resolution) -> None:
    told = adoption("how was 55/179 adopted?", sample) or ""
    assert "2000-12-19" in told
    assert "13 votes" in told


@pytest.mark.parametrize(
    "question",
    [
        "What does 55/179 say on voting rights?",
        "When does the OSCE summit named in 55/179 meet?",
        "Which States may vote under 55/179?",
        "What does 55/179 ask of the Secretary-General?",
        "What reasons did Ruritania give for abstaining on 55/179?",
        "When must States report under 55/179 on measures adopted?",
        "Did 55/179 condemn the voting results in Moldova?",
    ],
)
def test_other_questions_are_none_of_it(sample: Resolution, question: str) -> None:
    assert adoption(question, sample) is None


def test_what_the_text_does_not_say_is_not_told(sample: Resolution) -> None:
    bare = msgspec.structs.replace(sample, vote=None, adopted=None)
    assert adoption("how was 55/179 adopted?", bare) is None


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What is the title of 55/179?", f"entitled “{parse(next(read(SAMPLE))).title}”"),
        ("What is resolution 55/179 called?", f"entitled “{parse(next(read(SAMPLE))).title}”"),
        ("How many paragraphs does 55/179 have?", "paragraphs, items apart"),
        ("how many operative paragraphs are there in A/RES/55/179?", "operative paragraphs, "),
    ],
)
def test_the_title_and_how_many_paragraphs_there_are(sample: Resolution, question: str, says: str) -> None:
    assert says in (adoption(question, sample) or "")


@pytest.mark.parametrize(
    "question",
    [
        "How many paragraphs of 55/179 speak of mines?",
        "What is the name of the mission in 55/179?",
        "What is the mission in 55/179 called?",
        "What does 55/179 say?",
    ],
)
def test_other_questions_have_no_such_answer(sample: Resolution, question: str) -> None:
    assert adoption(question, sample) is None
