"""Of close hits the one whose resolution speaks of the countries, the United Nations bodies and the other resolutions that the question names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.answering.countries import APART, as_spoken, capital_of, countries_in, is_capital, is_country, unspoken
from qa.answering.organizations import organizations_in
from qa.retrieval.abbreviations import abbreviations_in
from qa.retrieval.order import with_first
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.searchable import Searchable

_NEAR = 0.2  # of the final score: a hit that lies farther below the first does not take its place
_JOINED = re.compile(r" (?:in|for|of|on|to) (?:the )?")  # "the stationing in Cyprus of the Peace-keeping Force"
# Letters of bodies of the United Nations: what is about one of these names it.
_OF_THE_UN = re.compile(r"(?:UN|ONU|MINU|MONU)[A-Z-]{2,}")

Named = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class OfCountry:
    """The candidates in order, for each of the first the place of the first that it nearly repeats, and of which countries and
    bodies the question names the resolution of the first candidate never speaks; `capitals`: those read as their countries to put it
    first.
    """

    ranked: Ranked
    series: list[int]
    foreign: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """How each of the capitals was read, for the user."""
        return tuple(
            f"{one!r} is read as {' or '.join(capital_of(one))} too: a near text that speaks of it comes first"
            for one in self.capitals
        )


def put_country_first(query: Query, ranked: Ranked, series: list[int], corpus: Searchable) -> OfCountry:
    """The candidates with a close one before a first whose resolution does not speak of a country or body that the question names:
    the best whose resolution speaks of more of them. `series` is of the first candidates.
    """
    listened = Heard(countries_and_bodies(query), corpus, carried_by(query))
    if not (listened.named or listened.carried) or not series:
        return OfCountry(ranked, series)
    scores = ranked.candidates.scores
    close = [at for at in range(len(series)) if scores[0] - scores[at] <= _NEAR]
    symbols = [one.symbol for one in ranked.candidates.head(corpus, len(close))]
    foreign = listened.never(symbols[0])
    best = next((at for at in close if foreign and len(listened.never(symbols[at])) < len(foreign)), 0)
    if not best:
        return OfCountry(ranked, series, _countries(foreign))
    still = listened.never(symbols[best])
    met = tuple(one for one in foreign if one not in still and is_capital(one))
    return OfCountry(*with_first(ranked, series, [best]), _countries(still), met)


def _countries(names: tuple[str, ...]) -> tuple[str, ...]:
    """Without capitals: at many of them something met, and that the text does not speak of the country then tells nothing."""
    return tuple(one for one in names if not is_capital(one))


@dataclass(frozen=True, slots=True)
class Heard:
    """What resolutions speak of, each read once. Of what is `carried` from earlier questions it is enough that one is spoken of."""

    named: Named
    corpus: Searchable
    carried: Named = field(default_factory=dict)
    read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def never(self, symbol: str) -> tuple[str, ...]:
        """What a resolution never speaks of; all where its record is damaged."""
        if symbol not in self.read:
            whole = self.corpus.whole(symbol)
            said = "\n".join([whole.title, *(one.text for one in whole.paragraphs)]) if whole else ""
            before = unspoken(self.carried, said) if self.carried else ()
            named = {name: forms for name, forms in self.named.items() if name != symbol}
            self.read[symbol] = (*unspoken(named, said), *(before if len(before) == len(self.carried) else ()))
        return self.read[symbol]


def countries_and_bodies(query: Query) -> Named:
    """The countries of a question itself, by themselves or their capitals, the bodies that it names, and resolutions that it only mentions.

    A nationality alone is often that of somebody whom the texts call by name.
    """
    return {**_countries_in(query.question), **_bodies_in(query.question, query), **_texts_in(query)}


def carried_by(query: Query) -> Named:
    """The same of the topic of a question that goes on; nothing where it has a name of its own."""
    if query.reading.name or abbreviations_in(query.question):
        return {}
    return {**_countries_in(query.reading.topic), **_bodies_in(query.reading.topic, query)}


def is_body(name: str) -> bool:
    """Whether a name (as `named_in` gives it) is a body's."""
    return _OF_THE_UN.fullmatch(name) is not None or bool(organizations_in(name))


def _countries_in(text: str) -> Named:
    return {name: known for name, known in countries_in(text).items() if is_country(name) or is_capital(name)}


def _texts_in(query: Query) -> Named:
    """Resolutions that are only mentioned ("comply with 687"), each by its number."""
    told = [one.candidates[0] for one in query.mentions if one.only_mentioned and len(one.candidates) == 1]
    return {str(one): frozenset({one.citation.rpartition("resolution ")[2].lower()}) for one in told}


def _bodies_in(text: str, query: Query) -> Named:
    """Bodies of the table, and letters -> them and the names that the corpus gives to them, in parts as `unspoken` looks for them; only those
    that it gives one.
    """
    names = query.known.names if query.known is not None else {}
    return organizations_in(text) | {
        letters: frozenset(
            as_spoken(_JOINED.sub(APART, form.removeprefix("United Nations "))) for form in (letters, *names[letters])
        )
        for letters in abbreviations_in(text)
        if letters in names and _OF_THE_UN.fullmatch(letters)
    }
