"""What a question quotes, and whether it asks for these words."""

from __future__ import annotations

import pytest

from qa.retrieval.quoting import quotation_in


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ('Which resolution says "condemns reprisals as incompatible"?', "condemns reprisals as incompatible"),
        ("Find “condemns reprisals as incompatible”", "condemns reprisals as incompatible"),
        ("Find «condemns reprisals as incompatible»", "condemns reprisals as incompatible"),
        ("Find ‘condemns reprisals as incompatible’", "condemns reprisals as incompatible"),
        ("Find 'condemns reprisals as incompatible'", "condemns reprisals as incompatible"),
        ('Which resolution uses the phrase "erga omnes"?', "erga omnes"),
        ('Does any resolution mention "force majeure"?', "force majeure"),
        ('Does "the text" say "condemns reprisals as incompatible"?', "condemns reprisals as incompatible"),
        (
            "Where are the words: condemns reprisals as incompatible with peace?",
            "condemns reprisals as incompatible with peace",
        ),
    ],
)
def test_a_quotation_is_found(question: str, words: str) -> None:
    found = quotation_in(question)
    assert found is not None
    assert found.words == words
    assert words not in found.rest


@pytest.mark.parametrize(
    "question",
    [
        'What about the "safe areas"?',
        'Is "it is to be so" anywhere?',
        "What do Member States' reports and the Secretary-General's own say?",
        "In other words: what must be done?",
        "Which resolution condemns reprisals: 188 or 189?",
        "Which resolution condemns reprisals as incompatible with the Charter?",
    ],
)
def test_nothing_is_quoted(question: str) -> None:
    assert quotation_in(question) is None


@pytest.mark.parametrize(
    ("question", "named", "alone"),
    [
        ('Which Security Council resolution says "{}"?', (), True),
        ('Which resolution of 1964 says "{}"?', ("1964",), True),
        ('"{}" - source please', (), True),
        ('"{}"', (), True),
        ('Where does the language "{}" come from?', (), True),
        ('What is "{}"?', (), False),
        ('Which resolution on Yemen says "{}"?', (), False),
        ('Who voted for "{}"?', (), False),
    ],
)
def test_whether_it_asks_for_the_words(question: str, named: tuple[str, ...], alone: bool) -> None:
    found = quotation_in(question.format("condemns reprisals as incompatible"))
    assert found is not None
    assert found.is_all(named) is alone


def test_what_lies_inside() -> None:
    question = 'Does 1325 say "recalling resolution 242 (1967) once more"?'
    found = quotation_in(question)
    assert found is not None
    assert found.holds((question.index("242"), question.index(" once")))
    assert not found.holds((question.index("1325"), question.index(" say")))
