"""What is seen of the best hit, as evidence for or against an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.countries import countries_in, unspoken
from qa.answering.deciding import Evidence, evidence, margin_of
from qa.answering.finding import Found
from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.features import FEATURES
from qa.retrieval.history import speaks_of
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
    unsaid = _unsaid(found.query.reading.word, passage_input(head[0]))
    seen = evidence(
        dense,
        margin,
        found.ranked.reading(0),
        found.prior,
        found.lacks is not None or bool(unsaid),
        found.late is not None,
        bool(foreign),
    )
    return Weighed(same, seen, (*foreign, *unsaid))


def _unspoken(found: Found, corpus: Searchable, first: Passage) -> tuple[str, ...]:
    """The countries of the question of which the resolution of the first hit never speaks."""
    named = countries_in(found.query.text)
    if not named:
        return ()
    resolution = corpus.generation.resolution(first.symbol)
    return unspoken(named, "\n".join([resolution.title, *(one.text for one in resolution.paragraphs)]))


def _unsaid(word: str | None, text: str) -> tuple[str, ...]:
    """The word that a turn asks about beside its topic, where a text does not say it."""
    return (word,) if word is not None and not speaks_of(text, word) else ()
