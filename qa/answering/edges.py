"""Where a mark begins and ends: at words that say something, not at those that join it to what stands before or after."""

from __future__ import annotations

import re

from qa.records import Span

# What a mark does not end with: punctuation that leads on, and words that join what follows to it.
_LEADS_ON = re.compile(
    r"(?<![\s,;:])(?:[\s,;:]|(?<=\s)(?:and|or) (?:in (?:this|that) (?:regard|respect|connection|context)|to (?:this|that) end)"
    r"|(?<=\s)(?:and|or|but|nor|as well as)|(?<=, )(?:including|inter alia|in particular|through|by|to|for|with))++\Z",
    re.I,
)
_LAST = tuple(
    "and or but nor as regard respect connection context end including alia particular through by to for with".split()
)
# What a mark does not begin with: words that join it to what went before.
_JOINS = re.compile(r"(?:and|or|but|nor)\s+", re.I)
_HANGS = re.compile(
    r"(?:as well as|including|inter alia|in particular|to|by|for|through|with|which|who|whose|where|pending|provided)\b",
    re.I,
)
_LONGEST = 60  # characters: no tail of such words is longer


def hangs(text: str, start: int) -> bool:
    """Whether what begins at a place cannot be read without what stands before it."""
    return _HANGS.match(text, start) is not None


def tidy(text: str, mark: Span) -> Span:
    """A mark without words and punctuation that only join it to what stands before or after; with its full stop."""
    joins = _JOINS.match(text, mark.start, mark.end)
    start = joins.end() if joins else mark.start
    end = start + len(text[start : mark.end].rstrip(" ,;:"))
    if text.endswith(_LAST, start, end):
        leads_on = _LEADS_ON.search(text, max(start, mark.end - _LONGEST), mark.end)
        end = leads_on.start() if leads_on else end
    end += text[end : end + 1] == "."
    return Span(start, end) if start < end else mark
