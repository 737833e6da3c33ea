"""What is known of a corpus that helps to read a turn of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _as_it_stands(text: str) -> str:
    return text


def _unknown(_: str, __: bool) -> str:
    return ""


def _no_other(_: str, __: str) -> str:
    return ""


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus knows that helps to read a turn; asked only for turns that have no sentence of their own.

    `cased` gives a text with the capitals of its names, `titled` says whether a title holds all words of a phrase, `dated` gives
    the day on which the text was adopted that a question finds first, "" where nothing is found; whether the question itself asks
    only for what lies beyond a day it is told. `edition` gives the text of the series of a named one that is meant beside it
    (`qa.retrieval.editions`), "" where none is held.
    """

    cased: Callable[[str], str] = _as_it_stands
    titled: Callable[[str], bool] = _never
    dated: Callable[[str, bool], str] = _unknown
    edition: Callable[[str, str], str] = _no_other


NOTHING_KNOWN = Known()
