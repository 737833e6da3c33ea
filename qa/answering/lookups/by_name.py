"""Which resolution a name means of which a paragraph is asked: the one that its title tells, or that nearly all that is found is of.

Nothing is taken where that is not clear; the question is then answered as any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answering.lookups.fitting import in_times
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.question import LookupQuestion
from qa.ids import label_of, symbol_of
from qa.passages import passage_input
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable
from qa.symbols.asked_by_name import AskedByName, asked_by_name
from qa.terms import distinct_terms

_SEARCHED = 150  # hits for a name among which one text is told
_FIRST = 10  # hits among which one resolution must stand out
_TITLED = 0.75  # share of a name's words that the title must hold
_AHEAD = 0.25  # by how much more than any other title
_MOST = 0.6  # share of the first hits, of one time, that an untitled resolution must have
_HELD = 0.5  # share of a name's words that these hits must hold
_FEW = 2
CERTAIN = 0.9
"""The most that is claimed for a resolution told by its name; the share found of the name, or of the hits, lowers it."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FILLERS = distinct_terms(
    "resolution resolutions text document paragraph united nations general assembly security council session adopted new latest"
)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """`n_alike`: of so many texts of one title it is the newest."""

    symbol: str
    share: float
    n_alike: int = 1


def by_name(question: LookupQuestion) -> LookedUp | None:
    """What is asked for by name, and that it is not clear where no resolution clearly has that name; None for other questions."""
    query, corpus = question.query, question.corpus
    asked = None if query.mentions or query.language else asked_by_name(query.question)
    if asked is None:
        return None
    sessions = [replace(one, role=Role.SESSION) for one in query.dates if one.session is not None]
    times = [*sessions, *(one for one in query.dates if one.session is None and one.role is Role.ADOPTED)]
    plain = re.sub("|".join(re.escape(one.text) for one in times), " ", asked.name) if times else asked.name
    words = distinct_terms(plain) - _FILLERS
    if not words:
        return None
    found = question.search(asked.name, _SEARCHED)
    ids = [corpus.paragraph_id(int(row)) for row in found.rows]
    fits = [in_times(int(day), times) for day in found.adopted]
    symbols = [symbol_of(name) for name, fit in zip(ids, fits, strict=True) if fit]
    years = set(_YEAR.findall(asked.name))
    titles = {
        symbol: title
        for symbol, title in corpus.generation.titles_of(list(dict.fromkeys(symbols))).items()
        if not years
        or not (own := set(_YEAR.findall(title)))
        or years & own  # the budget for 2024 is not that for 2025
    }
    first = [
        symbol for name, fit in zip(ids[:_FIRST], fits, strict=False) if (symbol := symbol_of(name)) in titles and fit
    ]
    days = dict(zip(map(symbol_of, ids), found.adopted.tolist(), strict=True))
    chosen = _by_title(words, first, titles, found.names, days) or _by_hits(words, first, titles, found, ids, corpus)
    if chosen is None:
        return LookedUp((), f"which text is meant by {asked.name!r} is not clear: name it by its symbol", refuses=True)
    return _at(asked, chosen, titles[chosen.symbol], corpus)


def _at(asked: AskedByName, chosen: _Chosen, title: str, corpus: Searchable) -> LookedUp | None:
    symbol = chosen.symbol
    if any(place.unit and not corpus.has_units(symbol, place) for place in asked.places):
        return None
    found = [(name, place.alone) for place in asked.places for name in corpus.ids_at(symbol, place)]
    newest = f", the newest of {chosen.n_alike} of that title" if chosen.n_alike > 1 else ""
    named = f"{symbol}, {title!r}{newest}" if title else symbol
    if not found:
        return LookedUp((), f"{asked.name!r} may be {named}, which has no {asked.words!r}", refuses=True)
    ids = tuple(
        dict.fromkeys(one for name, alone in found for one in (name, *(() if alone else corpus.ids_below(name))))
    )
    shown = " to ".join(dict.fromkeys((label_of(ids[0]), label_of(ids[-1]))))
    return LookedUp(ids, f"{asked.words!r} of {asked.name!r} is read as {shown} of {named}", CERTAIN * chosen.share)


def _by_title(
    words: frozenset[str],
    first: Sequence[str],
    titles: Mapping[str, str],
    names: Mapping[str, Sequence[str]],
    days: Mapping[str, int],
) -> _Chosen | None:
    """The one resolution whose title holds the words, abbreviations spelt out, and no other's as many; of a series of one title the newest."""
    spelt = {letters.casefold(): [distinct_terms(name) for name in forms] for letters, forms in names.items()}

    def share(title: str) -> float:
        held = distinct_terms(title)
        return sum(word in held or any(form <= held for form in spelt.get(word, ())) for word in words) / len(words)

    shares = {symbol: share(title) for symbol, title in titles.items()}
    best = max(shares.values(), default=0.0)
    near = [symbol for symbol, held in shares.items() if held > best - _AHEAD]
    if best < _TITLED or len({titles[symbol] for symbol in near}) > 1 or sum(map(first.count, near)) < _FEW:
        return None
    return _Chosen(max(near, key=lambda symbol: days[symbol]), best, len(near))


def _by_hits(
    words: frozenset[str],
    first: Sequence[str],
    titles: Mapping[str, str],
    found: Candidates,
    ids: Sequence[str],
    corpus: Searchable,
) -> _Chosen | None:
    """The one resolution without a title (the Council prints none) that most hits are of, if they hold the name's words."""
    if len(first) < 2 * _FEW:
        return None
    symbol, n = Counter(first).most_common(1)[0]
    if titles[symbol] or first[0] != symbol or n < 2 * _FEW or n / len(first) < _MOST:
        return None
    rows = [int(row) for row, name in zip(found.rows[:_FIRST], ids, strict=False) if name.startswith(f"{symbol}#")]
    held = frozenset(term for one in corpus.passages(rows) for term in distinct_terms(passage_input(one)))
    spelt = {
        letters.casefold()
        for letters, forms in found.names.items()
        if any(distinct_terms(form) <= held for form in forms)
    }
    share = len(words & (held | spelt)) / len(words)
    return _Chosen(symbol, n / len(first)) if share >= _HELD else None
