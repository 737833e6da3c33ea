"""Which paragraphs named in a question belong to which of the symbols it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.symbols.asked_places import Place, Places, bare_after, bare_before, part_before

Span = tuple[int, int]

_OF = re.compile(
    r"[\s,]{0,4}+\b(?:of|in|from|under|to|at|on)\s{1,4}+(?:the\s{1,4}+)?(?:(?:both|each|either)\s{1,4}+(?:of\s{1,4}+)?)?"
    r"(?:the\s{1,4}+)?(?:its\s{1,4}+)?(?:(?:19|20)\d\d\s{1,4}+(?:resolution\s{1,4}+)?)?(?:(?:UN|U\.N\.|United\s{1,4}+Nations)\s{0,4}+)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[\s,:(]{0,6}+(?:the\s{1,4}+)?", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:['’]s?)?[\s,:(/)–—-]{0,6}+(?:\b(?:in|at|under|and|see)\s{1,4}+)?(?:(?:its|the)\s{1,4}+)?", re.IGNORECASE
)
_JOINED = re.compile(r"[\s,]{0,4}+(?:(?:and|or|&|plus)\s{0,4}+)?(?:(?:the|its)\s{1,4}+)?", re.IGNORECASE)
_WORDS_BEHIND = re.compile(r"(?:['’]s?)?[\s,:)(–-]{0,6}+(?:[^\W_][\w'’/-]{0,30}+[\s,)(–-]{1,6}+){1,6}+")
_WORDS_BEFORE = re.compile(
    r"[\s,]{0,4}+\b(?:of|in)\s{1,4}+(?:[^\W_][\w'’/-]{0,30}+[\s,(–-]{1,6}+){1,7}+", re.IGNORECASE
)
_NAME_BEFORE = re.compile(
    r"\s{0,4}+\bof\s{1,4}+the\s{1,4}+(?:[^\W_][\w'’-]{0,30}+\s{1,4}+){2,20}?[^\W_][\w'’-]{0,30}+\s{0,2}+[,(]\s{0,4}+",
    re.IGNORECASE,
)
_LONGEST = 120  # characters between a paragraph and its symbol; with a name of it between, twice as many
_ANOTHER_TEXT = re.compile(
    r"\b(?:report|convention|charter|statute|covenant|treaty|protocol|agreement|letter|note|rules|constitution|article)\b"
    r"|\w(?:ed|en|up|out|for)\s+(?:in|by|under)\b|\b(?:resolution|by|and)\s+$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\s{0,4}+,?\s{0,4}+(?:of\s+(?!(?:it|that|this|which)\b|the\s+(?:same|annex|said|resolution|text)\b)"
    r"|in\s+the\s+(?!(?:same|annex|said|resolution|text)\b))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|&|,?\s+(?:and|or|plus)\b|(?=\s))\s*(?:(?:also|of|in)\s+){0,2}(?:the\s+)?", re.IGNORECASE)
_APART = re.compile(r"\s{0,4}+[,:(]")
_OF_EACH = re.compile(r"\s{0,4}+,?\s{0,4}+(?:(?:of|in|from)\s{1,4}+)?(?:each|both|all)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """The places that belong to one symbol; `span` holds the symbol and what stands right beside it.

    `close`: nothing but a preposition or a comma lies between. `of`: a preposition binds them, as in "OP4 of 1325".
    """

    span: Span
    places: tuple[Place, ...] = ()
    close: bool = False
    of: bool = False


def places_beside(text: str, symbols: list[Span], groups: list[Places]) -> list[Beside]:
    """For each symbol, in order, the places that are named of it; every naming belongs to one symbol at most."""
    owners = _owners(text, symbols, groups)
    found = [_gathered(text, number, symbols, owners, groups) for number in range(len(symbols))]
    return _shared(text, symbols, found)


def _shared(text: str, symbols: list[Span], found: list[Beside]) -> list[Beside]:
    """Places named of a list of resolutions hold for all of them: "paragraph 1 of A and of B", "A and B, paragraph 1 (of each)".

    Behind a list they do only after a comma or before "each"; "A and B op 7" names one of B alone.
    """
    shared = list(found)
    rows = [_LISTED.fullmatch(text, one[1], other[0]) is not None for one, other in pairwise(symbols)]
    for at, listed in enumerate(rows):
        if listed and shared[at].of and not shared[at + 1].places:
            shared[at + 1] = replace(shared[at + 1], places=shared[at].places, of=True)
    for at, listed in reversed(list(enumerate(rows))):
        last, end = shared[at + 1], symbols[at + 1][1]
        behind = last.span[1] > end and last.span[0] == symbols[at + 1][0]
        for_all = not behind or _APART.match(text, end) or _OF_EACH.match(text, last.span[1])
        if listed and not last.of and last.places and for_all and not shared[at].places:
            shared[at] = replace(shared[at], places=last.places)
    return shared


@dataclass(frozen=True, slots=True)
class _Owner:
    symbol: int
    close: bool = True
    before: bool = False
    of: bool = False


def _owners(text: str, symbols: list[Span], groups: list[Places]) -> list[_Owner | None]:
    """The symbol of each group: what it is said to be "of" comes first, then what it stands behind, then what is near."""
    owners: list[_Owner | None] = [None] * len(groups)
    for at in reversed(range(len(groups))):
        following = owners[at + 1] if at + 1 < len(groups) else None
        joined = following is not None and following.before and _joins(text, groups, at)
        owners[at] = _owner_of(text, symbols, groups[at].span) or (following if joined else None)
    for at in range(len(groups)):
        if owners[at] is None and at and _joins(text, groups, at - 1):
            owners[at] = owners[at - 1]
        owners[at] = owners[at] or _near(text, symbols, groups[at].span)
    return owners


def _joins(text: str, groups: list[Places], at: int) -> bool:
    return _JOINED.fullmatch(text, groups[at].span[1], groups[at + 1].span[0]) is not None


def _owner_of(text: str, symbols: list[Span], group: Span) -> _Owner | None:
    following = next((number for number, (start, _) in enumerate(symbols) if start >= group[1]), None)
    leading = following - 1 if following is not None else len(symbols) - 1
    if following is not None and _OF.fullmatch(text, group[1], symbols[following][0]):
        return _Owner(following, before=True, of=True)
    if leading >= 0 and _BEHIND.fullmatch(text, symbols[leading][1], group[0]):
        return _Owner(leading)
    if following is not None and _COMMA.fullmatch(text, group[1], symbols[following][0]):
        return _Owner(following, before=True)
    return None


def _near(text: str, symbols: list[Span], group: Span) -> _Owner | None:
    """The symbol with at most six other words between it and the group, in one sentence."""
    following = next((number for number, (start, _) in enumerate(symbols) if start >= group[1]), None)
    leading = following - 1 if following is not None else len(symbols) - 1
    if following is not None and (
        _between(text, _WORDS_BEFORE, group[1], symbols[following][0])
        or _between(text, _NAME_BEFORE, group[1], symbols[following][0], 2 * _LONGEST)
    ):
        return _Owner(following, close=False, before=True)
    if leading >= 0 and not _OF_ANOTHER.match(text, group[1]):
        between = _between(text, _WORDS_BEHIND, symbols[leading][1], group[0])
        return _Owner(leading, close=False) if between else None
    return None


def _between(text: str, words: re.Pattern[str], start: int, end: int, longest: int = _LONGEST) -> bool:
    return (
        end - start < longest and bool(words.fullmatch(text, start, end)) and not _ANOTHER_TEXT.search(text, start, end)
    )


def _gathered(text: str, number: int, symbols: list[Span], owners: list[_Owner | None], groups: list[Places]) -> Beside:
    start, end = symbols[number]
    mine = [(owner, group) for owner, group in zip(owners, groups, strict=True) if owner and owner.symbol == number]
    if not mine:
        following = symbols[number + 1][0] if number + 1 < len(symbols) else len(text)
        alone = bare_after(text, end)
        if alone is None or alone.span[1] > following:
            alone = bare_before(text, start)
        mine = [(_Owner(number, of=alone.span[0] < start), alone)] if alone else []
    elif (exact := bare_after(text, end)) and exact.span[0] < mine[0][1].span[0]:
        mine = [(_Owner(number), exact), *mine]
    close = [group.span for owner, group in mine if owner.close]
    places = [place for _, group in mine for place in group.places]
    part = part_before(text, start) if mine and all(group.span[0] >= end for _, group in mine) else None
    if part is not None:
        start, places = part.span[0], [_in_part(place, part.places[0]) for place in places]
    return Beside(
        (min([start, *(span[0] for span in close)]), max([end, *(span[1] for span in close)])),
        tuple(dict.fromkeys(places)),
        bool(close),
        any(owner.of for owner, _ in mine),
    )


def _in_part(place: Place, part: Place) -> Place:
    """A place in the section or annex that is named before the symbol: "section VIII of |79/258, para 28"."""
    named = place.section or place.annex or place.unit or place.exact
    return place if named else replace(place, section=part.section, annex=part.annex)
