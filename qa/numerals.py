"""Months, numbers, ordinals and Roman numerals in words and letters: English whatever the machine's language is, as `calendar`'s are not."""

from __future__ import annotations

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH = "|".join(MONTHS)
"""A pattern for one of them as it is printed."""
SHORT_MONTHS: dict[str, int] = {name.lower(): n for n, month in enumerate(MONTHS, 1) for name in (month, month[:3])} | {
    "sept": 9
}
"""Every month in full and for short, in small letters, with its number."""
MONTH_OR_SHORT = "|".join(sorted(SHORT_MONTHS, key=len, reverse=True))
"""A pattern for one of these."""

ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
"""The words for 1 to 19."""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: dict[str, int] = {word: n for n, word in enumerate(ONES, 1)} | {
    f"{ten}-{one}".rstrip("-"): 10 * n + unit
    for n, ten in enumerate(TENS, 2)
    for unit, one in enumerate(("", *ONES[:9]))
}
"""Every number word from "one" to "ninety-nine", with its number."""

_FIRST = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    "nineteenth",
)


def ordinal(number: int) -> str:
    """The word for a place: "third", "fifty-sixth"; from 101 on in figures: "101st"."""
    if number < 20:
        return _FIRST[number]
    if number > 100:
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
        return f"{number}{ending}"
    if number == 100:
        return "hundredth"
    ten, unit = TENS[number // 10 - 2], number % 10
    return f"{ten}-{_FIRST[unit]}" if unit else f"{ten[:-1]}ieth"


ORDINALS: dict[str, int] = {ordinal(n): n for n in range(1, 101)}
"""Every ordinal word from "first" to "hundredth", with its number."""
NTH = (
    r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)"
    r"(?:ieth|y-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
"""A pattern for those from "twentieth" to "ninety-ninth"."""

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
