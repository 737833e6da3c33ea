"""What is seen of the best hit, as evidence for or against an answer."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.choosing import Lists
from qa.answering.contradicting import Contradiction, Nearest, claim_in
from qa.answering.counted import counts
from qa.answering.deciding import Evidence, evidence, margin_of
from qa.answering.found import Found
from qa.retrieval.features import FEATURES
from qa.retrieval.order import HEAD
from qa.retrieval.searchable import Searchable
from qa.retrieval.twins import Asked, same_text
from qa.store.errors import DamagedError


@dataclass(frozen=True, slots=True)
class Weighed:
    """`same`: for the first candidates the place of the text that each repeats; `seen`: the evidence; `unspoken`: the countries
    that the question names and the first hit's resolution does not; `contradicted`: what the question states and the first hit
    states otherwise.
    """

    same: list[int]
    seen: Evidence
    unspoken: tuple[str, ...]
    contradicted: Contradiction | None = None

    @property
    def is_untrue(self) -> bool:
        """Whether the first hit surely states otherwise what the question states."""
        return self.contradicted is not None and self.contradicted.sure


def weigh(found: Found, corpus: Searchable) -> Weighed:
    """The evidence of a question's candidates, of which there is at least one."""
    head = corpus.passages(found.candidates.rows[:HEAD].tolist())
    asked = Asked.of(found.query.lexical, found.candidates.names)
    same = same_text(
        [one.text for one in head],
        [one.context for one in head],
        [one.kind for one in head],
        [one.symbol for one in head],
        found.candidates.adopted[: len(head)].tolist(),
        found.series,
        asked,
    )
    dense = float(found.candidates.features[0, FEATURES.index("dense")])
    margin = margin_of(found.candidates.scores[: len(same)].tolist(), found.series)
    contradicted = _contradicted(found, corpus)
    seen = evidence(
        dense,
        margin,
        found.ranked.reading(0),
        found.prior,
        lacking=found.lacks is not None or found.unsaid is not None,
        late=found.late is not None,
        elsewhere=bool(found.foreign),
        carried=found.query.alone is not None,
        contradicted=contradicted is not None,
        counted=counts(found.query.question, head[0].text),
    )
    unspoken = tuple(dict.fromkeys((*found.foreign, *([found.unsaid] if found.unsaid else []))))
    return Weighed(same, seen, unspoken, contradicted)


def _contradicted(found: Found, corpus: Searchable) -> Contradiction | None:
    """What the question states and the first hit states otherwise, or the best item of the list that it only opens."""
    claim = claim_in(found.query.question)
    if claim is None:
        return None
    rows = found.candidates.rows
    listed = Lists(corpus, rows).around(0)
    opens = listed is not None and listed.opening == 0 and listed.bare
    place = min(listed.items) if listed is not None and opens else 0
    try:
        resolution, paragraph = corpus.generation.paragraph(corpus.paragraph_id(int(rows[place])))
    except DamagedError:
        return None
    return claim.against(Nearest.of(resolution, paragraph))
