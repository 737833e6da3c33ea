"""A question as the retriever sees it: what was asked for in words, and what it names that can be compared exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from qa.retrieval.abbreviations import Abbreviations, abbreviations_in, spelt
from qa.retrieval.dates import DateMention, find_dates
from qa.retrieval.ends import with_ahead
from qa.retrieval.expansion import event_spans, events_in, worded
from qa.retrieval.history import read
from qa.retrieval.ignored import without
from qa.retrieval.known import NOTHING_KNOWN, Known
from qa.retrieval.languages import Language
from qa.retrieval.parts import DATE, ORGAN, SYMBOL, Part
from qa.retrieval.roles import Role
from qa.retrieval.turn_reading import Reading
from qa.retrieval.turns import Moved
from qa.retrieval.wording import Reader, Wording
from qa.symbols import Mention, Organ, find_in_question
from qa.symbols.spelling import blanked

# Words that name an organ in a question. "Council" alone is not here: it may be any of three. But beside it the Assembly may be what
# a text of the Council speaks of.
_ORGANS: tuple[tuple[re.Pattern[str], Organ], ...] = (
    (re.compile(r"\b(?:(?<!peace and )security council|council of security|unsc|scr)\b", re.I), Organ.SECURITY_COUNCIL),
    (re.compile(r"\b(?:general assembly|unga|the assembly)\b", re.I), Organ.GENERAL_ASSEMBLY),
    (re.compile(r"\b(?:human rights council|unhrc|hrc)\b", re.I), Organ.HUMAN_RIGHTS_COUNCIL),
    (re.compile(r"\b(?:economic and social council|ecosoc)\b", re.I), Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
)
_OF_ASSEMBLY = re.compile(
    r"\b(?:un)?ga[ -]?[2-9]\d(?![\w/])|\b\d{1,2}(?:st|nd|rd|th) (?:un)?ga\b", re.I
)  # a session: "GA79"
_COUNCIL = re.compile(r"\b(?<!rights )(?<!social )(?<!security )council\b(?! of\b)", re.I)
# What only recitals tell: why something was done, and whether somebody agreed to it.
_RECITALS = re.compile(
    r"\b(?:preamb\w*|recitals?|recalled?|recalling|pp\s?\d+)\b|\bwhy (?:did|was|were|had|could)(?:n?['’]?t)?\b"
    r"|\b(?:did|has|have|had) (?!(?:[\w'’-]+ ){0,3}(?:council|assembly|committee)\b)(?:[\w'’-]+ ){1,6}?"
    r"(?:agree[ds]?|consent(?:ed)?|want(?:ed)?|accept(?:ed)?)\b",
    re.I,
)


_Named = TypeVar("_Named", DateMention, Mention)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `text` goes to the encoder, `lexical` to the lexical index.

    `question` is what is asked, with what a turn replaces put in; `reading` says how it was read after those before it.
    """

    question: str
    text: str
    lexical: str
    dates: tuple[DateMention, ...]
    mentions: tuple[Mention, ...]
    organs: tuple[Organ, ...]
    wants_recitals: bool
    reading: Reading
    abbreviations: tuple[str, ...] = ()
    known: Abbreviations | None = None  # what the whole corpus knows of them, where it was asked
    unheld: str | None = None  # the abbreviation that is all the question says, where the corpus knows nothing of it
    notes: tuple[str, ...] = ()  # what was changed in the wording, for the user to read
    alone: str | None = None  # the question without the topic that `text` carries over; None where it carries none
    language: Language | None = None  # of a question that is not in English
    n_unread: int = 0  # words at the end that the encoder did not read; the lexical index reads all
    ignored: tuple[str, ...] = ()  # words of it that are not to be read as anything

    @property
    def stands_alone(self) -> bool:
        """Whether it names no text, carries no topic over and is in English."""
        return not (self.mentions or self.language or self.reading.topic)

    @property
    def wordings(self) -> tuple[str, ...]:
        """What is compared with a passage: the text, and the question without the topic where it carries one."""
        return (self.text,) if self.alone is None else (self.text, self.alone)


def understand(
    question: str,
    history: tuple[str, ...] = (),
    reader: Reader | None = None,
    known: Known = NOTHING_KNOWN,
    ignored: tuple[str, ...] = (),
) -> Query:
    """What the question names, read after those before it (`qa.retrieval.history`) with what is `known` of the corpus.

    With a reader its words are made ready for a corpus, and its abbreviations are looked up there. What is `ignored` counts as words alone.
    """
    wording, *before = (reader.ready(one) if reader else Wording(one) for one in (question, *history))
    reading = read(wording.text, [one.text for one in before], _parts, known)
    text = reading.text
    naming = without(reading.naming, ignored)
    events = events_in(without(text, ignored))
    mentions = find_in_question(naming)
    unnamed = blanked(naming, [*(one.span for one in mentions), *event_spans(naming)])
    abbreviations = abbreviations_in(unnamed) if not wording.language else ()
    letters = reader.known(abbreviations) if reader else None
    return Query(
        question=reading.question,
        text=worded(spelt(text, letters) if letters else text, events),
        lexical=worded(text, events),
        dates=_dated(_times(unnamed, reading), text, reader),
        mentions=_once(mentions, lambda one: (one.candidates, one.label)),
        organs=_organs_in(without(text, ignored)),
        wants_recitals=bool(_RECITALS.search(text)),
        abbreviations=abbreviations,
        known=letters,
        unheld=reader.unheld(text, abbreviations, letters) if reader and letters else None,
        notes=(
            *wording.notes,
            *(f"{name!r} is read as {form!r}" for name, form in events.items() if not wording.language),
        ),
        reading=reading,
        alone=reading.question if reading.topic else None,
        language=wording.language,
        ignored=ignored,
    )


def organ_spans(text: str, organs: Collection[Organ]) -> Iterator[tuple[tuple[int, int], Organ]]:
    """Where a text has words that name some organs."""
    patterns = (*_ORGANS, (_OF_ASSEMBLY, Organ.GENERAL_ASSEMBLY))
    return ((match.span(), organ) for pattern, organ in patterns if organ in organs for match in pattern.finditer(text))


def _organs_in(text: str) -> tuple[Organ, ...]:
    """The organs whose texts a question asks for."""
    organs = tuple(organ for pattern, organ in _ORGANS if pattern.search(text))
    if not organs and _OF_ASSEMBLY.search(text):
        return (Organ.GENERAL_ASSEMBLY,)
    return () if organs == (Organ.GENERAL_ASSEMBLY,) and _COUNCIL.search(text) else organs


def release(query: Query, mentions: tuple[Mention, ...], reader: Reader | None = None) -> Query:
    """The query where some mentions turned out to be years: "resolution 1987" is then read for a date too."""
    kept = tuple(one for one in query.mentions if one not in mentions)
    naming = without(query.reading.naming, query.ignored)
    dates = _times(blanked(naming, [one.span for one in kept]), query.reading)
    return replace(query, mentions=kept, dates=_dated(dates, naming, reader))


_MOVED = {Moved.LATER: Role.SINCE, Moved.EARLIER: Role.UP_TO}


def _times(naming: str, reading: Reading) -> tuple[DateMention, ...]:
    """The times that a question names, then those of its topic, which are read apart from it and only carried over."""
    found = find_dates(naming)
    if not found or not (reading.topic or reading.is_again):
        return found
    end, before = len(reading.question), reading.is_again and not reading.is_dated
    own = (replace(one, is_carried=before) for one in found if one.span[1] <= end)
    carried = [
        replace(one, is_carried=before or not reading.is_again, span=(one.span[0] + end, one.span[1] + end))
        for one in find_dates(naming[end:])
    ]
    role = _MOVED.get(reading.move) if reading.move else None
    if role:
        carried = [replace(one, role=role) if one.role is Role.ADOPTED else one for one in carried]
    return _once((*own, *carried), lambda one: (one.first, one.last))


def _dated(dates: tuple[DateMention, ...], text: str, reader: Reader | None) -> tuple[DateMention, ...]:
    return with_ahead(dates, text, reader.corpus) if reader and dates else dates


_ROOM = 64  # tokens: no model's prefix and special tokens take so many; of ASCII a token is at least one character


def shorten(text: str, max_tokens: int, count_tokens: Callable[[list[str]], list[int]]) -> tuple[str, int]:
    """As many of the first words as the model reads at once, and how many words that leaves out."""
    if (text.isascii() and len(text) <= max_tokens - _ROOM) or count_tokens([text])[0] <= max_tokens:
        return text, 0
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = count_tokens([" ".join(words[:middle])])[0] <= max_tokens
        low, high = (middle, high) if fits else (low, middle - 1)
    kept = " ".join(words[:low]) or text[: max_tokens // 4]  # one endless word: its beginning
    return kept, len(words) - low


def _parts(text: str) -> tuple[Part, ...]:
    """The symbols, dates and organs of a text, as a question after it may replace them."""
    mentions = find_in_question(text)
    dates = find_dates(blanked(text, [one.span for one in mentions]))
    named = [*(one.span for one in mentions), *(one.span for one in dates)]
    organs = [match for pattern, _ in _ORGANS for match in pattern.finditer(blanked(text, named))]
    return (
        *(_symbol(text, one) for one in mentions),
        *(Part(DATE, one.span, one.text, one.text) for one in dates),
        *(Part(ORGAN, match.span(), match[0], match[0]) for match in organs),
    )


def _symbol(text: str, mention: Mention) -> Part:
    """A symbol as it may stand in any question: a number that is only spoken of as a text with the word for one."""
    if mention.is_spoken_of and not mention.places:
        return Part(SYMBOL, mention.span, f"resolution {mention.text}", f"resolution {mention.text}")
    return Part(SYMBOL, mention.span, mention.text, text[slice(*mention.symbol_span)])


def _once(found: tuple[_Named, ...], meant: Callable[[_Named], object]) -> tuple[_Named, ...]:
    """The first of those that mean the same: a question and its topic may both name it."""
    first: dict[object, _Named] = {}
    for one in found:
        first.setdefault(meant(one), one)
    return tuple(first.values())
