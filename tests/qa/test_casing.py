"""Names are told from other words by how the corpus writes them."""

from __future__ import annotations

import numpy as np
import pytest

from qa.retrieval.casing import cased, is_titled

PASSAGES = (
    "Situation in Western Sahara\nSupports the people of Western Sahara, and the Mission in Western Sahara;",
    "International Day of the Snow Leopard\nProclaims the Day, and recalls that the snow leopard and the snow leopard alone is rare;",
    "Sanctions\nSanctions shall end, and the sanctions of Libya, in Libya, are lifted;",
)


class Texts:
    """Finds every passage for every question."""

    @property
    def lexical(self) -> Texts:
        return self

    def match(self, _: str) -> Texts:
        return self

    def best(self, k: int) -> np.ndarray:
        return np.arange(min(k, len(PASSAGES)))

    def inputs(self, rows: list[int]) -> list[tuple[str, bytes]]:
        return [(PASSAGES[row], b"") for row in rows]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("western sahara mission budget", "Western Sahara mission budget"),
        ("libya sanctions", "Libya sanctions"),
        ("snow leopard", "snow leopard"),
        ("undof and the minurso budget", "UNDOF and the MINURSO budget"),
        ("1992", "1992"),
    ],
)
def test_a_name_gets_its_capitals(typed: str, written: str) -> None:
    assert cased(typed, Texts()) == written  # type: ignore[arg-type]


@pytest.mark.parametrize(("phrase", "is_one"), [("day of the snow leopard", True), ("day of the rare", False)])
def test_a_title_holds_all_words(phrase: str, is_one: bool) -> None:
    assert is_titled(phrase, Texts()) is is_one  # type: ignore[arg-type]
