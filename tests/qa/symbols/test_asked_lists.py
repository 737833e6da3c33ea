"""Lists of resolutions and paragraphs, whole parts, parts before a symbol, years beside one, and documents."""

from __future__ import annotations

import pytest

from qa.symbols import find_in_question
from qa.symbols.asked_wholes import asks_of_all


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("operative paragraphs four and six of 79/20", ["OP4", "OP6"]),
        ("paras 2, 3 and five of S/RES/389", ["OP2", "OP3", "OP5"]),
        ("paras nine, ten and twenty two of S/RES/277", ["OP9", "OP10", "OP22"]),
        ("paragraph twenty-one of S/RES/277", ["OP21"]),
        ("paragraph 3 and one more of 79/20", []),
        ("the last two preambular paragraphs of 78/104", ["PP 2 from the end", "PP 1 from the end"]),
        ("first 2 OPs of S/RES/649", ["OP1", "OP2"]),
        ("the two last operative paragraphs of 78/104", ["OP 2 from the end", "OP 1 from the end"]),
        ("Part VIII of 79/258 - para 37", ["VIII.OP37"]),
        ("79/258, sec. VIII, para 37", ["VIII.OP37"]),
        ("paragraph 7 (chapeau) of A/RES/80/12", ["OP7"]),
        ("section VIII of 79/258, paras 28 and 29", ["VIII.OP28", "VIII.OP29"]),
        ("annex to A/RES/80/117, paragraph 52", ["A1.52"]),
        ("A/RES/79/258, section VIII, 28 (b)", ["VIII.OP28(b)"]),
        ("79/258 VIII 37", ["VIII.OP37"]),
        ("A/RES/79/69, 4 e)", ["OP4(e)"]),
        ("A/RES/79/69 OP 4e", ["OP4(e)"]),
        ("A/RES/79/069 para 5", ["OP5"]),
        ("resolution 79/069, para 5", ["OP5"]),
        ("paragraph 7 chapeau of A/RES/80/12", ["OP7"]),
        ("chapeau of paragraph 7 of A/RES/80/12", ["OP7"]),
        ("S/RES/277(1970), paragraph 4 (c) of the preamble", ["PP4(c)"]),
        ("preamble, paragraph 3 of 79/20", ["PP3"]),
        ("op. para. 21, subparas (a) and (c), S/RES/277", ["OP21(a)", "OP21(c)"]),
        ("paragraph 4, subparagraph (e), of A/RES/79/69", ["OP4(e)"]),
        ("res 743, 11: which embargo doesn't apply", ["OP11"]),
        ("paragraph 4 of 1973 (2011)", ["OP4"]),
    ],
)
def test_paragraphs_of_one_resolution(question: str, places: list[str]) -> None:
    (mention,) = find_in_question(question)
    assert [str(place) for place in mention.places] == places


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("A/RES/78/278 and A/RES/79/143, paragraph 1 of each",
         [("A/RES/78/278", ["OP1"]), ("A/RES/79/143", ["OP1"])]),
        ("paragraph 1 of A/RES/78/278 and of A/RES/79/143",
         [("A/RES/78/278", ["OP1"]), ("A/RES/79/143", ["OP1"])]),
        ("642 (1989) and 651 (1990), paragraph 1 (b)",
         [("S/RES/642(1989)", ["OP1(b)"]), ("S/RES/651(1990)", ["OP1(b)"])]),
        ("para 2 of both SCR 250 and SCR 234", [("S/RES/250(1968)", ["OP2"]), ("S/RES/234(1967)", ["OP2"])]),
        ("S/RES/439 and S/RES/435 op 7", [("S/RES/439(1978)", []), ("S/RES/435(1978)", ["OP7"])]),
        ("resolutions 743, 11", [("S/RES/743(1992)", []), ("S/RES/11(1946)", [])]),
        ("paragraph 44(h) of the 2025 political declaration on NCDs, A/RES/80/117", [("A/RES/80/117", ["OP44(h)"])]),
        ("paragraph 3 of the 1990 Cyprus resolution, S/RES/649", [("S/RES/649(1990)", ["OP3"])]),
        ("para 5 of the 2024 resolution 79/69", [("A/RES/79/69", ["OP5"])]),
        ("paragraph 30 of the 2025 political declaration on the prevention and control of certain diseases (A/RES/80/117)",
         [("A/RES/80/117", ["OP30"])]),
        ("paragraph 5 of the 1973 resolution", [("S/RES/1973(2011)", ["OP5"])]),
        ("paragraph 8 of the 2030 Agenda", []),
    ],
)  # fmt: skip
def test_a_list_shares_its_paragraphs_and_a_year_has_none(question: str, named: list[tuple[str, list[str]]]) -> None:
    found = find_in_question(question)
    assert [(str(one.candidates[0]), [str(place) for place in one.places]) for one in found] == named


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("all the operative paragraphs of S/RES/250", ["OP"]),
        ("what does the preamble of 78/331 say?", ["PP"]),
        ("annex III of A/RES/78/128", ["A3"]),
        ("the annex to resolution 80/117 in full, please", ["A1"]),
        ("section IV of A/RES/80/243", ["IV"]),
        ("what does part B of 79/250 say?", ["B"]),
        ("which part a of 79/250 applies", []),
        ("what does section IV of 80/243 say about posts?", []),
        ("whole text of S/RES/250", [""]),
        ("resolution 439 in full", [""]),
        ("what does the preamble of 78/331 say about the sea?", []),
        ("how many replies does annex III of A/RES/78/128 allow?", []),
        ("what does 78/331 say?", []),
    ],
)
def test_a_whole_part_is_meant_where_nothing_else_is_asked(question: str, places: list[str]) -> None:
    (mention,) = find_in_question(question)
    assert [str(place) for place in mention.places] == places
    assert all(place.whole for place in mention.places)


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("A/79/69 paragraph 5", ["A/RES/79/69"]),
        ("what does para 3 of A/79/20 say?", ["A/RES/79/20"]),
    ],
)
def test_a_document_is_told_from_a_resolution(question: str, instead: list[str]) -> None:
    (mention,) = find_in_question(question)
    assert (mention.candidates, [str(one) for one in mention.instead]) == ((), instead)


@pytest.mark.parametrize("question", ["the report A/79/69, paragraph 5", "A/79/69", "what is A/79/69 about?"])
def test_a_document_on_the_way_to_something_else_is_left_to_the_words(question: str) -> None:
    assert find_in_question(question) == ()


@pytest.mark.parametrize(
    ("question", "is_all"),
    [
        ("A/RES/79/313", True),
        ("What does resolution 79/313 say?", True),
        ("Resolution 79/313 (2025)", True),
        ("resolution 79/313 adopted 30 June 2025", True),
        ("A/RES/79/313 pdf", True),
        ("What does 79/313 ask?", True),
        ("What does 79/313 ask of the Security Council?", False),
        ("What does 79/313 require of the United States?", False),
        ("When was 79/313 adopted?", False),
        ("79/313 on corruption", False),
        ("Who voted for 79/313 in 2025?", False),
        ("resolution 79/313 of 2019", False),
    ],
)
def test_a_question_that_is_little_else_than_a_symbol_asks_of_all_of_it(question: str, is_all: bool) -> None:
    (mention,) = find_in_question(question)
    assert asks_of_all(question, [mention.span], 2025) is is_all
