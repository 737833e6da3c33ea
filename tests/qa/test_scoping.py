"""What of a corpus a question is asked of, where it names a resolution and asks for what came after it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from qa.answering.references import BesideText, References
from qa.answering.scoping import scope_of
from qa.retrieval.query import understand
from qa.retrieval.searchable import Searchable
from qa.symbols.roles import Side
from qa.wire import Filters

CITING = [
    ("S/RES/662(1990)", "PP1", "", None),
    ("S/RES/662(1990)", "OP1", "", None),
    ("S/RES/665(1990)", "PP1", "", None),
]


def _corpus() -> Searchable:
    generation = SimpleNamespace(mentions_of=lambda symbol: CITING)
    return cast(
        Searchable,
        SimpleNamespace(
            generation=generation,
            allowed=lambda filters: None,
            adopted_when=lambda test, allowed: [1],
            whole=lambda symbol: SimpleNamespace(
                title="", paragraphs=[SimpleNamespace(text="Demands that Kuwait be left")]
            ),
        ),
    )


@pytest.mark.parametrize(
    ("question", "side", "searched"),
    [
        ("What did the Council do after resolution 660?", Side.AFTER, ["S/RES/662(1990)", "S/RES/665(1990)"]),
        ("What did the Council do on Kuwait after resolution 660?", Side.AFTER, ["S/RES/662(1990)", "S/RES/665(1990)"]),
        ("What did the Council do on Cyprus after resolution 660?", Side.AFTER, []),
        ("What did the Council do before resolution 660?", Side.BEFORE, []),
    ],
)
def test_what_came_after_a_resolution_is_looked_for_in_what_cites_it(
    question: str, side: Side, searched: list[str]
) -> None:
    named = References(sides=(BesideText(side, "S/RES/660(1990)", 19900802),))
    asked = scope_of(understand(question), named, Filters(), _corpus())
    assert asked.filters.symbol == searched
    assert any("only what cites" in note for note in asked.notes) is bool(searched)


def test_filters_of_the_user_go_before() -> None:
    named = References(sides=(BesideText(Side.AFTER, "S/RES/660(1990)", 19900802),))
    given = Filters(symbol=["S/RES/700(1991)"])
    asked = scope_of(understand("What did the Council do after resolution 660?"), named, given, _corpus())
    assert asked.filters.symbol == ["S/RES/700(1991)"]
