"""The one text that a question is asked of, and the question with a sign in its place: "what does | say about corruption?"."""

from __future__ import annotations

import re

from qa.answering.lookups.forms import ORGAN
from qa.records import Resolution
from qa.retrieval.query import Query
from qa.retrieval.searchable import Searchable
from qa.symbols import Mention

TEXT = "\u0298"
"""Stands for the text: a letter that no question has."""
THE_TEXT = rf"(?:the )?{TEXT}"

# After a question that named it.
_IT = re.compile(r"\b(?:(?:this|that|the|the same) (?:resolution|text|document|one)|it|this|that)\b", re.I)
# "What does the Council demand in 660?" is asked of 660 itself.
_ORGAN = r"(?=(?:the )?(?:un|united|security|general|unsc|unga|council|assembly)\b)" + ORGAN
_BY_ORGAN = re.compile(
    rf"(?P<does>\b(?:does|did|do|has|have)) {_ORGAN}(?P<deed>[a-z][^{TEXT}]{{2,80}}?) (?:in|under|through|by)"
    rf"(?: the preamble of)? {THE_TEXT}(?P<end>\W*)\Z",
    re.I,
)
# "and ivory?", "what about arms?"
_ASKS = r"(?:who|whom|whose|what|when|where|which|why|how|did|does|do|is|are|was|were|has|have|had|can|could|may|must|should|will|would)"
_AND = re.compile(
    rf"\A\W*+(?:(?:and|also|but) )?+(?:(?:what|how) about )?+"
    rf"(?P<words>(?!(?:{_ASKS}|before|after|since|in|until|later|earlier)\b)[^?;:,]{{3,40}}?)\W*+\Z",
    re.I,
)


def of_text(query: Query) -> tuple[Mention, str] | None:
    """The only text that a question, or the topic that it carries over, names without a paragraph; None where there is none, or several."""
    if len(query.mentions) != 1 or query.mentions[0].places:
        return None
    (named,) = query.mentions
    asked, said = query.question, query.reading.naming
    if not query.reading.topic:
        return named, f"{said[: named.span[0]]}{TEXT}{said[named.span[1] :]}"
    if _IT.search(asked):
        return named, _IT.sub(TEXT, asked, count=1)
    more = _AND.match(asked)
    return (named, f"{TEXT} on {more['words']}") if more else None


def text_asked(query: Query, corpus: Searchable) -> tuple[Resolution, str] | None:
    """The text that a question is asked of, and the question as `of_text` gives it, where exactly one of that number is held; else None."""
    spoken = of_text(query)
    if spoken is None:
        return None
    named, asked = spoken
    text = text_of(named, corpus)
    return (text, _BY_ORGAN.sub(rf"\g<does> {TEXT} \g<deed>\g<end>", asked)) if text else None


def with_signs(query: Query) -> str:
    """The question, and below it its topic, with a sign in the place of every text that it names, its paragraphs included."""
    asked = query.reading.naming
    for mention in sorted(query.mentions, key=lambda mention: mention.span, reverse=True):
        asked = f"{asked[: mention.span[0]]}{TEXT}{asked[mention.span[1] :]}"
    return asked


def text_of(named: Mention, corpus: Searchable) -> Resolution | None:
    """The text that is named, where exactly one of that number is held; else None."""
    held = [str(one) for one in named.candidates if corpus.holds(str(one))]
    return corpus.whole(held[0]) if len(held) == 1 else None
