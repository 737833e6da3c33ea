"""Everyday names meet the UN's wording: two curated tables (`names.toml`).

What is looked up, and what a text must speak of, is met by either. Of an event that no text names so, what resolutions call it is searched in
the place of the name, and a note says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Table = Mapping[str, tuple[str, ...]]


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("qa.retrieval").joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def _written() -> Table:
    return {name: tuple(forms) for name, forms in _tables()["names"].items()}


@cache
def curated() -> Table:
    """The shipped table: lower-case name -> wordings, in the file's order."""
    return {name.lower(): forms for name, forms in _written().items()}


@cache
def curated_letters() -> Table:
    """Those names of the table that are abbreviations, in capitals and without a plural's s -> wordings."""
    found = {name.removesuffix("s"): forms for name, forms in _written().items()}
    return {letters: forms for letters, forms in found.items() if re.fullmatch(r"[A-Z-]{3,}", letters)}


@cache
def _events() -> Mapping[str, str]:
    """What happened, by its everyday name in small letters -> what resolutions call it."""
    return {name.lower(): form for name, form in _tables()["events"].items()}


def events_in(question: str) -> dict[str, str]:
    """The events that a question calls by an everyday name, as typed -> what resolutions call them."""
    found = _pattern(tuple(_events())).finditer(question)
    return {match[0]: _events()[match[0].lower()] for match in found if match[0].lower() in _events()}


def event_spans(question: str) -> list[tuple[int, int]]:
    """Where these names stand: the "March" of one is no month."""
    return [match.span() for match in _pattern(tuple(_events())).finditer(question)]


def worded(text: str, events: Mapping[str, str] | None = None) -> str:
    """With what resolutions call an event in the place of its everyday name; of all events, unless those that are meant are given."""
    for name, form in (events_in(text) if events is None else events).items():
        text = text.replace(name, form)
    return text


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?:'s|’s|s)?(?!\w)", re.I
    )


# "UN" and "US" are also words; an abbreviation that is a common word in lower case only counts in capitals.
_CAPITALS_ONLY = frozenset({"us", "who", "ai"})


def expand(question: str) -> dict[str, tuple[str, ...]]:
    """The names in the question that have another wording: name as typed -> wordings, in order of appearance."""
    table = curated()
    found: dict[str, tuple[str, ...]] = {}
    for match in _pattern(tuple(table)).finditer(question):
        typed = match.group()
        key = typed.lower()
        if key in _CAPITALS_ONLY and not typed.isupper():
            continue
        forms = table.get(key) or table.get(re.sub(r"(?:'s|’s|s)$", "", key)) or ()
        fresh = tuple(form for form in forms if form.lower() not in question.lower())
        if fresh:
            found[typed] = fresh
    return found
