"""Everyday names meet the UN's wording: a curated table (`names.toml`), and abbreviations that a corpus explains itself.

An expansion is added to the lexical query and shown to the user; the question itself is never rewritten.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

Table = Mapping[str, tuple[str, ...]]


@cache
def curated() -> Table:
    """The shipped table: lower-case name -> wordings, in the file's order."""
    raw = tomllib.loads(files("qa.retrieval").joinpath("names.toml").read_text(encoding="utf-8"))
    return {name.lower(): tuple(forms) for name, forms in raw["names"].items()}


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?:'s|’s|s)?(?!\w)", re.I
    )


# "UN" and "US" are also words; an abbreviation that is a common word in lower case only counts in capitals.
_CAPITALS_ONLY = frozenset({"us", "who", "ai"})


def expand(question: str, mined: Table | None = None) -> dict[str, tuple[str, ...]]:
    """The names in the question that have another wording: name as typed -> wordings, in order of appearance."""
    table = {**(mined or {}), **curated()}
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


_EXPLAINED = re.compile(
    r"((?:[A-Z][\w’'-]*|of|the|for|and|in|on|to)(?:\s+(?:[A-Z][\w’'-]*|of|the|for|and|in|on|to)){1,9})\s+\(([A-Z]{3,9})\)"
)


def mine(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Abbreviations that the texts explain themselves ("United Nations Interim Force in Lebanon (UNIFIL)").

    Only where the capitals of the words spell the abbreviation in order, starting at the same letter.
    """
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        for words, short in _EXPLAINED.findall(text):
            name = _spelled(words.split(), short)
            if name:
                found.setdefault(short.lower(), {})[name] = None
    return {short: tuple(names)[:3] for short, names in sorted(found.items())}


def _spelled(words: list[str], short: str) -> str | None:
    """The shortest tail of `words` whose letters spell `short` in order, beginning with its first letter."""
    for start in range(len(words) - 1, -1, -1):
        if not words[start].startswith(short[0]):
            continue
        letters = iter("".join(words[start:]).upper())
        initials = "".join(word[0] for word in words[start:] if word[0].isupper())
        if all(letter in letters for letter in short) and len(initials) >= 2 and len(initials) >= len(short) - 3:
            return " ".join(words[start:])
    return None
