"""What was read out of a question, stretch by stretch, so that whoever asked can see it and take it off (`AskRequest.ignore`)."""

from __future__ import annotations

from collections.abc import Iterator

from qa.retrieval.expansion import events_in
from qa.retrieval.ignored import without
from qa.retrieval.query import Query, organ_spans
from qa.retrieval.searchable import Searchable
from qa.symbols import Mention, Organ
from qa.symbols.citing import cite_label
from qa.wire import ReadingOut

_Read = tuple[int, int, str]  # where it stands, and as what it was read


def readings(query: Query, organs: dict[Organ, str], corpus: Searchable) -> list[ReadingOut]:
    """The times, organs, references and events, in the order of the question; `organs` are those that it names, with what is said of each."""
    said = without(query.reading.naming, query.ignored)
    found = sorted(_stretches(query, said, organs, corpus))
    return list(dict.fromkeys(ReadingOut(said[start:end], read_as) for start, end, read_as in found))


def _stretches(query: Query, said: str, organs: dict[Organ, str], corpus: Searchable) -> Iterator[_Read]:
    yield from ((*one.span, one.read_as) for one in query.dates)
    yield from ((*span, organs[organ]) for span, organ in organ_spans(said, organs))
    yield from ((*one.span, _reference(one, corpus)) for one in query.mentions)
    for name, form in events_in(said).items() if not query.language else ():
        yield said.index(name), said.index(name) + len(name), f"is read as {form!r}"


def _reference(mention: Mention, corpus: Searchable) -> str:
    """The texts that a mention names, those that are held where any is, and the paragraphs; of a whole part a note tells."""
    held = [one for one in mention.candidates if corpus.holds(str(one))]
    texts = " or ".join(map(str, held or mention.candidates or mention.instead))
    return ", ".join([texts, *(cite_label(str(one)) for one in mention.places if not one.whole)])
