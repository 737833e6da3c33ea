"""Citations of what was found for one question; what is not what its source holds is kept back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from embeddings.pairs import PairScorer
from qa.answering.choosing import NEAREST
from qa.answering.citing import cite, withholding
from qa.answering.edges import tidy
from qa.answering.found import Clock, Found
from qa.answering.highlight import Met, highlight
from qa.answering.tables import table_below
from qa.ids import parts_of
from qa.passages import passage_input
from qa.records import Paragraph, Span
from qa.retrieval.corpus import Floats
from qa.retrieval.features import FEATURES
from qa.retrieval.searchable import Searchable
from qa.settings import RetrievalSettings
from qa.terms import terms_of
from qa.wire import AskRequest, CitationOut, Explanation, Stage


@dataclass(frozen=True, slots=True)
class Citer:
    """Cites at most `request.k` paragraphs at a time; places count the candidates in their last order, from 0."""

    found: Found
    request: AskRequest
    corpus: Searchable
    scorer: PairScorer | None
    weighing: RetrievalSettings
    clock: Clock

    def named(self, ids: Sequence[str]) -> list[CitationOut]:
        """Citations of paragraphs that come first whatever their meaning; of words that are quoted or looked up those are marked. Those that
        meaning found too are explained where that is asked.
        """
        with self.clock.time("cite"):
            n = self.found.candidates.n if self.request.explain else 0
            places = {self.id_at(place): place for place in range(n)}
            cited = [
                self._named(one, places.get(one)) for one in ids[: self.request.k]
            ]  # a whole annex may have hundreds
            return [one for one in cited if one]

    def at(self, places: Sequence[int], same: Sequence[int] = ()) -> list[CitationOut]:
        """Citations of what stands at some places, each with the row below it that is asked for, or what it opens; `same`: for the first places
        that of the text which each repeats: these are named beside it.
        """
        with self.clock.time("cite"):
            cited: list[CitationOut] = []
            for place in places:
                one = self._cite(place, None, self._also(place, same))
                if one is not None:
                    cited += [one, *(self._table_below(one) or self._opened(one))]
            once = {one.id: one for one in cited}
            return list(once.values())[: self.request.k]

    def spans(self, places: Sequence[tuple[int, Span | None]]) -> list[CitationOut]:
        """Citations of what stands at some places, each with what is marked in it; None: what answers."""
        with self.clock.time("cite"):
            cited = [self._cite(place, span) for place, span in places[: self.request.k]]
            return [one for one in cited if one]

    def nearest(self) -> list[CitationOut]:
        """Citations of the first candidates, which do not answer."""
        return self.at(range(min(NEAREST, self.found.candidates.n)))

    def id_at(self, place: int) -> str:
        """The id of the paragraph at a place."""
        return self.corpus.paragraph_id(int(self.found.candidates.rows[place]))

    def _named(self, name: str, place: int | None) -> CitationOut | None:
        phrase = self.found.quoted.phrase if self.found.quoted else None
        words = self.found.looked_up.words if self.found.looked_up else ""
        with withholding(name, self.found.withheld):
            resolution, paragraph = self.corpus.generation.paragraph(name)
            quoted = phrase.place_in(paragraph.text) if phrase else None
            had = highlight(words, paragraph, lambda: None) if words else None
            mark = quoted or had or tidy(paragraph.text, Span(0, len(paragraph.text)))
            explain = self._explain(place) if place is not None else None
            return cite(resolution, paragraph, 1.0, mark, explain=explain)
        return None

    def _also(self, place: int, same: Sequence[int]) -> tuple[str, ...]:
        """What repeats the text at a place."""
        if place >= len(same):
            return ()
        others = (other for other, first in enumerate(same) if first == same[place] and other != place)
        return tuple(self.id_at(other) for other in others if self.found.stands_for(other, place))

    def _table_below(self, opening: CitationOut) -> list[CitationOut]:
        """The citation of the table that a cited paragraph opens, where the question names a row of it: that row is marked."""
        chosen = self.found.filters.kind or self.found.filters.verb
        if not opening.text.endswith(":") or chosen:  # the table may not pass these
            return []
        with withholding(opening.id, self.found.withheld):
            resolution, paragraph = self.corpus.generation.paragraph(opening.id)
            below = table_below(self.found.query.text, resolution, paragraph)
            return [cite(resolution, below[0], opening.score, below[1])] if below else []
        return []

    def _opened(self, opening: CitationOut) -> list[CitationOut]:
        """Citations of what a cited paragraph that ends in a colon opens without a number: the theme, the days, the names."""
        if not opening.text.endswith(":") or self.found.filters.kind or self.found.filters.verb:
            return []
        symbol, label = parts_of(opening.id)
        text = self.corpus.whole(symbol)
        labels = [one.label for one in text.paragraphs] if text else []
        behind = takewhile(
            lambda one: one.startswith(f"{label}+"), labels[labels.index(label) + 1 :] if label in labels else []
        )
        return [one for name in behind if (one := self._named(f"{symbol}#{name}", None)) is not None]

    def _cite(self, place: int, span: Span | None, also: tuple[str, ...] = ()) -> CitationOut | None:
        """The citation at a place; None where the quotation is not what the source says: it is withheld."""
        name = self.id_at(place)
        with withholding(name, self.found.withheld):
            resolution, paragraph = self.corpus.generation.paragraph(name)
            if span is None:
                span = highlight(self.found.query.text, paragraph, lambda: self._met(place, paragraph))
            explain = self._explain(place) if self.request.explain else None
            return cite(resolution, paragraph, float(self.found.candidates.scores[place]), span, also, explain)
        return None

    def _met(self, place: int, paragraph: Paragraph) -> Met | None:
        reading = self.found.ranked.reading(place)
        if self.scorer is None or reading is None or reading.cosines is None:
            return None
        (passage,) = self.corpus.passages([int(self.found.candidates.rows[place])])
        places = self.scorer.places(passage_input(passage))
        return None if places is None else Met.of(reading.cosines, places, passage, paragraph)

    def _explain(self, place: int) -> Explanation:
        found, features = self.found, self.found.candidates.features
        stages = [
            _stage(name, features[:, column], place, self.weighing.weights.get(name, 0.0))
            for column, name in enumerate(FEATURES)
        ]
        if found.ranked.reading(place) is not None:
            read = np.array([one.score for one in found.ranked.readings], np.float32)
            stages.append(_stage("ranker", read, place, self.weighing.ranker_weight))
        lowered = -found.ranked.lowered_by(place)
        stages = [one for one in (*stages, Stage("lowered", None, round(lowered, 4), round(lowered, 4))) if one.adds]
        context = passage_input(*self.corpus.passages([int(found.candidates.rows[place])]))
        held = set(terms_of(context))
        terms = [term for term in dict.fromkeys(terms_of(found.query.lexical)) if term in held]
        return Explanation(stages, terms, context)


def _stage(name: str, scores: Floats, place: int, weight: float) -> Stage:
    """What a stage says of the candidate at a place, among all."""
    adds = weight * scores
    return Stage(
        name, int((adds > adds[place]).sum()) + 1, round(float(scores[place]), 4), round(float(adds[place]), 4)
    )
