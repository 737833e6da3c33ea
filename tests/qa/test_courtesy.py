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
        "Which resolution does 678 (1990) recall?",
        "Which resolution is about legal literacy?",
        "Which resolution terminated the measures taken under 232 (1966)?",
        "Which Security Council resolution ended the embargo on Haiti?",  # the organ is preferred
        "Which resolutions condemned the shelling of the villages?",  # several are asked for
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
        (
            "In a film I saw bits of old rockets. Does the UN do anything about space junk?",
            "Does the UN do anything about space junk?",
            ("In a film I saw bits of old rockets.",),
        ),
        (
            "People in my town are angry. How does Ruritania control information and spy on its citizens?",  # points into the question
            "How does Ruritania control information and spy on its citizens?",
            ("People in my town are angry.",),
        ),
    ],
)
def test_a_sentence_about_the_asker_is_left_out_beside_one_that_asks(
    question: str, kept: str, left_out: tuple[str, ...]
) -> None:
    assert bare(question) == (kept, left_out)


@pytest.mark.parametrize(
    "question",
    [
        "My dream job is guarding elephants. Does the world say how those guards should be treated?",
        "My neighbour has albinism. What treatment should be affordable for people like him?",
        "I heard the Special Court for Ruritania is broke. How much may be committed in 2025 to help it?",
        "My village is full of dust. When will the Assembly hold a high-level meeting about that?",
        "My brother has albinism. What treatment should be affordable?",  # says too little by itself
        "My grandparents come from Ruritania. Who should pay for cleaning beaches?",  # the story names what it is about
        "For our debate I am Ruritania! What should the Americans do with laws that stop people from trading with us?",
    ],
)
def test_a_story_that_the_question_needs_stays(question: str) -> None:
    assert bare(question) == (question, ())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which resolution imposed an arms embargo on Somalia?", "imposed an arms embargo on Somalia?"),
        ("What UN resolution first established UNPROFOR?", "first established UNPROFOR?"),
        ("which resolution set up the tribunal", "set up the tribunal"),
    ],
)
def test_which_resolution_it_is_the_citation_says(question: str, asked: str) -> None:
    assert bare(question) == (asked, ())
