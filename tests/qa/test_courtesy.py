"""What stands around a question."""

import pytest

from qa.retrieval.courtesy import bare

ASKED = "homeless people data collection"


@pytest.mark.parametrize(
    "around",
    [
        "hello, {} thx",
        "Hi there! {}",
        "un {}",
        "UN: {}",
        "what does the UN say about {}",
        "is it true? {}",
        "is it true that {}",
        "please tell me about {}",
        "I would like to know {}",
        "{}, according to the UN",
        "{} need it asap for my article",
        "{} pls help me",
        "{}. Thank you very much.",
    ],
)
def test_courtesies_are_taken_off(around: str) -> None:
    assert bare(around.format(ASKED))[0].rstrip(".") == ASKED


@pytest.mark.parametrize(
    "question",
    [
        "UN Women budget and staff",
        "UN officials who steal",
        "Pelindaba IAEA African Union thanks",
        "thanks to Japan for study tours",
        "What is the standing of the UN?",
        "Who has the right to development?",
        'where does it say "hello UN, please"?',
        "Did the Council back Bahrain's bid to join the UN?",
        "If a satellite crashes, who pays?",
        "un",
        "hello",
        "Is it true?",
    ],
)
def test_what_belongs_to_the_question_stays(question: str) -> None:
    assert bare(question) == (question, ())


@pytest.mark.parametrize(
    ("question", "kept", "left_out"),
    [
        (
            "Dear sir, I am a student and I write my thesis. Who pays for the year of legal literacy? Thank you!",
            "Who pays for the year of legal literacy?",
            ("I am a student and I write my thesis.",),
        ),
        (
            "In 1993 the Council banned oil for Haiti. Who could allow cooking gas?",  # what it is about stays
            "In 1993 the Council banned oil for Haiti. Who could allow cooking gas?",
            (),
        ),
        ("I read about superbugs. What was the target?", "I read about superbugs. What was the target?", ()),
    ],
)
def test_a_sentence_about_the_asker_is_left_out_beside_one_that_asks(
    question: str, kept: str, left_out: tuple[str, ...]
) -> None:
    assert bare(question) == (kept, left_out)
