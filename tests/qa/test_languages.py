"""Questions in other languages, references and dates in other forms, and what is asked of the service itself."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from qa.retrieval.figures import with_dates_in_words
from qa.retrieval.languages import read_language
from qa.retrieval.small_talk import aside
from qa.service import QAService
from qa.symbols import find_in_question
from qa.wire import AskRequest

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien de soldats pour la FORPRONU ?", "French"),
        ("L'OTAN au Kosovo", "French"),
        ("Parlez-vous français ?", "French"),
        ("¿Qué medidas deben tomar los Estados contra el vertimiento de desechos?", "Spanish"),
        ("Wann wurde die Aufnahme der DDR empfohlen?", "German"),
        ("Quem deve retirar as suas tropas da Moldávia?", "Portuguese"),
        ("Chi deve ritirare le truppe dalla Moldova e quando?", "Italian"),
        ("Какой день провозглашён днём медитации?", "Russian"),
        ("S/RES/276(1970) 说了什么?", "Chinese"),
        ("ما هو موقف الجمعية العامة من المستوطنات؟", "Arabic"),
        ("What is the Frente Popular para la Liberación de Saguia el Hamra y de Río de Oro?", None),
        ("La Nina El Nino food insecurity", None),
        ("UN-AU frameworks 2017", None),
        ("Côte d'Ivoire, Rio de Janeiro, Dar es Salaam", None),
        ("What does 决议 mean in the resolution?", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_its_letters_or_its_small_words(question: str, language: str | None) -> None:
    found = read_language(question)[1]
    assert (found.name if found else None) == language


def test_no_english_question_is_taken_for_another_language() -> None:
    truly_foreign = ("v-rough-023", "v-rough-024", "v-rough-025", "y-tongues-")
    asked = [
        line
        for path in QUESTIONS.glob("*.jsonl")
        for line in map(msgspec.json.decode, path.read_bytes().splitlines())
        if "question" in line
    ]
    taken = [one for one in asked if read_language(one["question"])[1] is not None]
    assert len(asked) > 10_000
    assert [one["question"] for one in taken if not one["id"].startswith(truly_foreign)] == []


@pytest.mark.parametrize(
    ("question", "symbol", "places"),
    [
        ("Résolution n° 681, paragraphe 3", "S/RES/681(1990)", ["OP3"]),
        ("paragraphe 3 du préambule de la résolution 681 (1990)", "S/RES/681(1990)", ["PP3"]),
        ("párrafos 3 y 4 de la resolución 681 de 1990", "S/RES/681(1990)", ["OP3", "OP4"]),
        ("la resolución 2758 de la Asamblea General", "A/RES/2758(XXVI)", []),
        ("Was sagt Ziffer 3 der Resolution 681 (1990)?", "S/RES/681(1990)", ["OP3"]),
        ("Parágrafo 3 da resolução 681 (1990)", "S/RES/681(1990)", ["OP3"]),
        ("alinéa 3 of resolution 681 (1990)", "S/RES/681(1990)", ["OP3"]),
        ("пункт 3 резолюции 883 (1993)", "S/RES/883(1993)", ["OP3"]),
        ("Резолюция 2758 Генеральной Ассамблеи", "A/RES/2758(XXVI)", []),
        ("الفقرة ٣ من القرار ٦٨١ (١٩٩٠)", "S/RES/681(1990)", ["OP3"]),
        ("ما الذي أكده قرار مجلس الأمن 298 لعام 1971", "S/RES/298(1971)", []),
        ("第681(1990)号决议第3段", "S/RES/681(1990)", ["OP3"]),
        ("安全理事会第276（1970）号决议", "S/RES/276(1970)", []),
        ("What says resolution N° 678 of CS?", "S/RES/678(1990)", []),
        ("resolution № 678", "S/RES/678(1990)", []),
        ("resolution n.º 497", "S/RES/497(1981)", []),
    ],
)
def test_references_of_other_languages_are_read(question: str, symbol: str, places: list[str]) -> None:
    (mention,) = find_in_question(read_language(question)[0])
    assert [str(one) for one in mention.candidates] == [symbol]
    assert [str(place) for place in mention.places] == places


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("of 22 décembre 1969", "of 22 December 1969"),
        ("on 4 de marzo de 1964", "on 4 March 1964"),
        ("1. März 1993 and 1er mars 1993", "1 March 1993 and 1 March 1993"),
        ("Do rights resolutions have to come up in mars 2?", "Do rights resolutions have to come up in mars 2?"),
    ],
)
def test_months_of_other_languages_are_put_into_english(written: str, read: str) -> None:
    assert read_language(written)[0] == read


@pytest.mark.parametrize(
    ("written", "read", "notes"),
    [
        ("of 22/12/1969", "of 22 December 1969", ["'22/12/1969' is read as 22 December 1969"]),
        ("of 22.12.1969?", "of 22 December 1969?", ["'22.12.1969' is read as 22 December 1969"]),
        ("1969-12-22", "22 December 1969", ["'1969-12-22' is read as 22 December 1969"]),
        ("12/3/1992", "12 March 1992", ["'12/3/1992' is read as 12 March 1992, day before month"]),
        ("12/22/1969", "22 December 1969", ["'12/22/1969' is read as 22 December 1969"]),
        ("31/2/1990", "31/2/1990", []),
        ("A/78/12/1992 and 1968-1969, 2023/24, 439/78", "A/78/12/1992 and 1968-1969, 2023/24, 439/78", []),
    ],
)
def test_dates_in_figures_are_put_into_words(written: str, read: str, notes: list[str]) -> None:
    assert with_dates_in_words(written) == (read, notes)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Do you speak French?", True),
        ("May I ask you questions in Arabic or Russian?", True),
        ("hello, who are you?", True),
        ("Which resolutions do you have?", True),
        ("How do you work?", True),
        ("which resolutions do you have on Iraq?", False),
        ("can you speak about the French troops in Rwanda?", False),
        ("How does it work?", False),
        ("help refugees", False),
    ],
)
def test_what_is_asked_of_the_service_itself(question: str, about: bool) -> None:
    assert (aside(question) or "").startswith("this asks about the service itself") is about


@pytest.mark.parametrize(
    ("question", "committees"),
    [
        ("What does the 1540 Committee do?", ["S/RES/1540(2004)"]),
        ("oil sale 661 committee", ["S/RES/661(1990)"]),
        ("rule 160 Committee on Contributions", []),
        ("the 193 committee members", []),
        ("DRC 2004 committee", []),
        ("the 15 Committee", []),
    ],
)
def test_a_committee_called_by_a_number_names_its_resolution(question: str, committees: list[str]) -> None:
    found = find_in_question(question)
    assert [str(one.candidates[0]) for one in found if one.committee] == committees


@pytest.mark.parametrize("question", ["Was it ſix months?", "the ſıxtieth session", "until 5 ſeptember 1990"])
def test_a_letter_that_only_looks_like_another_is_read_as_that(service: QAService, question: str) -> None:
    assert service.ask(AskRequest(question)).status in ("answered", "abstained")
