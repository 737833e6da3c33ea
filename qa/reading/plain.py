"""Plain text files."""

from __future__ import annotations

import codecs

from qa.errors import DamagedFileError
from qa.reading.source import make_source
from qa.records import SourceText

READER = "plain-1"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, name: str, encoding: str | None = None) -> str:
    """The file's characters: by its byte order mark, else by the declared encoding, else UTF-8; never a guess.

    Raises:
        DamagedFileError: empty, binary, or not in that encoding.
    """
    if not raw.strip(b" \t\r\n\f\0"):
        raise DamagedFileError(name, "the file is empty", "give one with text in it")
    chosen = next((codec for mark, codec in _BOMS if raw.startswith(mark)), encoding or "utf-8")
    try:
        text = raw.decode(chosen)
    except (UnicodeDecodeError, LookupError) as error:
        why = f"it is not {chosen} text ({error})".splitlines()[0]
        raise DamagedFileError(name, why, "save it as UTF-8") from error
    if "\0" in text:
        raise DamagedFileError(name, "it holds NUL characters, so it is no text", "give the file its right suffix")
    if not text.strip():
        raise DamagedFileError(name, "the file is empty", "give one with text in it")
    return text


def read_plain(raw: bytes, name: str, encoding: str | None = None) -> SourceText:
    """A page-extracted or OCR text."""
    return make_source(decode(raw, name, encoding), raw, name=name, format_="txt", reader=READER)
