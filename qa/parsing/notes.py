"""Page-foot notes: where their text stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.parsing.dates import MONTHS
from qa.parsing.furniture import is_rule
from qa.parsing.lines import Line
from qa.records import Span

_NOTE = re.compile(r"\A(\d{1,3})(?:/|\))?(?:\s+(?=\S)|$)")
_DAY = re.compile(rf"[-–—] ?\d|(?:{'|'.join(MONTHS)})\b")  # "3 – 14 June 1992" goes on with the note before
_STAR = re.compile(r"\A(\*{1,3})\s*(?=\S)")
_MAX_LEAP = 8  # how many notes in a row may be missing from the source


@dataclass(slots=True)
class NoteDraft:
    """A note as found: its figure, the index of its first line, where that line starts, and the spans of its text."""

    marker: str
    line: int
    head: int
    spans: list[Span] = field(default_factory=list)


def find_notes(
    lines: Sequence[Line], furniture: set[int], starts: set[int], first: int
) -> tuple[list[NoteDraft], set[int], set[int]]:
    """The notes that stand below a rule, the indices of their lines, and those of the rules."""
    notes: list[NoteDraft] = []
    taken: set[int] = set()
    rules: set[int] = set()
    last = 0
    i = first
    n = len(lines)
    while i < n:
        line = lines[i]
        if (line.text and line.text[0] not in "_-\u2014\u2015\u2500") or i in furniture or not is_rule(line):
            i += 1
            continue
        below = _next_text(lines, i + 1, furniture, starts)
        match = _NOTE.match(lines[below].text) if below is not None else None
        star = _STAR.match(lines[below].text) if below is not None else None
        if below is not None and notes and not (match or star) and _runs_over(lines, notes[-1], i, starts):
            if line.text:
                rules.add(i)
            i, last = _read_notes(lines, below, furniture, starts, last, notes, taken)
            continue
        if below is None or not ((match and last < int(match.group(1)) <= last + _MAX_LEAP + 1) or star):
            if line.text:
                rules.add(i)
            i += 1
            continue
        if line.text:
            rules.add(i)
        i, last = _read_notes(lines, below, furniture, starts, last, notes, taken)
    return notes, taken, rules


def _runs_over(lines: Sequence[Line], note: NoteDraft, rule: int, starts: set[int]) -> bool:
    """The last note, of a page before, does not end as notes do: what stands below this page's rule goes on with it."""
    last = lines[bisect_right(lines, note.spans[-1].start, key=lambda line: line.start) - 1]
    if last.text.endswith((".", ")", "”", '"', ";")):
        return False
    return any(i in starts for i in range(note.line + 1, rule + 1))


def _next_text(lines: Sequence[Line], i: int, furniture: set[int], starts: set[int]) -> int | None:
    while i < len(lines):
        if i in starts:
            return None
        if lines[i].text and i not in furniture:
            return i
        i += 1
    return None


def _read_notes(
    lines: Sequence[Line],
    i: int,
    furniture: set[int],
    starts: set[int],
    last: int,
    notes: list[NoteDraft],
    taken: set[int],
) -> tuple[int, int]:
    """Read notes from line `i` to the page's end; gives the index after them and the last number."""
    margin = lines[i].indent
    blank = True
    top = i
    while i < len(lines):
        line = lines[i]
        if i in starts and i > top:
            break
        if i in furniture or not line.text:
            blank = blank or not line.text
            i += 1
            continue
        match = _NOTE.match(line.text)
        star = _STAR.match(line.text)
        if match and _follows(int(match.group(1)), last, blank) and not _DAY.match(line.text, match.end()):
            last = int(match.group(1))
            notes.append(NoteDraft(match.group(1), i, line.start, [_rest(line, match.end())]))
        elif star and blank:
            notes.append(NoteDraft(star.group(1), i, line.start, [_rest(line, star.end())]))
        elif not notes or _resumes(lines, i, margin, blank):
            break
        else:
            notes[-1].spans.append(Span(line.start, line.end))
        taken.add(i)
        blank = False
        i += 1
    return i, last


def _follows(number: int, last: int, blank: bool) -> bool:
    return number == last + 1 or (blank and last < number <= last + _MAX_LEAP + 1)


def _rest(line: Line, offset: int) -> Span:
    return Span(line.start + offset, line.end) if offset < len(line.text) else Span(line.end, line.end)


def _resumes(lines: Sequence[Line], i: int, margin: int, blank: bool) -> bool:
    """The text goes on, though no running head says so: set in by a blank, or after a full note and a gap."""
    line = lines[i]
    if line.indent == 1 and margin == 0 and lines[i - 1].text and lines[i - 1].indent == 0:
        return True
    if not blank:
        return False
    before = i - 1
    while before > 0 and not lines[before].text:
        before -= 1
    return lines[before].text.endswith((".", ")")) and bool(re.match(r"\d{1,3}\. ?|\([a-z]+\)|[A-Z]", line.text))
