"""The numbers that a text prints, found without the parser: at the head of a line, a figure, a stop and a capital."""

from __future__ import annotations

import re

from eval.parsing.compare import Tally
from qa.records import Kind, Resolution

_PRINTED = re.compile(r"(?:^|\f)[ \t]*([\dlIiOS]{1,2})\s?[.,](?=[ \t]*[|~—]*\s*[A-Z“\"(])", re.MULTILINE)
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


def compare_printed(name: str, resolution: Resolution, tally: Tally) -> None:
    """Count the numbers found against the numbers printed."""
    found = [
        p.number
        for p in resolution.paragraphs
        if p.number and p.number.isdigit() and p.level == 1 and p.kind is not Kind.PREAMBULAR
    ]
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
