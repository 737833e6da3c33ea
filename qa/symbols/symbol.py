"""`Symbol`: the one type for every official symbol of a United Nations text.

The canonical form has no blanks. Grammar (`n` a number without leading zeros, `R` a roman numeral)::

    symbol     = resolution | decision | statement | document
    resolution = "A/RES/" session "/" n [part]              A/RES/55/179  A/RES/62/63A-B  A/RES/S-27/2  A/RES/ES-11/1
               | "A/RES/" n "(" ["S-" | "ES-"] R ")" [part]  A/RES/1514(XV)  A/RES/217(III)A  A/RES/3201(S-VI)
               | "S/RES/" n "(" year ")"                     S/RES/1244(1999)
               | "E/RES/" year "/" n [part]                  E/RES/2016/12
               | "E/RES/" n "(" R ")" [part]                 E/RES/1235(XLII)
               | "A/HRC/RES/" ["S-"] n "/" n                 A/HRC/RES/53/1  A/HRC/RES/S-30/1
               | "E/CN.4/RES/" year "/" n                    E/CN.4/RES/2005/2
               | "UNEP/EA." n "/RES." n                      UNEP/EA.5/RES.14
               | "HSP/HA." n "/Res." n                       HSP/HA.1/Res.2
    decision   = "A/DEC/" session "/" n [part] | "E/DEC/" year "/" n | "A/HRC/DEC/" ["S-" | "OS/"] n "/" n
    statement  = "S/PRST/" year "/" n | "A/HRC/PRST/" ["S-" | "OS/"] n "/" n
    document   = prefix { "/" segment }                      A/55/98  A/50/790-S/1995/999  A/80/L.12  A/C.3/80/L.4
    session    = ["S-" | "ES-"] n
    part       = letter ["-" letter]

`Symbol.parse` reads these and the spellings that official sources also use (a blank or a slash before a part, "1244
(1999)", "217 A (III)", "Res."/"RES.", any case) and always writes the canonical one: `Symbol.parse(str(s)) == s`.
A document with an `L.` segment is a draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering
from urllib.parse import quote

from qa.errors import SymbolError
from qa.numerals import from_roman, to_roman
from qa.symbols.citing import cite_label, cite_symbol
from qa.symbols.organs import Organ, SymbolKind, organ_of
from qa.symbols.sessions import Years, session_years

LONGEST = 80
"""No symbol in use comes near this many characters; a longer text is refused unread."""

_PART = r"(?:/?(?P<part>[A-Z](?:-[A-Z])?))?"
_NUMBER = r"(?P<number>[1-9]\d{0,4})"
_ROMAN = r"\((?P<special>E?S-)?(?P<roman>[IVXLC]{1,8})\)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS: tuple[tuple[Organ, re.Pattern[str]], ...] = tuple(
    (organ, re.compile(pattern, re.IGNORECASE))
    for organ, pattern in (
        (Organ.GENERAL_ASSEMBLY, rf"(?P<kind>A/(?:RES|DEC))/(?P<session>(?:E?S-)?[1-9]\d{{0,2}})/{_NUMBER}{_PART}"),
        (Organ.GENERAL_ASSEMBLY, rf"(?P<kind>A/RES)/{_NUMBER}(?P<inner>[A-Z])?/?{_ROMAN}{_PART}"),
        (Organ.SECURITY_COUNCIL, rf"(?P<kind>S/RES)/{_NUMBER}/?\({_YEAR}\)"),
        (Organ.SECURITY_COUNCIL, rf"(?P<kind>S/PRST)/{_YEAR}/{_NUMBER}"),
        (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, rf"(?P<kind>E/(?:RES|DEC))/{_YEAR}/{_NUMBER}{_PART}"),
        (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, rf"(?P<kind>E/RES)/{_NUMBER}(?P<inner>[A-Z])?/?{_ROMAN}{_PART}"),
        (
            Organ.HUMAN_RIGHTS_COUNCIL,
            rf"(?P<kind>A/HRC/(?:RES|DEC|PRST))/(?P<session>(?:S-|OS/)?[1-9]\d{{0,2}})/{_NUMBER}",
        ),
        (Organ.COMMISSION_ON_HUMAN_RIGHTS, rf"(?P<kind>E/CN\.4/RES)/{_YEAR}/{_NUMBER}"),
        (Organ.ENVIRONMENT_ASSEMBLY, rf"(?P<kind>UNEP/EA)\.(?P<session>[1-9]\d?)/RES\.{_NUMBER}"),
        (Organ.HABITAT_ASSEMBLY, rf"(?P<kind>HSP/HA)\.(?P<session>[1-9]\d?)/RES\.{_NUMBER}"),
    )
)
_DOCUMENT = re.compile(r"[A-Z]{1,12}+\.?(?:/[A-Z0-9.()-]{0,30}){1,10}", re.IGNORECASE)
_SPOILT = re.compile(r"/(?:RES|DEC|PRST)(?:[/.]|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\b(ADD|REV|CORR)\.")
_DRAFT = re.compile(r"/L\.\d+")
_KINDS = {"DEC": SymbolKind.DECISION, "PRST": SymbolKind.STATEMENT}
_BLANKS = re.compile(r"\s+")
_PIECES = re.compile(r"\d+|\D+")


@total_ordering
@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol, parsed. Equal when the canonical texts are; ordered by organ, kind, year, then number.

    `session` is the ordinary session in arabic figures ("55", also "15" for A/RES/1514(XV)), "S-27" or "ES-11" for
    special ones and None where the symbol names none. `part` is "A", "A-B" or "".
    """

    text: str
    organ: Organ = field(compare=False)
    kind: SymbolKind = field(compare=False)
    session: str | None = field(compare=False, default=None)
    number: int = field(compare=False, default=0)
    part: str = field(compare=False, default="")
    printed_year: int | None = field(compare=False, default=None)

    @staticmethod
    def parse(text: str) -> Symbol:
        """The symbol that `text` officially spells.

        Raises:
            SymbolError: no form of the grammar fits; for what people type see `qa.symbols.understand`.
        """
        if len(text) > LONGEST:
            raise SymbolError(text[:LONGEST] + "...", f"it is longer than {LONGEST} characters")
        return _parse(text)

    @staticmethod
    def from_file_name(name: str) -> Symbol:
        """The symbol that a file's name spells: A_RES_78_118.txt, S_RES_687(1991).txt, UNEP_EA.5_RES.14.pdf.

        Raises:
            SymbolError: the name spells no symbol.
        """
        stem = name.replace("\\", "/").rsplit("/", 1)[-1]
        stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,5}$", "", stem.removesuffix(".gz"))
        stem = re.sub(r"[_-](?:EN|E|eng?)$", "", stem)
        slashed = re.sub(r"^(S_RES_\d+)_(\d{4})$", r"\1(\2)", stem, flags=re.IGNORECASE).replace("_", "/")
        try:
            return Symbol.parse(slashed)
        except SymbolError as error:
            raise SymbolError(name, "a file's name spells a symbol as in A_RES_78_118.txt") from error

    @property
    def is_resolution(self) -> bool:
        """Whether it names an adopted resolution, not a decision, statement, draft or report."""
        return self.kind is SymbolKind.RESOLUTION

    @property
    def years(self) -> Years | None:
        """First and last year in which it can have been adopted; None where the symbol tells nothing."""
        if self.printed_year is not None:
            return (self.printed_year, self.printed_year)
        if self.kind in (SymbolKind.DOCUMENT, SymbolKind.DRAFT) or self.session is None:
            return None
        return session_years(self.organ, self.session)

    @property
    def year(self) -> int | None:
        """The year of adoption where the symbol prints it, else the year its session opened (see `year_is_derived`).

        None where a session was resumed over many years (ES-10, ES-11) or is not in the tables.
        """
        years = self.years
        return years[0] if years and years[1] - years[0] <= 1 else None

    @property
    def year_is_derived(self) -> bool:
        """Whether `year` comes from a table of sessions and not from the symbol itself."""
        return self.printed_year is None and self.year is not None

    @property
    def url(self) -> str:
        """Where the official text is found. The letters of an early resolution share one document."""
        text = self.text.removesuffix(self.part) if self.part and ")" in self.text else self.text
        return "https://docs.un.org/en/" + quote(text, safe="/()")

    @property
    def citation(self) -> str:
        """The name used in running text: "General Assembly resolution 55/179"."""
        return cite_symbol(self.text, self.organ, self.kind, self.part)

    def cite(self, label: str, numbered: bool = True, annexes: int = 1) -> str:
        """The citation of one of its paragraphs: "General Assembly resolution 55/179, para. 19".

        `numbered` is false for a paragraph whose number is counted, not printed: "operative paragraph 2". `annexes` is
        how many the text has. `qa.records.Resolution.cite` knows both.
        """
        lettered = label.split(".")[0]
        if len(self.part) == 3 and len(lettered) == 1 and self.part[0] <= lettered <= self.part[2]:
            name = cite_symbol(self.text, self.organ, self.kind, lettered)
            return f"{name}, {cite_label(label[2:], numbered, annexes)}"
        return f"{self.citation}, {cite_label(label, numbered, annexes)}"

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Symbol):
            return NotImplemented
        return self._key() < other._key()

    def _key(self) -> tuple[int, int, int, int, list[tuple[int, int, str]]]:
        years = self.years
        pieces = [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in _PIECES.findall(self.text)]
        organs, kinds = list(Organ), list(SymbolKind)
        return organs.index(self.organ), kinds.index(self.kind), years[0] if years else 0, self.number, pieces


@lru_cache(maxsize=8192)
def _parse(text: str) -> Symbol:
    dense = _BLANKS.sub("", text).replace("\u2013", "-").replace("\u2011", "-")
    for organ, form in _FORMS:
        match = form.fullmatch(dense)
        if match:
            return _build(text, organ, {name: value for name, value in match.groupdict().items() if value})
    if _SPOILT.search(dense):
        why = "a Security Council symbol needs its year" if re.match(r"S/RES/\d+$", dense, re.I) else "it is incomplete"
        raise SymbolError(text, why)
    if not _DOCUMENT.fullmatch(text.strip()) or not any(c.isdecimal() for c in dense):
        raise SymbolError(text)
    canonical = _SUFFIX.sub(lambda m: m[0].capitalize(), dense.upper())
    kind = SymbolKind.DRAFT if _DRAFT.search(canonical) else SymbolKind.DOCUMENT
    return Symbol(canonical, organ_of(canonical), kind)


def _build(text: str, organ: Organ, found: dict[str, str]) -> Symbol:
    family = found["kind"].upper()
    kind = _KINDS.get(family.rsplit("/", 1)[-1], SymbolKind.RESOLUTION)
    part = (found.get("part") or found.get("inner") or "").upper()
    number, year = int(found["number"]), found.get("year")
    if "roman" in found:
        return _build_roman(text, organ, family, found, part)
    session = found.get("session", "").upper()
    if organ is Organ.GENERAL_ASSEMBLY and session.isdecimal() and int(session) <= 30:
        raise SymbolError(text, "sessions 1 to 30 are written like A/RES/1514(XV)")
    if family in ("UNEP/EA", "HSP/HA"):
        canonical = f"{family}.{session}/{'RES' if family == 'UNEP/EA' else 'Res'}.{number}"
    elif family == "S/RES":
        canonical = f"{family}/{number}({year})"
    else:
        canonical = f"{family}/{session or year}/{number}{part}"
    return Symbol(
        canonical, organ, kind, session.replace("/", "-") or None, number, part, int(year) if year is not None else None
    )


def _build_roman(text: str, organ: Organ, family: str, found: dict[str, str], part: str) -> Symbol:
    roman, special = found["roman"].upper(), found.get("special", "").upper()
    session = from_roman(roman)
    last = 30 if organ is Organ.GENERAL_ASSEMBLY else 63
    if session is None or to_roman(session) != roman or session > last:
        raise SymbolError(text, f"({roman}) is no session from I to {to_roman(last)}")
    canonical = f"{family}/{int(found['number'])}({special}{roman}){part}"
    return Symbol(canonical, organ, SymbolKind.RESOLUTION, f"{special}{session}", int(found["number"]), part)
