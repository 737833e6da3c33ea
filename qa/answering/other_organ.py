"""An organ that a question asks about, where the nearest paragraph is another's and does not speak of it.

"Did the Security Council condemn the invasion?" is met in every word by a paragraph in which the General Assembly does.
"""

from __future__ import annotations

from qa.passages import passage_input
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.symbols.organs import organ_of


def other_organ(query: Query, found: Candidates, corpus: Searchable) -> str | None:
    """That the first candidate is of another organ than the question names, and that it names none of these; else None."""
    if not query.organs or not found.n:
        return None
    (first,) = found.head(corpus, 1)
    organ, text = organ_of(first.symbol), passage_input(first).casefold()
    if organ in query.organs or any(one.value.casefold() in text for one in query.organs):
        return None
    asked = " or the ".join(one.value for one in query.organs)
    return f"the nearest paragraph is of the {organ.value} and does not speak of the {asked}"
