"""The reference as JSONL: `python -m eval.parsing.convert REFERENCE.jsonl.gz OUT.jsonl` shows the format at scale."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from qa.errors import SymbolError
from qa.parsing.dates import read_date
from qa.reading.jsonl import LineParagraph, LineResolution
from qa.symbols import Symbol

_ENACTING = re.compile(r"The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council),?$")
_CLOSING = re.compile(r"\d+(?:st|nd|rd|th) .*meeting$")
_ANNEX = re.compile(r"Annex(?: [IVX\d]+)?$")
_ROLES = {"frontmatter": "masthead", "title": "masthead", "backmatter": "closing", "heading": "heading"}


def convert(rows: Iterator[dict[str, Any]]) -> Iterator[LineResolution]:
    """Each resolution of the reference; statements, reports and documents without paragraphs are passed over."""
    for row in rows:
        try:
            symbol = Symbol.parse(row["symbol"])
        except SymbolError:
            continue
        paragraphs = list(_paragraphs(row["paragraphs"]))
        if symbol.is_resolution and any(p.kind in ("preambular", "operative") for p in paragraphs):
            title = next((p["text"] for p in row["paragraphs"] if p["type"] == "title"), "")
            yield LineResolution(str(symbol), paragraphs, _bare(title), _adopted(paragraphs))


def _bare(title: str) -> str:
    return re.sub(r"^\S*\d\S*\s+", "", " ".join(title.split()), count=1)


def _adopted(paragraphs: list[LineParagraph]) -> dt.date | None:
    for p in paragraphs:
        if p.kind == "masthead" and "adopted" in p.text.lower():
            return read_date(" ".join(p.text.split()))
    return None


def _paragraphs(rows: list[dict[str, Any]]) -> Iterator[LineParagraph]:
    annexed = closed = False
    for row in rows:
        text = row["text"].strip()
        if not text:
            continue
        kind = _kind(row, text)
        closed = closed or bool(_CLOSING.match(text))
        annexed = annexed or (closed and bool(_ANNEX.match(text)))
        if kind in ("preambular", "operative") and annexed:
            kind = "annex"
        number = (row.get("prefix") or "").strip().rstrip(".") or None
        yield LineParagraph(kind, text, number if kind != "heading" else None, row.get("paragraph_level") or 1)


def _kind(row: dict[str, Any], text: str) -> str:
    if row["type"] != "paragraph":
        return _ROLES.get(row["type"], "masthead")
    if _ENACTING.match(text):
        return "enacting"
    if _CLOSING.match(text):
        return "closing"
    return str(row.get("paragraph_type") or "operative")


def main(arguments: list[str]) -> int:
    """Convert one file into another; 2 when called wrongly."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m eval.parsing.convert REFERENCE.jsonl.gz OUT.jsonl\n")
        return 2
    n = 0
    with gzip.open(arguments[0], "rt", encoding="utf-8") as lines, Path(arguments[1]).open("wb") as out:
        for line in convert(json.loads(line) for line in lines):
            out.write(msgspec.json.encode(line) + b"\n")
            n += 1
    sys.stdout.write(f"{n} resolutions written to {arguments[1]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
