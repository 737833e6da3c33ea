"""DOCX files, through mammoth's HTML."""

from __future__ import annotations

import io

import mammoth

from qa.errors import DamagedFileError
from qa.reading.archive import check_archive
from qa.reading.markup import lay_out_html
from qa.reading.source import make_source
from qa.records import SourceText

READER = "mammoth-1"


def read_docx(raw: bytes, name: str) -> SourceText:
    """The text of a DOCX file; footnotes follow the text, their references are marked.

    Raises:
        DamagedFileError: no DOCX, or truncated.
        HostileFileError: an archive that swells beyond reason, or whose XML has a DOCTYPE.
    """
    check_archive(raw, name)
    try:
        html = mammoth.convert_to_html(io.BytesIO(raw)).value
    except Exception as error:  # mammoth raises whatever the XML beneath it does
        why = f"no readable DOCX ({type(error).__name__})"
        raise DamagedFileError(name, why, "open and save it again in a word processor") from error
    text, marks = lay_out_html(html.replace("\u2191", ""), name)
    return make_source(text, raw, name=name, format_="docx", reader=READER, marks=marks)
