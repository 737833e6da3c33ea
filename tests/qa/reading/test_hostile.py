"""Files made to do harm: each gives one line that names the mend."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from qa.errors import DamagedFileError, HostileFileError, QAError, ReadError
from qa.parsing import parse
from qa.reading import read, read_bytes
from qa.reading.archive import MAX_ENTRIES
from tests.qa.reading import samples
from tests.qa.reading.test_forms import FORMS

DOCTYPES = {
    "laughs": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><akomaNtoso>&c;</akomaNtoso>',
    "external": '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><akomaNtoso/>',
    "parameter": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><akomaNtoso/>',
    "small letters": '<?xml version="1.0"?><!doctype a><akomaNtoso/>',
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7"])
@pytest.mark.parametrize("name", DOCTYPES)
def test_doctypes_are_refused_in_every_encoding(name: str, codec: str) -> None:
    with pytest.raises(HostileFileError, match="DOCTYPE"):
        list(read_bytes(DOCTYPES[name].encode(codec), "x.xml"))


def test_deep_xml_is_refused() -> None:
    raw = ("<akomaNtoso>" + "<a>" * 5_000 + "</a>" * 5_000 + "</akomaNtoso>").encode()
    with pytest.raises(ReadError):
        list(read_bytes(raw, "x.xml"))


def test_deep_html_is_read_without_recursion() -> None:
    raw = ("<html><body>" + "<div>" * 20_000 + "99/1. Title</body></html>").encode()
    (source,) = read_bytes(raw, "x.html")
    assert "Title" in source.text


def test_zip_bomb() -> None:
    with pytest.raises(HostileFileError, match="unpacks"):
        list(read_bytes(samples.make_zip({"word/document.xml": b"\0" * 200_000_000}), "x.docx"))


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "C:evil"])
def test_zip_names_that_leave_the_folder(name: str) -> None:
    with pytest.raises(HostileFileError, match="leads out"):
        list(read_bytes(samples.make_zip({name: b"x"}), "x.docx"))


def test_zip_with_too_many_entries() -> None:
    raw = samples.make_zip({str(n): b"" for n in range(MAX_ENTRIES + 1)})
    with pytest.raises(HostileFileError, match="entries"):
        list(read_bytes(raw, "x.docx"))


def test_zip_that_lies_about_a_size() -> None:
    raw = bytearray(samples.make_zip({"word/document.xml": b"a" * 1000}))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(ReadError):
        list(read_bytes(bytes(raw), "x.docx"))


def test_docx_with_a_doctype() -> None:
    out = io.BytesIO(samples.make_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/more.xml", '<?xml version="1.0"?><!DOCTYPE a><a/>')
    with pytest.raises(HostileFileError, match="DOCTYPE"):
        list(read_bytes(out.getvalue(), "x.docx"))


def test_empty_and_missing(tmp_path: Path) -> None:
    for raw in (b"", b"   \n\n", b"\xef\xbb\xbf", b"\xff\xfe"):
        (tmp_path / "x.txt").write_bytes(raw)
        with pytest.raises(DamagedFileError, match="empty"):
            list(read(tmp_path / "x.txt"))
    with pytest.raises(DamagedFileError, match="cannot be opened"):
        list(read(tmp_path / "nowhere.txt"))
    with pytest.raises(DamagedFileError, match="cannot be opened"):
        list(read(tmp_path))


def mutants(count: int) -> list[tuple[str, bytes]]:
    """Valid files cut, flipped, doubled and mixed, the same on every run."""
    rng = random.Random(20)
    names = sorted(FORMS)
    found = []
    for n in range(count):
        name = names[n % len(names)]
        raw = bytearray(FORMS[name])
        for _ in range(rng.randint(1, 8)):
            a = rng.randrange(len(raw) or 1)
            match rng.randrange(4):
                case 0:
                    del raw[a:]
                case 1:
                    raw[a : a + 4] = rng.randbytes(rng.randint(0, 12))
                case 2:
                    raw[a:a] = raw[: rng.randint(0, len(raw))]
                case _:
                    raw[a : a + rng.randint(1, 200)] = b""
        found.append((name, bytes(raw)))
    return found


def test_mutants_give_a_resolution_or_one_line() -> None:
    refused: list[str] = []
    for name, raw in mutants(300):
        try:
            for source in read_bytes(raw, name):
                for p in parse(source).paragraphs:
                    assert " ".join("".join(source.text[a:b] for a, b in p.spans).split()) == p.text
        except QAError as error:
            refused.append(str(error))
    assert len(refused) > 50
    assert all("\n" not in line and len(line) < 600 for line in refused)
