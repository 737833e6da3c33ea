"""In which order named paragraphs come, with what is found of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answering.arranging import arranged
from qa.answering.references import References
from qa.retrieval.query import understand

OPENING, FIRST, SECOND, THIRD = ITEMS = tuple(f"S/RES/757(1992)#OP7{item}" for item in ("", "(a)", "(b)", "(c)"))
NAMED = References(symbols=("S/RES/757(1992)",), paragraphs=ITEMS, openings=(OPENING,))
TEXTS = {
    OPENING: "Decides that all States shall:",
    FIRST: "Deny permission to any aircraft",
    SECOND: "Prohibit repairs",
}
FOUND = [SECOND, OPENING, FIRST]  # the best answer first; the third item was not found


def _arranged(question: str, named: References = NAMED, k: int = 5) -> list[str]:
    return list(arranged(named, understand(question), FOUND, lambda place: TEXTS[FOUND[place]], k))


@pytest.mark.parametrize(
    "question",
    [
        "paragraph 7 of resolution 757 (1992)",
        "What does para 7 of S/RES/757 say?",
        "What does OP7 of 757 (1992) decide that States shall do?",
    ],
)
def test_where_no_more_is_asked_than_its_opening_says_all_of_it_comes_as_in_the_text(question: str) -> None:
    assert _arranged(question) == list(ITEMS)


def test_of_what_is_asked_under_one_paragraph_the_best_comes_first() -> None:
    question = "Under OP7 of 757 (1992), who may have aircraft repaired?"
    assert _arranged(question) == [SECOND, OPENING, FIRST, THIRD]
    assert _arranged(question, k=1)[:1] == [SECOND]


def test_what_is_named_comes_before_the_items_of_anything() -> None:
    next_one = "S/RES/757(1992)#OP8"
    both = replace(NAMED, paragraphs=(*ITEMS, next_one), openings=(OPENING, next_one))
    question = "paragraphs 7 and 8 of 757 (1992) on aircraft"
    assert _arranged(question, both) == [*ITEMS, next_one]
    assert _arranged(question, both, k=3) == [OPENING, FIRST, next_one, SECOND, THIRD]
