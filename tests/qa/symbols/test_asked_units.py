"""Articles, rules and the like that a question names, and of which text."""

from __future__ import annotations

import pytest

from qa.symbols import find_in_question


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("article 5, paragraph 3 of the annex to 80/162", ["Art5.3"]),
        ("art. 5 (3) of A/RES/80/162", ["Art5.3"]),
        ("80/162, art 8.1", ["Art8.1"]),
        ("paragraph 2 of article 10 in A/RES/80/162", ["Art10.2"]),
        ("sub-paragraph (b) of paragraph 1 of article 1 of 80/162", ["Art1.1(b)"]),
        ("article 1 (1) (b) of 80/162", ["Art1.1(b)"]),
        ("article 2 (a) of 80/162", ["Art2(a)"]),
        ("articles 3, 5 and 7 to 9 of 80/162", ["Art3", "Art5", "Art7", "Art8", "Art9"]),
        ("rule 57 of 78/128", ["Rule57"]),
        ("annex III, rules 5 and 6, of 78/128", ["A3.Rule5", "A3.Rule6"]),
        ("rule 57 of annex III to 78/128", ["A3.Rule57"]),
        ("resolution 21 (1947) article VIII", ["ArtVIII"]),
        ("article 4 bis of 80/162", ["Art4bis"]),
        ("regulation 12a of 80/162", ["Reg12A"]),
        ("article 4 of the statute in resolution 955 (1994)", ["Art4"]),
        ("Article 5 of the convention annexed to resolution 80/162", ["Art5"]),
        ("A/RES/80/162: what does article 12 say about the transferee?", ["Art12"]),
        ("Article 6 of the annex of 827", ["Art6"]),
    ],
)
def test_articles_of_a_resolution(question: str, places: list[str]) -> None:
    (mention,) = find_in_question(question)
    assert [str(place) for place in mention.places] == places


@pytest.mark.parametrize(
    "question",
    [
        "Article 51 of the Charter in resolution 661",
        "Article 2, paragraph 4, of the Charter of the United Nations in resolution 435",
        "resolution 661 and Article 12 of the Convention on the Rights of the Child",
        "Article 5 of the Vienna Convention in 80/162",
    ],
)
def test_articles_of_another_text_are_left_to_the_words(question: str) -> None:
    (mention,) = find_in_question(question)
    assert mention.places == ()


@pytest.mark.parametrize(
    "question", ["breach of 253 Article 25", "Article 2 of 1951 Convention", "rule 3 of 10", "Kuwait regulations 1990"]
)
def test_an_article_makes_no_number_a_resolution(question: str) -> None:
    assert find_in_question(question) == ()
