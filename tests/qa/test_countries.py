"""Which countries a question names, by whichever of their names, and which of them a text does not have."""

from __future__ import annotations

import pytest

from qa.answering.countries import countries_in, is_capital, is_country, unspoken


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Did the Council embargo Zambia?", ["Zambia"]),
        ("north korean laws on culture", ["north korean"]),
        ("what about Nigerians, and about Niger", ["Nigerians", "Niger"]),
        ("Ivory Coast and Guinea-Bissau", ["Ivory Coast", "Guinea-Bissau"]),
        ("Côte d’Ivoire’s elections", ["Côte d'Ivoire"]),
        ("the Dominican Republic", ["Dominican Republic"]),
        ("tax on Mayotte under agenda item 9", ["Mayotte"]),
        ("can you tell us who it was", []),
        ("Syria's coast, the Kremlin’s plan and UK cars", ["Syria", "Kremlin", "UK"]),
        ("Port-au-Prince, Lomé and Addis Ababa", ["Port-au-Prince", "Lomé", "Addis Ababa"]),
        ("French-speaking countries and the Golan", []),
        ("what must States do", []),
    ],
)
def test_countries_are_found_by_any_of_their_names(question: str, named: list[str]) -> None:
    assert list(countries_in(question)) == named


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("embargo on Zambia", "Decides that all States shall prevent trade with Southern Rhodesia", ("Zambia",)),
        ("Pyongyang's tests", "the Democratic People’s Republic of Korea", ()),
        ("North Korea's seat", "the Republic of Korea be admitted", ("North Korea",)),
        ("South Korea's seat", "the Democratic People’s Republic of Korea be admitted", ("South Korea",)),
        ("both Koreas", "the Republic of Korea be admitted", ()),
        ("US Virgin Islands", "the British Virgin Islands", ("US Virgin Islands",)),
        ("US Virgin Islands", "the United States Virgin Islands", ()),
        ("Iraqi forces in Kuwait", "Demands that Iraq withdraw from Kuwait", ()),
        ("troops of Iran and of Oman", "the Islamic Republic of Iran", ("Oman",)),
        ("the falklands war", "the region of the Falkland Islands (Islas Malvinas)", ()),
        ("American hostages", "the Government of the United States of America", ()),
        (
            "American hostages",
            "it must leave Jerusalem",
            ("American",),
        ),  # the letters of "US" and "USA" are in many words
        ("Did Moscow veto it?", "the Union of Soviet Socialist Republics", ()),
        ("Did Moscow veto it?", "a conference in Moscow", ()),
        (
            "Swiss banks in Switzerland",
            "a conference in Berne",
            ("Swiss", "Switzerland"),
        ),  # a capital is no name for its country
        ("withdrawal from Lebanon", "all forces in Lebanese territory", ()),
        ("Ireland", "the United Kingdom of Great Britain and Northern Ireland", ("Ireland",)),
        ("Ireland", "the United Kingdom of Great Britain and Northern Ireland, and Ireland", ()),
        ("Dominica", "the Dominican Republic", ("Dominica",)),
        ("Iraq", "the Iran-Iraq Military Observer Group", ()),
        ("Guinea", "Equatorial Guinea and Guinea-Bissau", ("Guinea",)),
        ("the former Dahomey", "the People's Republic of Benin", ()),
        ("Burkina Faso's admission", "the Republic of the Upper Volta", ()),
        ("Turkey and Burma", "Türkiye and Myanmar", ()),
        ("what was said of Russia", "the Governments of France and of the Union of Soviet Socialist Republics", ()),
        ("the Russian Federation and Serbia", "the USSR, and the Federal Republic of Yugoslavia", ()),
        ("the Soviet Union", "the Russian Federation", ()),
        ("West Germany", "the German Democratic Republic", ("West Germany",)),
    ],
)
def test_a_country_is_spoken_of_by_any_of_its_names(question: str, text: str, missing: tuple[str, ...]) -> None:
    assert unspoken(countries_in(question), text) == missing


def test_names_of_countries_capitals_and_peoples_are_told_apart() -> None:
    kinds = {name: (is_country(name), is_capital(name)) for name in ("Cuba", "Cubans", "Havana", "Singapore", "London")}
    assert kinds == {
        "Cuba": (True, False),
        "Cubans": (False, False),
        "Havana": (False, True),
        "Singapore": (True, False),
        "London": (False, True),
    }


@pytest.mark.parametrize(
    ("name", "text", "is_spoken"),
    [
        ("Niger", "the Federation of Nigeria", False),
        ("Niger", "the Republic of the Niger's request", True),
        ("Mali", "formalities in Somalia", False),
        ("Oman", "a woman of Romania", False),
        ("Congo", "the Congolese people", True),
        ("Iran", "Iranian vessels", True),
        ("Palestine", "the Palestinian people", True),
    ],
)
def test_a_country_is_spoken_of_by_words_not_by_letters_inside_them(name: str, text: str, is_spoken: bool) -> None:
    assert (not unspoken(countries_in(name), text)) is is_spoken
