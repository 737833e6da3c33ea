"""From a printed verb phrase to the table's verb: "Takes due note with deep concern" is `takes note with concern`."""

from __future__ import annotations

import re

from qa.acts.openings import PLURAL, first_words, opening_match
from qa.acts.verbs import ADVERBS, SPELLINGS, VERBS, listed

_FILLERS = ADVERBS | frozenset(
    listed("""
    a active additional an and careful clear complete considerable continued continuing continuous deep
    deepest dismay due earlier earnest equal extreme fervent firm full genuine grave great growing heartfelt
    her high highest however his increasing its keen most mutual ongoing own particular previous profound renewed
    repeated serious severe shared sincere sincerest solemn solidarity special steadfast strong strongest the
    their total unequivocal unflinching unwavering urgent utmost very vigorous warm warmest
    """)
)
_TOKEN = re.compile(r"(?<!\s)\s*+(?:(,)\s*+)?([A-Za-z][A-Za-z'’-]*)")
_TO_BASE = re.compile(r"(?<![\s,])[\s,]+to (?:strongly |actively )?([a-z-]+)")
_ASIDE = re.compile(r",[^,;]{1,120},")
_MOST_WORDS = 9


def _longer_verbs() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """For each head word, what may follow it in the table, longest first."""
    tails: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for verb in (*VERBS, *SPELLINGS):
        head, *rest = verb.split()
        if rest:
            tails.setdefault(head, []).append((tuple(rest), SPELLINGS.get(verb, verb)))
    return {head: tuple(sorted(found, key=lambda row: (-len(row[0]), row))) for head, found in tails.items()}


_LONGER = _longer_verbs()


def normalise(text: str, third: str, end: int) -> tuple[str | None, int]:
    """The table's verb for the third-person head `third` that ends at `end`, and where its phrase ends.

    None where the head means nothing by itself ("takes", "pays") and nothing in the table follows it.
    """
    if third == "continues":
        again = _TO_BASE.match(text, end)
        if again and again[1] in PLURAL:
            return normalise(text, PLURAL[again[1]], again.end())
    for rest, verb in _LONGER.get(third, ()):
        stop = _follow(text, end, rest)
        if stop is not None:
            return verb, stop
    verb = SPELLINGS.get(third, third)
    return (verb, end) if verb in VERBS else (None, end)


def _follow(text: str, end: int, rest: tuple[str, ...]) -> int | None:
    """Where `rest` ends after `end`, only fillers and one aside between commas in between; None if it does not come."""
    wanted, place = 0, end
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        if token[1]:
            aside = _ASIDE.match(text, token.start(1))
            if aside is None:
                return None
            place = aside.end()
            continue
        word = token[2].lower()
        place = token.end()
        if word == rest[wanted]:
            wanted += 1
            if wanted == len(rest):
                return place
        elif word not in _FILLERS:
            return None
    return None


def opening_verb(text: str) -> tuple[str, str] | None:
    """The verb that opens an operative paragraph: (normalised, as printed); None where none does.

    Examples: "3. Also calls upon States to" gives ("calls upon", "Also calls upon").
    """
    found = opening_match(text)
    if found is None:
        return None
    start, end, third = found
    verb, stop = normalise(text, third, end)
    if verb is None:
        return None
    words, _ = first_words(text)
    return verb, text[words[0].start() if words else start : stop]
