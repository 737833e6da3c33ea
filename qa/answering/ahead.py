"""A time to come at which something is to be: the resolution that tells of it names it, and the paragraph that tells where or when it is, or
one beside it.
"""

from __future__ import annotations

from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.ends import asks_where_or_when
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable
from qa.retrieval.windows import windows_in

_BESIDE = 3  # paragraphs before one and after it that may name the time of which it speaks


def unnamed_ahead(query: Query, found: Candidates, corpus: Searchable) -> str | None:
    """The time to come at which something is to be, where the text of the first candidate names none that meets it; where it is asked for by
    day or place, where neither the first candidate names it nor what stands beside it.
    """
    ahead = [one for one in query.dates if one.role is Role.AHEAD and one.text in query.question]
    if not ahead or not found.n:
        return None
    (first,) = found.head(corpus, 1)
    text = passage_input(first)
    if any(one.named_in(text) for one in ahead):
        return None
    if asks_where_or_when(query.question):
        is_told = any(one.told_in(_said(first, corpus, _BESIDE)) for one in ahead)
    else:
        told = list(windows_in(_said(first, corpus)))
        is_told = any(other.first <= one.last and one.first <= other.last for one in ahead for other in told)
    return None if is_told else " or ".join(one.text for one in ahead)


def _said(first: Passage, corpus: Searchable, around: int | None = None) -> str:
    """The title of a passage's text and its paragraphs: so many before it and after it, or all."""
    whole = corpus.whole(first.symbol)
    if whole is None:
        return ""
    at = next((at for at, one in enumerate(whole.paragraphs) if one.label == first.label), 0)
    said = whole.paragraphs if around is None else whole.paragraphs[max(0, at - around) : at + around + 1]
    return "\n".join([whole.title, *(one.text for one in said)])
