"""The newest or the oldest of a series, gathered where a question asks for it.

Of many renewals that say nearly the same, the newest need not be among the nearest. So it is looked for among what is newer than
the newest found, and again, until that brings nothing about the same any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from qa.retrieval.corpus import Floats, Ints, Scope
from qa.retrieval.order import Order, beyond
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import Subject, may_be_meant

_LEAPS = 3  # searches of what is newer, each from the newest that the one before found
_EACH = 30  # rows of each list that a search brings
_NEAR = 0.3  # of the first score: what lies farther below the best of its series is about something else


def gather(
    query: Query,
    vector: Floats,
    corpus: Searchable,
    found: Candidates,
    order: Order,
    n: int,
    weights: Mapping[str, float],
    allowed: Scope | None,
) -> tuple[Candidates, int]:
    """The candidates with what is newer (or older) of their series put behind the first `n`, and how many are to be read then."""
    if not found.n:
        return found, n
    near = found.head(corpus, n)
    fits = may_be_meant(found, query, near)
    series = Subject.of(query, found.names).series(near, fits)
    if series is None:
        return found, n
    members = [place for place, one in enumerate(near) if fits[place] and series.holds(one)]
    edge = _extreme(found.adopted[members], order)
    floor = found.scores[members[0]] - _NEAR
    more: list[Candidates] = []
    for _ in range(_LEAPS):
        pool = corpus.adopted_when(beyond(edge, order), allowed) if edge else None
        if pool is None:
            break
        farther = search_candidates(query, vector, corpus, _EACH, weights, pool)
        passages = corpus.passages(farther.rows.tolist())
        fits = may_be_meant(farther, query, passages) & (farther.scores >= floor)
        kept = [place for place, one in enumerate(passages) if fits[place] and series.holds(one)]
        if not kept:
            break
        more.append(farther.turned(np.array(kept, dtype=np.int64)))
        edge = _extreme(more[-1].adopted, order)
    return behind_the_first(found, more, n, corpus) if more else (found, n)


def behind_the_first(
    found: Candidates, more: Sequence[Candidates], n: int, corpus: Searchable
) -> tuple[Candidates, int]:
    """Each paragraph once: the first `n`, what more was found, the others; and how many come before the others."""
    every = found.and_(more)
    n = min(n, found.n)
    order = [*range(n), *range(found.n, every.n), *range(n, found.n)]
    places: dict[str, int] = {}
    for place in order:
        places.setdefault(corpus.paragraph_id(int(every.rows[place])), place)
    kept = list(places.values())
    return every.turned(np.array(kept, dtype=np.int64)), sum(place < n or place >= found.n for place in kept)


def _extreme(adopted: Ints, order: Order) -> int:
    known = adopted[adopted > 0]
    return int(known.max() if order is Order.NEWEST else known.min()) if len(known) else 0
