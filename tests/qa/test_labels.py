"""Which labels a named place means."""

from __future__ import annotations

import pytest

from qa.retrieval.labels import has_units, meant_by, nearest_to
from qa.symbols import Place

PLAIN = ["PP1", "PP2", "OP1", "OP1(a)", "OP1(b)", "OP1+1(c)", "OP2", "OP3", "A1.1", "A1.2", "A1.4", "A1.4(a)~2(i)"]
UNITS = ["PP1", "OP1", "A1.Art4", "A1.Art5.1", "A1.Art5.1(a)", "A1.Art5.2", "A1.ArtIX.u1", "A1.ArtIX.u2", "A2.Art5.1"]
PARTS = ["I.PP1", "I.OP1", "I.OP4", "II.OP1", "II.OP4", "II.OP5", "A1.S2.3"]
INSIDE = ["A1.32", "A1.32~A(a)", "A1.32~A(a)(i)", "A1.32~E(a)", "A1.32~E(b)", "A1.33", "A1.33(a)"]


@pytest.mark.parametrize(
    ("place", "labels", "meant"),
    [
        (Place(number=1), PLAIN, ["OP1"]),
        (Place(number=1, sub="(b)"), PLAIN, ["OP1(b)"]),
        (Place(number=1, sub="(c)"), PLAIN, ["OP1+1(c)"]),
        (Place(number=1, sub="(d)"), PLAIN, []),
        (Place(sub="(c)"), PLAIN, ["OP1+1(c)"]),
        (Place(number=1, sub="bis"), PLAIN, []),
        (Place(number=-1), PLAIN, ["OP3"]),
        (Place(number=-2), PLAIN, ["OP2"]),
        (Place(number=-4), PLAIN, []),
        (Place("PP", -1), PLAIN, ["PP2"]),
        (Place(number=2, step=1), PLAIN, ["OP3"]),
        (Place(number=1, step=-1), PLAIN, []),
        (Place(number=3, step=1), PLAIN, []),
        (Place(number=4), PLAIN, []),
        (Place(number=4, plain=True), PLAIN, ["A1.4"]),
        (Place(number=4, sub="(a)(i)", annex=1), PLAIN, ["A1.4(a)~2(i)"]),
        (Place(number=2, plain=True), PLAIN, ["OP2"]),
        (Place(number=2, annex=1), PLAIN, ["A1.2"]),
        (Place(number=4), PARTS, ["I.OP4", "II.OP4"]),
        (Place(number=4, section="II"), PARTS, ["II.OP4"]),
        (Place(number=4, section="III"), PARTS, []),
        (Place(number=4, step=1), PARTS, ["II.OP5"]),
        (Place(number=3, annex=1), PARTS, ["A1.S2.3"]),
        (Place(number=32, annex=1, section="E", sub="(a)"), INSIDE, ["A1.32~E(a)"]),
        (Place(number=32, section="E", plain=True), INSIDE, ["A1.32~E(a)", "A1.32~E(b)"]),
        (Place(number=32, annex=1, sub="(a)"), INSIDE, ["A1.32~A(a)", "A1.32~E(a)"]),
        (Place(number=32, annex=1), INSIDE, ["A1.32"]),
        (Place(number=32, annex=1, step=1), INSIDE, ["A1.33"]),
        (Place(exact="OP5"), PARTS, ["II.OP5"]),
        (Place(exact="A1.2"), PLAIN, ["A1.2"]),
        (Place(unit="Art5"), UNITS, ["A1.Art5.1", "A1.Art5.1(a)", "A1.Art5.2", "A2.Art5.1"]),
        (Place(unit="Art5", annex=1, number=1), UNITS, ["A1.Art5.1"]),
        (Place(unit="ArtV", annex=1, number=1, sub="(a)"), UNITS, ["A1.Art5.1(a)"]),
        (Place(unit="Art5", annex=1, number=-1), UNITS, ["A1.Art5.2"]),
        (Place(unit="Art4", number=1), UNITS, ["A1.Art4"]),
        (Place(unit="Art4", number=2), UNITS, []),
        (Place(unit="Art9", number=2), UNITS, ["A1.ArtIX.u2"]),
        (Place(unit="Rule5"), UNITS, []),
    ],
)
def test_meant(place: Place, labels: list[str], meant: list[str]) -> None:
    assert meant_by(place, labels) == meant


def test_the_nearest_article_is_of_the_same_word() -> None:
    assert nearest_to(Place(unit="Art7"), UNITS) == ["A1.Art5.1", "A1.Art5.1(a)"]
    assert nearest_to(Place(unit="Art5", number=3), UNITS) == ["A1.Art5.2", "A1.Art5.1"]
    assert has_units(Place(unit="Art99"), UNITS)
    assert not has_units(Place(unit="Rule1"), UNITS)
