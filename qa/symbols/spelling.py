"""Ways of writing a symbol, put into the usual one without moving a character: places in the text stay what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.symbols.sessions import security_council_year

_HINT = re.compile(r"r\.?e|(?<=\d)\s?[(/-]|scr|p[a-z]{6}", re.IGNORECASE)
_WORD = re.compile(r"\b[pr][a-z]{6,11}\b", re.IGNORECASE)
_MEANT = (("paragraph", "para"), ("paragraphs", "paras"), ("resolution", "res"), ("resolutions", "res"))
_RIGHT = frozenset({"paragraph", "paragraphs", "resolution", "resolutions", "revolution", "revolutions"})
_APART = re.compile(
    r"(?<![\w/])(?P<prefix>GA|SC|A|S|E)(?P<one>[_. -])(?P<res>RES)(?P<two>[_. -])(?P<number>\d{1,4})"
    r"(?:(?P<three>[_. /-])(?P<last>\d{1,4})(?![\w/])|(?=\s?\())",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?<=[\d)])/(?=(?:OP|PP)\d)", re.IGNORECASE)
_CUE = r"(?P<cue>\b(?:resolution|res\.?|\w*SCR?)\s?(?:no\.?\s?)?)"
_YEARED = re.compile(
    rf"{_CUE}?(?<![\d/])(?P<number>[1-9]\d{{0,3}})(?:\s?\((?P<short>\d\d)\)|(?P<apart>,\s|\s?-)(?P<year>(?:19|20)\d\d)(?![\w/]))",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"{_CUE}(?P<session>[3-9]\d)-(?P<number>[1-9]\d{{0,2}})(?![\w/-])", re.IGNORECASE)


def fold(text: str) -> str:
    """The text with every symbol and the words "paragraph" and "resolution" in a usual spelling, of the same length.

    "reslution" becomes "res      ", "A_RES_78_61" "A/RES/78/61", "439(78)" "439/78 ", "A/RES/78/61/OP9" "A/RES/78/61#OP9".
    """
    if not _HINT.search(text):
        return text
    text = _WORD.sub(_spelt, text)
    text = _APART.sub(_slashed, text)
    text = _LABELLED.sub("#", text)
    text = _YEARED.sub(_yeared, text)
    return _DASHED.sub(lambda match: f"{match['cue']}{match['session']}/{match['number']}", text)


def _spelt(match: re.Match[str]) -> str:
    word = match[0].lower()
    if word in _RIGHT:
        return match[0]
    return next((short.ljust(len(word)) for right, short in _MEANT if one_slip(word, right)), match[0])


def one_slip(word: str, right: str) -> bool:
    """Whether one letter is too many, too few, another, or two neighbours have changed places."""
    if abs(len(word) - len(right)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    a, b = word[start:], right[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _slashed(match: re.Match[str]) -> str:
    last = f"/{match['last']}" if match["last"] else ""
    return f"{match['prefix']}/{match['res']}/{match['number']}{last}"


def _yeared(match: re.Match[str]) -> str:
    """A Council number with its year in two figures, or behind a comma or dash, where the two belong together."""
    year = security_council_year(int(match["number"]))
    cue, number = match["cue"] or "", match["number"]
    if match["short"]:
        fits = year == 1900 + int(match["short"])
        whole = f"{cue}{number}/{match['short']}"
    else:
        fits = bool(cue) and year == int(match["year"])
        apart = match["apart"].replace(",", "/").replace("-", "/")
        whole = f"{cue}{number}{apart}{match['year']}"
    return whole.ljust(len(match[0])) if fits else match[0]


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in the place of some stretches, so that "1325 (2000)" is not also read as the year 2000; places stay."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
