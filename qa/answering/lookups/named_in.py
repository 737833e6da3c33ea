"""What one text names: "which resolutions does 79/313 recall?", "which countries are named in it?", "under which chapter was 841 adopted?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.answering.countries import countries_in, is_country
from qa.answering.lookups.charter import CHAPTER, place_asked, places_in
from qa.answering.lookups.forms import whole
from qa.answering.lookups.looked_up import LookedUp
from qa.answering.lookups.of_text import THE_TEXT, text_asked
from qa.records import Paragraph, ReferenceKind
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable

_CERTAIN = 1.0
_SHOWN = 12  # names in the note

_WORD = r"[A-Z][\w’'-]{1,40}+"
_JOINED = rf"(?:{_WORD}|of|on|the|for|and|in|to|against|with|their|its|or|from|all|by)"
_TREATY = re.compile(
    rf"\b(?:{_WORD} (?:(?:of|on|and|for|the) ){{0,2}}){{0,6}}(?:Convention|Covenant|Treaty|Protocol|Agreement|Statute|Accord)s?\b"
    rf"(?: (?:on|for|against|relating|concerning|of|to|between|relative) (?:{_JOINED} ){{0,14}}{_WORD})?"
)
_REPORT = re.compile(
    rf"\b(?:{_WORD} ){{0,5}}[Rr]eports? (?:of|by|from|entitled|on) (?:the )?(?:{_WORD}|“[\w’'-]{{1,40}}+)(?: (?:{_WORD}|of|on|and|the))*"
)
_ACTING = re.compile(r"\W{0,9}acting\b", re.I)  # what it is based on, not only recalls


def _resolutions(one: Paragraph) -> Iterable[str]:
    return (each.symbol or each.text for each in one.references if each.kind is ReferenceKind.RESOLUTION)


def _reports(one: Paragraph) -> Iterable[str]:
    symbols = (each.symbol or each.text for each in one.references if each.kind is ReferenceKind.DOCUMENT)
    return (*symbols, *(match[0] for match in _REPORT.finditer(one.text)))


def _countries(one: Paragraph) -> Iterable[str]:
    return filter(is_country, countries_in(one.text))


def _treaties(one: Paragraph) -> Iterable[str]:
    return (match[0] for match in _TREATY.finditer(one.text) if " " in match[0])


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of thing that a text may name: what asks for it, and the names of it in a paragraph."""

    kind: str
    forms: tuple[re.Pattern[str], ...]
    names: Callable[[Paragraph], Iterable[str]]


_NAME = (
    r"(?:mention|name|cite|recall|refer to|re-?affirm|invoke|quote|list|build (?:up)?on|contain|rely on|speak (?:of|about)|talk about|concern|affect"
    r"|(?:mention|nam|cit|recall|re-?affirm|invok|quot|list|contain|affect)ed|referred to|based on)"
)
_LIST = r"(?:(?:what|which|how many|list|show|me|all|any|the|earlier|previous|other|older|past|prior|relevant|international|legal|un) )*"
_OF_CHARTER = r"(?: of the (?:un )?charter)?"


def _asked(things: str, *more: str) -> tuple[re.Pattern[str], ...]:
    return whole(
        rf"{_LIST}{things} (?:does|do|did|is|are|was|were) {THE_TEXT} {_NAME}",
        rf"{_LIST}{things} (?:(?:is|are|was|were|that are) )?{_NAME} (?:in|by) {THE_TEXT}",
        rf"(?:does|did) {THE_TEXT} {_NAME} (?:any|an|a) {things}",  # without them the word itself is asked for
        *more,
    )


_KINDS = (
    Named(
        "resolution",
        _asked(
            r"(?:resolutions?|decisions?|texts?)",
            rf"what (?:does|did) {THE_TEXT} (?:cite|recall|build (?:up)?on|refer to)",
            rf"what is {THE_TEXT} based on",
        ),
        _resolutions,
    ),
    Named("report or letter", _asked(r"(?:reports?|documents?|letters?)"), _reports),
    Named("country", _asked(r"(?:countr(?:y|ies)|(?:member )?states?|nations?)"), _countries),
    Named(
        "treaty", _asked(r"(?:treat(?:y|ies)|conventions?|covenants?|agreements?|instruments?|protocols?)"), _treaties
    ),
    Named(
        "chapter or article of the Charter",
        _asked(
            rf"(?:articles?|chapters?){_OF_CHARTER}",
            rf"(?:under )?(?:what|which) (?:chapter|article)s?{_OF_CHARTER} (?:is|was|were) {THE_TEXT}(?: adopted| passed| based on)?(?: under)?",
            rf"(?:is|was) {THE_TEXT} (?:(?:a|an|adopted|passed|taken|made|based) )*(?:(?:under|on|on the basis of) )?{CHAPTER}(?: resolution)?",
            rf"(?:what is |what['’]s )?(?:the )?legal (?:basis|authority|ground)s? (?:of|for) {THE_TEXT}",
            rf"on what (?:legal )?(?:basis|authority) (?:is|was) {THE_TEXT}(?: adopted| based)?",
            rf"(?:does|did) {THE_TEXT} (?:invoke|mention|cite|refer to|rely on|act under) {CHAPTER}",
            rf"(?:does|did) the (?:security )?council (?:act|invoke|decide) (?:under )?{CHAPTER} in {THE_TEXT}",
        ),
        lambda one: places_in(one.text),
    ),
)


def named_in(query: Query, corpus: Searchable) -> LookedUp | None:
    """The paragraphs of the one text that is named that name what is asked for, in text order but for what it acts under, which comes
    first; that none does is told. None for other questions.
    """
    spoken = text_asked(query, corpus)
    wanted = spoken and next((one for one in _KINDS if any(form.match(spoken[1]) for form in one.forms)), None)
    if not spoken or not wanted:
        return None
    text, asked = spoken
    place = place_asked(asked)
    names = {
        one.label: tuple(name for name in dict.fromkeys(wanted.names(one)) if place in (None, name))
        for one in text.paragraphs
    }
    acting = {one.label for one in text.paragraphs if _ACTING.match(one.text)}
    labels = sorted((label for label, found in names.items() if found), key=lambda label: label not in acting)
    if not labels:
        return LookedUp((), f"no paragraph of {text.symbol} names {place or f'a {wanted.kind}'}", refuses=True)
    once = list(dict.fromkeys(name for label in labels for name in names[label]))
    more = f" and {len(once) - _SHOWN} more" if len(once) > _SHOWN else ""
    n = "one paragraph" if len(labels) == 1 else f"{len(labels)} paragraphs"
    note = f"{text.symbol} names in {n}: {', '.join(once[:_SHOWN])}{more}"
    return LookedUp(tuple(f"{text.symbol}#{label}" for label in labels), note, _CERTAIN)
