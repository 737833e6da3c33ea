"""Why the corpus cannot answer, where that is known without weighing what was found."""

from __future__ import annotations

from qa.answering.adoption import adoption
from qa.answering.finding import Found
from qa.answering.missing import missing_field
from qa.passages import passage_input
from qa.retrieval.history import speaks_of
from qa.retrieval.searchable import Searchable


def silence(found: Found, corpus: Searchable) -> str | None:
    """That no resolution text holds such a fact, or that nothing found speaks of what the question is about; else None."""
    return _untold(found, corpus) or _unmet(found, corpus)


def _untold(found: Found, corpus: Searchable) -> str | None:
    symbols = found.named.symbols
    resolution = corpus.generation.resolution(symbols[0]) if len(symbols) == 1 else None
    told = adoption(found.query.question, resolution) if resolution is not None else None
    return told or missing_field(found.query.question, resolution)


def _unmet(found: Found, corpus: Searchable) -> str | None:
    """That nothing found speaks of what a turn puts in another's place or asks about beside it."""
    name, word = found.query.reading.name, found.query.reading.word
    if word is not None and not corpus.lexical.match(word).highest:
        return f"no text holds a word of {word!r}"
    (first,) = corpus.passages(found.candidates.rows[:1].tolist())
    if name is None or speaks_of(passage_input(first), name):
        return None
    return f"nothing found speaks of {name}, which the question was read to ask about"
