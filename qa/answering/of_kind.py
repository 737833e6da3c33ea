"""Of close hits the one that holds the kind of answer asked for: a sum, a day, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answering.answer_kind import AnswerKind, asked_kinds, asks_for_more, lacking
from qa.answering.citing import chapeau_of
from qa.answering.tables import table_below
from qa.passages import passage_input
from qa.records import Passage
from qa.retrieval.features import FEATURES
from qa.retrieval.order import HEAD, with_first
from qa.retrieval.ranker import Ranked
from qa.retrieval.searchable import Searchable


@dataclass(frozen=True, slots=True)
class OfKind:
    """The candidates in their last order, for each of the first the place of the first that it nearly repeats, and the kind
    of answer that the question asks for and the first of them, its chapeau included, has nothing of.
    """

    ranked: Ranked
    series: list[int]
    lacks: AnswerKind | None = None


def put_kind_first(question: str, ranked: Ranked, series: list[int], corpus: Searchable, topic: str = "") -> OfKind:
    """The candidates with a close one that holds what the first lacks before it.

    `series` is of the first of them.
    """
    kinds = asked_kinds(question, topic)
    if not kinds:
        return OfKind(ranked, series)
    head = ranked.candidates.head(corpus, len(ranked.readings[:HEAD]) or HEAD)
    if not head or lacking(question, head[0].text, kinds) is None:
        return OfKind(ranked, series)
    text, chapeau = _whole(question, head[0], corpus)
    lacks = lacking(question, text, kinds)
    if lacks is None:
        return OfKind(ranked, series)
    best = next((at for at in _close(head, ranked, lacks) if lacking(question, head[at].text, kinds) is None), None)
    if best is None:
        counted = [one for one in kinds if not (one.alone and asks_for_more(question))]
        return OfKind(ranked, series, lacking(question, f"{chapeau}\n{text}", counted))
    return OfKind(*with_first(ranked, series, [best]))


def _close(head: Sequence[Passage], ranked: Ranked, lacks: AnswerKind) -> Iterator[int]:
    """The places of the hits that lie so close to the first that they may answer rather: nearer, if they are of another resolution."""
    scores, unasked = ranked.candidates.scores, ranked.candidates.features[:, FEATURES.index("recital")]
    for at in range(1, len(head)):
        own = head[at].symbol == head[0].symbol
        within = lacks.near + lacks.recital * float(unasked[at]) if own else lacks.abroad
        if scores[0] - scores[at] < within:
            yield at


def _whole(question: str, passage: Passage, corpus: Searchable) -> tuple[str, str]:
    """All of a passage's paragraph with the row of its table that a question names, and its chapeau; of a record that is damaged
    what the passage holds.
    """
    held = corpus.paragraph(passage.id)
    if held is None:
        return passage.text, passage_input(passage)
    resolution, paragraph = held
    above = chapeau_of(resolution, paragraph)
    below = table_below(question, resolution, paragraph)
    row = below[0].text[slice(*below[1])] if below else ""
    return f"{paragraph.text}\n{row}".strip(), above.text if above else ""
