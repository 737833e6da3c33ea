"""Which resolution a name means, told by titles or by what is found; nothing where that is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.answering.lookups.by_name import CERTAIN, by_name
from qa.answering.lookups.looked_up import LookedUp
from qa.records import Passage
from qa.retrieval.labels import below, has_units, meant_by
from qa.retrieval.query import understand
from qa.retrieval.retriever import Candidates
from qa.symbols import Place
from qa.symbols.asked_by_name import asked_by_name
from tests.qa.looking import put_to

HELD = {
    "A/RES/78/88": ("Question of Bermuda", 20231207, ["OP1", "OP2"]),
    "A/RES/79/101": ("Question of Bermuda", 20241204, ["OP1", "OP2", "OP3"]),
    "A/RES/79/2": ("Political declaration on antimicrobial resistance", 20241007, ["OP1", "A1.1", "A1.2"]),
    "A/RES/79/258": ("Programme budget for 2025", 20241224, ["OP1"]),
    "S/RES/841(1993)": ("", 19930616, ["OP1", "OP2", "OP3"]),
    "S/RES/861(1993)": ("", 19930827, ["OP1", "OP2"]),
}
TEXTS = {"S/RES/841(1993)": "Haiti: an embargo on oil", "S/RES/861(1993)": "Haiti: the embargo is suspended"}


@dataclass
class _Corpus:
    """Rows are the paragraphs that are given, each one that of a resolution."""

    rows: Sequence[str]

    @property
    def generation(self) -> SimpleNamespace:
        return SimpleNamespace(titles_of=lambda symbols: {one: HELD[one][0] for one in symbols})

    def paragraph_id(self, row: int) -> str:
        return f"{self.rows[row]}#OP{row}"

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        found = [SimpleNamespace(text=TEXTS[self.rows[row]], context="") for row in rows]
        return cast("list[Passage]", found)

    def has_units(self, symbol: str, place: Place) -> bool:
        return has_units(place, HELD[symbol][2])

    def ids_at(self, symbol: str, place: Place) -> list[str]:
        return [f"{symbol}#{label}" for label in meant_by(place, HELD[symbol][2])]

    def ids_below(self, name: str) -> list[str]:
        symbol, _, opening = name.partition("#")
        return [f"{symbol}#{label}" for label in below(opening, HELD[symbol][2])]


def _asked(question: str, hits: Sequence[str]) -> LookedUp | None:
    query = understand(question)
    assert asked_by_name(question) is not None
    assert not query.mentions
    n = len(hits)
    adopted = np.array([HELD[one][1] for one in hits], dtype=np.int32)
    found = Candidates(
        np.arange(n),
        np.zeros((n, 1), np.float32),
        np.zeros(n, np.float32),
        adopted,
        {"AMR": ("antimicrobial resistance",)},
    )
    return by_name(put_to(_Corpus(hits), query, hits=found))


BERMUDA = ["A/RES/79/101", "A/RES/78/88"] * 5
HAITI = ["S/RES/841(1993)"] * 5 + ["S/RES/861(1993)"] * 5


@pytest.mark.parametrize(
    ("question", "hits", "paragraphs"),
    [
        ("question of Bermuda, 79th session, penultimate paragraph", BERMUDA, ["A/RES/79/101#OP2"]),
        ("paragraph 2 of the political declaration on AMR", ["A/RES/79/2"] * 3 + BERMUDA, ["A/RES/79/2#A1.2"]),
        ("paragraph 1 of the question of Bermuda", BERMUDA, ["A/RES/79/101#OP1"]),  # of two sessions the newest
        ("op 3 of the Haiti oil embargo resolution (June 1993)", HAITI, ["S/RES/841(1993)#OP3"]),
    ],
)
def test_a_clear_name_brings_its_paragraph(question: str, hits: Sequence[str], paragraphs: list[str]) -> None:
    found = _asked(question, hits)
    assert found is not None
    assert list(found.paragraphs) == paragraphs
    assert 0 < found.certain <= CERTAIN
    assert "is read as" in found.note


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("question of Bermuda, 80th session, paragraph 1", BERMUDA),
        ("paragraph 1 of the political declaration on tuberculosis", ["A/RES/79/2"] * 10),
        ("paragraph 1 of the programme budget for 2024", ["A/RES/79/258"] * 10),
        ("op 3 of the Haiti embargo resolution", HAITI),
        ("op 3 of the Libya flights resolution (June 1993)", HAITI),
    ],
)
def test_an_unclear_name_is_told(question: str, hits: Sequence[str]) -> None:
    found = _asked(question, hits)
    assert found is not None
    assert found.refuses
    assert found.paragraphs == ()
    assert "is not clear: name it by its symbol" in found.note


def test_no_name_is_no_question_for_one() -> None:
    assert _asked("paragraph 3 of the resolution", BERMUDA) is None
    assert _asked("article 3 of the political declaration on AMR", ["A/RES/79/2"] * 10) is None


def test_a_paragraph_that_is_not_there_is_told() -> None:
    found = _asked("question of Bermuda, 79th session, paragraph 30", BERMUDA)
    assert found is not None
    assert found.refuses
    assert found.paragraphs == ()
    assert "which has no 'paragraph 30'" in found.note
