"""How the United Nations cites: the name of a text, and the place of a paragraph in it."""

from __future__ import annotations

import re

from qa.numerals import ordinal, to_roman
from qa.symbols.organs import Organ, SymbolKind
from qa.symbols.units import UNIT_SIGN, cite_unit

_BELOW = r"(?:~\d+|~[A-Z]+|\([^()]{1,8}\))*"
_STEP = re.compile(
    rf"(?P<kind>PP|OP|u|)(?P<number>\d+)(?:\+(?P<after>\d+))?(?P<below>{_BELOW})"
    rf"|(?P<unit>{UNIT_SIGN})(?:~(?P<same>\d+))?(?P<items>{_BELOW})"
    r"|A(?P<annex>\d+)|S(?P<run>\d+)|(?P<section>[A-Za-z]+)"
)
_FIRST_ORDER = re.compile(r"[(+~]")
_AGAIN = re.compile(r"~(\d+)")
_INSIDE = re.compile(r"~([A-Z]+)")
_TAIL = re.compile(r"(?<!\d)(?P<number>\d+)(?P<session>\([^)]*\))?[A-Z]?(?:-[A-Z])?$")


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


def cite_label(label: str, numbered: bool = True, annexes: int = 1) -> str:
    """The place that a paragraph label names: "para. 4 (a)", "third preambular paragraph", "annex, art. 5, para. 3".

    Unnumbered operative paragraphs are counted from 1 within their part, headings and recitals left out; pass
    `numbered=False` for them and for what is counted from them. `annexes` is how many the text has: "annex II" where it
    is more than one. A label that is none is given back as it is.
    """
    steps = [match for piece in label.split(".") if (match := _STEP.fullmatch(piece))]
    if len(steps) <= label.count(".") or not (steps[-1]["number"] or steps[-1]["unit"]):
        return label
    return ", ".join(_place(match, numbered, annexes) for match in steps)


def counted_from(label: str) -> str:
    """The paragraph of the first order that a label counts from: "OP4" for "OP4(a)(i)" and for "OP4+1"."""
    return _FIRST_ORDER.split(label, maxsplit=1)[0]


def _place(match: re.Match[str], numbered: bool, annexes: int) -> str:
    """One step on the way to a paragraph."""
    if match["annex"]:
        annex = int(match["annex"])
        return f"annex {to_roman(annex)}" if max(annexes, annex) > 1 else "annex"
    if match["run"]:
        return f"{ordinal(int(match['run']))} series of paragraph numbers"
    if match["unit"]:
        same = f" ({ordinal(int(match['same']))} of that number)" if match["same"] else ""
        return f"{cite_unit(match['unit'])}{same}{_below(match['items'])}"
    if match["section"]:
        return f"sect. {match['section']}"
    return (
        _paragraph(match, numbered)
        + (", subpara." if match["after"] and match["below"] else "")
        + _below(match["below"])
    )


def _paragraph(match: re.Match[str], numbered: bool) -> str:
    number, after = int(match["number"]), match["after"]
    if match["kind"] == "PP":
        return f"{ordinal(number)} preambular paragraph" if number else "preamble"
    if match["kind"] == "u":
        return f"{ordinal(number)} unnumbered paragraph"
    counted = f"{'operative paragraph' if match['kind'] == 'OP' and not numbered else 'para.'} {number}"
    if after is None:
        return counted if number else "operative part" if match["kind"] == "OP" else "unnumbered part"
    return f"{ordinal(int(after))} unnumbered {f'paragraph after {counted}' if number else 'operative paragraph'}"


def _below(items: str) -> str:
    """Sub-paragraphs: "~E(a)" -> ", sect. E (a)"; of those that bear the same number: "(a)~2(ix)" -> " (a) (ix), second list"."""
    items = _INSIDE.sub(r", sect. \1", items)
    again = _AGAIN.search(items)
    if again is None:
        return items.replace("(", " (")
    which = "list" if items.startswith("(") else "of that number"
    return f"{_AGAIN.sub('', items).replace('(', ' (')}, {ordinal(int(again[1]))} {which}"
