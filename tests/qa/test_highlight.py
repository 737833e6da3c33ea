"""The answering span."""

from hypothesis import given
from hypothesis import strategies as st

from qa.acts import split_acts
from qa.answering.highlight import clauses, highlight
from qa.records import Kind, Paragraph, Span

_TEXT = (
    "Fully supports the efforts of the organization aimed at achieving a settlement of the problems in the region, recalls "
    "the commitment by the Federation to complete the withdrawal of its forces by the end of 2002; and welcomes the "
    "willingness of the organization together with the Republic to facilitate this process by the agreed deadline;"
)


def _paragraph(text: str) -> Paragraph:
    return Paragraph("OP1", Kind.OPERATIVE, "1", 1, text, (Span(0, len(text)),), acts=split_acts(text))


def test_the_act_that_holds_the_questions_words_is_marked() -> None:
    paragraph = _paragraph(_TEXT)
    start, end = highlight("when must the withdrawal of forces be complete", paragraph, lambda: None)
    assert _TEXT[start:end].startswith("recalls the commitment")
    assert "withdrawal of its forces by the end of 2002" in _TEXT[start:end]
    assert "willingness" not in _TEXT[start:end]


@given(st.text(alphabet="ab ,;:.()Aand which including", max_size=300))
def test_clauses_are_in_order_and_leave_out_only_blanks(text: str) -> None:
    spans = clauses(text)
    assert all(a < b for a, b in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_short_paragraph_is_marked_whole() -> None:
    paragraph = _paragraph("Decides to remain seized of the matter.")
    assert highlight("what?", paragraph, lambda: None) == (0, 39)


def test_nothing_is_read_where_the_mark_is_the_same_whichever_clause_is_best() -> None:
    text = (
        "Requests the Secretary-General to submit a report on the situation of the refugees to the Assembly at its next "
        "session, and to include in it an account of what the host communities have spent on schools and hospitals;"
    )
    assert len(clauses(text)) > 1

    def read() -> None:
        raise AssertionError

    assert highlight("what must the report include?", _paragraph(text), read) == (0, text.index(";"))
    read_of: list[str] = []
    highlight("what must the report include?", _paragraph(_TEXT), lambda: read_of.append("met"))
    assert read_of == ["met"]
