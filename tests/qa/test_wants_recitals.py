"""Which questions are told by recitals."""

from __future__ import annotations

import pytest

from qa.retrieval.query import understand


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Why did Ruritania close the river?", True),
        ("why couldn't he come", True),
        ("Did the Ruritanian government agree to it?", True),
        ("What does the preamble say?", True),
        ("Why must the river be open?", False),
        ("Did the Council agree to it?", False),
        ("Who agreed to it?", False),
    ],
)
def test_why_it_was_done_and_who_agreed_is_told_by_recitals(question: str, wanted: bool) -> None:
    assert understand(question).wants_recitals == wanted
