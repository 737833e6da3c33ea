"""The chapters and articles of the Charter that a text or a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.numerals import to_roman

_ROMAN = r"[IVX]{1,5}\b"
_NUMBER = rf"(?:{_ROMAN}|\d{{1,3}}\b)"
_PLACES = rf"\b(?P<kind>Chapter|Article)s? (?P<numbers>{_NUMBER}(?:(?:, | and |, and | or ){_NUMBER}){{0,5}})"
_NAMED = re.compile(rf"{_PLACES}(?=.{{0,80}}\bCharter\b)|(?<=Charter).{{0,60}}?{_PLACES.replace('?P<', '?P<b_')}", re.S)
_EACH = re.compile(_NUMBER)
_WORDS = {"six": "VI", "seven": "VII", "eight": "VIII"}
_ASKED = re.compile(r"\b(?P<kind>chapter|article) (?P<number>[ivx]{1,5}|\d{1,3}|six|seven|eight)\b", re.I)
_ACTING = re.compile(rf"\b(?:[Aa]ct(?:ing|s)?|Decides?),?(?:\s[\w,]+){{1,5}}?\s{_PLACES}")

_CHAPTERS = 19
_ARTICLES = {"Chapter VI": range(33, 39), "Chapter VII": range(39, 52), "Chapter VIII": range(52, 55)}

CHAPTER = r"(?:chapter|article) (?:[ivx]{1,5}|\d{1,3}|six|seven|eight)(?: of the (?:un |united nations )?charter)?"
"""How a question names one."""


def places_in(text: str) -> Iterator[str]:
    """The chapters and articles that a text names, in its order: "Article 39", "Article 40" of "Articles 39 and 40 of the Charter"."""
    for match in _NAMED.finditer(text):
        kind = match["kind"] or match["b_kind"]
        yield from (f"{kind} {number}" for number in _EACH.findall(match["numbers"] or match["b_numbers"]))


def place_asked(question: str) -> str | None:
    """The chapter or article that a question names, as texts write it: "Chapter VII" of "chapter 7"."""
    match = _ASKED.search(question)
    if match is None:
        return None
    number = match["number"].lower()
    if match["kind"].lower() == "article":
        return f"Article {number.upper()}"
    if number.isdigit() and not 1 <= int(number) <= _CHAPTERS:
        return None
    return f"Chapter {to_roman(int(number)) if number.isdigit() else _WORDS.get(number, number.upper())}"


def chapter_of(place: str) -> str:
    """The chapter in which an article stands of those under which the Council acts; a chapter is its own, "" for other articles."""
    kind, _, number = place.partition(" ")
    if kind == "Chapter":
        return place
    n = int(number) if number.isdigit() else 0
    return next((chapter for chapter, articles in _ARTICLES.items() if n in articles), "")


def acts_under(text: str, place: str) -> bool:
    """Whether it acts under a chapter or an article, which is more than to name it."""
    return any(
        f"{match['kind']} {number}" == place
        for match in _ACTING.finditer(text)
        for number in _EACH.findall(match["numbers"])
    )
