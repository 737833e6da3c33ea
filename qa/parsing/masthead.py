"""What stands before the paragraphs: symbol, session, agenda item, origin, title, and the adoption as told there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.parsing.closing import ORDINAL, read_vote
from qa.parsing.dates import read_date
from qa.parsing.lines import Line
from qa.records import Vote

_ORGANS = (
    "General Assembly",
    "Security Council",
    "Economic and Social Council",
    "Human Rights Council",
    "Trusteeship Council",
    "United Nations Environment Assembly(?: of the United Nations Environment Programme)?",
    "United Nations Habitat Assembly(?: of the United Nations Human Settlements Programme)?",
    "Governing Council(?: of the United Nations [A-Z][A-Za-z ]{3,80})?",
    "Commission on [A-Z][A-Za-z, ]{3,80}",
    "Executive Board",
)
ENACTING = re.compile(rf"\AThe (?:{'|'.join(_ORGANS)})(?:\s?[\d*]{{1,3}})?\s?[,:;.]?$")
_GA_TITLE = re.compile(r"\A((?:S-|ES-)?\d{1,4}/\d{1,4}(?: ?[A-Z](?:[-–][A-Z])?)?)\s?\.\s+(?=\S)")
_OLD_GA_TITLE = re.compile(r"\A(\d{1,4}(?: ?[A-Z])? \([IVXLS-]+\))\s?\.\s+(?=\S)")
_BROKEN = re.compile(r"(?<=[^\W\d])-\s*\n\s*(?=[^\W\d])(?!(?:and|or|to)\b)")  # "Secretary-" and "General" below it
TITLE_NUMBER = re.compile(rf"{_GA_TITLE.pattern}|{_OLD_GA_TITLE.pattern}")
_SC_HEAD = re.compile(
    r"(?:R(?:esolution|ESOLUTION) (\d{1,4}) ?\((\d{4})\)|(\d{1,4}) ?\((\d{4})\)\s?\. Resolution of\b)"
)
SYMBOL = re.compile(
    r"(?<![\w/])("
    r"A/HRC/(?:RES|DEC|PRST)/(?:S-|OS/)?\d+/\d+"
    r"|A/(?:RES|DEC)/(?:ES-|S-)?\d+/\d+(?: ?[A-Z](?:[-–][A-Z])?)?(?![\w/])"
    r"|A/RES/\d+(?: ?[A-Z])? ?\([IVXLS-]+\)|S/RES/\d+ ?\(\d{4}\)|S/PRST/\d{4}/\d+|E/(?:RES|DEC)/\d{4}/\d+|E/RES/\d+ ?\([IVXL]+\)"
    r"|UNEP/EA\.\d+/R[Ee][Ss]\.\d+|HSP/HA\.\d+/R[Ee][Ss]\.\d+"
    r")"
)
_PART = re.compile(r"\A[A-Z]\.?$")
_SESSION = re.compile(
    r"((?:(?<![A-Za-z-])[A-Z][a-z]{2,20}(?:-[a-z]{3,9})?|(?<!\d)\d{1,3}(?:st|nd|rd|th))"
    r"(?: emergency)?(?: special)? session)\b"
)
_STATEMENT = re.compile(
    r"\A(?:Statement|STATEMENT) (?:by|BY) (?:the|THE) (?:President|PRESIDENT) (?:of|OF) (?:the|THE) "
)
_RECITES = re.compile(
    r"(?:Whereas|As|Since|Inasmuch|Considering|Having|Noting|Recalling|Recognizing|Mindful|Bearing)\b,? [a-zA-Z]"
)
_ADOPTED_ON = re.compile(r"(?:Resolution|Decision|Declaration) adopted by the ")
_SC_ADOPTED = re.compile(rf"Adopted by the Security(?: Council)? at its ({ORDINAL}(?: \(.*?\))? meeting)", re.I)


@dataclass(slots=True)
class Head:
    """What the masthead says.

    `body` is the index of the first line after the first enacting phrase (or title), or of the first recital before it.
    """

    body: int = 0
    title: str = ""
    title_lines: list[int] = field(default_factory=list)
    symbol: str | None = None
    number: str | None = None  # as the title line prints it: "55/179", or "1244 (1999)"
    council: bool = False
    session: str | None = None
    agenda_item: str | None = None
    origin: str | None = None
    adopted: dt.date | None = None
    organ: str | None = None
    meeting: str | None = None
    vote: Vote | None = None
    enacting: list[int] = field(default_factory=list)


def read_head(lines: Sequence[Line]) -> Head:
    """Understand everything up to the first paragraph."""
    head = Head()
    enacting = next((i for i, line in enumerate(lines) if _is_enacting(line.text)), None)
    limit = enacting if enacting is not None else min(len(lines), 120)
    start = _find_title(lines, limit, head)
    if start is None and enacting is not None:
        start = _unnumbered_title(lines, enacting)
    if start is None and enacting is None:
        start = next((i for i in range(limit) if _STATEMENT.match(lines[i].text)), None)
    if start is None:
        head.body = (enacting + 1) if enacting is not None else 0
    elif enacting is not None:
        head.body = enacting + 1
    else:
        head.body = _after_title(lines, start, head)
    if enacting is not None:
        head.enacting.append(enacting)
        if start is not None:
            head.body = _first_recital(lines, start, enacting) or head.body
        head.organ = lines[enacting].text[4:].rstrip(" ,:;.0123456789*")
    if start is not None:
        _read_title(lines, start, head.body if enacting is None else min(enacting, head.body), head)
    _read_masthead(lines, start if start is not None else head.body, head)
    return head


def _is_enacting(text: str) -> bool:
    return text.startswith("The ") and len(text) < 120 and bool(ENACTING.match(text))


def _find_title(lines: Sequence[Line], limit: int, head: Head) -> int | None:
    """The line at which the title starts: the last that looks like one before the enacting phrase."""
    found = None
    for i in range(limit):
        text = lines[i].text
        if not text:
            continue
        council = _SC_HEAD.match(text)
        if council:
            number, year = (
                (council.group(1), council.group(2)) if council.group(1) else (council.group(3), council.group(4))
            )
            head.council, head.number = True, f"{number} ({year})"
            return i
        match = _GA_TITLE.match(text) or _OLD_GA_TITLE.match(text)
        if match:
            found = i
            head.number = match.group(1)
    return found


def _unnumbered_title(lines: Sequence[Line], enacting: int) -> int | None:
    """The block above the enacting phrase, where it is no part of the masthead."""
    i = enacting - 1
    while i > 0 and not lines[i].text:
        i -= 1
    if i < 1 or lines[i].text.endswith("]"):
        return None
    while i > 0 and lines[i - 1].text:
        i -= 1
    text = lines[i].text
    masthead = _ADOPTED_ON.search(text) or SYMBOL.search(text) or text[0] in "[*" or read_date(text)
    return None if masthead or not text[0].isalpha() else i


def _after_title(lines: Sequence[Line], start: int, head: Head) -> int:
    """The first body line where there is no enacting phrase: after the title's block and what belongs to it."""
    i = start
    while i < len(lines) and lines[i].text:
        i += 1
    if head.council:
        while i < len(lines):
            text = lines[i].text
            if text and not (
                _SC_ADOPTED.match(text) or (read_date(text) is not None and len(text) < 60) or text[0] == "["
            ):
                break
            i += 1
    return i


def _first_recital(lines: Sequence[Line], start: int, enacting: int) -> int | None:
    """Where the recitals begin that stand before the enacting words: "Whereas ...,", below a blank or a bracket."""
    for i in range(start + 1, enacting):
        text, above = lines[i].text, lines[i - 1].text
        if _RECITES.match(text) and (not above or above[-1] in "]})"):
            last = next(k for k in range(i + 1, enacting + 1) if k == enacting or not lines[k].text) - 1
            if lines[last].text.endswith((",", ";", ":", ".")):
                return i
    return None


def _read_title(lines: Sequence[Line], start: int, end: int, head: Head) -> None:
    if head.council:
        head.title_lines = [start]
        return
    rows: list[int] = []
    for i in range(start, end):
        if lines[i].text:
            if rows and i - rows[-1] > 2:
                break
            if rows and _PART.match(lines[i].text):
                head.body, head.enacting = i, []  # a lettered part opens before the enacting phrase
                break
            rows.append(i)
    head.title_lines = rows
    text = _BROKEN.sub("-", "\n".join(lines[i].text for i in rows))
    text = " ".join(text.split())
    match = _GA_TITLE.match(text) or _OLD_GA_TITLE.match(text)
    head.title = text[match.end() :] if match else text


def _read_masthead(lines: Sequence[Line], start: int, head: Head) -> None:
    rows = [lines[i].text for i in range(start) if lines[i].text]
    text = "\n".join(rows)
    after = "\n".join(lines[i].text for i in range(start, head.body) if lines[i].text)
    symbol = SYMBOL.search(text)
    if symbol:
        head.symbol = symbol.group(1)
    session = _SESSION.search(text)
    if session:
        head.session = session.group(1)
    for i, row in enumerate(rows):
        if row.startswith("Agenda item"):
            head.agenda_item = _agenda(rows, i)
            break
    read_origin(head, text)
    if head.council:
        joined = " ".join(after.split())
        meeting = _SC_ADOPTED.search(joined)
        if meeting:
            head.meeting = meeting.group(1)
        head.adopted = read_date(joined)
    vote = re.search(
        r"\[?(Adopted by (?:a recorded vote|\d+ votes)[^\]]{0,400}|Recorded vote[^\]]{0,400})", text + "\n" + after
    )
    if vote:
        head.vote = read_vote(" ".join(vote.group(1).split()))


def _agenda(rows: Sequence[str], i: int) -> str:
    """The agenda item's number; its title goes on until the line that tells of the adoption."""
    return rows[i].strip()


def read_origin(head: Head, text: str) -> None:
    """The bracketed origin and the day of adoption, where a masthead's text tells them."""
    origin = re.search(r"\[((?:on the|without|adopted|proposed)[^\]]{0,600})\]", text)
    if origin:
        head.origin = " ".join(origin.group(1).split())
    adopted = _ADOPTED_ON.search(text)
    if adopted:
        head.adopted = read_date(" ".join(text[adopted.end() : adopted.end() + 160].split()))
