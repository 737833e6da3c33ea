"""Turns that ask for the next of a series, or the one before: "the next extension?", "until when was it prolonged the first time after that?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = r"(?:resolution|text|decision|extension|renewal|prolongation|mandate|one)"
_RENEWED = r"(?:extended|renewed|prolonged|continued)"
_THAT = r"(?:that|this|it|then)(?: one| time)?"
_NEXT = re.compile(
    rf"\b(?:the|its) (?:next|following|subsequent) (?:[\w-]+ ){{0,2}}?{_TEXT}\b"
    rf"|\b{_RENEWED} (?:next|again|the (?:first|next) time|after {_THAT})\b"
    rf"|\b(?:first|next) (?:{_TEXT}|time) (?:after|since) {_THAT}\b"
    rf"|\b{_TEXT} (?:after|since) {_THAT}\b",
    re.I,
)
_PREVIOUS = re.compile(
    rf"\b(?:the|its) (?:previous|preceding|prior) (?:[\w-]+ ){{0,2}}?{_TEXT}\b|\b{_TEXT} (?:before|prior to) {_THAT}\b"
    rf"|\b{_RENEWED} (?:before {_THAT}|the (?:previous|last) time before {_THAT})",
    re.I,
)
_OPENING = re.compile(r"\A\W*+(?:(?:and|but|so|then|ok|okay)\b\W*+)*+(?:in )?", re.I)
_ONLY = re.compile(rf"(?:the|its) {_TEXT}", re.I)  # tells nothing of what is asked
_BESIDE = re.compile(rf" (?:after|since|before|prior to) {_THAT}(?=\W*\Z)", re.I)


@dataclass(frozen=True, slots=True)
class Succession:
    """On which side of what was found it lies ("after", "before"), and the turn's own words where they tell what is asked."""

    side: str
    asked: str


def succession_of(turn: str) -> Succession | None:
    """What a turn asks of the next text of a series or the one before; None for one that asks for neither."""
    side = "after" if _NEXT.search(turn) else "before" if _PREVIOUS.search(turn) else ""
    if not side:
        return None
    own = _BESIDE.sub("", _OPENING.sub("", turn)).rstrip(" ?.!")
    return Succession(side, "" if _ONLY.fullmatch(own) else own)
