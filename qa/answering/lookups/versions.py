"""The texts of the series that one text is of: "the latest version of 78/158", "what came before 80/143?", "has 841 been replaced?"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from qa.answering.lookups.adopted_then import cited_after, first_paragraphs
from qa.answering.lookups.forms import first_match, whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import THE_TEXT, text_asked
from qa.answering.lookups.question import LookupQuestion
from qa.answering.lookups.repeated import near_copies
from qa.answering.references import BesideText
from qa.records import Kind, ReferenceKind, Resolution
from qa.retrieval.searchable import Searchable
from qa.store.columns import Listed
from qa.symbols.roles import Side
from qa.terms import distinct_terms
from qa.wire import Filters

EARLIER, LATER = "earlier", "later"
_TITLED, _CITED = 1.0, 0.9  # that what has the same title, or only cites it, is of the series: the second set by hand
_LIKE = 0.3  # of the words of what two texts are about: set by hand
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
    rf"(?:which|what) (?:(?:earlier |older )?(?:resolution|text) )?(?:(?:came|comes|was) (?:before|prior to)|preceded) {THE_TEXT}",
    rf"(?:what|which resolutions?) (?:did|does) {THE_TEXT} (?:replace|supersede|succeed|update|follow|follow up(?: on)?)",
)


def versions(question: LookupQuestion) -> LookedUp | None:
    """The first operative paragraph of each later (or earlier) text with the title of the one that is named, the nearest in time first but
    where the latest is asked for; of a text without a title, what cites it (or what it cites). None for other questions.
    """
    query, corpus = question.query, question.corpus
    spoken = text_asked(query, corpus)
    side = side_asked(spoken[1]) if spoken else None
    if spoken is None or side is None or spoken[0].adopted is None:
        return None
    text, asked = spoken
    later = side == LATER
    found = series_of(text, side, corpus)
    if not found.texts:
        none = f"no {side} resolution that is held has the title of {text.symbol} or is tied to it by a citation"
        return LookedUp((), none, refuses=True)
    if later and found.is_cited:
        beside = BesideText(Side.AFTER, str(text.symbol), int(f"{spoken[0].adopted:%Y%m%d}"))
        return cited_after(query, beside, frozenset(one.symbol for one in found.texts), corpus, Filters())
    newest_first = later and re.search(r"\b(?:latest|newest|most recent|current)\b", asked, re.I)
    texts = found.texts[::-1] if newest_first else found.texts
    more = " ..." if len(texts) > _SHOWN else ""
    note = (
        f"{side} resolutions held {found.told} {text.symbol}: {', '.join(one.symbol for one in texts[:_SHOWN])}{more}"
    )
    return LookedUp(tuple(first_paragraphs(texts)), note, found.certain)


def side_asked(asked: str) -> str | None:
    """On which side of a text (`of_text.TEXT`) the texts of its series are asked for, and nothing else; None for other questions."""
    return next((side for side, forms in ((LATER, _LATER), (EARLIER, _EARLIER)) if first_match(forms, asked)), None)


@dataclass(frozen=True, slots=True)
class SeriesSide:
    """The texts of the series of one before it or after it, the nearest in time first, how they are told to be of it, and how sure that is."""

    texts: list[Listed]
    told: str = ""
    certain: float = 0.0
    is_cited: bool = False


def series_of(text: Resolution, side: str, corpus: Searchable) -> SeriesSide:
    """What has the same title; of a text without one what first decides the same of the same subject; without any, what cites it, or what it
    cites.
    """
    if text.adopted is None:
        return SeriesSide([])
    day = dt.timedelta(days=1)
    first, last = (text.adopted + day, dt.date.max) if side == LATER else (dt.date.min, text.adopted - day)
    held = sorted(
        corpus.adopted_between(first, last, Filters()), key=lambda one: one.adopted or "", reverse=side == EARLIER
    )
    if of_title := [one for one in held if text.title and one.title.casefold() == text.title.casefold()]:
        return SeriesSide(of_title, "of the title of", _TITLED)
    same = _of_subject(text, corpus)
    if of_subject := [one for one in held if one.symbol in same]:
        return SeriesSide(of_subject, "that first decide much the same as", _CITED)
    tied = _citing(text, corpus) if side == LATER else _cited(text)
    told = "that cite" if side == LATER else "cited by"
    return SeriesSide([one for one in held if one.symbol in tied], told, _CITED, is_cited=True)


def _of_subject(text: Resolution, corpus: Searchable) -> frozenset[str]:
    """The texts of which a paragraph has most words of a text's first act, and whose subject is much the same; none of a text with a title."""
    first = next((one.label for one in text.paragraphs if one.kind is Kind.OPERATIVE), None)
    if text.title or first is None:
        return frozenset()
    wanted = f"{text.symbol}#{first}"
    (own,) = corpus.passages(corpus.generation.paragraph_rows(wanted)[:1].tolist())
    subject = distinct_terms(own.context)
    return frozenset(
        one.symbol for one, _ in near_copies(wanted, corpus) if _are_alike(subject, distinct_terms(one.context))
    )


def _are_alike(some: frozenset[str], others: frozenset[str]) -> bool:
    return len(some & others) >= _LIKE * len(some | others)


def _citing(text: Resolution, corpus: Searchable) -> frozenset[str]:
    return frozenset(symbol for symbol, *_ in corpus.generation.mentions_of(str(text.symbol)))


def _cited(text: Resolution) -> frozenset[str]:
    references = (each for one in text.paragraphs for each in one.references)
    return frozenset(each.symbol for each in references if each.symbol and each.kind is ReferenceKind.RESOLUTION)
