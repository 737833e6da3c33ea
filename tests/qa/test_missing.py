"""What resolution texts never hold is told by the form of the question."""

from __future__ import annotations

import pytest

from qa.answering.missing import NO_VOTES, missing_field


@pytest.mark.parametrize(
    "question",
    [
        "what did the delegate say in the speech?",
        "I want Pakistan's speech on disarming by region",
        "the full text of the opening speech",
        "what was said in the speech by the delegate",
        "whose speech was it?",
        "What did the delegate of Sylvania tell the Council during the war?",
        "What did the Council say in the debate on dams?",
    ],
)
def test_the_words_of_a_speech_are_not_held(question: str) -> None:
    assert missing_field(question, None) == "the texts do not record what was said in debate or elsewhere"


@pytest.mark.parametrize(
    "question",
    [
        "president video speech without a visa",
        "hate speech online",
        "people's free speech",
        "their freedom of speech",
        "who gives the opening speech on the day?",
    ],
)
def test_a_speech_may_be_what_a_text_is_about(question: str) -> None:
    assert missing_field(question, None) is None


@pytest.mark.parametrize(
    "question",
    [
        "What did the Security Council tell Sylvania during the war in Ruritania?",
        "what did the UN say to Sylvania during the flood?",
        "How did resolution 5 respond to it during the war?",
    ],
)
def test_an_organ_speaks_by_its_texts(question: str) -> None:
    assert missing_field(question, None) is None


@pytest.mark.parametrize(
    "question", ["Why did France abstain?", "What reasons did the United Kingdom give for abstaining?"]
)
def test_the_reasons_of_a_vote_are_another_matter_than_the_vote(question: str) -> None:
    assert missing_field(question, None) == "the texts do not record why States voted as they did"
    assert missing_field("Did France abstain?", None) == NO_VOTES


@pytest.mark.parametrize(
    "question",
    [
        "Which resolutions call on States to abstain from the use of force?",
        "Did it condemn the voting results in Sylvania?",
        "Did the Council ask for an interview with the hostages?",
        "Who proposed the two-state solution?",
        "What did the co-sponsors of the peace process agree on?",
    ],
)
def test_words_of_votes_and_sponsors_may_be_what_a_text_is_about(question: str) -> None:
    assert missing_field(question, None) is None


def test_who_proposed_a_text_is_not_held() -> None:
    assert missing_field("Who proposed the resolution?", None) == "the texts do not name who drafted or sponsored them"
