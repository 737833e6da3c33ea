"""The comparison counts what it says, and the known errors of the reference can be found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from eval.parsing.compare import Item, Tally, match, similarity
from eval.parsing.convert import convert
from eval.parsing.errata import errata
from eval.parsing.printed import printed_numbers
from eval.parsing.report import read_group, verbatim_faults
from qa.parsing import parse
from qa.reading import read
from qa.reading.jsonl import LineResolution

SEED = Path(__file__).parents[3] / "qa" / "sample" / "A_RES_55_179.txt"


def test_match_needs_number_and_text() -> None:
    found = [Item("1", "Decides to plant trees"), Item("2", "Requests"), Item("2", "Extra")]
    expected = [Item("1", "Decides  to plant\ntrees"), Item("3", "Requests"), Item("2", "Requests")]
    pairs, missing, extra = match(found, expected)
    assert pairs == 2
    assert missing == [expected[1]]
    assert extra == [found[2]]


def test_similarity_looks_past_blanks_and_quotation_marks_only() -> None:
    assert similarity(Item("", "the “old” tree").key, Item("", 'the "old"  tree').key) == 1.0
    assert similarity("a" * 100, "a" * 99 + "b") >= 0.98
    assert similarity("a" * 100, "a" * 90) < 0.98
    assert similarity("", "x") == 0.0


def test_undefined_is_not_zero() -> None:
    assert Tally().recall != Tally().recall


def test_printed_numbers_are_read_without_the_parser() -> None:
    assert printed_numbers("1. Decides\n10 June 1999\n2, Requests\n7. Odd\nl. Urges") == ["1", "2"]
    assert printed_numbers("1. A\n2. B\n1. C") == ["1", "2", "1"]


def test_a_fault_is_seen() -> None:
    resolution = parse(next(read(SEED)))
    assert verbatim_faults(resolution) == []
    first = resolution.paragraphs[0]
    spoilt = replace(first, text=first.text[:-1])
    changed = replace(resolution, paragraphs=(spoilt, *resolution.paragraphs[1:]))
    assert verbatim_faults(changed) == ["PP1"]


def test_converter() -> None:
    rows = [
        {
            "symbol": "A/RES/99/7",
            "paragraphs": [
                {"type": "frontmatter", "text": "Resolution adopted by the General Assembly on 8 December 2044"},
                {"type": "title", "text": "99/7.\tOrchards"},
                {"type": "paragraph", "paragraph_type": "preambular", "text": "The General Assembly,"},
                {"type": "paragraph", "paragraph_type": "operative", "text": "Decides.", "prefix": "1."},
                {"type": "backmatter", "text": "9th plenary meeting"},
                {"type": "heading", "text": "Annex"},
                {"type": "paragraph", "paragraph_type": "operative", "text": "A tree.", "prefix": "1."},
            ],
        },
        {"symbol": "A/99/12", "paragraphs": []},
    ]
    (line,) = convert(iter(rows))
    assert isinstance(line, LineResolution)
    assert (line.title, str(line.adopted)) == ("Orchards", "2044-12-08")
    assert [p.kind for p in line.paragraphs][2:] == ["enacting", "operative", "closing", "heading", "annex"]


def test_errata_quote_the_official_text(data_folder: Path) -> None:
    for symbol, erratum in errata().items():
        name = symbol.replace("/", "_") + ".txt"
        folder = "ga" if symbol.startswith("A/") else "sc"
        text = (data_folder / "text" / folder / name).read_text(encoding="utf-8")
        assert "".join(erratum.quote.split()) in "".join(text.split()), symbol


@pytest.mark.parametrize("form", ["text/ga/*.txt", "text/sc/*.txt", "pdf/*.pdf"])
def test_verbatim_on_every_tenth_file(data_folder: Path, form: str) -> None:
    group = read_group(form, sorted(data_folder.glob(form))[::10])
    assert len(group.read) > 9
    assert group.refused == []
    assert group.verbatim_faults == []
