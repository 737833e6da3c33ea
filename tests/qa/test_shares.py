"""What a Member State pays of the regular budget: its row of the scale of assessments, over a made-up one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.service import QAService
from qa.wire import AskRequest
from tests.qa.made_up import ASSEMBLY, served

_OTHERS = (
    "Albania Algeria Angola Argentina Armenia Australia Austria Belize Benin Bhutan".split()
    + "Brazil Bulgaria Burundi Chad Chile China Cuba Denmark Fiji".split()
)
_ROWS = {
    **{name: f"0.0{place + 10}" for place, name in enumerate(_OTHERS)},
    "Malawi": "0.002",
    "Congo": "0.005",
    "Democratic Republic of the Congo": "0.010",
    "Democratic People’s Republic of Korea": "0.006",
    "Republic of Korea": "2.349",
    "Cyprus": "0.035",
    "United Kingdom of Great Britain and Northern Ireland": "3.991",
    "United States of America": "22.000",
}
_TEXT = ASSEMBLY.format(
    symbol="A/RES/79/401",
    session="Seventy-ninth",
    day="24 December 2024",
    title="Scale of assessments for the apportionment of the expenses of the United Nations",
    recitals="Recalling its previous resolutions on the scale of assessments,",
    acts="1. Resolves that the scale of assessments for the contributions of Member States to the regular budget for 2025, 2026 and 2027\n"
    "shall be as follows:\n\nMember State Percentage\n"
    + "\n".join(f"{name} {rate}" for name, rate in _ROWS.items())
    + "\n\n2. Decides to review the scale.",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QAService]:
    with served(tmp_path_factory.mktemp("shares"), {"A_RES_79_401": _TEXT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("What percentage does Malawi pay?", "Malawi"),
        ("How much of the UN budget does the United States pay in 2026?", "United States of America"),
        (
            "What is the United Kingdom's share of the regular budget?",
            "United Kingdom of Great Britain and Northern Ireland",
        ),
        ("scale of assessments for Cyprus 2025", "Cyprus"),
        ("How much does the Democratic Republic of the Congo pay?", "Democratic Republic of the Congo"),
        ("What share of the budget does Congo pay?", "Congo"),
        ("How much does South Korea contribute to the UN?", "Republic of Korea"),
    ],
)
def test_the_row_of_the_state_is_marked(service: QAService, question: str, state: str) -> None:
    answer = service.ask(AskRequest(question))
    assert answer.status == "answered"
    opening, table = answer.citations
    assert (opening.id, table.id) == ("A/RES/79/401#OP1", "A/RES/79/401#OP1+1")
    start, end = table.highlight or (0, 0)
    assert table.text[start:end] == f"{state} {_ROWS[state]}"


@pytest.mark.parametrize(
    "question",
    [
        "How much does Malawi pay in 2031?",
        "How much did Cyprus contribute to the force?",
        "Cyprus's contribution",
        "How much does Oman pay?",
        "What does the UN pay?",
    ],
)
def test_what_is_no_row_is_not_told(service: QAService, question: str) -> None:
    assert not any(
        "scale of assessments that is held" in one for one in service.ask(AskRequest(question)).understood.notes
    )
