"""The answering span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.acts import split_acts
from qa.answering.edges import tidy
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


@pytest.mark.parametrize(
    "text",
    [
        "[Requests a report];",
        "[Welcomes the report], and urges others to follow;",
        "[Welcomes the report], and in this regard urges others to follow;",
        "[Provides for funds by 2030], through, inter alia, levies;",
        "[Requests the Chair to take the steps necessary to that end];",
        "[Notes the rise in this regard], as well as the costs;",
        "It notes this, and [requests a report.]",
        "[Decides to remain seized of the matter.]",
    ],
)
def test_a_mark_leaves_out_what_only_joins_it_to_others(text: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    rough = next((one for one in ("urges", "inter alia", "the costs") if one in plain), None)
    mark = Span(plain.rindex("and req") if "and req" in plain else 0, plain.index(rough) if rough else len(plain))
    assert plain[slice(*tidy(plain, mark))] == plain[start:end]


@given(st.text(alphabet="ab ,;:.and or to", min_size=1, max_size=80))
def test_a_tidy_mark_is_never_empty_and_lies_in_the_text(text: str) -> None:
    start, end = tidy(text, Span(0, len(text)))
    assert 0 <= start < end <= len(text)


_LONG = (
    "Calls upon all Governments to adopt measures that protect the rights of women who leave their homes for work abroad, "
    "including those in domestic service, and to provide training for those who inspect the places in which they work, "
    "including in independent, circular and temporary migration, and to consider permitting, in accordance with their laws, "
    "women who are victims of violence or trafficking to apply for residency permits independently of abusive employers, "
    "and to review the laws that tie a permit to one employer, with a view to ending the abuse that these make possible, "
    "pending the review that the Assembly will hold at its next session, and to report on all of these measures in time;"
)


def test_a_part_of_a_long_act_begins_and_ends_where_something_is_said() -> None:
    start, end = highlight("can victims of trafficking apply for residency permits?", _paragraph(_LONG), lambda: None)
    marked = _LONG[start:end]
    assert "residency permits independently of abusive employers" in marked
    assert marked.split()[0] not in {"and", "including", "women", "with", "pending"}
    assert not marked.endswith((",", ";", "and"))


def test_two_acts_that_answer_alike_are_both_marked() -> None:
    text = (
        "Authorizes a ceremony for the signature of the Convention to be held in Accra as soon as practicable in the second "
        "half of the year; and recommends that the Convention be known as the Accra Convention on Cargo Documents;"
    )
    asked = "where is the signature of the Convention to be held, and as what should the Convention be known?"
    assert highlight(asked, _paragraph(text), lambda: None) == (0, len(text) - 1)
    start, end = highlight("when must the withdrawal of forces be complete", _paragraph(_TEXT), lambda: None)
    assert (start > 0, "willingness" in _TEXT[start:end]) == (True, False)
