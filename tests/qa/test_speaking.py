"""A text speaks of a name by any of its wordings, and of a word by what it means."""

from __future__ import annotations

import numpy as np
import pytest

from qa.answering.speaking import Name, is_meant

NAMES = {"MIFO": ("Mission to the Forest",)}


@pytest.mark.parametrize(
    ("text", "name", "met"),
    [
        ("Condemns the policy of Portugal", "Portugal", True),
        ("food for Kuwaiti and other nationals", "Kuwaitis", True),
        ("the environment of the Turks and Caicos Islands", "Gibraltar", False),
        ("the Virgin Islands of the United States", "British Virgin Islands", False),
        ("the United Nations Mission for the Referendum in Western Sahara", "minurso", True),
        ("the Government of the Democratic People's Republic of Korea", "North Korea", True),
        ("the Mission to the Forest", "mifo", True),
        ("the mission to the sea", "MIFO", False),
        ("the withdrawal of troops of Cuba", "Cuban troops", True),
        ("the withdrawal of troops of Mali", "Cuban troops", False),
        ("the armed forces of Chad", "chadian", True),
    ],
)
def test_a_text_speaks_of_a_name_when_it_holds_a_wording_of_it(text: str, name: str, met: bool) -> None:
    assert Name.of(name, NAMES).is_in(text) is met


@pytest.mark.parametrize(("cosines", "meant"), [([0.1, 0.7, 0.9], True), ([0.9, 0.5, 0.9], False)])
def test_a_word_is_meant_where_its_own_tokens_are_met(cosines: list[float], meant: bool) -> None:
    places = np.array([[0, 3], [4, 14], [16, 20]])
    assert is_meant("exceptions", "any exceptions? arms", np.array(cosines, dtype=np.float32), places) is meant


def test_a_word_that_the_question_spells_otherwise_is_not_told_by_its_tokens() -> None:
    places = np.array([[0, 3]])
    assert not is_meant("arms", "the", np.array([0.9], dtype=np.float32), places)
