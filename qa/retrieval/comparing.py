"""What one text says that another of the series does not: of two times that are compared, what is new in one or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.records import Passage
from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.query import Query
from qa.retrieval.ranker import Ranked
from qa.retrieval.roles import Role
from qa.retrieval.twins import Bearing, alike, said_by

_NEAR = 0.6  # of the final score: what lies so near to the best of its time may be what is asked for
_LIKE = 0.5  # of the words: a paragraph that has less in common with each of another text is wholly new in its own
_WHOLLY_NEW = 0.3  # of the final score, by which such a one stands before one that is changed
_LEAST = 10  # words: a shorter paragraph does little more than cite
_AGENDA = re.compile(r"\bprovisional agenda\b")  # names the next session in every text
_DID_NOT = re.compile(
    r"\b(?:(?:did|does|do|had) not|(?:did|does|do|had)n['’]t)(?: (?:have|say|contain|yet))*\W*$", re.I
)
_NEW = re.compile(r"\bnew(?:ly)?\b|\badded\b|\baddition(?:al|s)?\b", re.I)


def lacking_time(query: Query) -> DateMention | None:
    """Of two times that are compared that of the text which is said, or taken, to lack something; None where none is."""
    times = [one for one in query.dates if one.role is Role.COMPARED]
    if len(times) != 2:
        return None
    if _DID_NOT.search(query.question):
        return max(times, key=lambda one: one.span)
    return min(times, key=lambda one: one.first) if _NEW.search(query.question) else None


def new_first(
    query: Query, ranked: Ranked, head: Sequence[Passage], share: float, paragraphs: Callable[[str], Sequence[str]]
) -> list[int]:
    """The place of the best hit (`head`) of one of two times that the text of the other has not, or has with other figures, dates or
    names, and after it the other's that is alike; nothing where the question asks for none, or all of it is in both.

    `paragraphs` gives the texts of a resolution's paragraphs.
    """
    lacks = lacking_time(query)
    if lacks is None:
        return []
    adopted, scores = ranked.candidates.adopted[: len(head)], ranked.candidates.scores
    has = next(one for one in query.dates if one.role is Role.COMPARED and one != lacks)
    in_one, in_other = (days_outside(adopted, one) == 0 for one in (has, lacks))
    of_other = next((place for place in range(len(head)) if in_other[place] and not in_one[place]), None)
    places = [place for place in range(len(head)) if in_one[place]]
    if of_other is None or not places:
        return []
    others = paragraphs(head[of_other].symbol)
    asked = Bearing.of(query.lexical, ranked.candidates.names)
    found: dict[int, float] = {}
    twins: dict[int, list[str]] = {}
    for place in places:
        one = head[place]
        if one.symbol != head[places[0]].symbol or scores[place] < scores[places[0]] - _NEAR:
            continue
        if len(one.text.split()) < _LEAST or _AGENDA.search(one.text):
            continue
        twins[place] = [text for text in others if alike([one.text, text], share)[1] == 0]
        said = said_by(one.text, one.context, asked)
        if not any(said.same(said_by(text, one.context, asked)) for text in twins[place]):
            is_new = all(alike([one.text, text], _LIKE)[1] for text in others)
            found[place] = float(scores[place]) + (_WHOLLY_NEW if is_new else 0.0)
    if not found:
        return []
    best = max(found, key=lambda place: found[place])
    counterpart = [at for at in range(len(head)) if in_other[at] and head[at].text in twins[best]]
    return [best, *counterpart[:1]]
