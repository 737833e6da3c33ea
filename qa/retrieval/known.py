"""What is known of a corpus that helps to read a turn of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus knows that helps to read a turn; asked only for turns that have no sentence of their own.

    `cased` gives a text with the capitals of its names, `titled` says whether a title holds all words of a phrase, `dated` gives
    the day on which the text was adopted that a question finds first, "" where nothing is found; whether the question itself asks
    only for what lies beyond a day it is told. `edition` gives the text of the series of a named one that is meant beside it
    (`qa.retrieval.editions`), "" where none is held.
    """

    cased: Callable[[str], str] = field(default=lambda text: text)
    titled: Callable[[str], bool] = field(default=lambda phrase: False)
    dated: Callable[[str, bool], str] = field(default=lambda question, is_beyond: "")
    edition: Callable[[str, str], str] = field(default=lambda named, which: "")


NOTHING_KNOWN = Known()
