"""What a question names (symbols, dates, organs, bodies, proper names), and a topic with something new in the place of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.numerals import SHORT_MONTHS
from qa.retrieval.bodies import described_bodies, has_a_body, is_body
from qa.symbols.spelling import blanked
from qa.terms import distinct_terms

SYMBOL, DATE, ORGAN, NAME, LETTERS, BODY = "symbol", "date", "organ", "name", "abbreviation", "described body"
NAMES = (NAME, LETTERS, BODY)  # what a question is found to name by its words alone


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a question that names one thing; `span` counts code points, half-open.

    `core` is the symbol alone where `text`, the stretch, holds a paragraph beside it; else it is `text`.
    """

    kind: str
    span: tuple[int, int]
    text: str
    core: str


PartsOf = Callable[[str], Sequence[Part]]
"""The symbols, dates and organs that a text names, in order."""


FILLER = distinct_terms(
    """no not nope mean meant one ones resolution anything something say said sorry text wait actually rather instead please question year okay ok
    mr mrs ms dr"""
)
POSSESSIVE = distinct_terms("'s")  # what is left of "and Malawi's?"
# Words that say nothing of what a question is about: those of asking, and the United Nations' everyday ones.
EVERYDAY = FILLER | distinct_terms(
    """
    act agency also anybody anyone anything approve ask assembly body bodies bring call commission committee council
    countries country date decide decision demand document each else end every exactly find first general get give go government
    groups happen invite kind know last later let like list long make many may members mention might month much must name
    nations need next number oh often op order organ organization para paragraph part parties people point pp previous put
    recommend report request require secretary security see send set should something speak stand state still sure take
    talk tell thing time un united unga unsc urge use want way well whether word would yes yet
    billion dollar million percent thousand
    """
)
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]*+(?:\s++(?:(?:and|of|the|de|la)\s++){0,2}[A-Z][\w’'-]*+)*+")
# What a date is the time of: it goes with the date.
_ROLE = re.compile(
    r"\b(?:until|till?|up to|through|by|before|since|after|as (?:at|of))\s++(?:the\s++)?(?:end of\s++)?$", re.I
)
_BEFORE = re.compile(r"(?:\b(?:in|of|from|on|by|during)\s++)?(?:\bthe\s++)?$", re.I)

# What says which text is meant takes the place of what said so before.
_ENDS = {SYMBOL: (DATE, ORGAN), DATE: (SYMBOL,), ORGAN: (SYMBOL,)}


def with_role(part: Part, text: str) -> Part:
    """A date with the words that say what it is the time of."""
    role = _ROLE.search(text[: part.span[0]]) if part.kind == DATE else None
    return replace(part, span=(role.start(), part.span[1]), text=f"{role[0]}{part.text}") if role else part


def with_names(text: str, parts_of: PartsOf) -> list[Part]:
    """What a text names, with the described bodies and the proper names that its capitals show."""
    parts = list(parts_of(text))
    if text.isupper():
        return parts
    parts += _bodies(text, parts)
    return parts + _names(text, parts)


def _bodies(text: str, parts: Sequence[Part]) -> list[Part]:
    return [
        Part(BODY, match.span(), match[0], match[0])
        for match in described_bodies(blanked(text, [one.span for one in parts]))
    ]


def _names(text: str, parts: Sequence[Part]) -> list[Part]:
    found = []
    for match in _CAPITALS.finditer(blanked(text, [one.span for one in parts])):
        start = match.start()
        words = match[0].split()
        while words and not distinct_terms(words[0]) - EVERYDAY:
            start += len(words[0]) + 1
            words = words[1:]
        name = re.sub(r"['’]s?$", "", " ".join(words))
        if name and name.casefold() not in SHORT_MONTHS:
            found.append(Part(LETTERS if name.isupper() else NAME, (start, start + len(name)), name, name))
    return found


def terms_outside(text: str, parts: Sequence[Part]) -> frozenset[str]:
    """The terms of a text but for those of its parts."""
    return distinct_terms(blanked(text, [one.span for one in parts]))


def with_new(topic: str, new: Sequence[Part], parts_of: PartsOf, is_edition: bool) -> str | None:
    """The topic with new things in the place of its own of their kinds; None where it is not clear in the place of which.

    `is_edition`: the turn says which text is meant, so that another text's symbol, organ or date is out of force.
    """
    if not new:
        return topic
    named = parts_of(topic)
    old = [*named, *_names(topic, named), *_bodies(topic, named)]
    kinds = list(dict.fromkeys(part.kind for part in new))
    edits: list[tuple[tuple[int, int], str]] = []
    added = ""
    for kind in kinds:
        first = next(part for part in new if part.kind == kind)
        places = _places(first, old)
        if kind in NAMES and len(places) != 1:
            return None
        has_role = kind == DATE and first.text != first.core
        edits += [_edit(topic, one, _in_place(one, first), has_role) for one in places[:1]]
        edits += [_edit(topic, one, "") for one in places[1:]]
        added += "" if places else f" {first.text}" if has_role else f" in {first.text}"
    if is_edition:
        ended = {one for kind in kinds for one in _ENDS.get(kind, ())} - set(kinds)
        edits += [
            _edit(topic, part, "the resolution" if part.kind == SYMBOL else "") for part in old if part.kind in ended
        ]
    edits.sort()
    if any(one[1] > other[0] for (one, _), (other, _) in pairwise(edits)):
        return None
    end = len(topic.rstrip(" ?.!"))
    topic = topic[:end] + added + topic[end:]
    for (start, stop), text in reversed(edits):
        topic = topic[:start] + text + topic[stop:]
    return _tidy(topic)


def _places(new: Part, old: Sequence[Part]) -> list[Part]:
    """What a new thing may take the place of: what is of its kind; a body, letters that stand for one, and the place of one of each other."""
    same = [part for part in old if part.kind == new.kind]
    if new.kind == BODY:
        return same + [part for part in old if part.kind == LETTERS and is_body(part.text)]
    if new.kind == LETTERS and not same and is_body(new.text):
        bodies = [part for part in old if part.kind == BODY]
        return bodies or [part for part in old if part.kind == NAME and has_a_body(part.text)]
    if new.kind == NAME and not same and has_a_body(new.text):
        return [part for part in old if part.kind == LETTERS and is_body(part.text)]
    return same


def _edit(topic: str, old: Part, text: str, has_role: bool = False) -> tuple[tuple[int, int], str]:
    """Where a text is put for an old thing; the preposition goes too where nothing is put, or a date with a role of its own."""
    start, stop = old.span
    cut = _ROLE.search(topic[:start]) or _BEFORE.search(topic[:start]) if not text or has_role else None
    return (cut.start() if cut else start, stop), text


def _in_place(old: Part, new: Part) -> str:
    """The new thing; of a symbol with a paragraph beside it only the symbol is replaced, unless the new one has its own."""
    return old.text.replace(old.core, new.text) if new.text == new.core else new.text


def without_places(topic: str, parts_of: PartsOf) -> str:
    """Without the paragraphs that it names: they were asked for then, and are not asked for now."""
    for part in sorted(parts_of(topic), key=lambda part: part.span, reverse=True):
        if part.kind == SYMBOL:
            topic = topic[: part.span[0]] + part.core + topic[part.span[1] :]
    return topic


def _tidy(text: str) -> str:
    return re.sub(r"\b(the) the\b", r"\1", " ".join(text.split()), flags=re.I).replace(" ?", "?").replace(" ,", ",")


def without_dates(topic: str, parts_of: PartsOf) -> str:
    """Without the times that it names, and the words that say what they are the times of."""
    for part in sorted(parts_of(topic), key=lambda part: part.span, reverse=True):
        if part.kind == DATE:
            (start, stop), _ = _edit(topic, part, "")
            topic = topic[:start] + topic[stop:]
    return _tidy(topic)
