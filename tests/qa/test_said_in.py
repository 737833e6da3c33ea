"""Words asked of one text that is named."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa.answering.lookups.said_in import said_in
from qa.records import Kind
from qa.retrieval.meant import Meant
from qa.retrieval.query import understand
from tests.qa.looking import put_to

TEXTS = {
    "PP1": (Kind.PREAMBULAR, "Concerned about the ivory trade,"),
    "OP1": (Kind.OPERATIVE, "Urges States to end corruption;"),
    "OP2": (Kind.OPERATIVE, "Asks for reports on the trade in ivory and on corruption;"),
    "OP3": (Kind.OPERATIVE, "Calls upon States to count the barges;"),
}
WHOLE = SimpleNamespace(
    symbol="A/RES/79/313",
    paragraphs=[SimpleNamespace(label=label, kind=kind, text=text) for label, (kind, text) in TEXTS.items()],
)
CORPUS = SimpleNamespace(
    holds=lambda symbol: symbol == "A/RES/79/313",
    whole=lambda symbol: WHOLE,
    paragraph_id=lambda row: f"A/RES/79/313#{list(TEXTS)[row]}",
)
LIKE = {
    "graft": (Meant(1, 0.72, "corruption"), Meant(2, 0.66, "corruption"), Meant(0, 0.63, "trade")),
    "boats": (Meant(3, 0.55, "barges"),),
}


def likes(words: str, least: float) -> list[Meant]:
    return [one for one in LIKE.get(words, ()) if one.likeness >= least]


FOUND = ["A/RES/79/313#OP2", "A/RES/79/313#PP1", "A/RES/79/313#OP1"]  # the best first


@pytest.mark.parametrize(
    ("question", "labels", "certain"),
    [
        ("What does resolution 79/313 say about corruption?", ["OP2", "OP1"], 0.9),
        ("79/313 on corruption", ["OP2", "OP1"], 0.9),
        ("What is said in 79/313 about ivory trade?", ["OP2", "PP1"], 0.9),  # recitals last
        ("What does 79/313 say about the graft?", ["OP1", "OP2"], pytest.approx(0.81)),  # in other words
        ("What does 79/313 say about boats?", None, 0.0),  # unlike enough that all else is looked at
        ("What does 79/313 say about whales?", [], 0.0),  # nor in other words
        ("What does 79/313 say about the hunting of whales?", None, 0.0),  # which may be said in quite other words
        ("Does 79/313 mention ivory?", ["OP2", "PP1"], 1.0),
        ("Which operative paragraphs of 79/313 mention ivory?", ["OP2"], 1.0),
        ("Which recitals of A/RES/79/313 speak of ivory?", ["PP1"], 1.0),
        ("Where is corruption mentioned in 79/313?", ["OP2", "OP1"], 1.0),
        ("Does 79/313 mention whales?", [], 0.0),
        ("What does 79/313 say about barges counted by all those who ever saw ivory?", None, 0.0),  # too many words
        ("What does OP 2 of 79/313 say about ivory?", None, 0.0),
        ("What does 79/313 say?", None, 0.0),
        ("What does 79/314 say about ivory?", None, 0.0),  # not held
        ("Who must count barges under 79/313?", None, 0.0),
    ],
)
def test_the_paragraphs_that_have_the_words_are_given(question: str, labels: list[str] | None, certain: float) -> None:
    told = said_in(put_to(CORPUS, understand(question), found=FOUND, likes=likes))
    assert (None if told is None else [one.partition("#")[2] for one in told.paragraphs]) == labels
    assert (told.certain if told else 0.0) == certain


def test_a_note_says_how_many_have_them_or_that_none_has() -> None:
    def note(question: str) -> str:
        told = said_in(put_to(CORPUS, understand(question), found=FOUND, likes=likes))
        assert told is not None
        return told.note

    assert note("Does 79/313 mention whales?") == "no paragraph of A/RES/79/313 has 'whales'"
    assert note("Does 79/313 mention barges?") == "one paragraph of A/RES/79/313 has 'barges'"
    assert note("79/313 on corruption") == "2 paragraphs of A/RES/79/313 have 'corruption'"


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("what does it say about corruption?", ["OP2", "OP1"]),
        ("does this resolution mention ivory?", ["OP2", "PP1"]),
        ("and ivory?", ["OP2", "PP1"]),
        ("what about corruption?", ["OP2", "OP1"]),
        ("and who counts barges?", None),
    ],
)
def test_after_a_question_that_named_the_text(question: str, labels: list[str] | None) -> None:
    told = said_in(put_to(CORPUS, understand(question, ("What does A/RES/79/313 say?",)), found=FOUND, likes=likes))
    assert (None if told is None else [one.partition("#")[2] for one in told.paragraphs]) == labels
