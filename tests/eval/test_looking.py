"""Which questions the stated probabilities are fitted on: those that are weighed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.records import Question
from eval.tuning import look
from qa.answering.deciding import Evidence
from qa.answering.finding import Finder
from tests.qa.made_up import served

TEXT = """Resolution 90{n} (1994)
of 4 June 1994
The Security Council,
Recalling the barges of Ruritania,
1. Decides that the barges of Ruritania shall leave the river of Lutha;
2. Requests the Secretary-General to report on the barges by 1 July 1994.
"""


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    texts = {f"S_RES_90{n}(1994)": TEXT.format(n=n) for n in range(1, 4)}
    with served(tmp_path_factory.mktemp("made_up"), texts) as service, service._answering() as answering:
        yield answering.finder


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who must leave the river under resolution 902?", [1.0]),
        ("Who must leave the river of Lutha?", [0.0]),
        ("What does paragraph 2 of resolution 902 say?", []),  # named outright
        ("What does resolution 2700 say?", []),  # not held: refused
    ],
)
def test_what_names_its_text_is_weighed_and_what_is_told_by_a_rule_is_not(
    finder: Finder, question: str, named: list[float]
) -> None:
    asked = Question("a", question, "plain", True, ("S/RES/902(1994)#OP1",), symbol="S/RES/902(1994)")
    seen = look(finder, [asked], lambda done, n: None)
    assert [Evidence(*one.seen).named for one in seen] == named
