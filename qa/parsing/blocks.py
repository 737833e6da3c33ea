"""From lines to blocks: what is one paragraph, one heading, one closing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from qa.parsing.lines import Line
from qa.parsing.masthead import ENACTING
from qa.parsing.numbers import Number, Style, as_roman, read_bare_top, read_sub, read_top
from qa.parsing.openings import Opening, classify, surely_acts, surely_opens
from qa.records import Kind, Span
from qa.symbols.units import read_unit


class BlockRole(Enum):
    """What a block is."""

    TEXT = 1
    HEADING = 2
    ENACTING = 3
    CLOSING = 4
    ANNEX = 5


class Gap(Enum):
    """What stands between a line and the text before it."""

    NONE = 0
    BLANK = 1
    PAGE = 2


# Asked for every line: to look up an enumeration's member costs a call, and Span(...) twice what tuple's own way does.
_TEXT, _NO_GAP = BlockRole.TEXT, Gap.NONE
_new = tuple.__new__


@dataclass(slots=True)
class Block:
    """One paragraph or heading in the making. `pieces` are its lines' slices without number and markers."""

    role: BlockRole
    text: str  # rough, and only the start: lines joined by a blank, markers removed
    pieces: list[Span]
    number: Number | None = None
    number_span: Span | None = None
    n_lines: int = 1
    lead: str = ""  # the first line of a heading
    kind: Kind | None = None  # where a structured form tells it
    level: int = 1
    tail: str = ""  # its last line
    is_table: bool = False

    def __post_init__(self) -> None:
        self.tail = self.tail or self.text

    def inside(self, line: str) -> bool:
        """With no gap above it, the line goes on inside a sentence of this paragraph."""
        if self.role is not _TEXT or (
            line[0] in _STYLED and line.startswith(_STYLES) and self.text.startswith(_STYLES)
        ):
            return False
        return bool((self.text and not self.tail.endswith(_ENDS)) or _PROSE.match(line))

    def add(self, line: str, pieces: Sequence[Span]) -> None:
        """Add a line; of a long text only the start is kept here, its pieces tell the rest."""
        if len(self.text) < _KEPT:
            self.text = f"{self.text} {line}" if self.text else line
        self.tail = line
        self.pieces += pieces
        self.n_lines += 1


_PROSE = re.compile(r"[a-z](?<![li])[^)]|[a-z]{4}")  # a line that goes on inside a sentence
_STYLES = ("Mr. ", "Mrs. ", "Ms. ", "Miss ", "Dr. ", "Sir ", "Dame ", "Judge ")  # how a list of names goes on
_STYLED = frozenset(style[0] for style in _STYLES)
_TESTIMONIUM = ("DONE ", "IN WITNESS WHEREOF", "In witness whereof")  # how a treaty ends
QUOTES = "“‘\"'«—–-•*["  # what an unnumbered paragraph may open with besides a word
_QUOTATION = "“‘\"'«"
_STOPS = (";", ":", ".", ",", "?", "!", ";”", ".”", ",”", ":”", '."', ';"', ',"', ':"', "…", ".)", ";)")
_ANNEX = re.compile(r"\A(?:ANNEX|Annex)(?:ES|es)?(?: (?:[IVX]+|\d+|[A-Z]))?[.:]?(?:\s*\*)?$")
_SECTION = re.compile(r"\A(?:[IVXL]{1,6}|[A-Z])\.?$")
NAMED = re.compile(
    r"\A(?:PART|Part|SECTION|Section|CHAPTER|Chapter|APPENDIX|Appendix|ARTICLE|Article|RULE|Rule|REGULATION|Regulation"
    r"|Goal|Target|Principle|Guideline) [\dIVXA-Z]{1,8}\.?(?:\s|$)"
)
_NAMED_ALONE = re.compile(
    r"\A[“\"]?(?:PART|Part|SECTION|Section|CHAPTER|Chapter|ARTICLE|Article|RULE|Rule|REGULATION|Regulation)"
    r" (?:\d{1,3}[A-Z]?|[IVXLC]{1,7})(?: (?:bis|ter|quater))?\.?$"
)
_TITLED_SECTION = re.compile(r"\A(?:[IVX]{1,6}|[A-Z])\. [A-Z]")
NUMBERED_HEADING = re.compile("|".join(p.pattern for p in (NAMED, _SECTION, _TITLED_SECTION, _ANNEX)))
_AND = tuple(f"{stop}{word}" for stop in ";,:" for word in (" and", " or", "and", "or"))
_CLAUSE_STOPS = (*_AND, ".", ";", ":", ",")
_ENDS = (*_STOPS, *_AND)  # without one of these, only a gap ends a paragraph
_CLOSES = re.compile(r"\A(?!(?:and|or|but|nor)\b)[a-z]{2,}+ [a-zA-Z]")
_NAMED_INITIALS = frozenset("PSCARGT")
_MAX_HEADING = 220
_LONGEST_LIST = 60  # blocks in which a list's number before is looked for
_KEPT = 600  # characters of a block's text that are looked at


def is_stop(text: str) -> bool:
    """The text ends as a paragraph does."""
    return text.endswith(_STOPS)


@dataclass(slots=True)
class Cutter:
    """Cuts body lines into blocks. Keeps what was last seen, so that a figure is a number only where it is due."""

    source: str
    lines: Sequence[Line]
    markers: Mapping[int, Sequence[Span]]
    blocks: list[Block] = field(default_factory=list)
    last_top: int = 0
    in_annex: bool = False
    anew: bool = False  # an article or rule has opened, and no number stands in it yet: 1 is due

    def add(self, i: int, line: Line, gap: Gap, blanks: int) -> None:
        """Take line `i` in; `blanks` empty lines stand above it."""
        spans = self.markers.get(i)
        pieces, text = self._without(spans, line) if spans else ([_new(Span, line[:2])], line.text)
        if not text:
            return
        current = self.blocks[-1] if self.blocks else None
        if gap is _NO_GAP and current is not None and current.inside(text):
            titled = self._below_title(text, current) if text[0].isdigit() else None
            if titled is None:
                current.add(text, pieces)  # most lines: nothing to weigh
            else:
                self._open_numbered(i, titled, pieces, text)
            return
        role = self._role(text, current, gap)
        if role is not _TEXT:
            self.anew = self.anew or read_unit(text) is not None
            self._open(Block(role, text, pieces, lead=text))
            return
        number = self._number(i, text, current, gap, blanks)
        if number is not None:
            self._open_numbered(i, number, pieces, text)
            return
        if current is None or self._starts(i, text, current, gap, blanks):
            self._open(Block(_TEXT, text, pieces))
            return
        current.add(text, pieces)

    def open_text(self, line: Line) -> None:
        """Take in the enacting words of a text whose first recitals stand before them."""
        self._open(Block(BlockRole.ENACTING, line.text, [_new(Span, line[:2])], lead=line.text))

    def _without(self, spans: Sequence[Span], line: Line) -> tuple[list[Span], str]:
        """What is left of a line when these are taken out."""
        pieces: list[Span] = []
        at = line.start
        for span in spans:
            if span.start > at:
                pieces.append(Span(at, span.start))
            at = max(at, span.end)
        if at < line.end:
            pieces.append(Span(at, line.end))
        return pieces, "".join(self.source[a:b] for a, b in pieces).strip()

    def _role(self, text: str, current: Block | None, gap: Gap) -> BlockRole:
        if (
            text.startswith("The ")
            and len(text) < 120
            and ENACTING.match(text)
            and (current is None or gap is not _NO_GAP)
        ):
            return BlockRole.ENACTING
        if (
            text[0] in "Aa"
            and _ANNEX.match(text)
            and (current is None or is_stop(current.tail) or current.role is not _TEXT)
        ):
            self.last_top = 0
            self.in_annex = True
            return BlockRole.ANNEX
        free = gap is not _NO_GAP or current is None or is_stop(current.tail) or current.role is not _TEXT
        if free and len(text) < 8 and _SECTION.match(text):
            return BlockRole.HEADING
        apart = gap is not _NO_GAP or (current is not None and current.tail.endswith("."))
        if current is not None and current.role is BlockRole.HEADING and _NAMED_ALONE.match(text):
            return BlockRole.HEADING
        if free and apart and len(text) < 160 and _heads_section(text):
            if text[0] == "S" and read_top(text, self.last_top + 1) is not None:
                return _TEXT  # OCR read S for 5
            return BlockRole.HEADING
        return _TEXT

    def _number(self, i: int, text: str, current: Block | None, gap: Gap, blanks: int) -> Number | None:
        head = text[0]
        if head == "(" or (len(text) > 1 and text[1] == ")"):
            number = read_sub(text)
            return number if number is None or self._sub_due(number, current, gap) else None
        if not (head.isdigit() or head in "lIiOS"):
            return None
        number = read_top(text, self.last_top + 1)
        free = gap is Gap.BLANK or (gap is Gap.PAGE and blanks != 1)
        if number is None:
            bare = read_bare_top(text, self.last_top + 1)
            if bare is None or not free or self.in_annex or not self.last_top:
                return None
            return bare if classify(text[bare.width :].strip() or self._below(i)) is Opening.ACT else None
        if self._due(number, current, gap):
            return number
        if free and self.last_top and not self.in_annex and surely_acts(text[number.width :].strip()):
            return Number(number.printed, self.last_top + 1, Style.TOP, number.width)  # a figure that OCR misread
        return None

    def _below_title(self, text: str, current: Block) -> Number | None:
        """The number that is due, with no gap below a line half as long that no stop ends: "Follow-up", "65. Strong ..."."""
        if (
            2 * len(current.tail) > len(text)
            or not heading_like(current)
            or classify(current.text) is not Opening.PLAIN
        ):
            return None
        number = read_top(text, 0)
        return number if number is not None and number.value == self.last_top + 1 else None

    def _sub_due(self, number: Number, current: Block | None, gap: Gap) -> bool:
        """A letter at the head of a line numbers a sub-paragraph, unless it goes on with a list inside a sentence."""
        if current is None or gap is Gap.BLANK or current.role is not _TEXT or not current.text:
            return True
        if not current.tail.endswith(_CLAUSE_STOPS):
            return False
        if current.tail.endswith(":"):
            return True
        before = current.number
        if gap is not Gap.PAGE and (before is None or before.style is Style.TOP):
            return False
        return self._goes_on(number) or (number.value == 1 and before is not None and before.style != number.style)

    def _goes_on(self, number: Number) -> bool:
        """The paragraph has the number before this one in a block of its own: (iii) after (ii), (b) after (a)(iv)."""
        other = as_roman(number)
        wanted = {(n.style, n.value - 1) for n in (number, other) if n is not None}
        for block in reversed(self.blocks[-_LONGEST_LIST:]):
            found = block.number
            if found is None or found.style is Style.TOP:
                break
            roman = as_roman(found)
            if (found.style, found.value) in wanted or (roman and (roman.style, roman.value) in wanted):
                return True
        return (Style.ROMAN, 0) in wanted

    def _due(self, number: Number, current: Block | None, gap: Gap) -> bool:
        """A figure at the head of a line is a paragraph's number where the row of numbers asks for it."""
        value = number.value
        near = value == self.last_top + 1 or (value == 1 and self.anew)
        if current is None or current.role is not _TEXT:
            return value == 1 or self.last_top < value <= self.last_top + 3
        ended = current.tail.endswith(_CLAUSE_STOPS) or is_stop(current.tail)
        if near:
            return gap is not _NO_GAP or ended
        if value == 1:
            return gap is not _NO_GAP and (ended or heading_like(current))
        return gap is not _NO_GAP and ended and self.last_top < value <= self.last_top + 3

    def _starts(self, i: int, text: str, current: Block, gap: Gap, blanks: int) -> bool:
        """An unnumbered line opens a new block."""
        if current.role in (BlockRole.ENACTING, BlockRole.CLOSING):
            return True
        if current.role in (BlockRole.HEADING, BlockRole.ANNEX):
            return gap is not _NO_GAP or current.role is BlockRole.ANNEX
        if not current.text:  # a number on a line of its own
            return False
        ended = is_stop(current.tail) or current.tail.endswith(_CLAUSE_STOPS)
        lower = text[0].islower()
        if gap is _NO_GAP and text.startswith(_STYLES) and current.text.startswith(_STYLES):
            return not current.tail.endswith((",", " and"))
        if gap is _NO_GAP and self.in_annex and text.startswith(_TESTIMONIUM):
            return ended
        if gap is _NO_GAP:
            return ended and not lower and text[0].isupper() and self._opens(text, current)
        if lower:
            return gap is Gap.BLANK and _closes_list(text, current)
        if gap is Gap.BLANK:
            titled = self.in_annex or classify(current.text) is Opening.PLAIN
            below_title = titled and heading_like(current)
            quoted = text[0] in _QUOTATION and not below_title  # in the middle of a sentence it opens nothing
            apart = (text[0] in QUOTES and not quoted) or classify(text) is not Opening.PLAIN
            return ended or apart or below_title
        return self._starts_page(i, text, current, ended, blanks)

    def _starts_page(self, i: int, text: str, current: Block, ended: bool, blanks: int) -> bool:
        """At a page's head, a paragraph that goes on stands one blank line under the running head, a new one two."""
        if blanks >= 2:
            return True
        opens = classify(text) is not Opening.PLAIN
        if blanks == 1:
            return ended and (opens or self._heads_number(i, text))
        return ended and (opens or not current.tail.endswith((",", ":")))

    def _below(self, i: int) -> str:
        return self.lines[i + 1].text if i + 1 < len(self.lines) else ""

    def _heads_number(self, i: int, text: str) -> bool:
        """A line without a stop, a blank below it, and then the number that is due: a heading."""
        if is_stop(text) or self._below(i) or not text[0].isupper():
            return False
        below = next((line.text for line in self.lines[i + 1 : i + 5] if line.text), "")
        number = read_top(below, self.last_top + 1)
        return read_sub(below) is not None if number is None else number.value in (1, self.last_top + 1)

    def _opens(self, text: str, current: Block) -> bool:
        """Without a blank between, only a recital after a recital, or an act after a full stop, starts anew."""
        if self.in_annex or (current.number is not None and current.number.style is Style.TOP):
            return False
        return not current.tail.endswith(":") and surely_opens(text)

    def _open(self, block: Block) -> None:
        if block.role in (BlockRole.ENACTING, BlockRole.ANNEX):
            self.last_top = 0
        self.blocks.append(block)

    def _open_numbered(self, i: int, number: Number, pieces: list[Span], text: str) -> None:
        start = pieces[0].start
        span = Span(start, start + number.width)
        rest = list(pieces)
        rest[0] = Span(span.end, pieces[0].end)
        if rest[0].start >= rest[0].end:
            rest.pop(0)
        else:
            lead = len(self.source[rest[0].start : rest[0].end]) - len(
                self.source[rest[0].start : rest[0].end].lstrip()
            )
            rest[0] = Span(rest[0].start + lead, rest[0].end)
        if number.style is Style.TOP:
            self.last_top = number.value
            self.anew = False
        text = text[number.width :].strip()
        below = read_sub(text) if number.style is Style.TOP else None
        if below is None or below.value != 1:
            self.blocks.append(Block(_TEXT, text, rest, number=number, number_span=span))
            return
        self.blocks.append(Block(_TEXT, "", [], number=number, number_span=span))  # "10. (a) The Government"
        self._open_numbered(i, below, rest, text)


def _heads_section(text: str) -> bool:
    """It opens as a named or titled section does: "Part II", "Rule 4", "III. Finance"."""
    if text[0] in _NAMED_INITIALS and NAMED.match(text):
        return True
    return ". " in text[:8] and _TITLED_SECTION.match(text) is not None


def _closes_list(text: str, current: Block) -> bool:
    """Words below a list that ended: "(b) Any undertaking;" and then, apart, "shall freeze such funds"."""
    number = current.number
    if number is None or number.style is Style.TOP or not _CLOSES.match(text):
        return False
    return number.value > 1 and current.tail.endswith((";", ".", ","))


def heading_like(block: Block) -> bool:
    """Short, unnumbered, without a stop: it may be a heading."""
    return block.number is None and not is_stop(block.tail) and len(block.text) < _MAX_HEADING
