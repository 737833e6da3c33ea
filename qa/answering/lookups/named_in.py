"""What one text names: "which resolutions does 79/313 recall?", "which countries are named in it?", "under which chapter was 841 adopted?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.answering.countries import countries_in, is_country
from qa.answering.lookups.charter import CHAPTER, acts_under, chapter_of, place_asked, places_in
from qa.answering.lookups.forms import counted, first_match, whole
from qa.answering.lookups.looked_up import CERTAIN, LookedUp
from qa.answering.lookups.of_text import THE_TEXT, text_asked
from qa.answering.lookups.question import LookupQuestion
from qa.records import Paragraph, ReferenceKind

_SHOWN = 12  # names in the note

_WORD = r"(?![IVX]{1,5}\b)[A-Z][\w’'‐‑-]{1,40}+"
_JOINED = rf"(?:{_WORD}|of|on|the|for|and|in|to|against|with|their|its|or|from|all|by)"
_TREATY = re.compile(
    rf"\b(?:{_WORD} (?:(?:of|on|and|for|the) ){{0,2}}){{0,6}}(?:Convention|Covenant|Treaty|Protocol|Agreement|Statute|Accord)s?\b"
    rf"(?: (?:on|for|against|relating|concerning|of|to|between|relative) (?:{_JOINED} ){{0,14}}{_WORD})?"
)
_REPORT = re.compile(
    rf"\b(?:{_WORD} ){{0,5}}[Rr]eports? (?:of|by|from|entitled|on) (?:the )?(?:{_WORD}|“[\w’'-]{{1,40}}+)(?: (?:{_WORD}|of|on|and|the))*"
)


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
class _Thing:
    """A kind of thing that a text may name: what asks for it, the names of it in a paragraph, and what the paragraph does with it."""

    kind: str
    forms: tuple[re.Pattern[str], ...]
    names: Callable[[Paragraph], Iterable[str]]
    does: str = "names"


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
    _Thing(
        "resolution",
        _asked(
            r"(?:resolutions?|decisions?|texts?)",
            rf"what (?:does|did) {THE_TEXT} (?:cite|recall|build (?:up)?on|refer to)",
            rf"what is {THE_TEXT} based on",
        ),
        _resolutions,
    ),
    _Thing("report or letter", _asked(r"(?:reports?|documents?|letters?)"), _reports),
    _Thing("country", _asked(r"(?:countr(?:y|ies)|(?:member )?states?|nations?)"), _countries),
    _Thing(
        "treaty", _asked(r"(?:treat(?:y|ies)|conventions?|covenants?|agreements?|instruments?|protocols?)"), _treaties
    ),
    _Thing(
        "chapter or article of the Charter",
        _asked(
            rf"(?:articles?|chapters?){_OF_CHARTER}",
            rf"(?:does|did) {THE_TEXT} (?:mention|cite|refer to) {CHAPTER}",
        ),
        lambda one: places_in(one.text),
    ),
    _Thing(
        "chapter or article of the Charter",
        whole(
            rf"(?:under )?(?:what|which) (?:chapter|article)s?{_OF_CHARTER} (?:is|was|were) {THE_TEXT}(?: adopted| passed| based on)?(?: under)?",
            rf"(?:is|was) {THE_TEXT} (?:(?:a|an|adopted|passed|taken|made|based) )*(?:(?:under|on|on the basis of) )?{CHAPTER}(?: resolution)?",
            rf"(?:what is |what['’]s )?(?:the )?legal (?:basis|authority|ground)s? (?:of|for) {THE_TEXT}",
            rf"on what (?:legal )?(?:basis|authority) (?:is|was) {THE_TEXT}(?: adopted| based)?",
            rf"(?:does|did) {THE_TEXT} (?:invoke|rely on|act under) {CHAPTER}",
            rf"(?:does|did) the (?:security )?council (?:act|invoke|decide) (?:under )?{CHAPTER} in {THE_TEXT}",
        ),
        lambda one: (place for place in places_in(one.text) if acts_under(one.text, place)),
        "acts under",
    ),
)


def named_in(question: LookupQuestion) -> LookedUp | None:
    """The paragraphs of the one text that is named that name what is asked for, or act under it, in text order; that none
    does is told. None for other questions.
    """
    query, corpus = question.query, question.corpus
    spoken = text_asked(query, corpus)
    wanted = spoken and next((one for one in _KINDS if first_match(one.forms, spoken[1])), None)
    if not spoken or not wanted:
        return None
    text, asked = spoken
    place = place_asked(asked)
    names = {
        one.label: tuple(
            name
            for name in dict.fromkeys(wanted.names(one))
            if place in (None, name) or (wanted.does != "names" and chapter_of(name) == place)
        )
        for one in text.paragraphs
    }
    labels = [label for label, found in names.items() if found]
    if not labels:
        return LookedUp((), f"no paragraph of {text.symbol} {wanted.does} {place or f'a {wanted.kind}'}", refuses=True)
    once = list(dict.fromkeys(name for label in labels for name in names[label]))
    more = f" and {len(once) - _SHOWN} more" if len(once) > _SHOWN else ""
    note = f"{text.symbol} {wanted.does} in {counted(len(labels), 'paragraph')}: {', '.join(once[:_SHOWN])}{more}"
    return LookedUp(tuple(f"{text.symbol}#{label}" for label in labels), note, CERTAIN)
