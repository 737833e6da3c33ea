"""How the United Nations cites: the name of a text, and the place of a paragraph in it."""

from __future__ import annotations

import re

from qa.symbols.organs import Organ, SymbolKind

_LABEL = re.compile(
    r"\A(?P<part>(?:[A-Za-z0-9]+\.)*?)"
    r"(?:(?P<kind>PP|OP)(?P<number>\d+)(?P<sub>(?:\([^()]{1,8}\))*)"
    r"|A(?P<annex>\d+)\.(?P<unnumbered>u?)(?P<place>\d+)(?P<deep>(?:\([^()]{1,8}\))*))"
)
_TAIL = re.compile(r"(?<!\d)(?P<number>\d+)(?P<session>\([^)]*\))?[A-Z]?(?:-[A-Z])?$")
_UNITS = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    "nineteenth",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENTHS = (
    *("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"),
    "hundredth",
)


def ordinal(number: int) -> str:
    """The word for a place: "third", "fifty-sixth"; from 101 on in figures: "101st"."""
    if number < 20:
        return _UNITS[number]
    if number > 100:
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
        return f"{number}{ending}"
    if number % 10 == 0:
        return _TENTHS[number // 10 - 2]
    return f"{_TENS[number // 10 - 2]}-{_UNITS[number % 10]}"


ORDINALS: dict[str, int] = {ordinal(n): n for n in range(1, 101)}
"""Every ordinal word from "first" to "hundredth", with its number."""


def cite_symbol(text: str, organ: Organ, kind: SymbolKind, part: str) -> str:
    """The name of a text in prose; `part` is printed with a blank before it, as the United Nations does."""
    if kind is SymbolKind.STATEMENT:
        return f"statement by the President of the {organ} {text}"
    if kind is SymbolKind.DRAFT:
        return f"draft {text}"
    if kind is SymbolKind.DOCUMENT:
        return f"document {text}"
    return f"{organ} {kind} {short_number(text, organ, part)}"


def short_number(text: str, organ: Organ, part: str) -> str:
    """What follows the word resolution: "55/179", "1244 (1999)", "217 A (III)", "62/63 A and B"."""
    match = _TAIL.search(text)
    if match is None:
        return text
    letters = f" {part[0]} and {part[2]}" if len(part) == 3 and ord(part[2]) - ord(part[0]) == 1 else f" {part}"
    letters = (letters if len(part) != 3 or " and " in letters else f" {part[0]} to {part[2]}") if part else ""
    if match["session"]:
        return f"{match['number']}{letters} {match['session']}"
    if organ in (Organ.ENVIRONMENT_ASSEMBLY, Organ.HABITAT_ASSEMBLY):
        session = text.split(".", 1)[1].split("/", 1)[0]
        return f"{session}/{match['number']}"
    session = text[: match.start()].rstrip("/").rsplit("/", 1)[-1]
    return f"{session}/{match['number']}{letters}"


def cite_label(label: str, numbered: bool = True) -> str:
    """The place that a paragraph label names: "para. 4 (a)", "third preambular paragraph", "annex, para. 12".

    Unnumbered operative paragraphs are counted from 1 within their part, headings and recitals left out; pass
    `numbered=False` for them. A label that is none is given back as it is.
    """
    match = _LABEL.fullmatch(label)
    if match is None:
        return label
    places = [f"sect. {piece}" for piece in match["part"].rstrip(".").split(".") if piece]
    if match["kind"] == "PP":
        places.append(f"{ordinal(int(match['number']))} preambular paragraph")
    elif match["kind"] == "OP":
        where = "para." if numbered else "operative paragraph"
        places.append(f"{where} {match['number']}{_spaced(match['sub'])}")
    else:
        places.append("annex" if match["annex"] == "1" else f"annex {match['annex']}")
        if match["unnumbered"]:
            places.append(f"{ordinal(int(match['place']))} unnumbered paragraph{_spaced(match['deep'])}")
        else:
            places.append(f"para. {match['place']}{_spaced(match['deep'])}")
    return ", ".join(places)


def _spaced(sub: str) -> str:
    return sub.replace("(", " (")
