"""Of close hits the one that asks something of whom the question takes to be asked: "what should the Secretary-General do about it?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.addressed import AskedWhom, asked_in
from qa.answering.citing import chapeau_of
from qa.answering.contradicting import takes_for_granted
from qa.retrieval.order import HEAD
from qa.retrieval.ranker import Ranked
from qa.retrieval.searchable import Searchable

# Of the final score: so far below the first may lie a hit of its resolution, where all deeds are asked for, and one of another resolution.
_NEAR, _ALL, _ABROAD = 0.2, 0.6, 0.1
_DO = "do"
_SHALL = re.compile(r"[^.;:]{0,60}? shall\b")


def asked_first(question: str, ranked: Ranked, series: list[int], corpus: Searchable) -> list[int]:
    """The place of the best hit that asks something of them, where the first asks nothing of them and it lies close; else nothing."""
    asked = _taken_for_asked(question)
    if asked is None or not series:
        return []
    head = ranked.candidates.head(corpus, HEAD)
    scores = ranked.candidates.scores
    own = _ALL if asked.deed == _DO else _NEAR
    for place, one in enumerate(head):
        near = own if one.symbol == head[0].symbol else _ABROAD
        if scores[0] - scores[place] <= near and _asks(one.id, asked, corpus):
            return [place] if place else []
    return []


def asks_others(question: str, paragraphs: Sequence[str], corpus: Searchable) -> frozenset[int]:
    """Where it is asked what somebody is to do and the first of the paragraphs asks it of them: the places of those that do not."""
    asked = _taken_for_asked(question)
    if asked is None or asked.deed != _DO or not paragraphs or not _asks(paragraphs[0], asked, corpus):
        return frozenset()
    return frozenset(place for place, one in enumerate(paragraphs) if not _asks(one, asked, corpus))


def _taken_for_asked(question: str) -> AskedWhom | None:
    return asked_in(question, states=False) if takes_for_granted(question) else None


def _asks(paragraph_id: str, asked: AskedWhom, corpus: Searchable) -> bool:
    """Whether a paragraph, or what opens it, asks something of them; not of a record that is damaged."""
    held = corpus.paragraph(paragraph_id)
    if held is None:
        return False
    resolution, paragraph = held
    opening = chapeau_of(resolution, paragraph)
    acts = paragraph.acts or (opening.acts if opening else ())
    said = f"{opening.text}\n{paragraph.text}" if opening else paragraph.text
    return any(one.addressee is not None and asked.is_called(one.addressee) for one in acts) or any(
        _SHALL.match(said, end) for _, end in asked.places(said)
    )
