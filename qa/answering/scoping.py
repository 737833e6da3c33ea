"""What of the corpus a question is asked of: the filters, the texts it names, and a time or a side of another text to which it keeps.

Where nothing lies there the question is refused, rather than answered from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import msgspec
import numpy as np

from qa.answering.adopted_then import time_of_adoption
from qa.answering.references import Beside, Named
from qa.retrieval.corpus import Ints, Mask, Scope
from qa.retrieval.dates import DateMention
from qa.retrieval.features import date_fit, days_outside
from qa.retrieval.order import Order, beyond, order_asked
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.symbols.roles import Side
from qa.wire import Filters

_NONE_BEYOND = "the corpus holds no text that was adopted on that side of what is found first"


@dataclass(frozen=True, slots=True)
class Asked:
    """`allowed`: the rows to search, None for all; `named` with a refusal where there are none. `order`: what is asked for of
    what fits about equally. `time`: of whose resolutions a list may be asked for.
    """

    filters: Filters
    named: Named
    allowed: Scope | None
    order: Order | None
    time: DateMention | None


def scope_of(query: Query, named: Named, filters: Filters, corpus: Searchable) -> Asked:
    """What a question is asked of.

    Raises:
        qa.errors.FilterError: the corpus has no such value.
    """
    filters = within(filters, named)
    allowed = corpus.allowed(filters)
    wanted = order_asked(query)
    order = wanted[0] if wanted else None
    if query.reading.is_beyond:
        allowed, named = _kept(corpus, partial(_is_beyond, dates=query.dates), allowed, named, _NONE_BEYOND)
    if named.beside and not named.symbols:
        order, allowed, named = _on_a_side(named.beside, corpus, allowed, named)
    time = time_of_adoption(query) if query.dates else None
    if time is not None:
        none = f"the corpus holds nothing adopted in that time: {time.text}"
        allowed, named = _kept(corpus, partial(_is_of, time=time), allowed, named, none)
    return Asked(filters, named, allowed, order, time)


def within(filters: Filters, named: Named) -> Filters:
    """The filters, with the resolutions that the question names where they name none."""
    if not named.searched or filters.symbol:
        return filters
    return msgspec.structs.replace(filters, symbol=list(named.searched))


def _on_a_side(
    beside: Beside, corpus: Searchable, allowed: Scope | None, named: Named
) -> tuple[Order, Scope | None, Named]:
    """Only what was adopted on one side of a resolution, the nearest to it in time first."""
    after = beside.side is Side.AFTER
    test = beyond(beside.day, Order.NEWEST if after else Order.OLDEST)
    none = f"the corpus holds nothing adopted {beside.side} {beside.symbol}"
    return Order.OLDEST if after else Order.NEWEST, *_kept(corpus, test, allowed, named, none)


def _kept(
    corpus: Searchable, test: Callable[[Ints], Mask], allowed: Scope | None, named: Named, none: str
) -> tuple[Scope | None, Named]:
    """What of the rows was adopted on days that pass a test; all of them and a refusal where nothing was."""
    kept = corpus.adopted_when(test, allowed)
    if kept is not None:
        return kept, named
    return allowed, named if named.refusal else replace(named, refusal=none)


def _is_of(adopted: Ints, time: DateMention) -> Mask:
    inside: Mask = (adopted > 0) & (days_outside(adopted, time) == 0)
    return inside


def _is_beyond(adopted: Ints, dates: tuple[DateMention, ...]) -> Mask:
    """Which dates of adoption lie in an open time, the day itself left out."""
    days = [one.first.year * 10000 + one.first.month * 100 + one.first.day for one in dates]
    return (date_fit(adopted, dates) > 0) & ~np.isin(adopted, days)
