"""What of the corpus a question is asked of: the filters, the texts it names, and a time or a side of another text to which it keeps.

Where nothing lies there the question is refused, rather than answered from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from qa.answering.references import References
from qa.retrieval.corpus import Ints, Mask, Scope
from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.order import Order, beyond, order_asked
from qa.retrieval.query import Query
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import Subject
from qa.symbols.roles import Side
from qa.terms import distinct_terms
from qa.wire import Filters

_Limit = tuple[Callable[[Ints], Mask], str]  # a test of days of adoption (yyyymmdd), and which days pass it, in words


_BEFORE = re.compile(
    r"\bresolutions?\b[^?.]{0,80}\b(?:adopt|adopted|pass|passed)(?: by the [\w ]{3,25})?"
    r"(?: (?:on|about|concerning|regarding) [\w' -]{3,40}?)?(?: (?:in|on|during|between|of))?(?: the)?"
    r"(?: (?:year|month)(?: of)?)? $|\bresolutions (?:of|from|in) $|\bresolutions\b[^?.]{0,40}\b(?:extend|renew|prolong)[^?.]{1,60} in $"
    r"|\bhow (?:often|many times)[^?.]{0,80} (?:in|during) $"
    r"|\A\W*what (?:did|has) (?:the )?(?:un |united nations )?(?:(?:security |general )?(?:council|assembly)|unsc|unga|un|united nations)"
    r" (?:do|done|decide|decided|adopt|adopted|pass|passed)(?: (?:in|on|during|back in))?(?: the)?(?: (?:year|month)(?: of)?)? $",
    re.I,
)
_HAS = re.compile(r"resolution|how (?:often|many times)|\bwhat (?:did|has)\b", re.I)
_READ = 40  # texts that cite a resolution, of which one must be about what is asked
_OF_ACTING = distinct_terms("do act action react response respond follow measure step take")


@dataclass(frozen=True, slots=True)
class SearchScope:
    """`allowed`: the rows to search, None for all; `named` with a refusal where there are none. `order`: what is asked for of
    what fits about equally. `time`: of whose resolutions a list may be asked for. `when`: to which days of adoption the
    search keeps, in words, "" for all. `sequels`: what cites the
    resolution after which is asked, None where none is asked beside any. `notes` say all this to people.
    """

    filters: Filters
    named: References
    allowed: Scope | None
    order: Order | None
    time: DateMention | None
    when: str
    notes: tuple[str, ...]
    sequels: frozenset[str] | None = None

    def naming(self, paragraphs: tuple[str, ...]) -> SearchScope:
        """The same, with the paragraphs that are named in another order."""
        return replace(self, named=replace(self.named, paragraphs=paragraphs))


def scope_of(query: Query, named: References, filters: Filters, corpus: Searchable) -> SearchScope:
    """What a question is asked of.

    Raises:
        qa.errors.FilterError: the corpus has no such value.
    """
    sequels = _sequels(named, corpus)
    citing = sequels if sequels and not filters.symbol and _is_about(query, sequels, corpus) else ()
    filters = msgspec.structs.replace(filters, symbol=list(citing)) if citing else _within(filters, named)
    allowed = corpus.allowed(filters)
    holder = "the corpus" if allowed is None else "what is searched"
    time = time_of_adoption(query) if query.dates and not named.searched else None
    when = ""
    for test, days in _limits(query, named, time):
        kept = corpus.adopted_when(test, allowed)
        narrower = f"{when} and {days}" if when else days
        if kept is None:
            named = named if named.refusal else replace(named, refusal=f"{holder} holds nothing adopted {narrower}")
            break
        allowed, when = kept, narrower
    order, in_words = _order(query, named)
    cites = f"only what cites {named.sides[0].symbol} is searched" if citing else ""
    notes = (f"only what was adopted {when} is searched" if when else "", cites, in_words)
    return SearchScope(
        filters,
        named,
        allowed,
        order,
        time,
        when,
        tuple(one for one in notes if one),
        sequels=frozenset(sequels) if named.sides else None,
    )


def time_of_adoption(query: Query) -> DateMention | None:
    """The time of which resolutions are asked for; None for other questions."""
    if len(query.dates) != 1 or not _HAS.search(query.question):
        return None
    (time,) = query.dates
    before, found, _ = query.question.partition(time.text)
    return time if time.role is Role.ADOPTED and found and _BEFORE.search(before) else None


def _sequels(named: References, corpus: Searchable) -> tuple[str, ...]:
    """What cites a resolution, where only what came after that one is asked for."""
    if len(named.sides) != 1 or named.sides[0].side is not Side.AFTER:
        return ()
    return tuple(dict.fromkeys(symbol for symbol, *_ in corpus.generation.mentions_of(named.sides[0].symbol)))


def _asked_beside(query: Query) -> frozenset[str]:
    """What a question asks about beside what came after a resolution."""
    return frozenset(one for one in Subject.of(query, {}).words - _OF_ACTING if not one.isdigit())


def asks_only_after(query: Query, named: References) -> bool:
    """Whether nothing is asked but what came after a resolution."""
    after = len(named.sides) == 1 and named.sides[0].side is Side.AFTER
    return after and not _asked_beside(query) and not query.abbreviations


def _is_about(query: Query, sequels: tuple[str, ...], corpus: Searchable) -> bool:
    """Whether what cites a resolution is about what is asked: nothing else is, or one of the first texts speaks of half of it."""
    words = _asked_beside(query)
    if not words:
        return bool(sequels)
    for symbol in sequels[:_READ]:
        resolution = corpus.whole(symbol)
        text = " ".join([resolution.title, *(one.text for one in resolution.paragraphs)]) if resolution else ""
        if 2 * len(words & distinct_terms(text)) >= len(words):
            return True
    return False


def _within(filters: Filters, named: References) -> Filters:
    """The filters, with the resolutions that the question names where they name none."""
    if not named.searched or filters.symbol:
        return filters
    return msgspec.structs.replace(filters, symbol=list(named.searched))


def _limits(query: Query, named: References, time: DateMention | None) -> Iterator[_Limit]:
    """The days of adoption to which a question keeps, apart from the filters."""
    if query.reading.is_beyond:
        yield from map(_past, query.dates)
    for side in named.sides:
        yield beyond(side.day, Order.NEWEST if side.side is Side.AFTER else Order.OLDEST), f"{side.side} {side.symbol}"
    if time is not None:
        yield partial(_is_of, time=time), f"in that time ({time.text})"


def _order(query: Query, named: References) -> tuple[Order | None, str]:
    """What comes first of what fits about equally, and a note of it: what the words ask for, else what is nearest to a side's resolution."""
    wanted = order_asked(query)
    if wanted:
        order, words = wanted
        return order, f"{words!r}: {order.value}, where texts fit about equally"
    if named.sides or (query.reading.is_beyond and query.dates):
        is_after = named.sides[0].side is Side.AFTER if named.sides else query.dates[-1].role is not Role.BEFORE
        order = Order.OLDEST if is_after else Order.NEWEST
        return order, f"{order.value}, where texts fit about equally"
    return None, ""


def _is_of(adopted: Ints, time: DateMention) -> Mask:
    inside: Mask = (adopted > 0) & (days_outside(adopted, time) == 0)
    return inside


def _past(one: DateMention) -> _Limit:
    """What lies before a time, or after it; the time itself is in neither."""
    if one.role is Role.BEFORE:
        return beyond(int(f"{one.first:%Y%m%d}"), Order.OLDEST), f"before {one.text}"
    return beyond(int(f"{one.last:%Y%m%d}"), Order.NEWEST), f"after {one.text}"
