"""A country or a body at a time of which no text speaks of it: what is near is then about others, and other times have more to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa.answering.abroad import Heard, carried_by, countries_and_bodies, is_body
from qa.answering.countries import is_country
from qa.answering.found import Found
from qa.retrieval.order import HEAD
from qa.retrieval.roles import Role
from qa.retrieval.searchable import Searchable

_MOST = 100  # resolutions of a time that are read for this; of more nothing is said
_SHOWN = 3  # places of other times; what is nearest of that time comes after them
_NEAR = 0.4  # of the final score: by more below the first of that time nothing of other times is shown


@dataclass(frozen=True, slots=True)
class OtherTimes:
    """That no text of the time named speaks of a country or body named; and the places of what does, in what is `found` at other times."""

    said: str
    found: Found
    places: list[int]


def other_times(found: Found, corpus: Searchable, k: int, untimed: Callable[[], Found]) -> OtherTimes | None:
    """For a question that names one time of adoption, and a country or body of which no text of that time speaks; None for all others, and where
    the first candidate is of that time and speaks of it, or too many texts would have to be read.

    At most `k` places are given. `untimed` finds for the question whatever the time.
    """
    dates = found.query.dates
    if len(dates) != 1 or dates[0].role is not Role.ADOPTED or not (found.ordered.foreign or found.ordered.late):
        return None
    spoken = {**countries_and_bodies(found.query), **carried_by(found.query)}
    named = {name: known for name, known in spoken.items() if is_country(name) or is_body(name)}
    held = corpus.adopted_between(*dates[0].adoption, found.filters, undated=True) if named else []
    if not named or len(held) > _MOST:
        return None
    silent = set(named).intersection(*(Heard(named, corpus).never(one.symbol) for one in held))
    if not silent:
        return None
    names = " or ".join(map(repr, {name.casefold(): name for name in named if name in silent}.values()))
    said = f"no text searched that was adopted in that time ({dates[0].text}) speaks of {names}"
    if not silent & set(found.ordered.foreign):
        return OtherTimes(said, found, [])
    other, heard = untimed(), Heard({name: named[name] for name in silent}, corpus)
    head = other.candidates.head(corpus, HEAD)
    least = found.candidates.scores[0] - _NEAR
    places = [at for at, one in enumerate(head) if other.candidates.scores[at] >= least and not heard.never(one.symbol)]
    places = places[: min(_SHOWN, k)]
    years = sorted({int(other.candidates.adopted[at]) // 10000 for at in places} - {0})
    told = f"; what is shown first does, and is of {', '.join(map(str, years))}" if years else ""
    return OtherTimes(said + told, other, places)
