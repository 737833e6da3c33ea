"""Questions as lookups are asked them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from qa.answering.lookups.question import LookupQuestion, Topic
from qa.answering.references import References
from qa.answering.scoping import SearchScope
from qa.retrieval.meant import Meant
from qa.retrieval.order import Order
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.wire import Filters

NOTHING = Candidates(
    np.zeros(0, np.int64), np.zeros((0, 1), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32)
)


def put_to(
    corpus: Any,
    query: Query,
    *,
    topic: Topic | None = None,
    order: Order | None = None,
    found: Sequence[str] = (),
    hits: Candidates = NOTHING,
    likes: Callable[[str, float], Sequence[Meant]] = lambda words, least: (),
    chosen: Filters | None = None,
) -> LookupQuestion:
    """A question put to a made-up corpus; `found` and `hits`: what meaning finds, for it and for any other words."""
    chosen = chosen or Filters()
    scope = SearchScope(chosen, References(), None, order, None, "", ())
    return LookupQuestion(
        query, scope, topic, cast(Searchable, corpus), lambda: found, lambda words, n: hits, likes, chosen
    )
