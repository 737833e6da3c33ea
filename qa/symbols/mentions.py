"""What people type: one symbol (`understand`), and every mention of one inside a question (`find_in_question`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.errors import AmbiguousSymbolError, SymbolError
from qa.symbols.numbers import NUMBER, Reading, read_number
from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.places import place_after, place_before
from qa.symbols.symbol import LONGEST, Symbol

_ORGANS: tuple[tuple[str, Organ], ...] = (
    (r"(?:UN\s?)?HRC|UNHRC|(?:UN\s+)?Human\s+Rights\s+Council|A/HRC/RES/?|HRC/RES/?", Organ.HUMAN_RIGHTS_COUNCIL),
    (r"(?:UN\s+)?Commission\s+on\s+Human\s+Rights", Organ.COMMISSION_ON_HUMAN_RIGHTS),
    (r"(?:UN\s+)?ECOSOC|Economic\s+and\s+Social\s+Council|E/RES/?", Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
    (
        r"(?:UN|U\.N\.)?\s?SC(?:/RES/?)?|(?:UN|U\.N\.)?\s?SCR|(?:UN\s+)?Security\s+Council|S/RES/?",
        Organ.SECURITY_COUNCIL,
    ),
    (r"UNEA|(?:United\s+Nations\s+|UN\s+)?Environment\s+Assembly", Organ.ENVIRONMENT_ASSEMBLY),
    (r"UNHA|(?:United\s+Nations\s+|UN-?\s?)?Habitat\s+Assembly", Organ.HABITAT_ASSEMBLY),
    (r"(?:UN|U\.N\.)?\s?GA(?:R|/RES/?)?|(?:UN\s+)?General\s+Assembly|A/RES/?", Organ.GENERAL_ASSEMBLY),
)
_ORGAN = "|".join(f"(?P<o{place}>{pattern})" for place, (pattern, _) in enumerate(_ORGANS))
_ORGAN_AFTER = "|".join(f"(?P<p{place}>{pattern})" for place, (pattern, _) in enumerate(_ORGANS))
_WORD = r"(?P<word>resolutions?|res\b\.?|decisions?|dec\b\.?)"
_MENTION = re.compile(
    rf"(?<![\w/.,-])(?<!\d )(?=[\d#CDEGHNRSU]|A/|\s[GS])(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:(?:{_ORGAN})(?:['’]s?)?[\s:-]*)?(?:{_WORD}\s*)?"
    rf"(?:(?:no\b\.?|number|nr\.?|#)\s*)?{NUMBER}(?![\w/%])(?!\.\d)(?!-\d)"
    rf"(?:,?\s+(?:of|by|adopted\s+by)\s+the\s+(?:{_ORGAN_AFTER})\b)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?<!\s)(?:\s*+(?:,\s*+(?:(?:and|or)\s++)?|&\s*+)|\s++(?:and|or)\s++)(?=[ES\d])"
    + NUMBER
    + r"(?![\w/%])(?!\.\d)(?!-\d)"
)
_OFFICIAL = re.compile(
    r"(?<![\w/])(?:A|S|E|UNEP|HSP|ST|TD|ECE)/[A-Za-z0-9./()-]{2,60}(?:\s?\((?:\d{4}|[IVXLCES-]{1,7})\)|\s[A-Z](?:-[A-Z])?(?!\w))?",
    re.IGNORECASE,
)
_LOOSE_PREFIX = re.compile(r"^(?:UN)?(GA|SC|HRC)(?=/RES/)", re.IGNORECASE)
_DASHED = re.compile(r"^([AE])[-_ ]RES[-_ ](\d+)[-_ ](\d+)$", re.IGNORECASE)
_PREFIXES = {"GA": "A", "SC": "S", "HRC": "A/HRC"}
_NOT_A_PAIR = re.compile(
    r"(?<!\s)\s*+(?:rule|split|ratio|chance|vision|basis|per\s?cent|percent|%|hours?|days?)\b", re.IGNORECASE
)
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
    """A symbol in a question, with the paragraph named beside it.

    `span` holds all the words, those of the paragraph included, `symbol_span` only the symbol's; both half-open.
    Several `candidates` where the form is ambiguous; `reason` then says why.
    """

    span: tuple[int, int]
    text: str
    candidates: tuple[Symbol, ...]
    label: str | None = None
    reason: str = ""
    symbol_span: tuple[int, int] = (0, 0)


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
    match = _MENTION.fullmatch(re.sub(r"^the\s+", "", plain, flags=re.IGNORECASE))
    if match is None:
        return Understanding(text, (), "it has none of the known forms: write it like A/RES/55/179 or S/RES/1244(1999)")
    reading = read_number(match, _named_organ(match), _is_decision(match))
    return Understanding(text, reading.candidates, reading.reason, reading.derived)


def resolve(text: str) -> Symbol:
    """The one symbol that a typed text means; raises as `Understanding.one` does."""
    return understand(text).one()


def find_in_question(text: str) -> tuple[Mention, ...]:
    """Every resolution, decision or statement that a question names, in order, with the paragraph if one is named.

    Reports and drafts (A/55/98) are left to the words of the question: resolutions cite them, the corpus holds none.
    Years, dates and numbers are left alone: a bare number counts only after a word such as resolution or SCR, or
    beside a paragraph ("OP4 of 1325").
    """
    read = text[:_LONGEST_QUESTION]
    found: list[Mention] = []
    taken = 0
    for match in _OFFICIAL.finditer(read):
        mention = _official(read, match)
        if mention is not None:
            found.append(mention)
    busy = [mention.span for mention in found]
    for match in _MENTION.finditer(read):
        start = match.start()
        if start < taken or any(a < match.end() and start < b for a, b in busy):
            continue
        mentions = _loose(read, match)
        if mentions:
            found += mentions
            taken = mentions[-1].span[1]
    return tuple(sorted(found, key=lambda mention: mention.span))


def _official(text: str, match: re.Match[str]) -> Mention | None:
    words = match[0].rstrip(".,;:-")
    for candidate in (words, re.sub(r"\s.*", "", words).rstrip(".,;:-"), words.rstrip(")")):
        try:
            symbol = Symbol.parse(candidate)
        except SymbolError:
            continue
        if symbol.kind in (SymbolKind.DOCUMENT, SymbolKind.DRAFT):
            return None
        return _placed(text, match.start(), match.start() + len(candidate), Reading((symbol,)))
    return None


def _placed(text: str, start: int, end: int, reading: Reading) -> Mention:
    before, after = place_before(text, start), place_after(text, end)
    begin = before[0] if before else start
    stop = after[0] if after and not before else end
    label = before[1] if before else after[1] if after else None
    return Mention((begin, stop), text[begin:stop], reading.candidates, label, reading.reason, (start, end))


def _loose(text: str, match: re.Match[str]) -> list[Mention]:
    """The mentions of one match and of the list that it opens ("resolutions 1325 and 1820")."""
    organ, decision = _named_organ(match), _is_decision(match)
    start, end = match.span()
    first = _placed(text, start, end, read_number(match, organ, decision))
    cued = organ is not None or match["word"] is not None
    if not first.candidates or not _is_meant(text, match, cued, first):
        return []
    found = [first]
    while cued and first.span[1] == end:
        following = _NEXT.match(text, end)
        if following is None or (following["bare"] and not match["bare"]) or _is_plain_year(following["bare"]):
            break
        reading = read_number(following, organ, decision)
        if not reading.candidates:
            break
        start, end = following.end() - len(following[0].lstrip(" ,&andor")), following.end()
        found.append(_placed(text, start, end, reading))
    return found


def _is_meant(text: str, match: re.Match[str], cued: bool, mention: Mention) -> bool:
    """Whether a number is a resolution's here, and no year, date, fraction or quantity."""
    if match["bare"] or match["dated"]:
        strong = match["word"] is not None or bool(re.search(r"R\b|RES/?", match[0].split(match["bare"] or "\0")[0]))
        if _is_plain_year(match["bare"]):
            singular = strong and not (match["word"] or "").lower().endswith("s")
            return singular or mention.label is not None
        return cued or mention.label is not None
    if cued or mention.label is not None or match["early"] or match["council"]:
        return True
    session = match["session"]
    if not session.isdecimal():
        return True
    return 31 < int(session) < 100 and int(session) != 50 and not _NOT_A_PAIR.match(text, match.end())


def _is_plain_year(number: str | None) -> bool:
    return number is not None and 1945 <= int(number) <= 2035


def _named_organ(match: re.Match[str]) -> Organ | None:
    groups = match.groupdict()
    for place, (_, organ) in enumerate(_ORGANS):
        if groups.get(f"o{place}") or groups.get(f"p{place}"):
            return organ
    return None


def _is_decision(match: re.Match[str]) -> bool:
    return (match["word"] or "").lower().startswith("dec")
