"""What a body rests on is read as what established it."""

from __future__ import annotations

import pytest

from qa.retrieval.founding import founded


@pytest.mark.parametrize(
    ("question", "read"),
    [
        (
            "legal basis for the mandate of UNSYL and its initial term",
            "decision to establish UNSYL and its initial term",
        ),
        ("What is the legal basis of UNSYL's mandate?", "What is decision to establish UNSYL?"),
        ("basis for the UNSYL II?", "decision to establish UNSYL II?"),
        ("What is the legal basis for stopping tankers?", None),
        ("what is done on the basis of UNSYL reports", None),
        ("the legal basis of UNSCR 1", None),
        ("the legal basis of SYL-2", None),
    ],
)
def test_a_basis_of_a_body_is_what_established_it(question: str, read: str | None) -> None:
    text, note = founded(question)
    assert text == (read or question)
    assert bool(note) is (read is not None)
