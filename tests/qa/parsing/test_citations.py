"""Every paragraph is cited in words that lead a reader to it; no label shows."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from qa.parsing import parse
from qa.reading import read
from qa.records import Kind, Paragraph, Resolution

FOLDER = Path(__file__).parent / "texts"
_LABEL = re.compile(r"\b(?:OP|PP|A|S|u)\d|[~+#]|\d\.\d|\b(?:Art|Rule|Reg)[\dIVX]")


def _texts(pattern: str) -> list[Resolution]:
    return [parse(source) for path in sorted(FOLDER.glob(pattern)) for source in read(path)]


def _cited(name: str) -> dict[str, str]:
    (resolution,) = _texts(name)
    return {one.label: resolution.cite(one).partition(", ")[2] for one in resolution.paragraphs}


def _showing_labels(resolution: Resolution) -> list[str]:
    words = [resolution.cite(one).removeprefix(f"{resolution.symbol.citation}, ") for one in resolution.paragraphs]
    return [each for each in words if _LABEL.search(each)]


def test_no_label_shows() -> None:
    assert [words for one in (*_texts("*.txt"), *_texts("*.xml")) for words in _showing_labels(one)] == []


def test_no_label_shows_in_real_texts(data_folder: Path) -> None:
    showing = []
    for path in (data_folder / "text").glob("*/*.txt"):
        showing += [words for source in read(path) for words in _showing_labels(parse(source, acts=False))]
    assert showing == []


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("A1.u1", "annex I, first unnumbered paragraph"),
        ("A1.Art1.1(b)", "annex I, art. 1, para. 1 (b)"),
        ("A1.Art2", "annex I, art. 2"),
        ("A1.Art4bis.2", "annex I, art. 4 bis, para. 2"),
        ("A2.Rule1", "annex II, rule 1"),
        ("A2.Rule2.u2", "annex II, rule 2, second unnumbered paragraph"),
    ],
)
def test_articles_and_rules_are_cited_by_their_numbers(label: str, words: str) -> None:
    assert _cited("annexed_articles.txt")[label] == words


def test_sections_with_unnumbered_paragraphs_are_cited_by_their_own_number() -> None:
    cited = _cited("sections_unnumbered.txt")
    assert cited["III.OP1"] == "sect. III, operative paragraph 1"
    assert cited["IV.OP1(b)"] == "sect. IV, operative paragraph 1 (b)"
    assert cited["V.OP0+1"] == "sect. V, first unnumbered operative paragraph"
    assert cited["V.OP1"] == "sect. V, para. 1"


def test_one_annex_needs_no_number() -> None:
    assert _cited("council_lists.txt")["A1.u2"] == "annex, second unnumbered paragraph"


def test_what_closes_a_list_is_cited_with_what_opens_it() -> None:
    def listed(label: str, parent: str | None = None) -> Paragraph:
        return Paragraph(label, Kind.OPERATIVE, "3" if label == "OP3" else None, 1, label, (), parent=parent)

    (text, *_) = _texts("*.txt")
    paragraphs = (listed("OP3"), listed("OP3(a)", "OP3"), listed("OP3+1", "OP3"), listed("OP4+1"))
    resolution = msgspec.structs.replace(text, paragraphs=paragraphs)
    cited = [resolution.cite(one).rpartition(", ")[2] for one in paragraphs]
    assert cited[:3] == ["para. 3", "para. 3 (a)", "para. 3 (closing words)"]
    assert cited[3].startswith("first unnumbered paragraph after")
