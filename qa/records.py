"""The domain's records: what one adopted text is made of. All frozen; offsets count code points, half-open.

One law binds text to source, and anyone can check it in a line of Python::

    " ".join("".join(source[a:b] for a, b in paragraph.spans).split()) == paragraph.text

that is: the spans, joined without a separator, are the quotation as the source prints it (line breaks included);
collapsing white space gives the clean text. Whatever lies between two spans of one paragraph was dropped for a
reason that `Resolution.dropped` names.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

import msgspec

from qa.symbols import Symbol
from qa.symbols.citing import counted_from


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Kind(StrEnum):
    """What a paragraph is."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ANNEX = "annex"
    UNKNOWN = "unknown"


class Dropped(StrEnum):
    """Why characters of the source are in no paragraph."""

    FURNITURE = "furniture"  # running heads, page numbers, job numbers, bar codes, rules
    FOOTNOTE = "footnote"  # the text of a footnote
    MARKER = "marker"  # a footnote marker glued to a word
    HYPHENATION = "hyphenation"  # a line break inside a word, and a soft hyphen before it
    NUMBER = "number"  # the printed number of a paragraph
    MASTHEAD = "masthead"  # organ, symbol, distribution, session, agenda item, origin
    TITLE = "title"
    ENACTING = "enacting"  # "The General Assembly,"
    HEADING = "heading"  # section and part headings, annex titles
    CLOSING = "closing"  # meeting and date lines, votes, signatures
    OTHER = "other"  # understood by no rule: reported, never hidden


class Record(msgspec.Struct, frozen=True, gc=False):
    """Root of every record: frozen. `gc=False`: a frozen tree holds no cycle, so the collector need not walk it."""


class SourceText(Record, frozen=True, gc=False):
    """The text of one resolution as a reader extracted it, before any understanding.

    `text` is quoted from verbatim. `sha256` is that of the raw file (or of the raw JSONL line), `text_sha256` that of
    `text` in UTF-8. `pages` holds the offset in `text` at which each page starts; empty where the form has no pages.
    `marks` is what a structured form says of itself, in text order; empty for plain text and PDF.
    """

    text: str
    sha256: str
    text_sha256: str
    name: str
    format: str
    reader: str
    pages: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()


class Mark(Record, frozen=True, gc=False):
    """What a structured form (HTML, Akoma Ntoso, JSONL) says of a stretch of `SourceText.text`.

    `role` is one of: symbol, date, title, heading, enacting, preambular, operative, annex, footnote, masthead, closing,
    marker (a superscript figure).
    """

    span: Span
    role: str
    number: str | None = None
    level: int = 1


class Deadline(Record, frozen=True, gc=False):
    """By when an act is due. `derived` is true where the year was computed (a session's year), not printed."""

    text: str
    session: int | None = None
    date: dt.date | None = None
    year: int | None = None
    derived: bool = False


class Strength(StrEnum):
    """How strongly an operative verb binds, weakest first. Source: drafting practice, `docs/verbs.md`."""

    NOTES = "notes"
    APPRECIATES = "appreciates"
    WELCOMES = "welcomes"
    AFFIRMS = "affirms"
    CONCERNED = "concerned"
    ENCOURAGES = "encourages"
    INVITES = "invites"
    CALLS = "calls"
    REQUESTS = "requests"
    URGES = "urges"
    CONDEMNS = "condemns"
    DEMANDS = "demands"
    DECIDES = "decides"
    UNKNOWN = "unknown"


class Act(Record, frozen=True, gc=False):
    """One thing that an operative paragraph does. `span` counts in the paragraph's clean `text`."""

    verb: str  # normalised, third person: "calls upon"
    phrase: str  # as printed: "Also calls upon"
    strength: Strength
    span: Span
    addressee: str | None = None
    deadline: Deadline | None = None


class ReferenceKind(StrEnum):
    RESOLUTION = "resolution"
    DECISION = "decision"
    DOCUMENT = "document"  # a report or letter: A/55/98
    UNKNOWN = "unknown"


class Reference(Record, frozen=True, gc=False):
    """A text that a paragraph names. `span` counts in the paragraph's clean `text`; `symbol` in its canonical form."""

    text: str
    kind: ReferenceKind
    span: Span
    symbol: str | None = None
    paragraph: str | None = None


class Paragraph(Record, frozen=True, gc=False):
    """One numbered or unnumbered paragraph.

    `label` is unique in its resolution: `OP19`, `OP4(a)`, `OP4(a)(i)`, `PP3`, `A1.12` (annex 1, paragraph 12),
    `A1.Art5.3` (its article 5, paragraph 3), with a part or a section before it where numbers start again: `B.OP2`.
    `number` is as printed, without the full stop: "4", "(a)"; None where none is printed. `level` is 1 for a paragraph,
    2 for (a), 3 for (i). `parent` is the label of the chapeau that a sub-paragraph needs to be understood.
    """

    label: str
    kind: Kind
    number: str | None
    level: int
    text: str
    spans: tuple[Span, ...]
    verb: str | None = None
    parent: str | None = None
    section: tuple[str, ...] = ()
    part: str | None = None
    annex: int | None = None
    page: int | None = None
    acts: tuple[Act, ...] = ()
    references: tuple[Reference, ...] = ()
    footnotes: tuple[str, ...] = ()


class Footnote(Record, frozen=True, gc=False):
    """A page-foot note. `text` is None where the source has only its marker, `reason` then says so.

    `anchors` are (paragraph label, offset in its clean text after which the marker stood).
    """

    marker: str
    text: str | None
    spans: tuple[Span, ...] = ()
    anchors: tuple[tuple[str, int], ...] = ()
    reason: str | None = None


class Heading(Record, frozen=True, gc=False):
    """A section, part or annex heading; `before` is the label of the first paragraph after it, if any."""

    text: str
    level: int
    span: Span
    before: str | None = None


class Vote(Record, frozen=True, gc=False):
    """How the text says it was adopted. Counts are None where the text does not give them."""

    text: str
    adopted_without_vote: bool
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None


OPERATIVE = "operative paragraphs"


class Resolution(Record, frozen=True, gc=False):
    """One adopted text, as understood. `absent` says of each field that the source does not give why it is None;
    `derived` names fields that were worked out (a symbol from the title line or the file's name), and from what.
    """

    symbol: Symbol
    organ: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    source: SourceText
    session: str | None = None
    adopted: dt.date | None = None
    meeting: str | None = None
    vote: Vote | None = None
    agenda_item: str | None = None
    origin: str | None = None
    headings: tuple[Heading, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    dropped: tuple[tuple[Span, Dropped], ...] = ()
    absent: dict[str, str] = {}
    derived: dict[str, str] = {}
    parser: str = ""

    def cite(self, paragraph: Paragraph) -> str:
        """The citation of one of its paragraphs in words that lead a reader to the place."""
        first = counted_from(paragraph.label)
        numbered = next((one.number for one in self.paragraphs if one.label == first), paragraph.number) is not None
        annexes = max((one.annex or 0 for one in self.paragraphs), default=0) if paragraph.annex else 0
        if paragraph.parent == first and self._closing(first) == [paragraph.label]:
            return f"{self.symbol.cite(first, numbered, annexes)} (closing words)"
        return self.symbol.cite(paragraph.label, numbered, annexes)

    @property
    def lacking(self) -> dict[str, str]:
        """What is absent, operative paragraphs included."""
        decides = any(one.kind is Kind.OPERATIVE for one in self.paragraphs)
        return (
            self.absent
            if decides
            else {**self.absent, OPERATIVE: "the source has none; its text may have been cut short"}
        )

    def _closing(self, opening: str) -> list[str]:
        """The labels of what closes the list that a paragraph opens: it has no number and no letter."""
        return [one.label for one in self.paragraphs if one.parent == opening and one.label.startswith(f"{opening}+")]


class Passage(Record, frozen=True, gc=False):
    """The unit that is encoded and retrieved: a window of one paragraph with what it needs to be understood alone.

    `id` is `A/RES/55/179#OP19`. `context` and `text` together are what the encoder sees; only the paragraph is quoted.
    `window` counts from 0; several windows cover a paragraph longer than the model reads at once.
    """

    id: str
    symbol: str
    label: str
    kind: Kind
    context: str
    text: str
    window: int = 0
