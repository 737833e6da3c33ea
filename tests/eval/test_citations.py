from __future__ import annotations

import msgspec
import pytest

from eval.citations import faults_against_source, faults_of
from qa.wire import CitationOut, SourceRef
from tests.eval.fakes import citation


def test_a_true_citation_has_no_fault() -> None:
    assert faults_of(citation("A/RES/1/1#OP2(a)")) == []


def _broken(**changes: object) -> CitationOut:
    return msgspec.structs.replace(citation("A/RES/1/1#OP1"), **changes)


def _source(**changes: object) -> CitationOut:
    return _broken(source=msgspec.structs.replace(citation("A/RES/1/1#OP1").source, **changes))


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (_broken(id="A/RES/1/1#OP2"), "the id"),
        (_broken(id="A/RES/1/1 A#OP1", symbol="A/RES/1/1 A"), "the id"),
        (_broken(text="Requests something else;"), "not the quoted text"),
        (_broken(highlight=(5, 5)), "highlight"),
        (_broken(highlight=(0, 9999)), "highlight"),
        (_source(spans=[(10, 20)]), "the spans"),
        (_source(spans=[]), "the spans"),
        (_source(byte_spans=[(0, 9)]), "byte spans"),
        (_source(sha256="abc"), "sha256"),
    ],
)
def test_each_kind_of_fault_is_found(wrong: CitationOut, fault: str) -> None:
    assert any(fault in found for found in faults_of(wrong))


def test_overlapping_spans_are_a_fault_even_where_lengths_add_up() -> None:
    n = len(citation("A/RES/1/1#OP1").source.exact)
    assert any("the spans" in found for found in faults_of(_source(spans=[(10, 20), (15, 15 + n - 10)])))


def test_a_citation_is_held_against_its_source_in_characters_and_bytes() -> None:
    text = "é " + "x" * 8 + "Decides  to act;" + "\n"
    source = SourceRef("0" * 64, "0" * 64, "x", "text", "r", "p", [(10, 26)], [(11, 27)], "Decides  to act;")
    true = msgspec.structs.replace(citation("A/RES/1/1#OP1"), text="Decides to act;", highlight=(0, 3), source=source)
    assert faults_of(true) == []
    assert faults_against_source(true, text) == []
    shifted = msgspec.structs.replace(true, source=msgspec.structs.replace(source, spans=[(9, 25)]))
    assert len(faults_against_source(shifted, text)) == 1
    as_characters = msgspec.structs.replace(true, source=msgspec.structs.replace(source, byte_spans=[(10, 26)]))
    assert "bytes" in faults_against_source(as_characters, text)[0]
