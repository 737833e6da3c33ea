"""Cutting: every paragraph once, whole, with what it needs to be understood."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.passages import cut, passage_input
from qa.records import Kind, Paragraph, Resolution, SourceText
from qa.symbols import Symbol


def count_words(texts: list[str]) -> list[int]:
    """A stand-in for a model's tokenizer: a word is a token, and two mark the ends."""
    return [len(text.split()) + 2 for text in texts]


def paragraph(label: str, text: str, kind: Kind = Kind.OPERATIVE, **more: object) -> Paragraph:
    return Paragraph(label=label, kind=kind, number=None, level=1, text=text, spans=(), **more)  # type: ignore[arg-type]


def resolution(*paragraphs: Paragraph) -> Resolution:
    source = SourceText(text="", sha256="", text_sha256="", name="x", format="text", reader="r")
    symbol = Symbol.parse("A/RES/78/118")
    return Resolution(
        symbol=symbol,
        organ="General Assembly",
        title="Safety of journalists",
        paragraphs=paragraphs,
        source=source,
        session="78",
        adopted=dt.date(2023, 12, 8),
    )


def test_a_paragraph_is_one_passage_with_its_resolution_and_heading() -> None:
    one = resolution(paragraph("OP1", "Demands that they stop;", section=("II. Follow-up",)))
    (passage,) = cut(one, 256, count_words)
    assert passage.id == "A/RES/78/118#OP1"
    assert passage.text == "Demands that they stop;"
    for wanted in ("General Assembly resolution 78/118", "Safety of journalists", "December 2023", "session 78", "II."):
        assert wanted in passage.context
    assert "Preambular" not in passage.context


def test_a_preambular_paragraph_says_so() -> None:
    (passage,) = cut(resolution(paragraph("PP1", "Recalling that,", Kind.PREAMBULAR)), 256, count_words)
    assert "Preambular" in passage.context


def test_a_sub_paragraph_carries_its_chapeaux_and_a_chapeau_sees_its_sub_paragraphs() -> None:
    one = resolution(
        paragraph("OP4", "Requests the Secretary-General:"),
        paragraph("OP4(a)", "To submit a report", parent="OP4"),
        paragraph("OP4(a)(i)", "on troops;", parent="OP4(a)"),
    )
    top, middle, leaf = cut(one, 256, count_words)
    assert "To submit a report" in top.context
    assert "To submit" not in top.text
    assert "Requests the Secretary-General:" in middle.context
    assert leaf.context.index("Requests") < leaf.context.index("To submit a report")


def test_a_circle_of_parents_ends() -> None:
    one = resolution(paragraph("OP1", "a", parent="OP2"), paragraph("OP2", "b", parent="OP1"))
    assert len(cut(one, 256, count_words)) == 2


def test_a_long_paragraph_is_covered_in_overlapping_windows_that_begin_at_clauses() -> None:
    text = " ".join(f"clause {number} of the long text goes on;" for number in range(60))
    passages = cut(resolution(paragraph("OP1", text)), 80, count_words)
    assert len(passages) > 3
    assert [passage.window for passage in passages] == list(range(len(passages)))
    assert {passage.id for passage in passages} == {"A/RES/78/118#OP1"}
    assert all(passage.text.startswith("clause") and passage.text.endswith(";") for passage in passages)
    clauses = [[clause.strip() for clause in passage.text.split(";") if clause] for passage in passages]
    assert all(a[-1] == b[0] for a, b in itertools.pairwise(clauses))


word = st.sampled_from(["a", "word,", "longer", "end.", "x" * 40, "ß;", "\u00a0"])
words = st.lists(word, max_size=120).map(" ".join)


@settings(max_examples=60)
@given(words, st.integers(3, 60))
def test_no_word_is_lost_and_every_passage_fits(text: str, room: int) -> None:
    passages = cut(resolution(paragraph("OP1", text)), room, count_words)
    assert all(count_words([passage_input(passage)])[0] <= room for passage in passages)
    wanted, at = text.split(), 0
    for passage in passages:  # each window begins no later than where the one before ended
        got = passage.text.split()
        at = max(start + len(got) for start in range(at + 1) if wanted[start : start + len(got)] == got)
    assert at == len(wanted)


@settings(max_examples=30)
@given(st.integers(4, 30))
def test_a_word_longer_than_the_model_reads_is_cut_into_pieces(room: int) -> None:
    def count_characters(texts: list[str]) -> list[int]:
        return [len(text) + 2 for text in texts]

    text = "".join(chr(97 + number % 26) for number in range(200))
    passages = cut(resolution(paragraph("OP1", text)), room, count_characters)
    assert "".join(passage.text for passage in passages) == text
