"""A question as the retriever sees it: what was asked for in words, and what it names that can be compared exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.retrieval.abbreviations import abbreviations_in
from qa.retrieval.dates import DateMention, find_dates
from qa.retrieval.expansion import expand
from qa.symbols import Mention, Organ, find_in_question

# Words that name an organ in a question. "Council" alone is not here: it may be any of three.
_ORGANS: tuple[tuple[re.Pattern[str], Organ], ...] = (
    (re.compile(r"\b(?:security council|unsc|scr)\b", re.I), Organ.SECURITY_COUNCIL),
    (re.compile(r"\b(?:general assembly|unga|the assembly)\b", re.I), Organ.GENERAL_ASSEMBLY),
    (re.compile(r"\b(?:human rights council|unhrc|hrc)\b", re.I), Organ.HUMAN_RIGHTS_COUNCIL),
    (re.compile(r"\b(?:economic and social council|ecosoc)\b", re.I), Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
)
_RECITALS = re.compile(r"\b(?:preamb\w*|recitals?|recalled?|recalling|pp\s?\d+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `text` goes to the encoder, `lexical` (with expansions) to the lexical index."""

    question: str
    text: str
    lexical: str
    dates: tuple[DateMention, ...]
    mentions: tuple[Mention, ...]
    organs: tuple[Organ, ...]
    expansions: dict[str, tuple[str, ...]]
    wants_recitals: bool
    abbreviations: tuple[str, ...] = ()
    n_unread: int = 0  # words at the end that the encoder did not read; the lexical index reads all


def understand(question: str, history: tuple[str, ...] = (), expansion: bool = True) -> Query:
    """What the question names. A short follow-up ("and for Georgia?") is read after the question before it."""
    text = with_history(question, history)
    expansions = expand(text) if expansion else {}
    added = " ".join(form for forms in expansions.values() for form in forms)
    mentions = find_in_question(text)
    return Query(
        question=question,
        text=text,
        lexical=f"{text} {added}".strip(),
        dates=find_dates(_without(text, [m.span for m in mentions])),
        mentions=mentions,
        organs=tuple(organ for pattern, organ in _ORGANS if pattern.search(text)),
        expansions=expansions,
        wants_recitals=bool(_RECITALS.search(text)),
        abbreviations=abbreviations_in(_without(text, [m.span for m in mentions])),
    )


def release(query: Query, mentions: tuple[Mention, ...]) -> Query:
    """The query where some mentions turned out to be years: "resolution 1987" is then read for a date too."""
    kept = tuple(one for one in query.mentions if one not in mentions)
    return replace(query, mentions=kept, dates=find_dates(_without(query.text, [one.span for one in kept])))


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


_FOLLOW_UP = re.compile(
    r"^\s*(?:and|but|what about|how about|also|then|or|same for|why|when|who|where|which one|by when)\b"
    r"|\b(?:it|they|them|that|those|this|these|he|she|there|its|their)\b",
    re.I,
)


def with_history(question: str, history: tuple[str, ...]) -> str:
    """The question with the turn it follows, when it is short or points back; otherwise the question alone."""
    if not history:
        return question
    short = len(question.split()) <= 6
    return f"{history[-1]} {question}" if short or _FOLLOW_UP.search(question) else question


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with some stretches blanked, so that "1325 (2000)" is not also read as the year 2000."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
