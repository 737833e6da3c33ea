from __future__ import annotations

import pytest

from qa.retrieval.small_talk import aside


@pytest.mark.parametrize(
    "said",
    ["thanks", "ok thank you very much!", "hello", "are you sure?", "can you say that in French?", "?", "great, that helps", "please repeat that"],
)  # fmt: skip
def test_small_talk_asks_nothing(said: str) -> None:
    assert aside(said)


@pytest.mark.parametrize(
    "question", ["until when?", "and Portugal?", "thanks, and who pays?", "1325", "what is good governance?", "who helps?", "right to food"]
)  # fmt: skip
def test_a_short_question_is_no_small_talk(question: str) -> None:
    assert aside(question) is None


@pytest.mark.parametrize(
    "turn",
    [
        "so is it still valid?",
        "still in force?",
        "is this resolution still in force today?",
        "are they in effect?",
        "Is 79/313 in force?",
        "Is S/RES/338 (1973) still valid?",
    ],
)
def test_whether_a_text_is_still_in_force_is_not_judged(turn: str) -> None:
    assert "whether it is still in force" in (aside(turn) or "")


@pytest.mark.parametrize(
    "question", ["in force since when?", "is the embargo on Sylvania still in force?", "which texts are still valid?"]
)
def test_what_says_more_than_that_is_a_question(question: str) -> None:
    assert aside(question) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("is this binding", "judge"), ("and is it legally binding on all states?", "judge"), ("mandatory?", "judge"),
        ("explain in simple words", "explains"), ("summarize", "explains"), ("tl;dr", "explains"), ("what does that mean?", "explains"),
        ("can you explain that in plain English", "explains"), ("translate to spanish", "translate"), ("in French please", "translate"),
    ],
)  # fmt: skip
def test_a_wish_about_the_answer_has_its_reason(said: str, why: str) -> None:
    assert why in str(aside(said))


@pytest.mark.parametrize(
    "question",
    ["summarize resolution 1325", "is the arbitration binding", "translate documents into Arabic", "what does self-determination mean",
     "explain the mandate of UNIFIL", "are the sanctions mandatory", "mandatory retirement age", "in English common law", "explanation of vote"],
)  # fmt: skip
def test_a_question_about_a_text_is_no_wish(question: str) -> None:
    assert aside(question) is None
