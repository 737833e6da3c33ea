from __future__ import annotations

import pytest

from qa.answering.answer_kind import asks_for_budget
from qa.answering.quantities import beside_no_sum
from tests.qa.kinds import lacking

APPROPRIATED = (
    "Decides to appropriate to the special account for the Force the amount of 62,762,100 dollars for the year;"
)

APPORTIONED = "Decides to apportion among Member States the amount of 21,231,428 dollars;"


@pytest.mark.parametrize(
    "question", ["UNISYL 2024/25 assessment?", "What is the apportionment for UNISYL for 2024/25?"]
)
def test_what_states_pay_is_apportioned(question: str) -> None:
    assert lacking(question, APPROPRIATED) == "an apportionment"
    assert lacking(question, APPORTIONED) is None
    assert lacking("What threat assessment was asked for in 2024?", APPROPRIATED) is None


def test_what_every_budget_says_is_cited_beside_no_sum() -> None:
    standing = "Invites voluntary contributions to the Force in cash and in the form of services;"
    assert beside_no_sum("UNISYL 2024/25 appropriation?", standing)
    assert not beside_no_sum("What contributions are invited?", standing)
    assert not beside_no_sum("UNISYL 2024/25 appropriation?", APPROPRIATED)


@pytest.mark.parametrize(
    "question",
    [
        "unisyl budget",
        "unisyl budget 2024/25",
        "UNISYL 2024/25 appropriation?",
        "Commitment authority ceiling for the force up to June 2026?",
        "UNISYL's budget for the year from July 2025",
        "UNISYL total budget mid-2024 to mid-2025",
        "What is the budget of the force in Sylvania?",
        "how big is the Sylvania mission budget",
        "how much did the Assembly appropriate for the force",
        "what does the force in Sylvania cost a year",
        "cost of the Sylvania mission",
    ],
)
def test_a_budget_is_what_is_appropriated(question: str) -> None:
    assert asks_for_budget(question)
    assert lacking(question, APPROPRIATED) is None
    assert lacking(question, APPORTIONED) == "a budget"
    assert lacking(question, "Requests that proposed budgets be based on mandates;") == "a budget"


@pytest.mark.parametrize(
    "question",
    [
        "unisyl budget 2024: what is said about its cars?",
        "Which budget proposals were noted?",
        "who approves the budget",
        "unisyl budget performance report",
        "what is the scale of assessments for the regular budget 2025",
        "how are the costs of the day to be met",
        "how is the force's budget shared",
    ],
)
def test_what_is_asked_about_a_budget_is_no_sum(question: str) -> None:
    assert not asks_for_budget(question)
