"""A time to come at which something is to be: the paragraph that tells where or when it is names it, or stands beside one that does."""

from __future__ import annotations

from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.ends import asks_where_or_when
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable

_BESIDE = 3  # paragraphs before one and after it that may name the time of which it speaks


def unnamed_ahead(query: Query, found: Candidates, corpus: Searchable) -> str | None:
    """The time to come at which something is to be, where it is asked for by day or place and neither the first candidate names it
    nor what stands beside it in its text.
    """
    ahead = [one for one in query.dates if one.role is Role.AHEAD and one.text in query.question]
    if not ahead or not found.n or not asks_where_or_when(query.question):
        return None
    (first,) = corpus.passages([int(found.rows[0])])
    text = passage_input(first)
    if any(one.named_in(text) for one in ahead):
        return None
    beside = _beside(first, corpus)
    return None if any(one.told_in(beside) for one in ahead) else " or ".join(one.text for one in ahead)


def _beside(first: Passage, corpus: Searchable) -> str:
    """The title of a passage's text, and the paragraphs beside it."""
    whole = corpus.whole(first.symbol)
    if whole is None:
        return ""
    at = next((at for at, one in enumerate(whole.paragraphs) if one.label == first.label), 0)
    beside = whole.paragraphs[max(0, at - _BESIDE) : at + _BESIDE + 1]
    return "\n".join([whole.title, *(one.text for one in beside)])
