"""The same resolution in every form gives the same paragraphs."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from qa.errors import DamagedFileError, ReadError, UnsupportedFormatError
from qa.parsing import parse
from qa.reading import read_bytes
from qa.records import Kind
from tests.qa.reading import samples

FORMS = {
    "A_RES_99_7.txt": samples.TXT.encode(),
    "A_RES_99_7.html": samples.HTML.encode(),
    "A_RES_99_7.xml": samples.AKN.encode(),
    "A_RES_99_7.jsonl": samples.JSONL.encode(),
    "A_RES_99_7.docx": samples.make_docx(),
    "A_RES_99_7.pdf": samples.make_pdf(),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_resolution(name: str) -> None:
    (source,) = read_bytes(FORMS[name], name)
    resolution = parse(source)
    assert str(resolution.symbol) == "A/RES/99/7"
    assert resolution.title == "Orchards"
    assert resolution.meeting == "9th plenary meeting"
    assert resolution.adopted == dt.date(2044, 12, 8)
    assert [(p.label, p.kind, p.text) for p in resolution.paragraphs] == [
        ("PP1", Kind.PREAMBULAR, samples.RECITAL),
        ("OP1", Kind.OPERATIVE, samples.OPERATIVE[0]),
        ("OP2", Kind.OPERATIVE, samples.OPERATIVE[1]),
    ]
    for p in resolution.paragraphs:
        assert " ".join("".join(source.text[a:b] for a, b in p.spans).split()) == p.text


@pytest.mark.parametrize("name", FORMS)
def test_digests_are_of_the_file_and_of_the_text(name: str) -> None:
    (source,) = read_bytes(FORMS[name], name)
    assert source.sha256 == hashlib.sha256(FORMS[name]).hexdigest()
    assert source.text_sha256 == hashlib.sha256(source.text.encode()).hexdigest()


def test_content_overrules_the_suffix() -> None:
    (source,) = read_bytes(FORMS["A_RES_99_7.pdf"], "A_RES_99_7.txt")
    assert source.format == "pdf"


def test_superscripts_of_html_are_markers() -> None:
    (source,) = read_bytes(FORMS["A_RES_99_7.html"], "x.html")
    assert [(source.text[a:b], role) for (a, b), role, *_ in [(m.span, m.role) for m in source.marks]] == [
        ("1", "marker")
    ]
    assert parse(source).paragraphs[0].footnotes == ("1",)


def test_pdf_pages_are_kept() -> None:
    (source,) = read_bytes(FORMS["A_RES_99_7.pdf"], "x.pdf")
    assert source.pages == (0,)
    assert {p.page for p in parse(source).paragraphs} == {1}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(codec: str) -> None:
    (source,) = read_bytes("99/7. Café\n".encode(codec), "x.txt")
    assert source.text == "99/7. Café\n"


def test_cp1252_must_be_declared() -> None:
    raw = "99/7. Café “x”\n".encode("cp1252")
    with pytest.raises(DamagedFileError, match="UTF-8"):
        list(read_bytes(raw, "x.txt"))
    (source,) = read_bytes(raw, "x.txt", "cp1252")
    assert source.text == "99/7. Café “x”\n"
    (page,) = read_bytes(b'<html><meta charset="windows-1252"><p>Caf\xe9</p></html>', "x.html")
    assert page.text == "Café\n"


def test_jsonl_has_a_source_a_line() -> None:
    raw = (samples.JSONL + "\n\n" + samples.JSONL.replace("99/7", "99/8") + "\n").encode()
    sources = list(read_bytes(raw, "many.jsonl"))
    assert [str(parse(s).symbol) for s in sources] == ["A/RES/99/7", "A/RES/99/8"]
    assert [s.name for s in sources] == ["many.jsonl:1", "many.jsonl:3"]


@pytest.mark.parametrize(
    "line",
    [
        '{"symbol": 1}',
        '{"symbol": "A/RES/1/1", "paragraphs": [{"kind": "poem", "text": "x"}]}',
        "[" * 100_000,
        "{",
        "\x00",
    ],
)
def test_bad_lines_are_named(line: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(read_bytes(line.encode(), "bad.jsonl"))
    assert "\n" not in str(caught.value)


def test_unknown_form() -> None:
    with pytest.raises(UnsupportedFormatError, match="jsonl"):
        list(read_bytes(bytes(range(256)), "x.bin"))


def test_notes_of_akoma_ntoso_are_footnotes() -> None:
    note = '<authorialNote marker="4"><p>A/99/1.</p></authorialNote>'
    raw = samples.AKN.replace("trees;", f"trees{note};").encode()
    (source,) = read_bytes(raw, "x.xml")
    resolution = parse(source)
    assert [p.text for p in resolution.paragraphs][1] == samples.OPERATIVE[0]
    assert [(f.marker, f.text) for f in resolution.footnotes] == [("4", "A/99/1.")]
