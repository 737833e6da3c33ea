"""What stands after the paragraphs: the meeting, the day and the vote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from qa.parsing.dates import read_date
from qa.parsing.lines import Line
from qa.records import Vote

ORDINAL = r"(?:\d{2,3} )?\d[\dIl]{0,4}(?:st|nd|rd|th|1h|ih)_?"  # OCR reads 3261st as 326lst, and 2749th as 27491h
_MEETING = re.compile(
    rf"(?<![\w\]])({ORDINAL}(?: \((?:resumed|closed|part [IVX]{{1,5}})[^)]{{0,40}}\))?"
    r"(?: resumed)?(?: plenary)? m(?:ee|e)ting)\b",
    re.I,
)
_VOTE_START = re.compile(
    r"\A\[?(?:Recorded vote|(?:Ad[ao]pted|Approved) (?:unanimously|without|by (?:a |an |\d|consensus)|as (?:a )?whole"
    r"|(?:at|ut) (?:the|its) ))"
)
_ADOPTION = re.compile(r"me{1,2}ting|meet-|vote|unanim|consensus")
_COUNTS = re.compile(
    r"\b[bh]y (?:a (?:recorded )?vote of )?([\dIl]{1,3})(?: votes?)?(?: in favour)? [ti][oa] (\d{1,3}|none|I|l)(?![a-z])",
    re.I,
)
_LONGEST_LIST = 160  # lines that the names of those who voted may take
_IN_FAVOUR = re.compile(r"by (\d{1,3}) votes? \(")
_ABSTAIN = re.compile(
    r"with (\d{1,3}|one|I|l)\.? abstentions?|(?<!\d)(\d{1,3}) abstentions?|abstain(?:ing|ed):? ?(\d{1,3})", re.I
)


_SLIPS = str.maketrans("il", "11")
_BARE_ORDINAL = re.compile(rf"\A{ORDINAL}$")


def read_vote(text: str) -> Vote | None:
    """How a closing line says that the text was adopted; None where it does not."""
    counts = _COUNTS.search(text)
    if counts:
        abstain = _ABSTAIN.search(text)
        figure = next((g for g in abstain.groups() if g), None) if abstain else None
        return Vote(
            text=text,
            adopted_without_vote=False,
            in_favour=_figure(counts.group(1)),
            against=_figure(counts.group(2)),
            abstentions=_figure(figure) if figure else None,
        )
    alone = _IN_FAVOUR.search(text)
    if alone:
        return Vote(text=text, adopted_without_vote=False, in_favour=int(alone.group(1)))
    lowered = text.lower().replace(" vate", " vote")
    if "without a vote" in lowered or "without vote" in lowered or "consensus" in lowered:
        return Vote(text=text, adopted_without_vote=True)
    if "unanimous" in lowered:
        return Vote(text=text, adopted_without_vote=False)  # of how many, it does not say
    return None


def _figure(text: str) -> int:
    lowered = text.lower().translate(_SLIPS)
    return {"none": 0, "one": 1}[text.lower()] if not lowered.isdigit() else int(lowered)


def find_closing(lines: Sequence[Line], first: int, skip: set[int]) -> list[tuple[int, int]]:
    """Ranges of lines that tell the meeting, the date and the vote after the paragraphs of a text or part."""
    found: list[tuple[int, int]] = []
    i = first
    while i < len(lines):
        text = lines[i].text
        if text and i not in skip and (text[0].isdigit() or text[0] in "A[R"):
            end = i + 1 if found and _BARE_ORDINAL.match(text) else _closing_at(lines, i, skip)
            if end > i:
                found.append((i, end))
                i = end
                continue
        i += 1
    return found


def _closing_at(lines: Sequence[Line], i: int, skip: set[int]) -> int:
    text = lines[i].text
    if text[0].isdigit():
        match = _MEETING.match(text)
        if not match or len(text) > match.end() + 12:
            return i
        end = i + 1
        for j in range(i + 1, min(i + 5, len(lines))):
            if lines[j].text and j not in skip:
                if read_date(lines[j].text) and len(lines[j].text) < 30:
                    end = j + 1
                break
        return end if end > i + 1 or "plenary" in text else i
    if not _VOTE_START.match(text):
        return i
    listed = _bracketed(lines, i)
    if listed:
        return listed
    end = i + 1
    open_bracket = False
    for j in range(i, min(i + 14, len(lines))):
        if j in skip:
            continue
        row = lines[j].text
        if not row:
            if open_bracket:
                continue
            break
        end = j + 1
        open_bracket = ("(" in row or open_bracket) and ")" not in row
    joined = " ".join(lines[j].text for j in range(i, end))
    return end if _ADOPTION.search(joined) else i


def _bracketed(lines: Sequence[Line], i: int) -> int:
    """The index after a vote in square brackets, with the lists of who voted how; 0 where it is none, or never ends."""
    if lines[i].text[0] != "[":
        return 0
    for j in range(i, min(i + _LONGEST_LIST, len(lines))):
        if lines[j].text.endswith(("]", "].")):
            return j + 1
    return 0


def read_closing(
    lines: Sequence[Line], span: tuple[int, int], skip: set[int]
) -> tuple[str | None, dt.date | None, Vote | None]:
    """Meeting, date and vote of one closing range."""
    return read_closing_text(" ".join(lines[j].text for j in range(*span) if j not in skip))


def read_closing_text(text: str) -> tuple[str | None, dt.date | None, Vote | None]:
    """Meeting, date and vote of the lines that close a text."""
    joined = re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(text.split()))
    meeting = _MEETING.search(joined)
    return (meeting.group(1) if meeting else None), read_date(joined), read_vote(joined)
