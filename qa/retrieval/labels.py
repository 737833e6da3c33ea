"""Which of a resolution's labels a place named in a question means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.symbols import Place

_LAST = re.compile(r"(?P<kind>OP|PP|u)?(?P<number>\d+)(?P<more>.*)")
_BETWEEN = re.compile(r"[+~]\d+")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in its pieces: "A3.S2.1(a)" is annex 3, section S2, number 1, the rest "(a)"."""

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
    section = ".".join(piece for piece in path if piece not in annexes)
    annex = int(annexes[0][1:]) if annexes else 0
    return _Label(label, annex, section, match["kind"] or "", int(match["number"]), match["more"])


def meant_by(place: Place, labels: Sequence[str]) -> list[str]:
    """The labels that a place may mean, in text order; several where parts or annexes each count anew.

    A paragraph that an operative part has not is looked for in the annexes where only "paragraph" was said.
    """
    if place.exact:
        return [place.exact] if place.exact in labels else [one for one in labels if one.endswith(f".{place.exact}")]
    known = [one for one in map(_read, labels) if one is not None]
    found = _within(place, [one for one in known if _in_part(place, one)])
    if not found and place.plain and not place.annex and place.number is not None:
        found = _within(place, [one for one in known if one.annex and place.section in ("", one.section)])
    return [one.text for one in found]


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
