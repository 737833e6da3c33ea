"""Which countries a question names, and which of them a resolution never speaks of.

"Did the Council embargo Zambia?" is met in every word but one by a paragraph on an embargo of Southern Rhodesia. A country that is
nowhere in the whole resolution is the sign; other names are not, for people say "Waldheim" and "the watchdog".
Source of the names: ISO 3166-1 and -3 (pycountry), and the curated everyday names (`qa.retrieval.expansion`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pycountry

from qa.retrieval.expansion import curated

_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_OF_PEOPLE = (
    "",
    "'s",
    "s",
    "n",
    "ns",
    "an",
    "ans",
    "ian",
    "ians",
    "ese",
    "i",
    "is",
    "ish",
)  # what names of countries end in
Words = tuple[str, ...]


def unspoken(named: Mapping[str, frozenset[str]], text: str) -> tuple[str, ...]:
    """Of the countries that a question names (`countries_in`) those that a text has by none of their names."""
    held = _plain(text)
    return tuple(name for name, forms in named.items() if not any(form in held for form in forms))


def countries_in(question: str) -> dict[str, frozenset[str]]:
    """The countries that a question names, as it writes them -> all their names, lower case; people and things of a country
    name it too.
    """
    written = _WORD.findall(question.replace("’", "'"))
    words = [one.casefold() for one in written]
    found, at = {}, 0
    while at < len(words):
        n, name = _longest(words, at)
        if n:
            found[" ".join(written[at : at + n])] = _table()[name]
        at += n or 1
    return found


def _longest(words: list[str], at: int) -> tuple[int, Words]:
    """How many of the words from a place on are a name, and which."""
    for n in range(min(_most().get(words[at], 1), len(words) - at), 0, -1):
        *before, last = words[at : at + n]
        for ending in _OF_PEOPLE:
            if last.endswith(ending) and (name := (*before, last.removesuffix(ending))) in _table():
                return n, name
    return 0, ()


@cache
def _table() -> Mapping[Words, frozenset[str]]:
    """Every name of a country, in words -> all names of it."""
    names: dict[str, frozenset[str]] = {}
    for one in (*_registered(), *_everyday()):
        known = one.union(*(names.get(name, ()) for name in one))
        names.update(dict.fromkeys(one, known))
    return {tuple(_WORD.findall(name)): known for name, known in names.items() if len(name) > 2}  # "us" is a word


def _registered() -> Iterator[frozenset[str]]:
    for one in (*pycountry.countries, *pycountry.historic_countries):
        written = {one.name, getattr(one, "common_name", one.name), getattr(one, "official_name", one.name)}
        yield frozenset(map(_short, written))


def _everyday() -> Iterator[frozenset[str]]:
    """Everyday names whose wording is the name of a country: "Rangoon", "North Korea"."""
    registered = frozenset().union(*_registered())
    for name, forms in curated().items():
        wordings = set(map(_short, forms))
        if wordings & registered:
            yield frozenset({_plain(name), *wordings})


@cache
def _most() -> Mapping[str, int]:
    """The first word of every name -> how many words the longest of them has."""
    most: dict[str, int] = {}
    for first, *others in _table():
        most[first] = max(most.get(first, 0), 1 + len(others))
    return most


def _short(name: str) -> str:
    """Of "Iran, Islamic Republic of" and "Falkland Islands (Malvinas)" what stands before."""
    return _plain(name).partition(",")[0].partition(" (")[0]


def _plain(text: str) -> str:
    return text.replace("’", "'").casefold()
