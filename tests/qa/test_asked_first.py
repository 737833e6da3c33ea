"""Of close hits the one that asks something of whom the question takes to be asked, and what is cited beside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qa.acts.splitting import split_acts
from qa.answering.asked_first import asked_first, asks_others
from qa.retrieval.ranker import Ranked
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable

TEXTS = {
    "S/RES/1#OP1": "Calls upon all States to help the barges;",
    "S/RES/1#OP2": "Requests the Secretary-General to report on the barges;",
    "S/RES/1#OP3": "Decides that Member States shall:",
    "S/RES/1#OP3(a)": "Prevent the sale of barges;",
    "S/RES/1#OP4": "Thanks the Secretary-General for his report;",
    "S/RES/2#OP1": "Invites the Secretary-General to count the barges;",
}
DAMAGED = "S/RES/9#OP1"


def _paragraph(name: str) -> tuple[object, object] | None:
    if name == DAMAGED:
        return None
    symbol = name.partition("#")[0]
    whole = [
        SimpleNamespace(label=label, text=text, acts=split_acts(text), parent=label[:-3] if "(" in label else None)
        for label, text in ((one.partition("#")[2], text) for one, text in TEXTS.items() if one.startswith(symbol))
    ]
    return SimpleNamespace(paragraphs=whole), next(one for one in whole if f"{symbol}#{one.label}" == name)


def _corpus(names: list[str]) -> Searchable:
    def passages(rows: list[int]) -> list[object]:
        return [SimpleNamespace(id=names[row], symbol=names[row].partition("#")[0]) for row in rows]

    return cast(Searchable, SimpleNamespace(passages=passages, paragraph=_paragraph))


def _first(question: str, *hits: tuple[str, float]) -> list[int]:
    names, scores = [one for one, _ in hits], [score for _, score in hits]
    n = len(hits)
    found = Candidates(
        np.arange(n, dtype=np.int64),
        np.zeros((n, 1), np.float32),
        np.array(scores, np.float32),
        np.zeros(n, np.int32),
        {},
    )
    return asked_first(question, Ranked(found), list(range(n)), _corpus(names))


OF_STATES, OF_HIM, ITEM, THANKS, ABROAD = "S/RES/1#OP1", "S/RES/1#OP2", "S/RES/1#OP3(a)", "S/RES/1#OP4", "S/RES/2#OP1"


@pytest.mark.parametrize(
    ("question", "hits", "first"),
    [
        ("What should the Secretary-General do about barges?", [(OF_STATES, 2.0), (OF_HIM, 1.5)], [1]),
        ("What should the Secretary-General do about barges?", [(OF_STATES, 2.0), (OF_HIM, 1.3)], []),  # too far below
        ("What should the Secretary-General count?", [(OF_STATES, 2.0), (OF_HIM, 1.85)], [1]),
        ("What should the Secretary-General count?", [(OF_STATES, 2.0), (OF_HIM, 1.7)], []),  # not all that he is to do
        ("What should the Secretary-General do?", [(OF_STATES, 2.0), (ABROAD, 1.95), (OF_HIM, 1.9)], [1]),
        ("What should the Secretary-General do?", [(OF_STATES, 2.0), (ABROAD, 1.8), (OF_HIM, 1.7)], [2]),
        ("What should the Secretary-General do?", [(OF_HIM, 2.0), (ABROAD, 1.95)], []),  # the first does
        ("What should the Secretary-General do?", [(THANKS, 2.0), (DAMAGED, 1.95), (OF_HIM, 1.9)], [2]),
        ("What must States do about barges?", [(ITEM, 2.0), (OF_STATES, 1.9)], []),  # its opening asks it of them
        ("Should the Secretary-General do this?", [(OF_STATES, 2.0), (OF_HIM, 1.9)], []),  # a claim
        ("What is said of barges?", [(OF_STATES, 2.0), (OF_HIM, 1.9)], []),
    ],
)
def test_a_close_hit_that_asks_it_of_them_comes_first(
    question: str, hits: list[tuple[str, float]], first: list[int]
) -> None:
    assert _first(question, *hits) == first


def test_what_is_asked_of_others_is_not_cited_beside_it() -> None:
    hits = [OF_HIM, OF_STATES, ABROAD, THANKS]
    assert asks_others("What should the Secretary-General do about barges?", hits, _corpus(hits)) == {1, 3}
    assert not asks_others("What should the Secretary-General report on?", hits, _corpus(hits))
    assert not asks_others("What should States do?", [OF_HIM, OF_STATES], _corpus(hits))  # the first asks others itself
    assert not asks_others("What should the Secretary-General do?", [], _corpus(hits))
