"""The texts that a paragraph names: resolutions, decisions, reports and letters, with the paragraph where one is given.

"resolution 77/31 of 6 December 2022", "its resolutions 46/182 and 48/141", "paragraph 5 of resolution 60/251",
"Security Council resolutions 2175 (2014) and 2286 (2016)", "A/50/790-S/1995/999". Treaties stay text. A number whose
organ cannot be told (a resolution of another organization) is given without a symbol, never with a guessed one.
"""

from __future__ import annotations

import re

from qa.errors import SymbolError
from qa.records import Reference, ReferenceKind, Span
from qa.symbols.numbers import NUMBER, read_number
from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.places import place_after, place_before
from qa.symbols.symbol import Symbol

_HEADS = tuple(  # by their second letters, which make a pattern find its few places at once
    (word, re.compile(rf"{word}(?<=\b{initial}{word}){plural}?\s+(?={body})"))
    for word, plural, initial, body in (
        ("esolution", "s", "[Rr]", "[ES\\d]"),
        ("ecision", "s", "[Dd]", "[S\\d]"),
        ("ESOLUTION", "S", "[Rr]", "[ES\\d]"),
        ("ECISION", "S", "[Dd]", "[S\\d]"),
    )
)
_BODY = re.compile(r"(?<!\d)(?=[ES1-9])" + NUMBER + r"(?![\w/%]|\.\d|/)")
_JOIN = re.compile(r"(?:,|\band\b|\bor\b|\bto\b|&)\s*(?:in\s+|of\s+)?$")
_GAP = 260
_NEAR = 26
_LONGEST_NAME = 30  # characters of a body's name before its last word, blanks at line ends included
_STOP = re.compile(
    r"[;:.RrDdp](?:(?<=[;:])|(?<=\.)\s|(?<=[Rr])esolutions?\b|(?<=[Dd])ecisions?\b|(?<=\bp)aragraphs?\b|(?<=\bd)ocument)"
)
_SERIES = "A S E ST TD UNEP HSP ECE CEP FCCC CEDAW CRC CCPR CERD DP CD ICCD HRI UNW".split()
_FIRST_SEGMENT = "|".join(
    rf"{s[0]}(?<![\w/-]{s[0]}){s[1:]}/" for s in _SERIES
)  # its letter first: fewer places are tried
_OFFICIAL = re.compile(rf"(?:{_FIRST_SEGMENT})[A-Z0-9][A-Za-z0-9./()-]{{1,60}}(?:\s\((?:19|20)\d\d\))?")
_BEFORE = re.compile(
    r"(?=[A-Z])"
    r"(?P<name>General\s+Assembly|Security\s+Council|Human\s+Rights\s+Council|Economic\s+and\s+Social\s+Council|"
    r"Environment\s+Assembly|Habitat\s+Assembly|Commission\s+on\s+Human\s+Rights|Health\s+Assembly|"
    r"\b(?:Assembly|Council|Commission|Conference|Committee|Board|Parties|Congress|Union|Organization|Agency|Parliament|"
    r"Fund|League|WHA|IAEA|ICAO|UNESCO|IMO|FAO|ILO|WHO|OAU|AU))(?:['’]s?)?"
    r"(?:\s++(?:in\s++)?(?:its\s++)?(?:(?:relevant|previous)\s++)?(?:draft\s++)?)$"
)
_AFTER = re.compile(
    r"(?<!\s)(?:\s+[A-Z](?:\s+and\s+[A-Z])?)?(?:\s*(?:,\s*)?(?:of|dated)\s+\d{1,2}\s+\w+\s+\d{4})?\s*(?:,\s*)?(?:adopted\s+by|of)\s+the\s+"
    r"(?:[A-Za-z-]+\s+){0,3}?(?P<name>General\s+Assembly|Security\s+Council|Human\s+Rights\s+Council|"
    r"Economic\s+and\s+Social\s+Council|Environment\s+Assembly|Habitat\s+Assembly|Commission\s+on\s+Human\s+Rights|"
    r"Health\s+Assembly|Governing\s+Council|Assembly|Council|Conference|Committee|Board|Congress|Parties|Union)\b"
)
_IN_ITS = re.compile(r"\b(?:in|by|under|through|to)\s++(?:paragraphs?\s++[^,;]{1,20}(?<!\s)\s++of\s++)?its\s++$")
_PLACED = re.compile(r"[Pp]ara|PARA|OP|PP|¶")  # a cheap look before the costly one
_BETWEEN = frozenset({"its", "in", "relevant", "previous", "draft"})
_LAST_WORDS = frozenset(
    "Assembly Council Rights Commission Conference Committee Board Parties Congress Union Organization Agency Parliament"
    " Fund League WHA IAEA ICAO UNESCO IMO FAO ILO WHO OAU AU".split()
)
_DATE = re.compile(r"(?<!\s)\s+of\s+(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+(\d{4})\b")
_NAMES = {
    "General Assembly": Organ.GENERAL_ASSEMBLY,
    "Security Council": Organ.SECURITY_COUNCIL,
    "Human Rights Council": Organ.HUMAN_RIGHTS_COUNCIL,
    "Economic and Social Council": Organ.ECONOMIC_AND_SOCIAL_COUNCIL,
    "Environment Assembly": Organ.ENVIRONMENT_ASSEMBLY,
    "Habitat Assembly": Organ.HABITAT_ASSEMBLY,
    "Commission on Human Rights": Organ.COMMISSION_ON_HUMAN_RIGHTS,
}
_ASSEMBLIES = (Organ.GENERAL_ASSEMBLY, Organ.ENVIRONMENT_ASSEMBLY, Organ.HABITAT_ASSEMBLY)
_COUNCILS = (Organ.HUMAN_RIGHTS_COUNCIL, Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.SECURITY_COUNCIL)
_KINDS = {SymbolKind.RESOLUTION: ReferenceKind.RESOLUTION, SymbolKind.DECISION: ReferenceKind.DECISION}


def find_references(text: str, organ: Organ | None = None) -> tuple[Reference, ...]:
    """Every text that a paragraph names, in order of place.

    Args:
        text: the paragraph's clean text; spans count in it.
        organ: who adopted the paragraph; decides what "its resolution 53/1" and "the Council" mean.
    """
    found: list[Reference] = []
    for word, pattern in _HEADS:
        if word in text:
            for head in pattern.finditer(text):
                found += _numbered(text, head.start() - 1, head.end(), organ)
    if "/" in text:
        taken = [reference.span for reference in found]
        for match in _OFFICIAL.finditer(text):
            official = _official(text, match)
            if official and not any(a < official.span.end and official.span.start < b for a, b in taken):
                found.append(official)
    return tuple(sorted(found, key=lambda reference: reference.span))


def _official(text: str, match: re.Match[str]) -> Reference | None:
    words = match[0].rstrip(".,;:-/")
    if words.count(")") > words.count("("):
        words = words[: words.rindex(")")].rstrip(".,;:-/")
    for candidate in (words, re.sub(r"\s.*", "", words)):
        try:
            symbol = Symbol.parse(candidate)
        except SymbolError:
            continue
        span = Span(match.start(), match.start() + len(candidate))
        kind = _KINDS.get(symbol.kind, ReferenceKind.DOCUMENT)
        return Reference(candidate, kind, span, str(symbol), _paragraph(text, *span))
    return None


def _numbered(text: str, start: int, end: int, organ: Organ | None) -> list[Reference]:
    """The references of the head "resolution(s) " at `start`, lists included; the first number stands at `end`."""
    first = _BODY.match(text, end)
    if first is None:
        return []
    decision = text[start] in "Dd"
    plural = text[start:end].rstrip()[-1] in "sS"
    bodies = [first, *_listed(text, first, _GAP if plural else _NEAR)]
    named = _named(text, start, bodies[-1].end())
    kind = ReferenceKind.DECISION if decision else ReferenceKind.RESOLUTION
    references = []
    for place, body in enumerate(bodies):
        symbol = _symbol(text, body, named, organ, decision)
        if symbol is None and body["bare"]:
            continue
        span = Span(start if place == 0 else body.start(), body.end())
        paragraph = _paragraph(text, *span)
        references.append(Reference(text[slice(*span)], kind, span, str(symbol) if symbol else None, paragraph))
    return references


def _listed(text: str, first: re.Match[str], gap: int) -> list[re.Match[str]]:
    """Further numbers of a list: after a comma or "and", dates and short titles in between skipped up to `gap`."""
    bodies: list[re.Match[str]] = []
    end = first.end()
    while True:
        stop = _STOP.search(text, end, end + gap)
        last = stop.start() if stop else end + gap
        following = next((m for m in _BODY.finditer(text, end, last) if _continues(text, m, first, end)), None)
        if following is None:
            return bodies
        bodies.append(following)
        end = following.end()


def _continues(text: str, body: re.Match[str], first: re.Match[str], end: int) -> bool:
    """Whether a list that began with `first` goes on with this number, which must be joined to it and of its form."""
    start = body.start()
    if body["bare"]:
        if not first["bare"] or start - first.end() > 40:
            return False
    elif not first["dated"] if body["dated"] else first["bare"]:
        return False
    if body["council"] and text[end:start].isspace():
        return True
    return _JOIN.search(text[max(0, start - 12) : start]) is not None


def _named(text: str, start: int, end: int) -> str | None:
    """The body named right before the head or right after the last number."""
    after = _AFTER.match(text, end, end + 160)
    if after:
        return " ".join(after["name"].split())
    near = text[max(0, start - 180) : start]
    before = _organ_before(near)
    if before is None and _IN_ITS.search(near):
        place, name = max((near.rfind(name), name) for name in _NAMES)
        return name if place >= 0 else None
    return " ".join(before["name"].split()) if before else None


def _organ_before(text: str) -> re.Match[str] | None:
    """The organ's name at the very end of a text; most texts are told by their last words."""
    tail = text[-80:]
    words = tail.split()
    while words and words[-1] in _BETWEEN:
        words.pop()
    last = words[-1].replace("’", "'").split("'")[0] if words else ""
    return _BEFORE.search(tail, max(0, tail.rfind(last) - _LONGEST_NAME)) if last in _LAST_WORDS else None


def _candidates(named: str | None, organ: Organ | None) -> tuple[Organ | None, ...]:
    """The organs to try, in order; empty for a body whose texts have no symbol here."""
    if named in _NAMES:
        return (_NAMES[named],)
    if named == "Assembly":
        return (organ,) if organ in _ASSEMBLIES else (Organ.GENERAL_ASSEMBLY,)
    if named == "Council":
        return (organ, *_COUNCILS) if organ in _COUNCILS else _COUNCILS
    if named == "Commission":
        return (Organ.COMMISSION_ON_HUMAN_RIGHTS,)
    if named is not None:
        return ()
    return (organ, None) if organ is not None else (None,)


def _symbol(text: str, body: re.Match[str], named: str | None, organ: Organ | None, decision: bool) -> Symbol | None:
    """The one symbol that fits the organ and the date printed after the number; None where that leaves a choice."""
    if body["bare"] and named != "Security Council" and organ is not Organ.SECURITY_COUNCIL:
        return None
    date = _DATE.match(text, body.end())
    year = int(date[1]) if date else None
    organs = _candidates(named, organ)
    for candidate in organs:
        fitting = [s for s in read_number(body, candidate, decision).candidates if _fits(s, year)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting and organ is not None:  # the other organs call a Council resolution by its name
            return next((s for s in fitting if s.organ is Organ.GENERAL_ASSEMBLY), None)
    sure = organs[0] if organs else None  # a misprinted date does not unmake a number of the organ itself
    unfitting = read_number(body, sure, decision).candidates if sure else ()
    return unfitting[0] if len(unfitting) == 1 else None


def _fits(symbol: Symbol, year: int | None) -> bool:
    years = symbol.years
    printed = symbol.printed_year is not None
    return year is None or years is None or printed or years[0] <= year <= years[1]


def _paragraph(text: str, start: int, end: int) -> str | None:
    """The label of the paragraph named beside a reference: "paragraph 5 of resolution 60/251" is OP5."""
    near = text[max(0, start - 200) : start]
    if _PLACED.search(near):
        organ = _organ_before(near)
        tail_start = max(0, len(near) - 80) + organ.start() if organ else len(near)
        before = place_before(near[:tail_start], tail_start)
        if before:
            return before[1]
    after = place_after(text, end) if text[end : end + 2] in (", ", " (") or text[end : end + 1] == "#" else None
    return after[1] if after else None
