"""What is seen of the best hit, as evidence for or against an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.answer_kind import lacking
from qa.answering.deciding import Evidence, evidence, margin_of
from qa.answering.finding import Found
from qa.passages import passage_input
from qa.retrieval.features import FEATURES
from qa.retrieval.history import speaks_of
from qa.retrieval.order import HEAD
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import Asked, same_text


@dataclass(frozen=True, slots=True)
class Weighed:
    """`same`: for the first candidates the place of the text that each repeats. `lacks`: the kind of answer that the question
    asks for and the first hit has nothing of.
    """

    same: list[int]
    seen: Evidence
    lacks: str | None


def weigh(found: Found, corpus: Searchable) -> Weighed:
    """The evidence of a question's candidates, of which there is at least one."""
    head = corpus.passages(found.candidates.rows[:HEAD].tolist())
    asked = Asked.of(found.query.lexical, found.candidates.names)
    same = same_text(
        [one.text for one in head], [one.context for one in head], [one.kind for one in head], found.series, asked
    )
    dense = float(found.candidates.features[0, FEATURES.index("dense")])
    margin = margin_of(found.candidates.scores[: len(same)].tolist(), found.series)
    lacks = lacking(found.query.question, head[0].text) or _unsaid(found.query.reading.word, passage_input(head[0]))
    seen = evidence(dense, margin, found.ranked.reading(0), found.prior, lacks is not None, found.late is not None)
    return Weighed(same, seen, lacks)


def _unsaid(word: str | None, text: str) -> str | None:
    """The word that a turn asks about beside its topic, where a text does not say it; None where it does, or there is none."""
    return repr(word) if word is not None and not speaks_of(text, word) else None
