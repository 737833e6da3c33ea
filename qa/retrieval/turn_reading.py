"""A question as it was read after those before it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.retrieval.parts import FILLER
from qa.retrieval.turns import Moved
from qa.terms import distinct_terms

ALONE = "read on its own, not after the questions before it"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read.

    `question` is what is asked, with what a turn replaces put in; `topic` what it is asked about, "" where the question stands
    on its own; `between` the last question, where this one has no words of its own. `name` is a name that stands in another's
    place: an answer has to speak of it. `word` is what else a turn such as "what about children?" asks about: an answer that
    holds another word for it may be one. `is_beyond`: only what was adopted in the time that it names is asked for ("and before
    that?"). `is_again`: the last question is asked again with something of this turn in it; `is_dated`: a time is. `move`: to what time it goes from
    the one that the topic names. `n_shown`: how many first hits are left out, shown before ("what else?"). `note` says to people
    how the question was read; None where there was nothing before it.
    """

    question: str
    topic: str = ""
    between: str = ""
    name: str | None = None
    word: str | None = None
    is_beyond: bool = False
    is_again: bool = False
    is_dated: bool = False
    move: Moved | None = None
    n_shown: int = 0
    note: str | None = None

    @property
    def is_alone(self) -> bool:
        """Whether it takes nothing from the questions before it."""
        return self.note in (None, ALONE)

    @property
    def text(self) -> str:
        """What is searched for: the question first, because it is what was asked; of what was before only the content words."""
        return " ".join([self.question, *_content(self.between), *_content(self.topic)])

    @property
    def naming(self) -> str:
        """What may name something: the question, and below it its topic as it stands."""
        return f"{self.question}\n{self.topic}" if self.topic else self.text

    @property
    def asks_more(self) -> bool:
        """Whether it asks something of its own about its topic, that may be asked of another."""
        return bool(self.topic) and self.name is None and self.word is None


def _content(text: str) -> list[str]:
    """The words of a text that say what it is about, as they stand."""
    return [word.strip("?!.,;:") for word in text.split() if distinct_terms(word) - FILLER]
