"""Every official form reads, writes back and is cited as the United Nations cites it."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SymbolError
from qa.numerals import ORDINALS, from_roman, ordinal, to_roman
from qa.symbols import Organ, Symbol, SymbolKind
from qa.symbols.citing import cite_label, counted_from
from qa.symbols.sessions import security_council_year

FORMS = [
    ("A/RES/55/179", Organ.GENERAL_ASSEMBLY, "55", 2000, "General Assembly resolution 55/179"),
    ("A/RES/55/180A", Organ.GENERAL_ASSEMBLY, "55", 2000, "General Assembly resolution 55/180 A"),
    ("A/RES/62/63A-B", Organ.GENERAL_ASSEMBLY, "62", 2007, "General Assembly resolution 62/63 A and B"),
    ("A/RES/S-27/2", Organ.GENERAL_ASSEMBLY, "S-27", 2002, "General Assembly resolution S-27/2"),
    ("A/RES/ES-11/1", Organ.GENERAL_ASSEMBLY, "ES-11", None, "General Assembly resolution ES-11/1"),
    ("A/RES/1514(XV)", Organ.GENERAL_ASSEMBLY, "15", 1960, "General Assembly resolution 1514 (XV)"),
    ("A/RES/217(III)A", Organ.GENERAL_ASSEMBLY, "3", 1948, "General Assembly resolution 217 A (III)"),
    ("A/RES/3201(S-VI)", Organ.GENERAL_ASSEMBLY, "S-6", 1974, "General Assembly resolution 3201 (S-VI)"),
    ("S/RES/1244(1999)", Organ.SECURITY_COUNCIL, None, 1999, "Security Council resolution 1244 (1999)"),
    ("E/RES/2016/12", Organ.ECONOMIC_AND_SOCIAL_COUNCIL, None, 2016, "Economic and Social Council resolution 2016/12"),
    ("E/RES/1235(XLII)", Organ.ECONOMIC_AND_SOCIAL_COUNCIL, "42", 1967, "Economic and Social Council resolution 1235 (XLII)"),
    ("A/HRC/RES/53/1", Organ.HUMAN_RIGHTS_COUNCIL, "53", 2023, "Human Rights Council resolution 53/1"),
    ("A/HRC/RES/S-30/1", Organ.HUMAN_RIGHTS_COUNCIL, "S-30", 2021, "Human Rights Council resolution S-30/1"),
    ("UNEP/EA.5/RES.14", Organ.ENVIRONMENT_ASSEMBLY, "5", 2021, "United Nations Environment Assembly resolution 5/14"),
    ("HSP/HA.1/Res.2", Organ.HABITAT_ASSEMBLY, "1", 2019, "United Nations Habitat Assembly resolution 1/2"),
    ("S/PRST/2023/1", Organ.SECURITY_COUNCIL, None, 2023, "statement by the President of the Security Council S/PRST/2023/1"),
    ("A/HRC/PRST/OS/12/1", Organ.HUMAN_RIGHTS_COUNCIL, "OS-12", None, "statement by the President of the Human Rights Council A/HRC/PRST/OS/12/1"),
    ("A/DEC/70/551", Organ.GENERAL_ASSEMBLY, "70", 2015, "General Assembly decision 70/551"),
    ("A/80/L.12", Organ.GENERAL_ASSEMBLY, None, None, "draft A/80/L.12"),
    ("A/C.3/80/L.4", Organ.GENERAL_ASSEMBLY, None, None, "draft A/C.3/80/L.4"),
    ("A/50/790-S/1995/999", Organ.GENERAL_ASSEMBLY, None, None, "document A/50/790-S/1995/999"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "organ", "session", "year", "citation"), FORMS)
def test_every_official_form_reads_and_writes_back(
    text: str, organ: Organ, session: str | None, year: int | None, citation: str
) -> None:
    symbol = Symbol.parse(text)
    assert (str(symbol), symbol.organ, symbol.session, symbol.year) == (text, organ, session, year)
    assert symbol.citation == citation
    assert Symbol.parse(str(symbol)) == symbol


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("S/RES/1244 (1999)", "S/RES/1244(1999)"),
        ("a/res/55/179", "A/RES/55/179"),
        ("A/RES/217 A (III)", "A/RES/217(III)A"),
        ("A/RES/118/(II)", "A/RES/118(II)"),
        ("A/RES/76/246/B", "A/RES/76/246B"),
        ("A/RES/62/63 A\u2013B", "A/RES/62/63A-B"),
        ("UNEP/EA.5/Res.14", "UNEP/EA.5/RES.14"),
        ("TD/519/ADD.2", "TD/519/Add.2"),
    ],
)
def test_other_official_spellings_give_the_canonical_one(printed: str, canonical: str) -> None:
    assert str(Symbol.parse(printed)) == canonical


@pytest.mark.parametrize(
    "text",
    ["", "foo", "A/RES/", "A/RES/55", "A/RES/9/12", "S/RES/1244", "A/RES/1514(XVVI)", "A/RES/1514(XL)", "A/",
     "A/RES/55/0", "E/RES/1(LXX)", "A/RES/55/179/RES", "A" * 100_000, "A/" * 50_000, "55/179"],
)  # fmt: skip
def test_what_is_no_symbol_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(SymbolError, match=r"write it like A/RES/55/179") as caught:
        Symbol.parse(text)
    assert str(caught.value).count("write it like") == 1
    assert len(str(caught.value)) < 400


def test_whether_a_year_is_printed_or_derived_is_said() -> None:
    assert not Symbol.parse("S/RES/1244(1999)").year_is_derived
    assert Symbol.parse("A/RES/55/179").year_is_derived
    assert Symbol.parse("A/RES/55/179").years == (2000, 2001)
    assert not Symbol.parse("A/RES/ES-10/24").year_is_derived


def test_kinds() -> None:
    kinds = {text: Symbol.parse(text).kind for text, *_ in FORMS}
    assert kinds["A/80/L.12"] is SymbolKind.DRAFT
    assert kinds["A/DEC/70/551"] is SymbolKind.DECISION
    assert kinds["S/PRST/2023/1"] is SymbolKind.STATEMENT
    assert kinds["A/50/790-S/1995/999"] is SymbolKind.DOCUMENT
    assert sum(Symbol.parse(text).is_resolution for text, *_ in FORMS) == 15


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("OP19", "para. 19"),
        ("OP4(a)", "para. 4 (a)"),
        ("OP4(a)(i)", "para. 4 (a) (i)"),
        ("PP3", "third preambular paragraph"),
        ("PP21", "twenty-first preambular paragraph"),
        ("A1.12", "annex, para. 12"),
        ("A2.3(b)", "annex II, para. 3 (b)"),
        ("A1.u2", "annex, second unnumbered paragraph"),
        ("B.OP2", "sect. B, para. 2"),
        ("II.PP1", "sect. II, first preambular paragraph"),
        ("PP3(a)", "third preambular paragraph (a)"),
        ("OP12+1", "first unnumbered paragraph after para. 12"),
        ("OP3+2(a)", "second unnumbered paragraph after para. 3, subpara. (a)"),
        ("XII.OP15+1", "sect. XII, first unnumbered paragraph after para. 15"),
        ("OP0+1", "first unnumbered operative paragraph"),
        ("S2.OP1", "second series of paragraph numbers, para. 1"),
        ("A1.Art5.3(a)", "annex, art. 5, para. 3 (a)"),
        ("A1.Art11(b)", "annex, art. 11 (b)"),
        ("A1.Art4bis.u1", "annex, art. 4 bis, first unnumbered paragraph"),
        ("A3.Rule57", "annex III, rule 57"),
        ("ArtI", "art. I"),
        ("Art6~2.1", "art. 6 (second of that number), para. 1"),
        ("A1.32(a)~2(ix)", "annex, para. 32 (a) (ix), second list"),
        ("A1.32~E(a)(i)", "annex, para. 32, sect. E (a) (i)"),
        ("OP5~2", "para. 5, second of that number"),
    ],
)
def test_a_paragraph_is_cited_in_the_official_style(label: str, place: str) -> None:
    assert Symbol.parse("A/RES/55/179").cite(label) == f"General Assembly resolution 55/179, {place}"


def test_a_counted_paragraph_says_so() -> None:
    assert Symbol.parse("S/RES/2(1946)").cite("OP2", numbered=False) == (
        "Security Council resolution 2 (1946), operative paragraph 2"
    )


def test_what_is_counted_from_a_counted_paragraph_says_so() -> None:
    assert cite_label("OP1+1(c)", numbered=False) == (
        "first unnumbered paragraph after operative paragraph 1, subpara. (c)"
    )
    assert cite_label("OP1(a)", numbered=False) == "operative paragraph 1 (a)"


def test_of_several_annexes_the_first_is_named_too() -> None:
    assert cite_label("A1.4", annexes=2) == "annex I, para. 4"
    assert cite_label("A1.4") == "annex, para. 4"


@pytest.mark.parametrize("label", ["", "A1", "B", "PP", "OP", "OP4(", "A1.OP", "4 (a)", "Art", "Part5"])
def test_what_is_no_label_stays_as_it_is(label: str) -> None:
    assert cite_label(label) == label


@pytest.mark.parametrize(
    ("label", "first"),
    [("OP4(a)(i)", "OP4"), ("OP4+1", "OP4"), ("A1.32~E(a)", "A1.32"), ("A1.32(a)~2(ix)", "A1.32"), ("B.OP2", "B.OP2")],
)
def test_a_label_counts_from_a_paragraph_of_the_first_order(label: str, first: str) -> None:
    assert counted_from(label) == first


def test_a_letter_of_a_range_is_cited_with_the_number() -> None:
    assert Symbol.parse("A/RES/62/63A-B").cite("B.OP2") == "General Assembly resolution 62/63 B, para. 2"


def test_the_url_is_official_and_quoted() -> None:
    assert Symbol.parse("A/RES/55/179").url == "https://docs.un.org/en/A/RES/55/179"
    assert Symbol.parse("S/RES/1244(1999)").url == "https://docs.un.org/en/S/RES/1244(1999)"
    assert Symbol.parse("A/RES/217(III)A").url == "https://docs.un.org/en/A/RES/217(III)"


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("A_RES_78_118.txt", "A/RES/78/118"),
        ("S_RES_687(1991).txt", "S/RES/687(1991)"),
        ("folder/A_HRC_RES_53_1.pdf", "A/HRC/RES/53/1"),
        ("UNEP_EA.5_RES.14", "UNEP/EA.5/RES.14"),
        ("UNEP_EA.5_RES.14.docx", "UNEP/EA.5/RES.14"),
        ("A_RES_78_118_EN.pdf", "A/RES/78/118"),
    ],
)
def test_a_file_name_spells_its_symbol(name: str, symbol: str) -> None:
    assert str(Symbol.from_file_name(name)) == symbol


def test_a_file_name_without_symbol_is_refused() -> None:
    with pytest.raises(SymbolError, match="file's name"):
        Symbol.from_file_name("notes.txt")


def test_order_is_by_organ_and_time() -> None:
    wanted = ["A/RES/1514(XV)", "A/RES/31/2", "A/RES/55/18", "A/RES/55/179", "S/RES/2(1946)", "S/RES/1244(1999)"]
    assert [str(s) for s in sorted(Symbol.parse(text) for text in reversed(wanted))] == wanted
    assert len({Symbol.parse("A/RES/55/179"), Symbol.parse("a/res/55/179")}) == 1


def test_every_symbol_of_the_reference_reads(data_folder: Path) -> None:
    with gzip.open(data_folder / "reference" / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        symbols = [json.loads(line)["symbol"] for line in lines]
    parsed = [Symbol.parse(text) for text in symbols]
    assert len(parsed) == 2824
    assert all(Symbol.parse(str(symbol)) == symbol for symbol in parsed)
    ordered = sorted(parsed)
    assert all(a <= b for a, b in pairwise(ordered))


def test_council_numbers_have_the_year_the_printed_symbols_give(data_folder: Path) -> None:
    names = [path.name for path in (data_folder / "text" / "sc").glob("*.txt")]
    symbols = [Symbol.from_file_name(name) for name in names]
    assert len(symbols) == 467
    assert [s for s in symbols if security_council_year(s.number) != s.printed_year] == []


@pytest.mark.parametrize(("number", "year"), [(1, 1946), (242, 1967), (1244, 1999), (1325, 2000), (2334, 2016)])
def test_known_council_years(number: int, year: int) -> None:
    assert security_council_year(number) == year


def test_a_council_number_beyond_the_table_has_no_year() -> None:
    assert security_council_year(0) is None
    assert security_council_year(9999) is None


@given(st.integers(1, 399))
def test_roman_numerals_round_trip(number: int) -> None:
    assert from_roman(to_roman(number)) == number


@given(st.integers(1, 100))
def test_ordinals_round_trip(number: int) -> None:
    assert ORDINALS[ordinal(number)] == number


@given(st.text(alphabet="ARESHCUNPL/.-() 0123456789XVI", max_size=30))
def test_whatever_parses_round_trips(text: str) -> None:
    try:
        symbol = Symbol.parse(text)
    except SymbolError:
        return
    assert Symbol.parse(str(symbol)) == symbol
    assert " " not in str(symbol)
