"""A question as a lookup is asked it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.scoping import SearchScope
from qa.retrieval.meant import Meant
from qa.retrieval.query import Query
from qa.retrieval.retriever import Candidates
from qa.retrieval.searchable import Searchable
from qa.wire import Filters


@dataclass(frozen=True, slots=True)
class Topic:
    """What the texts asked for are to be about; `is_of_texts`: resolutions are asked for, and the word says nothing of the topic;
    `is_short`: it has few words.
    """

    name: str
    is_of_texts: bool
    is_short: bool


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

    def is_tied(self) -> bool:
        """Whether it names a text, goes on from another question, or is not in English."""
        return not self.query.stands_alone

    def is_filtered(self) -> bool:
        """Whether the asker chose what is searched: then a lookup does not look at a text that is only named."""
        return self.chosen != Filters()

    def picks_paragraphs(self) -> bool:
        """Whether the asker chose among the paragraphs of a text: then a lookup that shows more of it than it was given would show too much."""
        return bool(self.chosen.kind or self.chosen.verb)
