"""What people type: one symbol (`understand`), and every mention of one inside a question (`find_in_question`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.errors import AmbiguousSymbolError, SymbolError
from qa.symbols.asked_places import Place, Places, find_places
from qa.symbols.asked_units import with_units
from qa.symbols.asked_wholes import find_document, find_wholes, only_names
from qa.symbols.beside import Beside, places_beside
from qa.symbols.numbers import read_number
from qa.symbols.roles import Side, names_the_source, only_mentioned, side_asked, tells_which
from qa.symbols.seen import MENTION, Seen, is_decision, is_meant, is_year_beside, loose_ones, named_organ, official_ones
from qa.symbols.spelling import fold
from qa.symbols.symbol import LONGEST, Symbol

_LOOSE_PREFIX = re.compile(r"^(?:UN)?(GA|SC|HRC)(?=/RES/)", re.IGNORECASE)
_DASHED = re.compile(r"^([AE])[-_ ]RES[-_ ](\d+)[-_ ](\d+)$", re.IGNORECASE)
_PREFIXES = {"GA": "A", "SC": "S", "HRC": "A/HRC"}
_LONGEST_QUESTION = 4_000


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a typed text means. `symbol` is set where it is certain; several candidates are never guessed among.

    `reason` says why it is ambiguous, none, or what was derived ("the year 1999 is derived from the number").
    """

    text: str
    candidates: tuple[Symbol, ...]
    reason: str = ""
    derived: bool = False

    @property
    def symbol(self) -> Symbol | None:
        """The one symbol meant, else None."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether several symbols fit."""
        return len(self.candidates) > 1

    def one(self) -> Symbol:
        """The one symbol meant.

        Raises:
            AmbiguousSymbolError: several fit; the candidates are given.
            SymbolError: none does.
        """
        if self.is_ambiguous:
            raise AmbiguousSymbolError(self.text, tuple(str(symbol) for symbol in self.candidates))
        if not self.candidates:
            raise SymbolError(self.text, self.reason)
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """A symbol in a question, with the paragraphs named beside it.

    `span` holds all the words, those of the paragraphs included, `symbol_span` only the symbol's; both half-open.
    Several `candidates` where the form is ambiguous; `reason` then says why. `correction` says what was mistaken in the
    year or the organ. Without candidates that organ has no such number; `instead` are those of other organs.
    """

    span: tuple[int, int]
    text: str
    candidates: tuple[Symbol, ...]
    places: tuple[Place, ...] = ()
    reason: str = ""
    symbol_span: tuple[int, int] = (0, 0)
    correction: str = ""
    instead: tuple[Symbol, ...] = ()
    may_be_year: bool = False
    """Whether the number, written without a year, could itself be one: "resolution 1987"."""
    only_mentioned: bool = False
    """Whether something is done to it, and nothing asked of it: "carry out resolution 1540 (2004)"."""
    tells_which: bool = False
    """Whether it only tells which of something is meant: "the funds frozen under paragraph 8 of resolution 841"."""
    committee: bool = False
    """Whether the committee that it set up is named by its number: "the 1540 Committee"."""
    is_spoken_of: bool = False
    """Whether a number alone only stands where a text may: "text of 841"."""
    side: Side | None = None
    """Whether what came after it, or before it, is asked for: "after resolution 660"."""

    @property
    def label(self) -> str | None:
        """The label of the first paragraph named."""
        return str(self.places[0]) if self.places else None


def understand(text: str) -> Understanding:
    """What one typed symbol means: "UNGA res 55/179", "S/RES/1244", "resolution 1244 of 1999", "1325", "53/1"."""
    plain = " ".join(text.strip(" \t\n\"'“”‘’.,;?!").split())
    if len(plain) > LONGEST:
        return Understanding(text[:LONGEST], (), f"it is longer than {LONGEST} characters")
    loose = _LOOSE_PREFIX.sub(lambda m: _PREFIXES[m[1].upper()], plain)
    loose = _DASHED.sub(r"\1/RES/\2/\3", loose)
    for read in (Symbol.parse, Symbol.from_file_name):
        try:
            return Understanding(text, (read(loose),))
        except SymbolError:
            continue
    match = MENTION.fullmatch(re.sub(r"^the\s+", "", plain, flags=re.IGNORECASE))
    if match is None:
        return Understanding(text, (), "it has none of the known forms")
    reading = read_number(match, named_organ(match), is_decision(match))
    return Understanding(text, reading.candidates, reading.reason, reading.derived)


def resolve(text: str) -> Symbol:
    """The one symbol that a typed text means; raises as `Understanding.one` does."""
    return understand(text).one()


def find_in_question(text: str) -> tuple[Mention, ...]:
    """Every resolution, decision or statement that a question names, in order, with the paragraphs that are named of it.

    Reports and drafts (A/55/98) are left to the words of the question: resolutions cite them, the corpus holds none.
    Years, dates and numbers are left alone: a bare number counts only after a word such as resolution or SCR, or
    beside a paragraph ("OP4 of 1325").
    """
    read = text[:_LONGEST_QUESTION]
    folded = fold(read)
    groups = with_units(folded, find_places(folded))
    seen = official_ones(folded)
    seen += loose_ones(folded, [one.span for one in seen] + [group.span for group in groups])
    seen = [one for one in seen if not is_year_beside(folded, one, seen)]
    seen.sort(key=lambda one: one.span)
    while True:  # a number that turns out to be none may have stood between a paragraph and its resolution
        besides = places_beside(folded, [one.span for one in seen], groups)
        meant = {one.listed for one, beside in zip(seen, besides, strict=True) if is_meant(folded, one, beside)}
        kept = [one for one in seen if one.cued or one.listed in meant]
        if len(kept) == len(seen):
            wholes = () if groups else find_wholes(folded, [one.span for one in seen])
            found = [replace(one, places=one.places or wholes) for one in _mentions(read, folded, seen, besides)]
            return tuple(found) if found else _document(read, groups)
        seen = kept


def _document(read: str, groups: list[Places]) -> tuple[Mention, ...]:
    """A question for a paragraph of a document ("A/79/69 paragraph 5"), of which there is no text; the resolution is nearest."""
    found = find_document(read) if groups else None
    if found is None or not only_names(read, [found[0], *(group.span for group in groups)]):
        return ()
    span, symbol = found
    reason = "a document and no resolution"
    places = tuple(place for group in groups for place in group.places)
    return (Mention(span, read[slice(*span)], (), places, reason, span, instead=(symbol,)),)


def _mentions(read: str, folded: str, seen: list[Seen], besides: list[Beside]) -> list[Mention]:
    found: list[Mention] = []
    shared: dict[int, tuple[Place, ...]] = {}
    telling: dict[int, bool] = {}
    last = 0
    for one, beside in zip(seen, besides, strict=True):
        places = beside.places or shared.get(one.listed, ())
        if beside.of:
            shared[one.listed] = beside.places
        start, end = one.span
        recalled = bool(found) and not places and names_the_source(folded[last:start])
        organs = {symbol.organ for symbol in one.reading.candidates}
        telling.setdefault(one.listed, tells_which(folded, beside.span))
        last = max(end, beside.span[1])
        found.append(
            Mention(
                beside.span,
                read[slice(*beside.span)],
                one.reading.candidates,
                places,
                one.reading.reason,
                one.span,
                one.reading.reason if one.reading.corrected else "",
                one.instead,
                one.may_be_year,
                recalled or only_mentioned(folded, start, organs),
                telling[one.listed],
                one.committee,
                one.is_spoken_of,
                None if places else side_asked(folded, *one.span),
            )
        )
    return found
