"""What cites a resolution."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa.answering.lookups.cited_by import cited_by
from qa.retrieval.order import Order
from qa.retrieval.query import understand
from tests.qa.looking import put_to

CITED = {
    "S/RES/242(1967)": [
        ("S/RES/338(1973)", "OP2", "resolution 242 (1967)", None),
        ("A/RES/78/121", "PP28", "resolutions 242 (1967)", None),
        ("A/RES/78/121", "OP3", "resolution 242 (1967)", None),
    ]
}
ADOPTED = {"S/RES/338(1973)": 19731022, "A/RES/78/121": 20231208}
CORPUS = SimpleNamespace(
    generation=SimpleNamespace(mentions_of=lambda symbol: CITED.get(symbol, [])),
    adopted_on=lambda symbol: ADOPTED[symbol],
)
NEWEST, OLDEST = ("A/RES/78/121#PP28", "S/RES/338(1973)#OP2"), ("S/RES/338(1973)#OP2", "A/RES/78/121#PP28")


@pytest.mark.parametrize(
    ("question", "order", "paragraphs"),
    [
        ("Which resolutions cite resolution 242 (1967)?", None, NEWEST),
        ("resolutions that refer to 242 (1967)", None, NEWEST),
        ("What recalls S/RES/242 (1967)?", None, NEWEST),
        ("Where is resolution 242 (1967) mentioned?", None, NEWEST),
        ("By which resolutions is resolution 242 (1967) recalled?", None, NEWEST),
        ("Has resolution 242 (1967) been reaffirmed?", None, NEWEST),
        ("Which was the first resolution to recall resolution 242 (1967)?", None, None),
        ("Which resolutions cite resolution 242 (1967)?", Order.OLDEST, OLDEST),
        ("Which Security Council resolutions cite resolution 242 (1967)?", None, NEWEST[1:]),
        ("Which resolutions cite resolution 244 (1967)?", None, None),
        ("Which resolutions does 242 (1967) recall?", None, None),
        ("Which resolutions recall resolution 242 (1967) on withdrawal?", None, None),  # more is asked
        ("Is resolution 242 (1967) in force?", None, None),
        ("What does resolution 242 (1967) say?", None, None),
        ("Which resolutions cite OP 2 of 242 (1967)?", None, None),
        ("Which resolutions cite the Charter?", None, None),
    ],
)
def test_what_cites_it_is_listed(question: str, order: Order | None, paragraphs: tuple[str, ...] | None) -> None:
    told = cited_by(put_to(CORPUS, understand(question), order=order))
    assert (told.paragraphs if told else None) == paragraphs


def test_a_note_counts_both() -> None:
    told = cited_by(put_to(CORPUS, understand("Which resolutions cite resolution 242 (1967)?")))
    assert told is not None
    assert told.certain == 1.0
    assert told.note == (
        "2 resolutions cite S/RES/242(1967) in 3 paragraphs; of each the first that does is shown, the newest first"
    )
