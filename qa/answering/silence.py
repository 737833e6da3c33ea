"""Why the corpus cannot answer, where that is known without weighing what was found."""

from __future__ import annotations

import re

from qa.answering.adoption import adoption
from qa.answering.choosing import NEAREST
from qa.answering.countries import countries_in
from qa.answering.found import Found
from qa.answering.going_on import goes_on
from qa.answering.missing import NO_VOTES, missing_field
from qa.answering.speaking import Name
from qa.passages import passage_input
from qa.retrieval.english import is_english
from qa.retrieval.searchable import Searchable

_NAME = re.compile(r"(?<=[\w,;’'] )[A-Z][\w’'-]{3,30}|(?<=[’'])[A-Z][\w-]{3,30}")  # not what a sentence begins with
_NO_NAMES = frozenset({"Security", "Council", "General", "Assembly"})  # in any question, and put into English
# A session, a round or a number of a document ("GA78", "L.5") is written otherwise in a text.
_NUMBERED = re.compile(r"[^\W\d_][.-]?\d")
_READ, _SHOWN = 10, NEAREST  # candidates
_CLEAR = 2  # first hits: all of one resolution, they make it the one that is described,
_FOUND = 2.3  # where the first scores so much: of what is not held, another text on the subject scores less


def naming(found: Found, corpus: Searchable) -> list[int]:
    """Places of candidates that may be near a question in another language: of the texts it names, or with a name of it."""
    first = list(range(min(_SHOWN, found.candidates.n)))
    if found.filters.symbol:
        return first
    names = set(_NAME.findall(found.query.text)) - _NO_NAMES
    passages = found.candidates.head(corpus, _READ) if names else []
    return [place for place, one in enumerate(passages) if any(name in passage_input(one) for name in names)][:_SHOWN]


def silence(found: Found, corpus: Searchable) -> str | None:
    """That no resolution text holds such a fact, or that nothing found speaks of what the question is about; else None."""
    return _untold(found, corpus) or _unmet(found, corpus)


def _untold(found: Found, corpus: Searchable) -> str | None:
    named = [one for symbol in found.named.symbols[:_SHOWN] if (one := corpus.whole(symbol)) is not None]
    told = [says for one in named if (says := adoption(found.query.question, one)) is not None]
    if told:
        return "; ".join(told)
    missing = missing_field(found.query.question, named[0] if len(named) == 1 else None)
    if missing != NO_VOTES or found.named.symbols:
        return missing
    by_symbol = f"{missing}; what a text says of its own vote is quoted where its symbol is named"
    return _vote_of_nearest(found, corpus) or f"{by_symbol}{_nearest(found, corpus)}"


def _nearest(found: Found, corpus: Searchable) -> str:
    """Of which resolution the first of what was found is; "" where nothing was found."""
    first = found.candidates.head(corpus, 1)
    return f": {first[0].symbol} is nearest" if first else ""


def _vote_of_nearest(found: Found, corpus: Searchable) -> str | None:
    """What the resolution that the first hits are of says of its vote; None where they are of several, or it says nothing.

    A question that goes on is looked for in the text that its topic finds, however little it has of its words.
    """
    symbols = {one.symbol for one in found.candidates.head(corpus, _CLEAR)}
    if len(symbols) > 1 or (found.candidates.scores[0] < _FOUND and not goes_on(found.query.reading)):
        return None
    resolution = corpus.whole(symbols.pop())
    if resolution is None or resolution.vote is None:
        return None
    return (
        f"no paragraph says it; {resolution.symbol}, which is nearest, says of its own vote: “{resolution.vote.text}”"
    )


def _unmet(found: Found, corpus: Searchable) -> str | None:
    """That nothing found speaks of what a turn puts in another's place or asks about beside it."""
    name, word = found.query.reading.name, found.query.reading.word
    asked, names = name or word, found.candidates.names
    if asked is None or _NUMBERED.search(asked):
        return None
    wanted = Name.of(asked, names)
    if name is None:
        # A common noun that no text holds may be said in other words: that is weighed.
        held = corpus.lexical.held(frozenset().union(*wanted.wordings))
        told = (
            (is_english(asked) and not countries_in(asked))
            or held & wanted.wordings[0]
            or any(one <= held for one in wanted.wordings)
        )
        return None if told else f"no text holds a word of {word!r}"
    (first,) = found.candidates.head(corpus, 1)
    if wanted.is_in(passage_input(first)):
        return None
    return f"nothing found speaks of {name}, which the question was read to ask about"
