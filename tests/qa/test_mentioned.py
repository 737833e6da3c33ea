"""Words asked of all texts, over the sample."""

from __future__ import annotations

import pytest

from qa.service import QAService
from qa.wire import AskRequest


@pytest.mark.parametrize(
    "question",
    [
        "Which resolutions mention Kosovo?",
        "Where is Kosovo mentioned?",
        "Does any resolution mention Kosovo?",
        "How often is Kosovo mentioned?",
        "Which paragraphs contain the word Kosovo?",
        "Is Kosovo mentioned anywhere?",
        "When was Kosovo first mentioned?",
        "Which resolution first used the word Kosovo?",
        "the first resolution to mention Kosovo",
        "When did Kosovo first appear?",
        "General Assembly resolutions that speak of Kosovo since 1999",
    ],
)
def test_the_first_paragraph_of_each_that_has_the_words_is_given(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert (answer.status, answer.probability) == ("answered", 1.0)
    assert len(answer.citations) == 1
    start, end = answer.citations[0].highlight or (0, 0)
    assert "Kosovo" in answer.citations[0].text[start:end]  # what is marked has them
    assert any(note.startswith("one resolution has 'Kosovo', in ") for note in answer.understood.notes)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which resolutions mention whales?", "whales"),
        ("Where is the treaty of Westphalia mentioned?", "the treaty of Westphalia"),
        ("Which Security Council resolutions mention Kosovo?", "Kosovo"),
        ("Which resolutions mention Kosovo before 1999?", "Kosovo"),
    ],
)
def test_it_is_said_that_none_has_them(service: QAService, question: str, words: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "abstained"
    assert (answer.reason or "").startswith(f"no paragraph that is searched has '{words}'; searched: ")


@pytest.mark.parametrize(
    "question", ["What is said of Kosovo?", "Which resolutions mention resolution 1244 (1999)?", "Who has Kosovo?"]
)
def test_other_questions_are_answered_otherwise(service: QAService, question: str) -> None:
    answer = service.ask(AskRequest(question))
    assert not any("resolution has '" in note for note in answer.understood.notes)
    assert "that is searched has" not in (answer.reason or "")
