"""Paragraphs that name the end that a question names: "until 15 June 1991", "report to the eightieth session"."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from qa.retrieval.corpus import Corpus, Floats, Rows, Scope
from qa.retrieval.dates import DateMention, Role

_MOST = 100  # passages read for each time
_DAY, _SESSION = 1.0, 0.3  # a mandate ends on one day, but many paragraphs of a text may name the session that is next


def rows_ending(dates: Iterable[DateMention], corpus: Corpus, pool: Scope | None) -> dict[int, float]:
    """Of the rows in a pool (those adopted before) that match the time's words best, those whose text names it, with what that
    is worth.
    """
    found: dict[int, float] = {}
    for one in dates:
        if one.role is Role.END or one.session is not None:
            rows = corpus.lexical.match(one.words).best(_MOST, pool).tolist()
            inputs = corpus.inputs(rows) if rows else []
            worth = _DAY if one.session is None else _SESSION
            for row, (text, _) in zip(rows, inputs, strict=True):
                if one.named_in(text.split("\n", 1)[-1]):
                    found[row] = max(worth, found.get(row, 0.0))
    return found


def worth_of(ending: dict[int, float], rows: Rows) -> Floats:
    """For each row what `rows_ending` found it worth; 0 for others."""
    return np.array(
        [ending.get(row, 0.0) for row in rows.tolist()] if ending else np.zeros(len(rows)), dtype=np.float32
    )
