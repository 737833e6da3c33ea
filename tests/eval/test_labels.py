from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.labels import fold, fold_ranking, label_of


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("4", "OP4"),
        (" 19 ", "OP19"),
        ("4 (a)", "OP4(a)"),
        ("4(a)", "OP4(a)"),
        ("4 (a) (ii)", "OP4(a)(ii)"),
        ("annex 12", "A1.12"),
        ("annex 12 (b)", "A1.12(b)"),
        ("annex II 3", "A2.3"),
        ("preamble 2", "PP2"),
        ("B 3", "B.OP3"),
        ("II. 3", "II.OP3"),
        ("OP7", "OP7"),
        ("PP3", "PP3"),
        ("OP3+1", "OP3+1"),  # an unnumbered paragraph after a numbered one
        ("A1.u1", "A1.u1"),
        ("A.OP2(a)", "A.OP2(a)"),
        ("A3.S2.1", "A3.S2.1"),  # a section of an annex
        ("S2.OP3+1", "S2.OP3+1"),
        ("A1.32(a)~2(ix)", "A1.32(a)~2(ix)"),  # a letter that comes twice
        ("A1.32~E(a)", "A1.32~E(a)"),  # a section inside a paragraph
        ("A1.Art5.3(a)", "A1.Art5.3(a)"),  # an article of an annex
        ("A3.Rule57", "A3.Rule57"),
        ("Rule60.u2", "Rule60.u2"),
        ("annex art. 24 (1)", "A1.Art24.1"),  # as citations are written
        ("annex II, art. 5, para. 3 (b)", "A2.Art5.3(b)"),
        ("annex III, rule 65", "A3.Rule65"),
        ("Article 3", "A1.Art3"),
    ],
)
def test_printed_numbers_become_labels(printed: str, label: str) -> None:
    assert label_of(printed) == label


@pytest.mark.parametrize("printed", ["", "four", "4a", "annex", "annex L 3", "4 (a", "preamble 2 (a)", "4 5 6"])
def test_what_is_no_number_has_no_label(printed: str) -> None:
    assert label_of(printed) is None


@pytest.mark.parametrize(
    ("given_id", "folded"),
    [
        ("A/RES/80/206#OP4(a)", "A/RES/80/206#OP4"),
        ("A/RES/80/206#OP4(a)(ii)", "A/RES/80/206#OP4"),
        ("S/RES/253(1968)#OP5(a)", "S/RES/253(1968)#OP5"),  # brackets of the symbol stay
        ("S/RES/253(1968)#OP5", "S/RES/253(1968)#OP5"),
        ("A/RES/79/2#A1.36(b)", "A/RES/79/2#A1.36"),
        ("A/RES/78/317#A1.32~E(a)(i)", "A/RES/78/317#A1.32"),
        ("A/RES/62/63B#B.OP2(c)", "A/RES/62/63B#B.OP2"),
        ("A/RES/80/162#A1.Art5.3(a)", "A/RES/80/162#A1.Art5.3"),
        ("A/RES/78/128#A3.Rule28(a)", "A/RES/78/128#A3.Rule28"),
        ("bd35fb2d(a)", "bd35fb2d(a)"),  # not a paragraph id: somebody else's document
    ],
)
def test_sub_paragraphs_fold_to_their_paragraph(given_id: str, folded: str) -> None:
    assert fold(given_id) == folded


def test_a_folded_paragraph_keeps_its_best_place() -> None:
    ranking = ("X#OP2(b)", "X#OP1", "X#OP2", "X#OP2(a)", "X#OP3")
    assert fold_ranking(ranking) == ("X#OP2", "X#OP1", "X#OP3")


@given(st.integers(1, 400), st.lists(st.sampled_from(["(a)", "(b)", "(iv)"]), max_size=3))
def test_folding_undoes_every_sub_paragraph_and_is_done_once(number: int, sub: list[str]) -> None:
    whole = f"S/RES/687(1991)#OP{number}"
    assert fold(whole + "".join(sub)) == whole == fold(fold(whole + "".join(sub)))
    printed = " ".join([str(number), *sub])
    assert label_of(printed) == f"OP{number}{''.join(sub)}"
