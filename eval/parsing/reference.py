"""The independent reading: `reference/paragraphs.jsonl.gz`, a silver standard made from the official Word files."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.parsing.compare import Item

_TOP = re.compile(r"(\d{1,3})\.?$")
_CLOSING = re.compile(r"\d+(?:st|nd|rd|th) .*meeting$|\d{1,2} [A-Z][a-z]+ \d{4}$")
_ENACTING = re.compile(r"The [A-Z][\w ,-]+,?$")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reference says of one document."""

    symbol: str
    title: str | None
    adopted: str | None  # the day as printed: "8 December 2023"
    numbered: tuple[Item, ...]
    preambular: tuple[Item, ...]


def read_reference(path: Path) -> Iterator[Expected]:
    """Each document of the reference, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _expected(json.loads(line))


def _expected(row: dict[str, Any]) -> Expected:
    numbered: list[Item] = []
    preambular: list[Item] = []
    title = adopted = None
    closed = False  # what follows the closing line is annex: its unnumbered paragraphs are no recitals
    for p in row["paragraphs"]:
        text = p["text"].strip()
        kind = p["type"]
        if kind == "title" and title is None:
            title = re.sub(r"^\S+?\.\s*", "", " ".join(text.split()), count=1) if re.match(r"\S*\d", text) else text
        elif kind == "frontmatter" and adopted is None:
            day = re.search(r"adopted by the .* on (\d{1,2} [A-Z][a-z]+ \d{4})", " ".join(text.split()))
            adopted = day.group(1) if day else None
        elif _CLOSING.match(text):
            closed = True
        elif kind == "paragraph":
            top = _TOP.match((p.get("prefix") or "").strip())
            if p.get("paragraph_type") == "operative" and top:
                numbered.append(Item(top.group(1), text))
            elif (
                p.get("paragraph_type") == "preambular"
                and not _ENACTING.match(text)
                and not (closed or p.get("prefix"))
            ):
                preambular.append(Item("", text))
    return Expected(row["symbol"], title, adopted, tuple(numbered), tuple(preambular))
