"""The numbers that a text prints, found without the parser: at the head of a line, a figure, a stop and a capital."""

from __future__ import annotations

import re

from eval.parsing.compare import Tally
from qa.records import Kind, Paragraph, Resolution

_PRINTED = re.compile(r"(?:^|\f)[ \t]*([\dlIiOS]{1,2})\s?[.,](?=[ \t]*[|~—]*\s*[A-Z“\"(])", re.MULTILINE)
_ALONE = re.compile(r"(?:\A|\.)(?:OP)?([1-9]\d*)\(")
_OCR = str.maketrans("lIiOS", "11105")


def printed_numbers(text: str) -> list[str]:
    """The figures in order: those that go on with the row or begin one at 1."""
    row: list[str] = []
    last = 0
    for match in _PRINTED.finditer(text):
        value = int(match.group(1).translate(_OCR))
        if value == last + 1 or match.group(1) == "1":
            row.append(str(value))
            last = value
    return row


def _number_of(paragraph: Paragraph) -> str | None:
    """Its own number; or, of "10. (a) The Government", a paragraph that is nothing but its sub-paragraphs, the 10."""
    if paragraph.kind is Kind.PREAMBULAR:
        return None
    if paragraph.level == 1:
        return paragraph.number if paragraph.number and paragraph.number.isdigit() else None
    alone = _ALONE.search(paragraph.label) if paragraph.parent is None and paragraph.number == "(a)" else None
    return alone[1] if alone else None


def compare_printed(name: str, resolution: Resolution, tally: Tally) -> None:
    """Count the numbers found against the numbers printed."""
    found = [number for number in map(_number_of, resolution.paragraphs) if number]
    printed = printed_numbers(resolution.source.text)
    tally.found += len(found)
    tally.expected += len(printed)
    if found == printed:
        tally.right += len(found)
        return
    rest = list(printed)
    right = 0
    for number in found:
        if number in rest:
            rest.remove(number)
            right += 1
    tally.right += right
    tally.misses.append((name, "numbers", f"found {' '.join(found)}; printed {' '.join(printed)}"))
