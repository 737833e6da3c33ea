"""The answering span inside a paragraph, down to the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from embeddings.encoders import Encoder
from qa.records import Span
from qa.retrieval.corpus import Floats
from qa.terms import split_terms, terms_of

# A clause ends at a semicolon, colon or full stop, or at a comma before a word that opens another thing said.
_BREAK = re.compile(
    r"(?<=[;:])\s+|(?<=[.?!])\s+(?=[A-Z“\"(])"
    r"|(?<=,)\s+(?=(?:and|or|but|while|which|who|whose|where|when|with|including|inter alia|in particular|as well as|"
    r"taking|bearing|pending|provided|unless|until|so that|in order|to|by|for|through|also|further)\b)"
    r"|\s+(?=\((?:[a-z]|[ivx]+)\)\s)"
)
_MIN_CLAUSE = 24  # characters: a shorter piece joins the one before
_WHOLE = 180  # characters: a paragraph not longer than this is marked whole


def clauses(text: str) -> list[Span]:
    """The clauses of a paragraph: they cover all of it but the blanks between them, in order."""
    spans: list[Span] = []
    start = 0
    for end, following in [(m.start(), m.end()) for m in _BREAK.finditer(text)] + [(len(text), len(text))]:
        if spans and (end - start < _MIN_CLAUSE or spans[-1].end - spans[-1].start < _MIN_CLAUSE):
            spans[-1] = Span(spans[-1].start, end)
        elif end > start:
            spans.append(Span(start, end))
        start = following
    return spans


def highlight(question: str, vector: Floats, text: str, encoder: Encoder | None) -> Span:
    """The run of clauses of `text` that answers `question` best; the whole text where it is short.

    Each clause scores by meaning (cosine with `vector`, the question's; skipped without an encoder) and by the
    question's terms that it holds; the best one is taken, with the neighbours that score nearly as well.
    """
    spans = clauses(text)
    if len(text) <= _WHOLE or len(spans) < 2:
        return Span(0, len(text))
    scores = _lexical(question, text, spans)
    if encoder is not None:
        scores = 0.4 * scores + encoder.encode_passages([text[a:b] for a, b in spans]) @ vector
    best = int(np.argmax(scores))
    first = last = best
    floor = scores[best] - 0.25 * max(float(scores[best] - scores.min()), 1e-6)
    while first > 0 and scores[first - 1] >= floor:
        first -= 1
    while last + 1 < len(spans) and scores[last + 1] >= floor:
        last += 1
    return Span(spans[first].start, spans[last].end)


def _lexical(question: str, text: str, spans: Sequence[Span]) -> Floats:
    """For each clause the share of the question's terms that it holds, terms that stand in few clauses counting more."""
    wanted = set(terms_of(question))
    found = [{one.term for one in split_terms(text[a:b])} & wanted for a, b in spans]
    rarity = {term: 1.0 / sum(term in one for one in found) for term in set().union(*found)}
    total = sum(rarity.values()) or 1.0
    return np.array([sum(rarity[term] for term in one) / total for one in found], dtype=np.float32)
