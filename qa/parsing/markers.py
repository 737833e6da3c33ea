"""Which figures of a text are footnote markers.

A marker looks like any other figure, so it is taken for one only where the notes say so: the notes of a page, in order,
must each have a place on that page, in the same order. Where several readings are possible the one is taken that puts
most markers in the likeliest places (after a full word or a stop, before a blank).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.parsing.dates import MONTHS
from qa.records import Span


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in the text: `span` is what is dropped, `note` its figure."""

    note: str
    span: Span


_DAY_OR_SHARE = re.compile(rf"\A\s*(?:{'|'.join(MONTHS)}|per cent)")
_SERIAL = re.compile(r"(?:\b(?:Add|Corr|Rev|Nos?|Res|RES|vol|L)|/[A-Z]{1,5})\.$")  # A/80/1/Add.1, decision 2/CMA.4
_ENDING_IN_FIGURES = re.compile(r"\b(?:Agenda 21|COVID[-\u2010\u2011]19|Group of 77)$")
_DECIMAL = re.compile(r"(?<![\d/,-])\d{1,3}\.$")  # 6.8 million
_PERIOD = re.compile(r"\b(?:19|20)\d\d/\d?$")  # 2025/26
_NUMBER_GOES_ON = re.compile(r"\.\d|,\d{3}(?!\d)")  # regulation 3.10, 3,000 troops
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_WORD_BEFORE = re.compile(r"\b(\w{1,18})\.?\s{1,3}$")
_DATED = re.compile(rf"\b\d{{1,2}}\s(?:{'|'.join(MONTHS)})(?:\s(?:18|19|20)\d\d)?\s$")  # a date is whole: 31 March 52
_WORDS_GO_ON = re.compile(r" ?(?:and|or|to|on|in|by|of|the|which|that|as|at|for|from|between|concerning|entitled)\b")
_YEAR_END = re.compile(r"\b(?:18|19|20)\d\d$")
_DAY_WHOLE = re.compile(rf"\b(?:{'|'.join(MONTHS)})\s{{1,3}}(?:18|19|20)\d\d$")
_AT_YEAR = re.compile(r"(?<=[^.]\s)(?:18|19|20)\d\d(\d{1,2})(?= ?[,;.:)](?!\d)|\s)")

GLUED = 6.0
SPACED = 4.0
SPLIT = 3.0
LOOSE = 1.0
FAINT = 0.5


def find_markers(text: str, start: int, end: int, expected: Iterable[int], present: frozenset[int]) -> list[Marker]:
    """Place the expected markers, ascending, in `text[start:end]` so that they stand in order and most likely.

    A marker that has no likely place is left out; so is one whose note is not `present`, unless it stands beyond doubt
    (glued to a word or a stop). Cost: linear in the stretch times the number of markers.
    """
    wanted = list(expected)
    if not wanted:
        return []
    stretch = text[start:end]
    choices = [[p for p in places(stretch, number) if number in present or p[2] >= GLUED] for number in wanted]
    # best[k] = (score, position after which the next may stand, chain) pruned to the undominated
    best: list[tuple[float, int, tuple[Marker, ...]]] = [(0.0, 0, ())]
    for number, options in zip(wanted, choices, strict=True):
        grown = list(best)
        for at, width, score in options:
            before = max((b for b in best if b[1] <= at), key=lambda b: b[0], default=None)
            if before is None:
                continue
            marker = Marker(str(number), Span(start + at, start + at + width))
            grown.append((before[0] + score, at + width, (*before[2], marker)))
        grown.sort(key=lambda b: (b[1], -b[0]))
        best = []
        top = -1.0
        for state in grown:
            if state[0] > top:
                best.append(state)
                top = state[0]
    return list(max(best, key=lambda b: b[0])[2])


def places(stretch: str, number: int) -> list[tuple[int, int, float]]:
    """(offset, width, likelihood) of each place where the figure may be a marker."""
    figure = str(number)
    width = len(figure)
    found: list[tuple[int, int, float]] = []
    at = stretch.find(figure, 1)
    while at > 0:
        if not stretch[at + width : at + width + 1].isdigit():
            score, offset, total = _likelihood(stretch, at, width)
            if score:
                found.append((offset, total, score))
        at = stretch.find(figure, at + 1)
    return found


def find_at_years(text: str, start: int, end: int, known: Sequence[Marker]) -> list[Marker]:
    """Markers whose notes the source lacks, glued to a year.

    The figures of a day end with its year: "30 November 19717". Those that look like another year are a marker where it
    is the next in the row and the text still shows its place: "for 20254 ," after marker 3, but not "20254 pears".
    """
    found: list[Marker] = []
    for match in _AT_YEAR.finditer(text, start, end):
        at, stop = match.span(1)
        before = max((m for m in (*known, *found) if m.span.start < stop), key=lambda m: m.span, default=None)
        if before is not None and before.span.end > at:
            continue
        apart = _has_blank_before_stop(text, stop)
        next_due = before is not None and before.note.isdigit() and int(match.group(1)) == int(before.note) + 1
        if (apart and next_due) or _DAY_WHOLE.search(text, max(0, at - _LONGEST_DAY), at):
            found.append(Marker(match.group(1), Span(at, stop + apart)))
    return found


def _likelihood(stretch: str, at: int, width: int) -> tuple[float, int, int]:
    after = stretch[at + width] if at + width < len(stretch) else "\n"
    if after.islower():
        return _between_words(stretch, at, width)
    if not (after.isspace() or after in '.,;:)]/”’"\u2013-') or _NUMBER_GOES_ON.match(stretch, at + width):
        return 0.0, at, width
    if after == "/":
        if stretch[at + width + 1 : at + width + 2].isdigit():
            return 0.0, at, width  # resolution 16/21
        width += 1
    before = stretch[at - 1]
    if before.isalpha() or before in ')]”’"' or before in ".,;:":
        if before in ".," and at > 1 and stretch[at - 2].isdigit() and after not in " \n":
            return 0.0, at, width
        if before in ".,:" and at > 1 and stretch[at - 2].isdigit():
            return 0.0 if before == "." and _DECIMAL.search(stretch, max(0, at - 5), at) else SPLIT, at, width
        if after in "-\u2013" or (before == "." and _SERIAL.search(stretch, max(0, at - 7), at)):
            return 0.0, at, width
        return GLUED, at, width
    if before.isdigit():
        return _after_figure(stretch, at, width, after)
    if before == " ":
        return _spaced(stretch, at, width, after)
    return _at_line_head(stretch, at, width) if before == "\n" and after == " " else (0.0, at, width)


def _after_figure(stretch: str, at: int, width: int, after: str) -> tuple[float, int, int]:
    """A figure glued to another one: likely a marker after a year, hardly after a resolution's number."""
    run = at
    while run and stretch[run - 1].isdigit():
        run -= 1
    head, joint = stretch[run:at], stretch[run - 1] if run else "\n"
    if len(head) == 4 and head[:2] in ("18", "19", "20") and joint not in "/,.-":
        likely = GLUED if _DAY_WHOLE.search(stretch, max(0, at - _LONGEST_DAY), at) else SPLIT
        return likely, at, width + _has_blank_before_stop(stretch, at + width)
    if _ENDING_IN_FIGURES.search(stretch, max(0, at - 11), at):
        return SPLIT, at, width
    if joint == "/":
        if after in "/-)" or _PERIOD.search(stretch, max(0, at - 7), at):
            return 0.0, at, width
        return LOOSE if len(head) + width > _LONGEST_NUMBER else FAINT, at, width
    return FAINT if _is_too_long(head, width, joint, stretch[max(0, run - 2)]) else 0.0, at, width


def _has_blank_before_stop(stretch: str, at: int) -> bool:
    """The blank that set the marker off from a stop: "2025", a raised 4, and " , as"."""
    return stretch[at : at + 1] == " " and stretch[at + 1 : at + 2] in _STOPS


_STOPS = tuple(",;:")
_LONGEST_DAY = 17  # characters of "September 1990" with three blanks, and one before
_LONGEST_NUMBER = 3  # figures of a resolution's number in a session, and of a group between commas


def _is_too_long(head: str, width: int, joint: str, earlier: str) -> bool:
    """Figures in a row that print as none: thousands take a comma, so "56514" is 565 and a marker, "1,23414" 1,234."""
    if head[0] == "0" and joint != ",":
        return False
    if joint == ",":
        return earlier.isdigit() and len(head) == _LONGEST_NUMBER
    if joint in ".-":  # "VIII.7441"
        return earlier.isalpha() and len(head) <= _LONGEST_NUMBER < len(head) + width
    return joint.isspace() and len(head) <= _LONGEST_NUMBER and len(head) + width > _LONGEST_NUMBER + 1


def _between_words(stretch: str, at: int, width: int) -> tuple[float, int, int]:
    """A figure glued to the word after it: "the Paris Agreement4and", "the States Parties, 8and"; "4th" is none."""
    before, earlier = stretch[at - 1], stretch[at - 2] if at > 1 else " "
    if _ORDINAL.match(stretch, at + width) or not (before.islower() or (before == " " and earlier in ",;)”")):
        return (
            (LOOSE, at, width)
            if before == " "
            and earlier.islower()
            and (_WORDS_GO_ON.match(stretch, at + width) or not is_counted(stretch, at))
            else (0.0, at, width)
        )
    return SPLIT, at, width


def _at_line_head(stretch: str, at: int, width: int) -> tuple[float, int, int]:
    """A figure that the text's layer put at the head of the next line: "forced labour," and then "22  which"."""
    left = stretch[max(0, at - 40) : at]
    words = left.rstrip()
    if left.count("\n", len(words)) != 1 or not stretch[at + width : at + width + 4].lstrip(" ")[:1].islower():
        return 0.0, at, width
    apart = stretch.startswith("  ", at + width)
    if (is_counted(stretch, at) and not apart) or _DAY_OR_SHARE.match(stretch[at + width : at + width + 16]):
        return 0.0, at, width
    return (SPLIT if words.endswith((",", ";", ")", "”")) or _YEAR_END.search(words) else LOOSE), at, width


def is_counted(stretch: str, at: int) -> bool:
    """The word before counts or names what follows: "paragraph 4", "at least 4"."""
    word = _WORD_BEFORE.search(stretch[max(0, at - 18) : at])
    return word is not None and word.group(1).lower() in _COUNTED


def _spaced(stretch: str, at: int, width: int, after: str) -> tuple[float, int, int]:
    """A figure set off by a blank: likely a marker after a stop, or before two blanks, less so between words."""
    earlier = stretch[at - 2] if at > 1 else " "
    tail = stretch[at + width : at + width + 12]
    if _DATED.search(stretch, max(0, at - 20), at) and _WORDS_GO_ON.match(tail):
        return SPACED, at, width
    if _DAY_OR_SHARE.match(tail) or after in "-\u2013":
        return 0.0, at, width
    if tail[:2] == "  " and earlier.isalnum() and not tail.isspace():
        return SPACED, at, width
    if is_counted(stretch, at):
        return 0.0, at, width
    offset, total = at, width
    if after in ".,;:)”":
        offset, total = at - 1, width + 1
        return (SPACED if earlier.isalpha() or earlier in ")”" else LOOSE), offset, total
    if earlier in ",;:.)”":
        return SPACED, offset, total
    return LOOSE, offset, total


_COUNTED_WORDS = """
paragraph paragraphs para paras article articles resolution resolutions section sections sect chapter chapters chap goal
goals target targets no nos rule rules item items annex part phase vol level indicator and or to the of for from by in
at on its about least than over nearly some all until since table figure class january february march april may june
july august september october november december
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
