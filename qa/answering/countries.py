"""Which countries a question names, and which of them a resolution never speaks of.

"Did the Council embargo Zambia?" is met in every word but one by a paragraph on an embargo of Southern Rhodesia. A country that is
nowhere in the whole resolution is the sign; other names are not, for people say "Waldheim" and "the watchdog".
A capital that a question names may stand for the government: then it is another name of its country ("Moscow"), not the other way round.
Source of the names: ISO 3166-1 and -3 (pycountry), the curated everyday names (`qa.retrieval.expansion`), and `states.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

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
_LONGEST = 60  # letters of a name
_LETTERS = 3  # a name that is no longer is looked for in no text
_WORDS = frozenset({"us", "car"})  # letters of countries that are also words
APART = " ... "  # between parts of a form that may stand apart
Words = tuple[str, ...]


def unspoken(named: Mapping[str, frozenset[str]], text: str) -> tuple[str, ...]:
    """Of what a question names (countries: `countries_in`), each with its forms, what a text has in none of them.

    Of a form with `APART` in it every part has to be there.
    """
    held = _plain(text), as_spoken(text)
    return tuple(
        name
        for name, forms in named.items()
        if not any(all(_has(part, one) for part in form.split(APART)) for form in forms for one in held)
    )


def _has(form: str, text: str) -> bool:
    """Whether a text has a form as words, the last with an ending of at most four letters ("Congolese" of Congo), which makes no name
    of another country of it: Nigeria is not Niger, and Somalia has no Mali.
    """
    return form in text and any(
        (not match[1] or form in _written().get((match[0],), (form,))) and not _in_longer(form, match, text)
        for match in re.finditer(rf"(?<![^\W_]){re.escape(form)}([^\W_]{{0,4}})(?![^\W_])", text)
    )


def _in_longer(form: str, match: re.Match[str], text: str) -> bool:
    """Whether a country's name (not its people's) stands in another's only: Ireland in "Great Britain and Northern Ireland"."""
    if _words(form) not in _table():
        return False
    around = countries_in(text[max(0, match.start() - _LONGEST) : match.end() + _LONGEST])
    return not any(form in forms for forms in around.values()) and any(form in _plain(name) for name in around)


def as_spoken(text: str) -> str:
    """A text in one line of small letters without hyphens, which names of bodies have or have not: "Peace-keeping Force"."""
    return " ".join(_plain(text).replace("-", "").split())


def is_capital(name: str) -> bool:
    """Whether a name (as `countries_in` gives it) is that of a capital."""
    return _words(name) in _capitals()


def capital_of(name: str) -> tuple[str, ...]:
    """The countries whose capital a name is or was, as the table of capitals writes them; none for what is no capital."""
    words = _words(name)
    return tuple(
        country for country, capitals in _states()["capitals"].items() if any(_words(one) == words for one in capitals)
    )


def is_country(name: str) -> bool:
    """Whether a name (as `countries_in` gives it) is a country's own, not its capital's, its people's or that of anybody in it."""
    return _words(name) in _table() and not is_capital(name) and _plain(name) not in irregular_people() | _within()


def countries_in(question: str) -> dict[str, frozenset[str]]:
    """The countries that a question names, as it writes them (without a possessive) -> all their names, lower case; people and
    things of a country name it too, and so does its capital, which is then one of the names.
    """
    written = _WORD.findall(question.replace("’", "'"))
    words = tuple(one.casefold() for one in written)
    known, most = _written(), _most()
    found, at = {}, 0
    while at < len(words):
        longest = range(min(most.get(words[at], 1), len(words) - at), 0, -1)
        n = next((n for n in longest if words[at : at + n] in known), 0)
        if n:
            found[" ".join(written[at : at + n]).removesuffix("'s")] = known[words[at : at + n]]
        at += n or 1
    return found


def place_of(name: str, text: str) -> tuple[int, int] | None:
    """Where a name that `countries_in` gives of a text stands in it first, as a word; half-open."""
    words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in name.split())
    match = re.search(rf"(?<!\w){words}(?!\w)", text)
    return match.span() if match else None


@cache
def _written() -> Mapping[Words, frozenset[str]]:
    """Every name of a country, its people and things, and every capital, in words as a question may write it -> all names of it."""
    written: dict[Words, frozenset[str]] = {}
    for table, endings in ((_capitals(), ("", "'s")), (_table(), _OF_PEOPLE)):
        for ending in endings:
            for (*before, last), known in table.items():
                written.setdefault((*before, last + ending), known)
    return written


@cache
def _table() -> Mapping[Words, frozenset[str]]:
    """Every name of a country, in words -> all names of it."""
    names: dict[str, frozenset[str]] = {}
    for one in (*_registered(), *_everyday(), *_called()):
        known = one.union(*(names.get(name, ()) for name in one))
        names.update(dict.fromkeys(one, known))
    for name, inverted in _shared().items():
        names[name] = frozenset({name}).union(*(names[one] for one in inverted))
    return {
        _words(name): frozenset(one for one in known if len(one) > _LETTERS)  # "usa" is in "Jerusalem"
        for name, known in names.items()
        if name not in _WORDS
    }


@cache
def _capitals() -> Mapping[Words, frozenset[str]]:
    """Every capital in words -> itself and all names of the countries whose it is or was."""
    names: dict[Words, frozenset[str]] = {}
    for country, capitals in _states()["capitals"].items():
        known = _table()[_words(_short(country))]
        for capital in map(_plain, capitals):
            names[_words(capital)] = names.get(_words(capital), frozenset({capital})) | known
    return names


@cache
def _states() -> Mapping[str, Mapping[str, list[str]]]:
    """What countries are called beside their registered names, and their capitals."""
    return tomllib.loads(files("qa.answering").joinpath("states.toml").read_text(encoding="utf-8"))


@cache
def irregular_people() -> frozenset[str]:
    """What countries' people and things are called, in small letters, where it does not begin with the country's name: "chinese"."""
    return frozenset(_plain(one) for others in _states()["people"].values() for one in others)


@cache
def _within() -> frozenset[str]:
    """Who and what is only in a country, in small letters: "aidid"."""
    return frozenset(_plain(one) for others in _states()["within"].values() for one in others)


@cache
def capitals() -> frozenset[str]:
    """Every capital, in small letters."""
    return frozenset(_plain(one) for others in _states()["capitals"].values() for one in others)


def _called() -> Iterator[frozenset[str]]:
    for table in ("names", "people"):
        for name, others in _states()[table].items():
            yield frozenset(map(_short, (name, *others)))


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
    """The first word of every name of several -> how many words the longest of them has."""
    most: dict[str, int] = {}
    for first, *others in _written():
        if others:
            most[first] = max(most.get(first, 0), 1 + len(others))
    return most


def _words(name: str) -> Words:
    return tuple(_WORD.findall(_plain(name)))


def _short(name: str) -> str:
    """Of "Iran, Islamic Republic of" and "Falkland Islands (Malvinas)" what stands before; "republic of korea" where that is nobody's alone."""
    before = _before(name)
    return _inverted(name) if before in _shared() else before


@cache
def _shared() -> Mapping[str, tuple[str, ...]]:
    """What stands before the comma in names of several countries and is none's own ("korea") -> those names without commas."""
    names = [one.name for one in (*pycountry.countries, *pycountry.historic_countries)]
    shared = {one for one, n in Counter(map(_before, names)).items() if n > 1} - set(map(_plain, names))
    return {one: tuple(_inverted(name) for name in names if _before(name) == one) for one in shared}


def _before(name: str) -> str:
    return _plain(name).partition(",")[0].partition(" (")[0]


def _inverted(name: str) -> str:
    """A name without its comma, small: of "Korea, Republic of" it is "republic of korea"; other names as they are."""
    before, _, behind = _plain(name).partition(", ")
    return f"{behind} {before}".strip()


def _plain(text: str) -> str:
    return text.replace("’", "'").casefold()
