"""The first lookup that reads a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answering.lookups.about import Topic, having, texts_about
from qa.answering.lookups.acting_under import acting_under
from qa.answering.lookups.acts_of import acts_of
from qa.answering.lookups.adopted_then import adopted_then, cited_after, newest, of_session
from qa.answering.lookups.budgets import budgets
from qa.answering.lookups.by_name import by_name
from qa.answering.lookups.cited_by import cited_by
from qa.answering.lookups.compared import compared
from qa.answering.lookups.did import did
from qa.answering.lookups.editions import other_edition
from qa.answering.lookups.ending import ending
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.measures import measures
from qa.answering.lookups.mentioned import mentioned
from qa.answering.lookups.named_in import named_in
from qa.answering.lookups.observances import observances
from qa.answering.lookups.repeated import repeated
from qa.answering.lookups.said_in import said_in
from qa.answering.lookups.shares import shares
from qa.answering.lookups.versions import versions
from qa.answering.scoping import SearchScope, asks_only_after
from qa.retrieval.expansion import events_in, expand
from qa.retrieval.meant import Meant
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.symbols.asked_by_name import asked_by_name
from qa.symbols.organs import COUNCILS, Organ
from qa.terms import distinct_terms
from qa.wire import Filters

_COUNCIL_DID = re.compile(r"\b(?:did|has|had) the council\b(?! of\b)|\bthe council did\b", re.I)
_OF_A_TOPIC = 600  # candidates among which the resolutions about a topic are told
_OF_A_NAME = 150  # and those among which one text is told by its name


@dataclass(frozen=True, slots=True)
class LookupQuestion:
    """A question with all that a lookup may need: `found` gives the ids of what meaning found, best first; `search` the first `n` hits
    for other words, `likes` those that say words in others (`meant`); `chosen`: what the asker restricts it to.
    """

    query: Query
    scope: SearchScope
    topic: Topic | None
    corpus: Searchable
    found: Callable[[], Sequence[str]]
    search: Callable[[str, int], Candidates]
    likes: Callable[[str, float], Sequence[Meant] | None]
    chosen: Filters

    @property
    def is_filtered(self) -> bool:
        """Whether the asker chose what is searched."""
        return self.chosen != Filters()

    @property
    def picks_paragraphs(self) -> bool:
        """Whether the asker chose among the paragraphs of a text: then a lookup that shows more of it than it was given would show too much."""
        return bool(self.chosen.kind or self.chosen.verb)

    def hits(self, n: int) -> Callable[[str], Candidates]:
        """What brings the first `n` hits for other words."""
        return lambda words: self.search(words, n)


_Lookup = Callable[[LookupQuestion], LookedUp | None]


def first_lookup(asked: LookupQuestion) -> LookedUp | None:
    """What the first lookup found that reads the question; None where none does."""
    return next((found for one in _LOOKUPS if (found := one(asked)) is not None), None)


def _about(asked: LookupQuestion) -> LookedUp | None:
    topic, query, order = asked.topic, asked.query, asked.scope.order
    if topic is None:
        return None
    query = replace(query, organs=query.organs or _only_council(query, asked.corpus))
    told = texts_about(
        query, topic.name, order, asked.corpus, asked.hits(_OF_A_TOPIC), of_all=not asked.picks_paragraphs
    )
    if told is not None or not topic.is_short:
        return told
    terms = distinct_terms(topic.name)
    if not asked.corpus.lexical.frequencies(terms) and not (
        query.abbreviations or expand(topic.name) or events_in(topic.name)
    ):
        return LookedUp((), f"no text that is held has a word of {topic.name!r}", refuses=True)
    is_bare = not (order or query.dates or query.organs)
    return having(topic.name, asked.found(), asked.corpus) if is_bare else None


def _only_council(query: Query, corpus: Searchable) -> tuple[Organ, ...]:
    """The Council that is asked for, where texts of one council alone are held."""
    held = tuple(one for one in COUNCILS if one in corpus.years)
    return held if len(held) == 1 and _COUNCIL_DID.search(query.question) else ()


def _adopted_then(asked: LookupQuestion) -> LookedUp | None:
    scope = asked.scope
    return adopted_then(asked.query, scope.time, scope.order, asked.corpus, scope.filters) if scope.time else None


def _cited_after(asked: LookupQuestion) -> LookedUp | None:
    scope = asked.scope
    if not (scope.sequels and scope.filters.symbol and asks_only_after(asked.query, scope.named)):
        return None
    return cited_after(asked.query, scope.named.sides[0], scope.sequels, asked.corpus, scope.filters)


def _no_edition(asked: LookupQuestion) -> LookedUp | None:
    other = None if asked.chosen.symbol else other_edition(asked.query, asked.corpus)
    return LookedUp((), other.note, refuses=True) if other and not other.question else None


def _by_name(asked: LookupQuestion) -> LookedUp | None:
    called = None if asked.query.mentions or asked.query.language else asked_by_name(asked.query.question)
    return by_name(called, asked.query.dates, asked.corpus, asked.hits(_OF_A_NAME)) if called else None


def _of_named(look: _Lookup) -> _Lookup:
    """A lookup in texts that are named, which does nothing where the asker chose what is searched."""
    return lambda asked: None if asked.is_filtered else look(asked)


def _of_whole_texts(look: _Lookup) -> _Lookup:
    """A lookup that reads texts from end to end."""
    return lambda asked: None if asked.picks_paragraphs else look(asked)


_LOOKUPS: tuple[_Lookup, ...] = (
    _of_whole_texts(lambda asked: ending(asked.query, asked.scope.allowed, asked.corpus)),
    lambda asked: observances(asked.query, asked.scope.allowed, asked.corpus),
    lambda asked: shares(asked.query, asked.scope.allowed, asked.corpus),
    lambda asked: budgets(asked.query, asked.scope.allowed, asked.corpus),
    _of_whole_texts(lambda asked: measures(asked.query, asked.scope.order, asked.scope.allowed, asked.corpus)),
    lambda asked: acting_under(asked.query, asked.scope.order, asked.scope.allowed, asked.corpus),
    _about,
    _adopted_then,
    _of_named(lambda asked: versions(asked.query, asked.corpus)),
    _no_edition,
    _cited_after,
    _of_named(lambda asked: cited_by(asked.query, asked.scope.order, asked.corpus)),
    _of_named(lambda asked: repeated(asked.query, asked.scope.named.paragraphs, asked.corpus)),
    _of_named(lambda asked: compared(asked.query, asked.corpus)),
    _of_named(lambda asked: acts_of(asked.query, asked.corpus)),
    _of_named(lambda asked: named_in(asked.query, asked.corpus)),
    _of_named(lambda asked: said_in(asked.query, asked.corpus, asked.found, asked.likes)),
    lambda asked: newest(asked.query, asked.scope.order, asked.corpus, asked.scope.filters),
    lambda asked: of_session(asked.query, asked.scope.order, asked.corpus, asked.scope.filters),
    lambda asked: did(asked.query, asked.scope.order, asked.scope.allowed, asked.corpus),
    lambda asked: mentioned(asked.query, asked.scope.order, asked.scope.allowed, asked.corpus),
    _by_name,
)
