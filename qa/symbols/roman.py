"""Roman numerals, as in resolution 1514 (XV)."""

from __future__ import annotations

_VALUES = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def to_roman(number: int) -> str:
    """The numeral of a number from 1 to 399."""
    out = ""
    for letters, value in _VALUES:
        count, number = divmod(number, value)
        out += letters * count
    return out


def from_roman(text: str) -> int | None:
    """The number that a well-formed upper-case numeral means; None for anything else ("IIII", "", "ABC")."""
    number, rest = 0, text
    for letters, value in _VALUES:
        while rest.startswith(letters):
            number, rest = number + value, rest[len(letters) :]
    return number if number and not rest and to_roman(number) == text else None
