"""Printed numbers at the head of a paragraph: "4.", "(a)", "(ii)", and what may follow what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_TOP = re.compile(r"\A(\d{1,3})\s?\.(?=\s|$|[A-Z])")
_SLIP = re.compile(r"\A([\dlIiOS]{1,3})\s?[.,](?=\s+[A-Z“\"])")
_BARE_TOP = re.compile(r"\A(\d{1,2})(?=$|\s+[A-Z])")
_OCR = str.maketrans("lIiOS", "11105")
_SUB = re.compile(r"\A\(([a-z]{1,2}|[ivxl]{1,7}|[A-Z]|\d{1,2})[)}\]](?=\s|$|[A-Z])")
_BARE_SUB = re.compile(r"\A([a-z]|[ivx]{1,5})\)(?=\s|$)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Style(IntEnum):
    """The forms of a number; a paragraph that opens a list is followed by one of another form."""

    NONE = 0
    TOP = 1
    LETTER = 2
    ROMAN = 3
    DIGIT = 4
    CAPITAL = 5


@dataclass(frozen=True, slots=True)
class Number:
    """`printed` without the full stop; `value` its place in its row; `width` the characters that it takes."""

    printed: str
    value: int
    style: Style
    width: int

    @property
    def sign(self) -> str:
        """The number as a label spells it: as printed, but where OCR misread it, the one that the row asks for."""
        if self.style is Style.TOP:
            return str(self.value)
        if self.style is Style.LETTER:
            return f"({letter(self.value)})"
        return self.printed


def read_top(text: str, expected: int) -> Number | None:
    """A number such as "4." at the start; where just that number is expected, also "4," and "l4." (slips of OCR)."""
    match = _TOP.match(text)
    if match:
        return Number(match.group(1), int(match.group(1)), Style.TOP, match.end())
    slip = _SLIP.match(text)
    if slip:
        figure = slip.group(1).translate(_OCR)
        if int(figure) == expected:
            return Number(figure, expected, Style.TOP, slip.end())
    return None


def read_bare_top(text: str, expected: int) -> Number | None:
    """The number that is expected, printed without its stop."""
    match = _BARE_TOP.match(text)
    if match and int(match.group(1)) == expected:
        return Number(match.group(1), expected, Style.TOP, match.end())
    return None


def read_sub(text: str) -> Number | None:
    """A number such as "(a)" or "(ii)"; letters that are also roman figures are given as letters."""
    match = _SUB.match(text) or _BARE_SUB.match(text)
    if not match:
        return None
    body = match.group(1)
    printed = f"({body})"
    if body.isdigit():
        return Number(printed, int(body), Style.DIGIT, match.end())
    if body.isupper():
        return Number(printed, ord(body) - 64, Style.CAPITAL, match.end())
    if len(body) == 1:
        return Number(printed, ord(body) - 96, Style.LETTER, match.end())
    if body[0] == body[1] and len(body) == 2 and body not in ("ii", "xx"):
        return Number(printed, 26 + ord(body[0]) - 96, Style.LETTER, match.end())
    value = roman(body)
    if value:
        return Number(printed, value, Style.ROMAN, match.end())
    return None


def letter(value: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    return chr(96 + value) if value <= 26 else 2 * chr(96 + value - 26)


def roman(body: str) -> int:
    """The value of a small roman figure, 0 where it is none."""
    if any(c not in _ROMAN for c in body):
        return 0
    total = 0
    for c, following in zip(body, [*body[1:], ""], strict=True):
        value = _ROMAN[c]
        total += -value if following and _ROMAN[following] > value else value
    return total


def as_roman(number: Number) -> Number | None:
    """The same single letter read as a roman figure, if it is one."""
    value = roman(number.printed.strip("()"))
    return Number(number.printed, value, Style.ROMAN, number.width) if value else None
