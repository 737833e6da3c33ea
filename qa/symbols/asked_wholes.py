"""Questions that are little else than a name: a whole text ("resolution 439 in full"), a whole part of one, a document's paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.numerals import MONTH, from_roman
from qa.symbols.asked_places import Place
from qa.symbols.spelling import blanked
from qa.symbols.symbol import Symbol

Span = tuple[int, int]

_PARAGRAPHS = r"(?:para(?:graph)?s|clauses)\b"
_WHOLE = re.compile(
    r"\b(?:(?P<pp>preamble|preambular\s+(?:part|section|para(?:graph)?s|clauses)|recitals|pps)\b"
    r"|(?P<op>operative\s+(?:part|section|para(?:graph)?s|clauses)|ops)\b"
    r"|(?:section|sect\.?|part)\s+(?P<section>(?-i:[IVX]{1,5}|[A-Z]))(?![\w.,])"
    r"|annex\b(?:\s+(?P<annex>[IVX]{1,4}|\d)\b)?"
    rf"|(?P<all>(?:all|every)\s+(?:of\s+)?(?:the\s+|its\s+)?{_PARAGRAPHS}|(?:whole|full|entire|complete)\s+(?:text|wording)\b"
    r"|in\s+full\b|in\s+its\s+entirety\b|(?:all|whole|entirety)\s+of\b))",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\b(?:sect|part)|preamb|recitals|\b[op]ps\b|operative|annex|\ball\b|whole|full|entire|complete", re.IGNORECASE
)
_SMALL = frozenset(
    "what does do did decide decides decided is are say says said state states read reads give show me please pls list quote print display get tell "
    "us the "
    "of in to from for and its it un unsc unga text texts full whole entire complete all wording content contents resolution "
    "resolutions i want need can could you would like see let have "
    "contain contains cover covers include includes provide provides list lists listed item items set sets out lay lays down".split()
)
# What asks of a text as a whole what it decides: its operative part is meant.
_OF_A_WHOLE = _SMALL | frozenset(
    "about main key major principal chief most important point points provision provisions measure measures element elements decision "
    "decisions decide decides decided do did demand demands demanded require requires required ask asks asked on s "
    "summary summarise summarize overview outline gist substance message details explain describe open find look at "
    "security general council assembly document united nations paragraphs clauses there pdf doc link download adopted".split()
)
_STEM = 4  # letters of a word that one of a title may begin with but for its last: "Syria" of "Syrian"
_BESIDE_TITLE = frozenset(
    "the a an of and in for to resolution resolutions text latest newest version un unga ga general assembly".split()
)
_TIME = re.compile(
    rf"\b(?:[0-3]?\d (?:{MONTH})|{MONTH})\b(?:,? \d{{4}}\b)?|\b(?:19|20)\d\d\b", re.IGNORECASE
)  # of its adoption
_OF_WHOM = re.compile(r"\b(?:ask|demand|require)\w*\s+(?:of|from)\s+\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_DOCUMENT = re.compile(r"(?<![\w/])A/(?P<number>[3-9]\d/[1-9]\d{0,3})(?![\w/]|\.\d)", re.IGNORECASE)


def find_wholes(text: str, symbols: Sequence[Span]) -> tuple[Place, ...]:
    """The parts of which a question asks all paragraphs, where it asks nothing else; a part goes before the whole text."""
    if not symbols or not _HINT.search(text):
        return ()
    matches = list(_WHOLE.finditer(blanked(text, symbols)))
    if not matches or not only_names(text, [*symbols, *(one.span() for one in matches)]):
        return ()
    if any(one["section"] for one in matches) and len(matches) > 1:
        return ()  # "section A of the annex"
    places = [_read(one) for one in matches]
    return tuple(dict.fromkeys([one for one in places if one.kind or one.annex or one.section] or places))


def asks_of_all(text: str, symbols: Sequence[Span], year: int) -> bool:
    """Whether a question is little else than the symbols of texts, of which one was adopted in `year`, and that year or a day of it: "what
    does 79/313 say?"; then its operative part is meant.
    """
    rest = blanked(text, symbols)
    times = list(_TIME.finditer(rest))
    years = {int(one) for time in times for one in re.findall(r"\d{4}", time[0])}
    return (
        not _OF_WHOM.search(rest) and years <= {year} and only_names(rest, [one.span() for one in times], _OF_A_WHOLE)
    )


def is_beside_title(text: str, symbols: Sequence[Span], title: str) -> bool:
    """Whether nothing but words of a text's title stands beside its symbol: "Syria 80/224"."""
    titled = {word[0].lower() for word in _WORD.finditer(title)}
    said = {word[0].lower() for word in _WORD.finditer(blanked(text, symbols))} - _BESIDE_TITLE
    return all(
        word in titled or (len(word) >= _STEM and any(one.startswith(word[:-1]) for one in titled)) for word in said
    )


def find_document(text: str) -> tuple[Span, Symbol] | None:
    """A document of the Assembly ("A/79/69"), with the resolution of the same number, which may be meant."""
    match = _DOCUMENT.search(text)
    return (match.span(), Symbol.parse(f"A/RES/{match['number']}")) if match else None


def only_names(text: str, spans: Sequence[Span], small: frozenset[str] = _SMALL) -> bool:
    """Whether nothing but small words ("what does ... say", "please") stands outside some stretches."""
    return all(word[0].lower() in small for word in _WORD.finditer(blanked(text, spans)))


def _read(match: re.Match[str]) -> Place:
    whole = Place(kind="", whole=True)
    if match["pp"] or match["op"]:
        return replace(whole, kind="PP" if match["pp"] else "OP")
    if match["section"]:
        return replace(whole, section=match["section"])
    which = match["annex"] or "1"
    return (
        whole
        if match["all"]
        else replace(whole, annex=int(which) if which.isdecimal() else from_roman(which.upper()) or 1)
    )
