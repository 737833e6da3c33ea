"""What is seen of the best hit, as evidence for or against an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.choosing import Lists
from qa.answering.contradicting import Contradiction, Nearest, claim_in
from qa.answering.counted import counts
from qa.answering.deciding import Evidence, how_met, margin_of
from qa.answering.found import Found
from qa.retrieval.features import FEATURES
from qa.retrieval.order import HEAD
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import Bearing, same_text
from qa.store.errors import DamagedError

_BESIDE = 5  # so many of the first hits are held against a question with the first, where they are items of its list


@dataclass(frozen=True, slots=True)
class Weighed:
    """`same`: for the first candidates the place of the text that each repeats; `seen`: the evidence; `contradicted`: what the
    question states and the first hit states otherwise.
    """

    same: list[int]
    seen: Evidence
    contradicted: Contradiction | None = None

    @property
    def is_untrue(self) -> bool:
        """Whether the first hit surely states otherwise what the question states."""
        return self.contradicted is not None and self.contradicted.sure


def weigh(found: Found, corpus: Searchable) -> Weighed:
    """The evidence of a question's candidates, of which there is at least one."""
    head = found.candidates.head(corpus, HEAD)
    asked = Bearing.of(found.query.lexical, found.candidates.names)
    same = same_text(
        [one.text for one in head],
        [one.context for one in head],
        [one.kind for one in head],
        [one.symbol for one in head],
        found.candidates.adopted[: len(head)].tolist(),
        found.ordered.series,
        asked,
    )
    dense = float(found.candidates.features[0, FEATURES.index("dense")])
    margin = margin_of(found.candidates.scores[: len(same)].tolist(), found.ordered.series)
    contradicted = _contradicted(found, corpus)
    met, weakest = how_met(found.ranked.reading(0))
    counted = counts(found.query.question, head[0].text)
    seen = Evidence(
        dense=dense,
        margin=margin,
        met=met,
        weakest=weakest,
        prior=found.prior,
        lacking=float(found.ordered.lacks is not None or found.unsaid is not None),
        late=float(found.ordered.late is not None),
        carried=float(found.query.alone is not None),
        contradicted=float(contradicted is not None),
        uncounted=float(counted is False),
        counted=float(counted is True),
        timed=float(bool(found.query.dates)),
        named=float(len(found.filters.symbol) == 1),
    )
    return Weighed(same, seen, contradicted)


def _contradicted(found: Found, corpus: Searchable) -> Contradiction | None:
    """What the question states and the first hit states otherwise, or the best item of the list that it only opens, or one beside it."""
    claim = claim_in(found.query.question)
    if claim is None:
        return None
    rows = found.candidates.rows
    listed = Lists(corpus, rows).around(0)
    opens = listed is not None and listed.opening == 0 and listed.bare
    place = min(listed.items) if listed is not None and opens else 0
    beside = [one for one in listed.items if one != place and one < _BESIDE] if listed is not None else []

    def at(place: int) -> Nearest:
        return Nearest.of(*corpus.generation.paragraph(corpus.paragraph_id(int(rows[place]))))

    try:
        nearest = at(place)
        return claim.against(nearest) or (claim.beside(nearest, [at(one) for one in beside]) if beside else None)
    except DamagedError:
        return None
