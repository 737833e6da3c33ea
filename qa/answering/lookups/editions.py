"""A question of another text of the series than the one it names: "what does the 2023 version of 80/148 say about culture?"

That text is put in the place of the one that is named, so that all else is asked of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import TEXT, text_of
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.versions import EARLIER, LATER, series_of, side_asked
from qa.records import Resolution
from qa.retrieval.editions import EDITION_OF, LATEST, PREVIOUS, which_of
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable

_OF = re.compile(rf"\b{EDITION_OF} (?:the )?{TEXT}", re.I)


@dataclass(frozen=True, slots=True)
class Edition:
    """The question as it is asked of the other text, "" where none such is held; `note` tells it to people."""

    question: str
    note: str


def other_edition(query: Query, corpus: Searchable) -> Edition | None:
    """Where another text of a series is asked for than the one that is named; None elsewhere, and where only the series is asked for."""
    if len(query.mentions) != 1 or query.language or query.reading.topic:
        return None
    (named_text,) = query.mentions
    start, end = named_text.symbol_span
    said = query.reading.naming
    asked, text = f"{said[:start]}{TEXT}{said[end:]}", text_of(named_text, corpus)
    match = _OF.search(asked)
    if match is None or text is None or side_asked(asked):
        return None
    other = edition_of(text, which_of(match["which"]), corpus)
    if not other and not text.title:
        return None  # a series that citations alone tell
    named = f"'{match[0].replace(TEXT, said[start:end])}'"
    if not other:
        return Edition("", f"no such resolution of the series of {text.symbol} is held: {named}")
    return Edition(f"{asked[: match.start()]}{other}{asked[match.end() :]}", f"{named} is read as {other}")


def no_edition(question: LookupQuestion) -> LookedUp | None:
    """That the other text that is asked for is not held; None where it is, where none is asked for, and where the asker chose the texts."""
    other = None if question.chosen.symbol else other_edition(question.query, question.corpus)
    return LookedUp((), other.note, refuses=True) if other and not other.question else None


def edition_of(text: Resolution, which: str, corpus: Searchable) -> str:
    """The symbol of the text of a series that is meant beside one of it; "" where none, or several of a year, are held, or citations alone
    tell the series.
    """
    sides = [series_of(text, side, corpus) for side in (EARLIER, LATER)]
    earlier, later = ([] if side.is_cited else side.texts for side in sides)
    if not earlier and not later and any(side.texts for side in sides):
        return ""
    if which.isdigit():
        of_year = [one.symbol for one in (*earlier, *later) if (one.adopted or "").startswith(which)]
        own = text.adopted is not None and str(text.adopted.year) == which
        return str(text.symbol) if own and not of_year else of_year[0] if len(of_year) == 1 else ""
    found = earlier if which == PREVIOUS else later
    if which == LATEST:
        return found[-1].symbol if found else str(text.symbol)
    return found[0].symbol if found else ""
