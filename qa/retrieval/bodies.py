"""Bodies in the field as people describe them: "the UN force in Cyprus", "the Iran-Iraq observer group"; and those known by letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.retrieval.expansion import curated_letters, expand

_NOUN = r"(?:forces?|missions?|operations?|groups?|observers|peacekeepers|blue helmets|office)"
_NAME = r"[A-Z][\w’'-]+"
_KIND = (
    r"(?:peacekeeping|peace-keeping|observer|interim|hybrid|joint|military|political|assistance|integrated|verification|monitoring|"
    r"stabili[sz]ation|disengagement|protection|support|suppression|gang|special|new)"
)
_DESCRIBED = re.compile(
    rf"\b[Tt]he\s+(?:UN(?:['’]s)?\s+|United Nations\s+)?(?:(?:{_NAME}\s+){{1,3}}(?:{_KIND}\s+){{0,3}}{_NOUN}\b|"
    rf"(?:{_KIND}\s+){{0,3}}{_NOUN}\s+(?:in|for|on|to|between)\s+(?:the\s+)?{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,3}})"
)
_KNOWN_AS = re.compile(rf"\b{_NOUN}\b", re.I)


def described_bodies(text: str) -> Iterator[re.Match[str]]:
    """Every body that a text describes with the place it is in."""
    return _DESCRIBED.finditer(text)


def is_body(letters: str) -> bool:
    """Whether letters such as "UNIFIL" stand for a body in the field."""
    return any(_KNOWN_AS.search(form) for forms in expand(letters).values() for form in forms)


def has_a_body(place: str) -> bool:
    """Whether a body in the field that is known by letters has a place in its name: "Abyei", "Western Sahara"."""
    named = re.compile(rf"\b{re.escape(place)}\b")
    return any(named.search(form) and _KNOWN_AS.search(form) for forms in curated_letters().values() for form in forms)
