"""What a page carries besides the text: running heads, page and job numbers, bar codes, rules, continuation signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.parsing.lines import Line

_JOB = r"\d{2}-\d{5}(?: \([EFSRAC]\))?(?: +\d{6})?"
_FOLIO = r"\d{1,3}/\d{1,3}"
_SYMBOL = r"(?:[AES]|HSP|UNEP|TD|ECE|ST)/[A-Z0-9][\w./-]{0,40}(?: ?\(\d{4}\))?(?: [A-Z](?:-[A-Z])?)?\*{0,2}"
ANCHOR = re.compile(rf"\A(?:{_JOB}|{_FOLIO}|{_FOLIO} {_JOB}|{_JOB} {_FOLIO})$")
_NUMBERS = re.compile(rf"\A(?:{_JOB}|{_FOLIO} {_JOB}|{_JOB} {_FOLIO})$")
SYMBOL_LINE = re.compile(rf"\A{_SYMBOL}$")
_SYMBOL_AND_FOLIO = re.compile(rf"\A(?:{_SYMBOL} +{_FOLIO}|{_FOLIO} +{_SYMBOL})$")
RULE = re.compile(r"\A[_\u2014\u2015\u2500-]{5,}$")
_ORNAMENT = re.compile(
    r"\A(?:\*\d{7,}\*|/\.{3,}|\.{3,}/|[Pp]age \d{1,3}|English|ENGLISH|-+ ?\d{1,3} ?-+|\*{3,}|(?:\* ){2,}\*"
    r"|\*{1,3} ?Re-?issued (?:for|as|on|in|with) .*"
    r"|\((?:[Ff]ootnotes? )?(?:\d{1,3} )?continued (?:on|from) (?:the )?(?:next|following|previous|preceding) page\))$"
)
_SYMBOLIC = frozenset("AESHUT0123456789")  # how symbols begin
_ORNATE = frozenset("*/.pPE-(")  # how ornaments begin
_LONGEST = 100  # characters of a line that may be one
_LONGEST_ANCHOR = 60  # characters of page and job numbers
_BLANK_RULE = 20  # a line of at least so many blanks, above a note, is a rule
_REACH = 9  # lines above a page number that its running head may take


def is_rule(line: Line) -> bool:
    """A rule of underscores or dashes, or one drawn in blanks."""
    return bool(RULE.match(line.text)) if line.text else line.width >= _BLANK_RULE


def find_furniture(lines: Sequence[Line], first: int, title: str) -> tuple[set[int], set[int]]:
    """The indices of furniture lines from `first` on, and those of the lines at which a new page starts.

    `title` is the resolution's title with single blanks: running heads repeat it, or the start of it.
    """
    furniture: set[int] = set()
    starts: set[int] = set()
    i = first
    n = len(lines)
    while i < n:
        line = lines[i]
        if i and line.page != lines[i - 1].page:
            starts.add(i)
        text = line.text
        if not text:
            i += 1
            continue
        if text[0].isdigit() and len(text) < _LONGEST_ANCHOR and ANCHOR.match(text):
            i = _take_head(lines, i, first, title, furniture, starts)
            continue
        if len(text) <= _LONGEST:
            if text[0] in _SYMBOLIC and "/" in text and _is_head(lines, i):
                furniture.add(i)
                starts.add(i)
            elif text[0] in _ORNATE and _ORNAMENT.match(text):
                furniture.add(i)
        i += 1
    return furniture, starts


def _is_head(lines: Sequence[Line], i: int) -> bool:
    """A symbol alone, or a symbol and the page."""
    text = lines[i].text
    return bool((SYMBOL_LINE.match(text) and _alone(lines, i)) or _SYMBOL_AND_FOLIO.match(text))


def _is_folio(lines: Sequence[Line], i: int, furniture: set[int]) -> bool:
    """A fraction alone between blank lines: with a symbol alone above or below it, or of as many pages as one before."""
    if not _alone(lines, i):
        return False
    number, pages = map(int, lines[i].text.split("/"))
    if any(lines[j].text == f"{number - 1}/{pages}" for j in furniture):
        return True
    above = next((lines[j].text for j in range(i - 1, max(-1, i - _REACH), -1) if lines[j].text), "")
    below = next((lines[j].text for j in range(i + 1, min(len(lines), i + _REACH)) if lines[j].text), "")
    return SYMBOL_LINE.match(above) is not None or SYMBOL_LINE.match(below) is not None


def _alone(lines: Sequence[Line], i: int) -> bool:
    """Nothing above and below, or the page's first line."""
    if lines[i].page != lines[i - 1].page:
        return True
    return not lines[i - 1].text and (i + 1 >= len(lines) or not lines[i + 1].text)


def _take_head(
    lines: Sequence[Line], anchor: int, first: int, title: str, furniture: set[int], starts: set[int]
) -> int:
    """Take a page or job number with the running head above it; gives the index after them."""
    end = anchor
    for j in range(anchor + 1, min(anchor + 4, len(lines))):
        if ANCHOR.match(lines[j].text):
            end = j
        elif lines[j].text:
            break
    numbers = [j for j in range(anchor, end + 1) if lines[j].text]
    top = _top_of_head(lines, anchor, first, title)
    bare = len(numbers) == 1 and not _NUMBERS.match(lines[anchor].text)
    if bare and not (
        any(SYMBOL_LINE.match(lines[j].text) for j in range(top, anchor)) or _is_folio(lines, anchor, furniture)
    ):
        return anchor + 1  # a lone fraction in the text
    for j in range(top, end + 1):
        if lines[j].text:
            furniture.add(j)
    starts.add(top)
    return end + 1


def _top_of_head(lines: Sequence[Line], anchor: int, first: int, title: str) -> int:
    """The first line of the running head whose numbers start at `anchor`."""
    floor = max(first, anchor - _REACH)
    if lines[floor].page != lines[anchor].page:  # the anchor is near the head of a known page
        return next(j for j in range(floor, anchor + 1) if lines[j].page == lines[anchor].page)
    block = _block_above(lines, anchor, floor)
    if not block:
        return anchor
    top = block[0]
    texts = [lines[j].text for j in block]
    if top and lines[top - 1].width == 0 and not lines[anchor - 1].text and lines[anchor - 1].width:
        return top  # the only wholly empty lines of such a text stand between pages
    if any(SYMBOL_LINE.match(t) for t in texts):
        return top
    kept = anchor
    for j in reversed(block):  # only as much as repeats the title
        if " ".join(lines[j].text.split()) not in title:
            break
        kept = j
    return kept


def _block_above(lines: Sequence[Line], anchor: int, floor: int) -> list[int]:
    j = anchor - 1
    while j >= floor and not lines[j].text:
        j -= 1
    block: list[int] = []
    while j >= floor and lines[j].text:
        block.append(j)
        if j and lines[j].page != lines[j - 1].page:
            break
        j -= 1
    return block[::-1]
