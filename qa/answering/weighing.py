"""What is seen of the best hit, as evidence for or against an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.counted import is_uncounted
from qa.answering.countries import countries_in, unspoken
from qa.answering.deciding import Evidence, evidence, margin_of
from qa.answering.finding import Found
from qa.records import Passage
from qa.retrieval.abbreviations import abbreviations_in
from qa.retrieval.features import FEATURES
from qa.retrieval.order import HEAD
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import Asked, same_text


@dataclass(frozen=True, slots=True)
class Weighed:
    """`same`: for the first candidates the place of the text that each repeats; `seen`: the evidence; `unspoken`: the countries
    that the question names and the first hit's resolution does not.
    """

    same: list[int]
    seen: Evidence
    unspoken: tuple[str, ...]


def weigh(found: Found, corpus: Searchable) -> Weighed:
    """The evidence of a question's candidates, of which there is at least one."""
    head = corpus.passages(found.candidates.rows[:HEAD].tolist())
    asked = Asked.of(found.query.lexical, found.candidates.names)
    same = same_text(
        [one.text for one in head],
        [one.context for one in head],
        [one.kind for one in head],
        [one.symbol for one in head],
        found.series,
        asked,
    )
    dense = float(found.candidates.features[0, FEATURES.index("dense")])
    margin = margin_of(found.candidates.scores[: len(same)].tolist(), found.series)
    foreign = _unspoken(found, corpus, head[0])
    seen = evidence(
        dense,
        margin,
        found.ranked.reading(0),
        found.prior,
        lacking=found.lacks is not None or found.unsaid is not None,
        late=found.late is not None,
        elsewhere=bool(foreign),
        carried=found.query.alone is not None,
        uncounted=is_uncounted(found.query.question, head[0].text),
    )
    return Weighed(same, seen, tuple(dict.fromkeys((*foreign, *([found.unsaid] if found.unsaid else [])))))


def _unspoken(found: Found, corpus: Searchable, first: Passage) -> tuple[str, ...]:
    """The countries of the question of which the resolution of the first hit never speaks; not its topic's where it names another."""
    query = found.query
    named = countries_in(query.question if query.reading.name or abbreviations_in(query.question) else query.text)
    if not named:
        return ()
    resolution = corpus.whole(first.symbol)
    if resolution is None:
        return ()
    return unspoken(named, "\n".join([resolution.title, *(one.text for one in resolution.paragraphs)]))
