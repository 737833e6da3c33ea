"""The paragraphs that a question names, in the many ways in which people name them."""

from __future__ import annotations

import pytest

from qa.symbols import find_in_question
from qa.symbols.roles import Side, only_mentioned
from qa.symbols.spelling import fold, one_slip


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("SC res 551 (1984) 1 (b)", ["OP1(b)"]),
        ("80/1 op1 b", ["OP1(b)"]),
        ("10 d of 841 (1993)", ["OP10(d)"]),
        ("resolution 600 (1987) (c)", ["OP(c)"]),
        ("UNSCR 841 (1993), op. para. 10 (d)", ["OP10(d)"]),
        ("subparagraph (c) of paragraph 58 of A/RES/80/190", ["OP58(c)"]),
        ("resolution 701's second preambular paragraph", ["PP2"]),
        ("A/RES/78/61, operative clause 9", ["OP9"]),
        ("clause 3 of UNSCR 435", ["OP3"]),
        ("§ 9 of A/RES/78/61", ["OP9"]),
        ("7th OP of 78/331", ["OP7"]),
        ("OP#7 78/331", ["OP7"]),
        ("78/331, op-7", ["OP7"]),
        ("78/331, o.p. 7", ["OP7"]),
        ("78/331 paragraph 07", ["OP7"]),
        ("78/331 para 7bis", ["OP7bis"]),
        ("operative paragraph seven of 78/331", ["OP7"]),
        ("A/RES/78/61/OP9", ["OP9"]),
        ("the last operative paragraph of UNGA res. 79/22", ["OP 1 from the end"]),
        ("439 (1978), penultimate op", ["OP 2 from the end"]),
        ("final preambular paragraph of 79/262", ["PP 1 from the end"]),
        ("the paragraph after OP 3 of 439 (1978)", ["OP3 (the one after it)"]),
        ("what precedes para 6 in 439 (1978)", ["OP6 (the one before it)"]),
        ("reslution 435 on nambia, paragrpah 3", ["OP3"]),
        ("political declaration (79/2) paragraph 30", ["OP30"]),
        ("paragraph 3 of the peacebuilding fund resolution 79/262", ["OP3"]),
        ("section II paragraph 4 of 78/253", ["II.OP4"]),
        ("paragraph 28(b) of section VIII of 79/258", ["VIII.OP28(b)"]),
        ("A/RES/78/253 section 12 para 9", ["XII.OP9"]),
        ("78/317, annex II, paragraph 25(a)(iii)", ["A2.25(a)(iii)"]),
        ("78/317, annex, paragraph 32, section E (a)", ["E.A1.32(a)"]),
        ("A/RES/78/317, annex, para. 32, sect. B (a) (ix)", ["B.A1.32(a)(ix)"]),
        ("section E of paragraph 32 of 78/317", ["E.OP32"]),
        ("78/317#A1.32~E(a)", ["A1.32~E(a)"]),
        ("paras. 3 to 5 of GA resolution 80/238", ["OP3", "OP4", "OP5"]),
        ("OPs 3–5 of 439 (1978)", ["OP3", "OP4", "OP5"]),
        ("439 op 2, 5 and 7", ["OP2", "OP5", "OP7"]),
        ("67/290 paragraphs 14 to 16 apply", ["OP14", "OP15", "OP16"]),
        ("A/RES/80/190 para 58 (c) and (d)", ["OP58(c)", "OP58(d)"]),
        ("78/218 18 (a) to (c)", ["OP18(a)", "OP18(b)", "OP18(c)"]),
        ("UNGA resolution 78/61, pp5 and op2", ["PP5", "OP2"]),
        ("first and third operative paragraphs of 79/262", ["OP1", "OP3"]),
        ("78/253 II.4", ["II.OP4"]),
        ("78/253, VI, 4 (b)", ["VI.OP4(b)"]),
        ("para VII of 78/61", ["OP7"]),
        ("paragraph I wrote on 78/61", []),
    ],
)
def test_paragraphs_named_of_one_resolution(question: str, places: list[str]) -> None:
    (mention,) = find_in_question(question)
    assert [str(place) for place in mention.places] == places
    assert question[slice(*mention.span)] == mention.text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("compare OP 2 of 418 (1977) with OP 3 of 460 (1979)",
         [("S/RES/418(1977)", ["OP2"]), ("S/RES/460(1979)", ["OP3"])]),
        ("para 7 of both 435 and 439", [("S/RES/435(1978)", ["OP7"]), ("S/RES/439(1978)", ["OP7"])]),
        ("435 (1978) op 3; 439 (1978) op 7", [("S/RES/435(1978)", ["OP3"]), ("S/RES/439(1978)", ["OP7"])]),
        ("S/RES/439 and S/RES/435 op 7", [("S/RES/439(1978)", []), ("S/RES/435(1978)", ["OP7"])]),
        ("Does resolution 435 endorse paragraph 3 of the report?", [("S/RES/435(1978)", [])]),
        ("para 5 of the report in resolution 79/2", [("A/RES/79/2", [])]),
        ("What does resolution 841 say about paragraph 5 of the Agreement?", [("S/RES/841(1993)", [])]),
        ("Article 2, paragraph 3 of the Convention", []),
        ("Secretary-General's report A/78/500, para. 12", []),
        ("MONUSCO tasks paragraph 15 2013", []),
        ("the 2030 Agenda paragraphs 3 and 5", []),
        ("UNSC Res. 324, 12 December 1972, para. 3", [("S/RES/324(1972)", ["OP3"])]),
        ("S/RES/324/1972 para 3", [("S/RES/324(1972)", ["OP3"])]),
        ("439(78) op 3", [("S/RES/439(1978)", ["OP3"])]),
        ("res 439, 1978, par. 3", [("S/RES/439(1978)", ["OP3"])]),
        ("which resolutions does 1990's 678 recall?", [("S/RES/678(1990)", [])]),
        ("the 1990 resolution 678", [("S/RES/678(1990)", [])]),
        ("which resolutions does 678 recall", [("S/RES/678(1990)", [])]),
        ("what resolutions did 748 reaffirm?", [("S/RES/748(1992)", [])]),
        ("which resolutions did 100 States mention", []),
        ("which resolutions does 1993 recall", []),
        ("paragraphs 3 of 435 and 4 of 439", [("S/RES/435(1978)", ["OP3"]), ("S/RES/439(1978)", ["OP4"])]),
        ("OP 1 of 78/61 and 2 (a) of 79/262", [("A/RES/78/61", ["OP1"]), ("A/RES/79/262", ["OP2(a)"])]),
        ("UNGA/78/61 para 9", [("A/RES/78/61", ["OP9"])]),
        ("A_RES_78_61 paragraph 9", [("A/RES/78/61", ["OP9"])]),
        ("U.N.S.C. Res. 439 para 3", [("S/RES/439(1978)", ["OP3"])]),
    ],
)  # fmt: skip
def test_which_paragraph_is_of_which_resolution(question: str, named: list[tuple[str, list[str]]]) -> None:
    found = find_in_question(question)
    assert [(str(one.candidates[0]), [str(place) for place in one.places]) for one in found] == named


def test_what_is_mistaken_is_told() -> None:
    (year,) = find_in_question("808 (1994) para 2")
    assert (str(year.candidates[0]), year.correction) == (
        "S/RES/808(1993)",
        "Security Council resolution 808 is of 1993, not of 1994",
    )
    (organ,) = find_in_question("General Assembly resolution 186 (1964) paragraph 4")
    assert (organ.candidates, [str(one) for one in organ.instead], organ.label) == ((), ["S/RES/186(1964)"], "OP4")
    (council,) = find_in_question("Security Council resolution 78/61")
    assert "A/RES/78/61" in [str(one) for one in council.instead]
    assert find_in_question("the General Assembly 193 members") == ()


@pytest.mark.parametrize(
    ("question", "may_be"), [("Nauru resolution 1987", True), ("UNSCR 1987", False), ("resolution 1987 (2011)", False)]
)
def test_a_number_that_may_be_a_year_is_marked(question: str, may_be: bool) -> None:
    assert [one.may_be_year for one in find_in_question(question)] == [may_be]


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [
        ("who must carry out resolution 1540 (2004)?", True),
        ("which resolution terminated the measures taken under 232 (1966)?", True),
        ("which resolutions cite 808 (1993)?", True),
        ("resolutions that recall 808 (1993)", True),
        ("Under Council resolution 2719, what did the Assembly note?", True),
        ("which resolutions does resolution 678 (1990) recall?", False),
        ("which resolutions are recalled in S/RES/665 (1990)?", False),
        ("what does 1325 (2000) say on women?", False),
        ("what did the Security Council decide in resolution 882?", False),
        ("what does General Assembly resolution 77/250 say?", False),
    ],
)
def test_a_resolution_may_be_only_mentioned(question: str, mentioned: bool) -> None:
    (mention,) = find_in_question(question)
    assert mention.only_mentioned == mentioned


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("At whose request may Haitian funds frozen under paragraph 8 of resolution 841 (1993) be released?", True),
        ("Which resolution ended the suspension of the measures set out in paragraphs 5 to 9 of 841 (1993)?", True),
        ("Which goods does the arms embargo in resolution 418 (1977) cover since 1986?", True),
        ("Who administers the account that meets the purposes of resolution 706 (1991)?", True),
        ("Which committee watches over the resolution 418 (1977) arms embargo?", True),
        ("What does paragraph 8 of resolution 841 (1993) say?", False),
        ("Under paragraph 8 of resolution 841 (1993), what must States do with funds of Haiti?", False),
        ("What are the measures set out in paragraphs 5 to 9 of resolution 841 (1993)?", False),
        ("What does the arms embargo imposed by paragraph 2 of resolution 418 (1977) cover?", False),
        ("What arms measures are imposed by resolution 418 (1977)?", False),
        ("Who is requested to report under paragraph 3 of resolution 446 (1979)?", False),
        ("Which information is to be submitted by States pursuant to paragraph 12 of 757 (1992)?", False),
        ("What the Council demanded in resolution 505 (1982) about the Falklands", False),
    ],
)
def test_a_resolution_may_only_tell_which_is_meant(question: str, which: bool) -> None:
    (mention,) = find_in_question(question)
    assert mention.tells_which == which


def test_a_sentence_before_does_not_count() -> None:
    text = "We must implement it. What does resolution 882 say?"
    assert not only_mentioned(text, text.index("resolution"))


@pytest.mark.parametrize(
    "text",
    ["reslution 435 paragrpah 3", "A_RES_78_61", "439(78) op 3", "A/RES/78/61/OP9", "SCR 324-1972", "plain words"],
)
def test_folding_moves_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("word", "slip"),
    [
        ("paragrpah", True),
        ("pargraph", True),
        ("paragrraph", True),
        ("parograph", True),
        ("paragon", False),
        ("pgaraprah", False),
    ],
)
def test_one_slip(word: str, slip: bool) -> None:
    assert one_slip(word, "paragraph") == slip


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("What did the Council do after resolution 660?", Side.AFTER),
        ("after the adoption of Security Council resolution 660, what happened?", Side.AFTER),
        ("What was done in the weeks after resolution 143 (1960)?", Side.AFTER),
        ("What happened in the first days following resolution 660?", Side.AFTER),
        ("What followed resolution 788 on Sylvania?", Side.AFTER),
        ("Which text was resolution 660 (1990) followed by?", None),
        ("What was asked before resolution 447?", Side.BEFORE),
        ("Which resolution does resolution 665 (1990) follow?", Side.BEFORE),
        ("What does resolution 660 say?", None),
        ("What is due thirty days after resolution 660?", None),
        ("What stands after paragraph 3 of resolution 660?", None),
    ],
)
def test_a_resolution_may_be_that_after_or_before_which_others_are_asked_for(question: str, side: Side | None) -> None:
    (mention,) = find_in_question(question)
    assert mention.side is side
