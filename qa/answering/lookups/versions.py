"""The texts of the series that one text is of: "the latest version of 78/158", "what came before 80/143?", "has 841 been replaced?"."""

from __future__ import annotations

import datetime as dt
import re

from qa.answering.lookups.adopted_then import cited_after, first_paragraphs
from qa.answering.lookups.forms import whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import THE_TEXT, text_asked
from qa.answering.references import Beside
from qa.records import ReferenceKind, Resolution
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.symbols.roles import Side
from qa.wire import Filters

_TITLED, _CITED = 1.0, 0.9  # that what has the same title, or only cites it, is of the series: the second set by hand
_SHOWN = 8  # symbols in the note
_ASKS = r"(?:(?:what|which|show|find|give|list|is|are|was|were|there|the|a|an|any|me|has|been) )*"
_EDITION = r"(?:versions?|editions?|texts?|resolutions?|ones?|updates?)"
_REPLACED = r"(?:replaced|superseded|succeeded|updated|repeated|followed(?: up)?)"
_LATER = whole(
    rf"{_ASKS}(?:newer|later|latest|newest|most recent|current|updated|next|subsequent|new) {_EDITION} (?:of|than|to|after|on) {THE_TEXT}",
    rf"{_ASKS}(?:successors?|follow[- ]?ups?|sequels?|updates?|renewals?) (?:resolutions? )?(?:of|to|on|for) {THE_TEXT}",
    rf"(?:which|what) (?:(?:later |newer )?(?:resolution|text) )?(?:{_REPLACED}|renewed|(?:came|comes|followed) after) {THE_TEXT}",
    rf"(?:has|was|is) {THE_TEXT} (?:been |ever |since )*{_REPLACED}(?: by \w+(?: \w+)?)?",
)
_EARLIER = whole(
    rf"{_ASKS}(?:previous|earlier|older|last|preceding|prior|former) {_EDITION} (?:of|than|to|before|on) {THE_TEXT}",
    rf"{_ASKS}predecessors? (?:of|to) {THE_TEXT}",
    rf"(?:which|what) (?:(?:earlier |older )?(?:resolution|text) )?(?:came|comes|was|preceded) (?:before |prior to )?{THE_TEXT}",
    rf"(?:what|which resolutions?) (?:did|does) {THE_TEXT} (?:replace|supersede|succeed|update|follow|follow up(?: on)?)",
)


def versions(query: Query, corpus: Searchable) -> LookedUp | None:
    """The first operative paragraph of each later (or earlier) text with the title of the one that is named, the nearest in time first but
    where the latest is asked for; of a text without a title, what cites it (or what it cites). None for other questions.
    """
    spoken = text_asked(query, corpus)
    later = spoken is not None and any(one.match(spoken[1]) for one in _LATER)
    if spoken is None or not (later or any(one.match(spoken[1]) for one in _EARLIER)):
        return None
    text, asked = spoken
    when = "later" if later else "earlier"
    if text.adopted is None:
        return None
    day = dt.timedelta(days=1)
    first, last = (text.adopted + day, dt.date.max) if later else (dt.date.min, text.adopted - day)
    held = corpus.adopted_between(first, last, Filters())
    related = [one for one in held if text.title and one.title.casefold() == text.title.casefold()]
    told, certain = f"of the title of {text.symbol}", _TITLED
    if not related:
        if later:
            side = Beside(Side.AFTER, str(text.symbol), int(f"{text.adopted:%Y%m%d}"))
            return cited_after(query, side, _citing(text, corpus), corpus, Filters()) or _nothing(text, when)
        related = [one for one in held if one.symbol in _cited(text)]
        told, certain = f"that {text.symbol} cites", _CITED
    if not related:
        return _nothing(text, when)
    newest_first = not later or re.search(r"\b(?:latest|newest|most recent|current)\b", asked, re.I) is not None
    related.sort(key=lambda one: one.adopted or "", reverse=newest_first)
    ids = first_paragraphs(related)
    more = " ..." if len(related) > _SHOWN else ""
    note = f"{when} resolutions held {told}: {', '.join(one.symbol for one in related[:_SHOWN])}{more}"
    return LookedUp(tuple(ids), note, certain)


def _nothing(text: Resolution, when: str) -> LookedUp:
    note = f"no {when} resolution that is held has the title of {text.symbol} or is tied to it by a citation"
    return LookedUp((), note, refuses=True)


def _citing(text: Resolution, corpus: Searchable) -> frozenset[str]:
    return frozenset(symbol for symbol, *_ in corpus.generation.mentions_of(str(text.symbol)))


def _cited(text: Resolution) -> frozenset[str]:
    references = (each for one in text.paragraphs for each in one.references)
    return frozenset(each.symbol for each in references if each.symbol and each.kind is ReferenceKind.RESOLUTION)
