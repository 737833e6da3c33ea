"""Questions for all that somebody is asked to do."""

from __future__ import annotations

import pytest

from qa.retrieval.asked_acts import addressee_asked


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("what is the Secretary-General asked to do?", "Secretary-General"),
        ("What are Member States urged to do in A/RES/79/313?", "Member States"),
        ("What must States do under resolution 841 (1993)?", "States"),
        ("Under resolution 841 (1993), what should all States do?", "all States"),
        ("What does resolution 79/313 ask of Member States?", "Member States"),
        ("What does A/RES/79/313 want from the Secretary-General?", "Secretary-General"),
        ("What did the Council demand of Iraq in resolution 687 (1991)?", "Iraq"),
        ("What does 79/313 ask Member States to do?", "Member States"),
        ("What is asked of Member States in resolution 79/313?", "Member States"),
        ("Which tasks does resolution 79/313 give the Secretary-General?", "Secretary-General"),
        ("What obligations does 841 (1993) impose on States?", "States"),
        ("What are Iraq's obligations under resolution 687?", "Iraq"),
        ("What are the duties of the Committee under resolution 661 (1990)?", "Committee"),
        ("What did the Council call upon Israel to do in resolution 242?", "Israel"),
        ("What should States do about ivory under 79/313?", None),  # not all of it
        (
            "What does 79/313 ask of Member States about ivory?",
            "Member States about ivory",
        ),  # no addressee is called so
        ("What does 79/313 say?", None),
        ("Who must report?", None),
    ],
)
def test_all_acts_of_somebody_are_asked_for(question: str, who: str | None) -> None:
    assert addressee_asked(question) == who
