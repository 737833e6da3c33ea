"""What the address of a page asks for: words, filters, a page; and what of it cannot be used, told beside the rest."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from api.pages.cards import KINDS
from api.pages.layout import telling
from api.pages.markup import Markup, link, tag
from api.plain import meant_by
from api.wire import MAX_QUESTION
from qa.errors import FilterError
from qa.wire import Filters, ReadingOut

FIELDS = ("q", "organ", "session", "kind", "symbol", "verb", "year_from", "year_to", "ignore", "page")
_YEARS = range(1945, 2101)
_MOST = 20  # values of one filter, as in the API
_MOST_FAULTS = 10  # that are told
_MOST_PAGES = 100_000
_CALLED = {"year_from": "from year", "year_to": "to year"}  # as the form calls them
# Names that the API has and a page has not. All other names that are not known come from sites that link here.
_OF_THE_API = frozenset({"k", "offset", "limit", "history", "explain", "filters", "question", "query", *FIELDS})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; `faults` says of every part of it that was left out why, and what to write."""

    question: str = ""
    organ: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    symbol: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    ignore: tuple[str, ...] = ()
    page: int = 1
    place: str = "/search"
    faults: tuple[str, ...] = ()

    @classmethod
    def read(cls, place: str, given: Sequence[tuple[str, str]], fields: Collection[str] = FIELDS) -> Self:
        """The names and values of an address; `fields` are those that the page at `place` has."""
        names = dict.fromkeys(name for name, value in given if value.strip())
        faults = [told for name in names if (told := _stranger(name, fields))]
        several = {
            name: _values(name, given, faults) for name in ("organ", "session", "symbol", "verb") if name in fields
        }
        ignore = _values("ignore", given, faults, MAX_QUESTION) if "ignore" in fields else ()
        kinds = [
            each for each in (_values("kind", given, faults) if "kind" in fields else ()) if _is_kind(each, faults)
        ]
        since, until = (_number(name, given, _YEARS, "year", faults) for name in ("year_from", "year_to"))
        if since is not None and until is not None and since > until:
            faults.append(f"from year {since} is after to year {until}: both were left out; swap the two")
            since = until = None
        number = _number("page", given, range(1, _MOST_PAGES + 1), "page", faults)
        words = next((value.strip() for name, value in given if name == "q"), "")
        return cls(
            question=words,
            kind=tuple(kinds),
            year_from=since,
            year_to=until,
            ignore=ignore,
            page=number or 1,
            place=place,
            faults=tuple(faults[:_MOST_FAULTS]),
            **several,
        )

    def without(self, error: FilterError) -> Wanted:
        """The same without the filter that the service refuses, and with its reason. Raises it where there is none of that name."""
        name = error.field.removeprefix("filters.")
        if not getattr(self, name, None):
            raise error
        why = str(error).removeprefix(f"{error.field}: ")
        return replace(self, **{name: ()}, faults=(*self.faults, f"{name} was left out: {why}"))  # type: ignore[arg-type]

    def filters(self) -> Filters:
        """For the service."""
        return Filters(
            organ=list(self.organ),
            session=list(self.session),
            kind=list(self.kind),
            symbol=list(self.symbol),
            verb=list(self.verb),
            year_from=self.year_from,
            year_to=self.year_to,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as name and value, in the order in which they are shown."""
        several = [("organ", self.organ), ("session", self.session), ("kind", self.kind), ("symbol", self.symbol)]
        found = [(name, value) for name, values in [*several, ("verb", self.verb)] for value in values]
        years = (("year_from", self.year_from), ("year_to", self.year_to))
        return found + [(name, str(value)) for name, value in years if value is not None]

    def address(self, pairs: Iterable[tuple[str, str]], number: int = 1) -> str:
        """Where the same is shown with these filters."""
        asked = [("q", self.question)] if self.question else []
        asked += [("ignore", each) for each in self.ignore]
        following = [("page", str(number))] if number > 1 else []
        query = urlencode([*asked, *pairs, *following])
        return f"{self.place}?{query}" if query else self.place


def faults_note(faults: Sequence[str]) -> Markup | None:
    """What of the address could not be used."""
    return tag("div", [telling(each) for each in faults], class_="note", role="alert") if faults else None


def beyond_note(wanted: Wanted, last: int) -> Markup:
    """That the list ends before the page that is asked for."""
    there = link(wanted.address(wanted.pairs(), last), f"Page {last}")
    return tag("p", f"There is no page {wanted.page}. ", there, " is the last.", class_="note")


def chips(wanted: Wanted) -> Markup | None:
    """The filters that are set, each with the way to take it away."""
    pairs = wanted.pairs()
    if not pairs:
        return None
    items = [
        tag("li", link(wanted.address(each for each in pairs if each != pair), words_of(*pair), " ✕", class_="chip",
                       aria_label=f"Remove the filter {words_of(*pair)}"))
        for pair in pairs
    ]  # fmt: skip
    return tag(
        "section", tag("h2", "Filtered by"), tag("ul", items, class_="chips"), aria_label="Filtered by", class_="active"
    )


def read_chips(wanted: Wanted, readings: Iterable[ReadingOut]) -> Markup | None:
    """What was read out of the question, each with the way to take it off, and what was taken off, each with the way back."""
    items = [
        _chip(wanted, (*wanted.ignore, each.text), f"“{each.text}”: {each.read_as}", "✕", "Do not read so")
        for each in readings
    ]
    items += [
        _chip(wanted, [one for one in wanted.ignore if one != each], f"“{each}”: not read", "↺", "Read again")
        for each in wanted.ignore
    ]
    if not items:
        return None
    name = "Read in the question"
    return tag("section", tag("h2", name), tag("ul", items, class_="chips"), aria_label=name, class_="active")


def _chip(wanted: Wanted, ignore: Iterable[str], words: str, sign: str, does: str) -> Markup:
    """Words that lead to the same with other words ignored; its name for those who cannot see the sign says what it does."""
    to = replace(wanted, ignore=tuple(ignore)).address(wanted.pairs())
    return tag("li", link(to, tag("span", words), " ", sign, class_="chip", aria_label=f"{does}: {words}"))


def words_of(name: str, value: str) -> str:
    """A filter as people read it."""
    if name == "kind":
        return KINDS.get(value, value)
    return {"year_from": "from ", "year_to": "to ", "session": "session "}.get(name, "") + value


def _stranger(name: str, fields: Collection[str]) -> str | None:
    """That a page has no such field, where one of it or of the API was meant; None for the names that other sites add."""
    if name in fields:
        return None
    near = [meant] if (meant := meant_by(name, fields)) else difflib.get_close_matches(name, fields, n=1, cutoff=0.75)
    if not near and name not in _OF_THE_API:
        return None
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(fields))}"
    return f"{name[:60]!r} is no field of this page and was left out; {hint}"


def _values(name: str, given: Sequence[tuple[str, str]], faults: list[str], longest: int = 100) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(value.strip() for key, value in given if key == name and value.strip()))
    fit = tuple(value for value in found if len(value) <= longest)[:_MOST]
    if len(fit) < len(found):
        faults.append(
            f"{name}: {len(found) - len(fit)} left out; at most {_MOST} values of {longest} characters are taken"
        )
    return fit


def _is_kind(value: str, faults: list[str]) -> bool:
    if value not in KINDS:
        faults.append(f"kind may not be {value!r} and was left out; write one of {', '.join(KINDS)}")
    return value in KINDS


def _number(name: str, given: Sequence[tuple[str, str]], within: range, what: str, faults: list[str]) -> int | None:
    """A number of an address; a form sends its empty fields too."""
    text = next((value.strip() for key, value in given if key == name), "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) in within:
        return int(text)
    bounds = f"write a number from {within.start} to {within.stop - 1}"
    faults.append(f"{_CALLED.get(name, name)}: {text[:40]!r} is no {what} and was left out; {bounds}")
    return None
