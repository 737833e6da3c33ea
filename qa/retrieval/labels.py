"""Which of a resolution's labels a place named in a question means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.numerals import from_roman
from qa.symbols import Place
from qa.symbols.units import UNIT_SIGN

_UNIT = re.compile(rf"(?P<sign>{UNIT_SIGN})(?P<more>.*)")
_SIGN = re.compile(r"([A-Z][a-z]+?)(?:(\d+)|([IVXLC]+))(\w*)")
_LAST = re.compile(r"(?P<kind>OP|PP|u)?(?P<number>\d+)(?:~(?P<inside>[A-Z]+))?(?P<more>.*)")
_BETWEEN = re.compile(r"[+~]\d+")
_BELOW = re.compile(r"[(+]|~[A-Z]")  # "~2" is another paragraph of the same number


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in its pieces: "A3.S2.1(a)" and "A3.1~E(a)" are annex 3, section S2 and E, number 1, the rest "(a)"."""

    text: str
    annex: int
    section: str
    kind: str
    number: int
    rest: str

    @property
    def sub(self) -> str:
        """The letters alone: of "+1(a)" it is "(a)"."""
        return _BETWEEN.sub("", self.rest)


@lru_cache(maxsize=4096)
def _read(label: str) -> _Label | None:
    *path, last = label.split(".")
    match = _LAST.fullmatch(last)
    if match is None:
        return None
    annexes = [piece for piece in path if re.fullmatch(r"A\d+", piece)]
    section = ".".join([*(piece for piece in path if piece not in annexes), *filter(None, [match["inside"]])])
    annex = int(annexes[0][1:]) if annexes else 0
    return _Label(label, annex, section, match["kind"] or "", int(match["number"]), match["more"])


def meant_by(place: Place, labels: Sequence[str]) -> list[str]:
    """The labels that a place may mean, in text order; several where parts or annexes each count anew.

    A paragraph that an operative part has not is looked for in the annexes where only "paragraph" was said.
    """
    if place.exact:
        return [place.exact] if place.exact in labels else [one for one in labels if one.endswith(f".{place.exact}")]
    if place.whole:
        return _of_whole(place, labels)
    if place.unit:
        return _of_unit(place, labels)
    known = [one for one in map(_read, labels) if one is not None]
    found = _within(place, [one for one in known if _in_part(place, one)])
    if not found and place.plain and not place.annex and place.number is not None:
        found = _within(place, [one for one in known if one.annex and place.section in ("", one.section)])
    return [one.text for one in found]


def below(opening: str, labels: Sequence[str]) -> list[str]:
    """The labels of what belongs to a paragraph: its items, those of the sections inside it, and what follows it without a number."""
    return [one for one in labels if _BELOW.match(one.removeprefix(opening)) and one.startswith(opening)]


def _of_whole(place: Place, labels: Sequence[str]) -> list[str]:
    """All paragraphs of an annex or a section, or those of a kind outside the annexes; all there are where none of these is said."""
    if place.section:
        return [one for one in labels if one.split(".")[0] == place.section and "." in one]
    if place.annex:
        return [one for one in labels if f"A{place.annex}" in one.split(".")]
    if not place.kind:
        return list(labels)
    return [one.text for one in map(_read, labels) if one is not None and not one.annex and one.kind == place.kind]


@dataclass(frozen=True, slots=True)
class _InUnit:
    """A label within an article or the like: its sign as word, number and addition, and the paragraph's number and letters."""

    text: str
    annex: str
    sign: tuple[str, int, str]
    number: int
    sub: str
    unnumbered: bool


@lru_cache(maxsize=4096)
def _read_unit(label: str) -> _InUnit | None:
    path = label.split(".")
    at, match = next(((at, one) for at, piece in enumerate(path) if (one := _UNIT.fullmatch(piece))), (0, None))
    if match is None:
        return None
    last = _LAST.fullmatch(path[-1]) if at + 1 < len(path) else None
    number, more = (int(last["number"]), last["more"]) if last else (0, match["more"])
    annex = next((piece for piece in path[:at] if re.fullmatch(r"A\d+", piece)), "")
    sub = _BETWEEN.sub("", more)
    return _InUnit(label, annex, sign_of(match["sign"]), number, sub, bool(last and last["kind"]))


@lru_cache(maxsize=1024)
def sign_of(unit: str) -> tuple[str, int, str]:
    """The word, number and addition of a unit's sign, whatever numerals it is printed in: "ArtIV" -> ("Art", 4, "")."""
    match = _SIGN.fullmatch(unit)
    if match is None:
        return unit, 0, ""
    word, digits, numeral, addition = match.groups()
    return word, int(digits) if digits else from_roman(numeral) or 0, addition.lower()


def has_units(place: Place, labels: Sequence[str]) -> bool:
    """Whether a text has units of the word that a place names: any article where an article is named."""
    word = sign_of(place.unit)[0]
    return any(one is not None and one.sign[0] == word for one in map(_read_unit, labels))


def _of_unit(place: Place, labels: Sequence[str]) -> list[str]:
    """All of an article, or one paragraph of it; of one whose paragraphs have no numbers they are counted."""
    sign, annex = sign_of(place.unit), f"A{place.annex}"
    inside = [
        one for one in map(_read_unit, labels) if one and one.sign == sign and (not place.annex or one.annex == annex)
    ]
    if place.number is None:
        return [one.text for one in inside if one.sub.startswith(place.sub)]
    numbers = [one for one in inside if one.number]
    paragraphs = (
        [one for one in numbers if not one.unnumbered] or numbers or ([*inside] if place.number in (1, -1) else [])
    )
    if place.number < 0:
        kinds = list(dict.fromkeys(one.number for one in paragraphs))
        wanted = kinds[place.number] if len(kinds) >= -place.number else -1
    else:
        wanted = place.number + place.step
    numbered = [one for one in paragraphs if one.number in (wanted, 0) and one.sub.startswith(place.sub)]
    return [one.text for one in numbered if one.sub == place.sub] or [one.text for one in numbered]


def nearest_to(place: Place, labels: Sequence[str]) -> list[str]:
    """Of the labels in units of a place's word the nearest in number to one that does not exist; at most two."""
    word, number, _ = sign_of(place.unit)
    inside = [one for one in map(_read_unit, labels) if one is not None and one.sign[0] == word]
    inside.sort(key=lambda one: (abs(one.sign[1] - number), abs(one.number - (place.number or 0))))
    return [one.text for one in inside[:2]]


def _in_part(place: Place, label: _Label) -> bool:
    kind = "" if place.annex else place.kind
    section = place.section in ("", label.section) or label.section.endswith(f".{place.section}")
    return label.annex == place.annex and label.kind == kind and section


def _within(place: Place, labels: list[_Label]) -> list[_Label]:
    if place.number is None:
        return [one for one in labels if one.sub == place.sub]
    whole = [one for one in labels if not one.rest and one.number]
    if place.number < 0:
        return whole[place.number : place.number + 1 or None] if len(whole) >= -place.number else []
    if place.step:
        return _stepped(place, whole)
    numbered = [one for one in labels if one.number == place.number]
    exact = [one for one in numbered if one.rest == place.sub]
    # "10" where there are only 10 (a) to (e) is all of these
    return exact or [one for one in numbered if one.sub.startswith(place.sub) and (place.sub or "+" not in one.rest)]


def _stepped(place: Place, whole: list[_Label]) -> list[_Label]:
    """The paragraph before or after, within its part."""
    found = []
    for at, one in enumerate(whole):
        beside = at + place.step
        if one.number == place.number and 0 <= beside < len(whole) and whole[beside].section == one.section:
            found.append(whole[beside])
    return found
