"""Everyday names and the UN's wording."""

from qa.retrieval.expansion import curated, expand


def test_a_common_name_brings_the_formal_one() -> None:
    assert expand("Khmer Rouge rebuked in Burma's north") == {
        "Khmer Rouge": ("Party of Democratic Kampuchea", "Democratic Kampuchea", "PDK"),
        "Burma's": ("Myanmar",),
    }


def test_a_name_already_worded_formally_brings_nothing() -> None:
    assert expand("the Organization for Security and Cooperation in Europe (OSCE)") == {}


def test_words_that_look_like_abbreviations_count_in_capitals_only() -> None:
    assert expand("Who must tell us?") == {}
    assert expand("does the WHO report?") == {"WHO": ("World Health Organization",)}


def test_every_line_of_the_table_says_something() -> None:
    assert all(forms and all(form.strip() for form in forms) for forms in curated().values())
