"""The texts that a paragraph names are found, with organ and paragraph; foreign ones get no symbol."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import ReferenceKind
from qa.references import find_references
from qa.symbols import Organ, Symbol

GA, SC, HRC = Organ.GENERAL_ASSEMBLY, Organ.SECURITY_COUNCIL, Organ.HUMAN_RIGHTS_COUNCIL
ECOSOC, UNEA = Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.ENVIRONMENT_ASSEMBLY


@pytest.mark.parametrize(
    ("text", "organ", "symbols"),
    [
        ("Recalling its resolution 77/31 of 6 December 2022", GA, ["A/RES/77/31"]),
        ("its resolutions 46/182 and 48/141", GA, ["A/RES/46/182", "A/RES/48/141"]),
        ("Security Council resolutions 2175 (2014) and 2286 (2016)", None, ["S/RES/2175(2014)", "S/RES/2286(2016)"]),
        ("resolutions 1960 (2010), 2106 (2013) 2122 (2013), and 2242 (2015)", SC,
         ["S/RES/1960(2010)", "S/RES/2106(2013)", "S/RES/2122(2013)", "S/RES/2242(2015)"]),
        ("resolution 217 A (III) and resolution 1514 (XV)", GA, ["A/RES/217(III)A", "A/RES/1514(XV)"]),
        ("in documents A/55/98 and A/50/790-S/1995/999.", GA, ["A/55/98", "A/50/790-S/1995/999"]),
        ("its decision 70/551", GA, ["A/DEC/70/551"]),
        ("Council resolution 53/1", HRC, ["A/HRC/RES/53/1"]),
        ("Council resolution 2016/12", ECOSOC, ["E/RES/2016/12"]),
        ("its resolution 5/14", UNEA, ["UNEP/EA.5/RES.14"]),
        ("Human Rights Council resolutions 5/1, on institution-building, and 5/2, on the Code of Conduct", GA,
         ["A/HRC/RES/5/1", "A/HRC/RES/5/2"]),
        ("resolution 53/1 of the Human Rights Council", GA, ["A/HRC/RES/53/1"]),
        ("Recalling resolution 60/1 of 16 September 2005", HRC, ["A/RES/60/1"]),
        ("resolution 48/141 of 20 December 1993", HRC, ["A/RES/48/141"]),
        ("the Human Rights Council, in its resolution 53/1", GA, ["A/HRC/RES/53/1"]),
        ("the Environment Assembly, in paragraph 1 of its resolution 5/14, to", GA, ["UNEP/EA.5/RES.14"]),
        ("Commission on Human Rights resolution 2005/2", GA, ["E/CN.4/RES/2005/2"]),
        ("Conference resolution 3/2 and decision 14/34 of the Conference of the Parties", GA, [None, None]),
        ("resolution 5/14 of 2 March 2022 of another body", None, ["UNEP/EA.5/RES.14"]),
        ("the present resolution and the 2030 Agenda, 24/7, 50/50, decision 1/CP.21", GA, []),
        ("resolution 53/1", None, [None]),
        ("Security Council resolution 242", GA, ["S/RES/242(1967)"]),
        ("S/RES/1244 (1999) (S/2022/64)", SC, ["S/RES/1244(1999)", "S/2022/64"]),
    ],
)  # fmt: skip
def test_references(text: str, organ: Organ | None, symbols: list[str | None]) -> None:
    found = find_references(text, organ)
    assert [reference.symbol for reference in found] == symbols
    assert all(text[slice(*reference.span)] == reference.text for reference in found)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("paragraph 5 of resolution 60/251", "OP5"),
        ("paragraph 5 (a) of General Assembly resolution 60/251", "OP5(a)"),
        ("the annex to resolution 60/251", None),
        ("paragraph 12 of the annex to its resolution 60/251", "A1.12"),
        ("A/RES/70/1, para. 12", "OP12"),
        ("the third preambular paragraph of resolution 60/251", "PP3"),
    ],
)
def test_the_paragraph_beside_a_reference(text: str, label: str | None) -> None:
    (reference,) = find_references(text, GA)
    assert reference.paragraph == label


def test_kinds() -> None:
    text = "resolution 60/251, decision 70/551, A/55/98, A/RES/70/1"
    assert [reference.kind for reference in find_references(text, GA)] == [
        ReferenceKind.RESOLUTION, ReferenceKind.DECISION, ReferenceKind.DOCUMENT, ReferenceKind.RESOLUTION,
    ]  # fmt: skip


def test_nearly_every_number_after_the_word_is_read(data_folder: Path) -> None:
    """Of the numbers that stand right after "resolution" in the reference, at least 995 in 1,000 are references."""
    printed = re.compile(r"\b[Rr]esolutions?\s(\d{1,2}/\d{1,3}|\d{3,4} \((?:19|20)\d\d\)|\d{3,4} \([XVI]+\))(?!\w|/)")
    total = missed = named = 0
    with gzip.open(data_folder / "reference" / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            organ = Symbol.parse(record["symbol"]).organ
            for paragraph in record["paragraphs"]:
                text = paragraph["text"]
                if "esolution" not in text or paragraph.get("paragraph_type") is None:
                    continue
                found = find_references(text, organ)
                named += sum(reference.symbol is not None for reference in found)
                for match in printed.finditer(text):
                    total += 1
                    missed += not any(r.span.start <= match.start(1) < r.span.end for r in found)
    assert total > 10_000
    assert named > 20_000
    assert missed / total < 0.005


@given(st.text(alphabet="resolution Cuncil0123456789/(),and", max_size=80))
def test_spans_hold_the_text(text: str) -> None:
    for reference in find_references("resolutions 1/2 " + text, GA):
        assert ("resolutions 1/2 " + text)[slice(*reference.span)] == reference.text


@pytest.mark.parametrize(
    "piece",
    [
        "resolutions 1/2 and ",
        "resolution ",
        "1/2, ",
        "paragraph 1 of ",
        "A/",
        "A/1",
        "resolutions 1 (",
        "Council's ",
        " ",
        "resolutions 1/2",
    ],
)
def test_hostile_text_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = ("resolutions 1/2 " + piece * (size // len(piece)))[:size]
        start = time.process_time()
        find_references(text, GA)
        return time.process_time() - start

    assert seconds(100_000) < max(0.05, 40 * seconds(10_000))
