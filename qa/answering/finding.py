"""From a question to paragraphs in order: what it names outright, candidates, both orderings, and time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from embeddings.encoders import Encoder
from embeddings.pairs import PairScorer
from qa.answering.adopted_then import adopted_then, time_of_adoption
from qa.answering.answer_kind import out_of_time
from qa.answering.by_name import ByName, by_name
from qa.answering.prior import QuestionPrior
from qa.answering.references import Beside, Named, resolve
from qa.passages import passage_input
from qa.retrieval.corpus import Floats, Scope
from qa.retrieval.dates import DateMention
from qa.retrieval.features import days_outside
from qa.retrieval.formal import formality
from qa.retrieval.history import speaks_of
from qa.retrieval.order import HEAD, Order, beyond, names_its_time, order_asked, put_in_time
from qa.retrieval.query import Query, release, shorten, understand
from qa.retrieval.ranker import Ranked, lower, rerank
from qa.retrieval.retriever import Candidates, encode_question, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import gather
from qa.retrieval.wording import Reader
from qa.settings import Settings
from qa.symbols.asked_by_name import asked_by_name
from qa.symbols.roles import Side
from qa.wire import AskRequest, Filters

_UNSPOKEN = 1.0  # of the final score: more than any two of the first candidates lie apart


@dataclass(slots=True)
class Clock:
    """Milliseconds a stage, in the order in which they ran."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.stages[stage] = round(self.stages.get(stage, 0.0) + (time.perf_counter() - begun) * 1000, 3)


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates after both orderings, with what was read out of the question; and what may not be quoted.

    `withheld` gathers, while citing, the paragraphs whose quotation is not what their source holds.
    """

    query: Query
    named: Named
    filters: Filters
    ranked: Ranked
    prior: float  # log odds that such a question is one that resolutions answer
    series: list[int]  # for each of the first candidates the place of the first that it nearly repeats
    late: str | None  # the times named for an adoption, where the first candidate is of none of them
    by_name: ByName | None  # the paragraphs asked for of a text that is named without a symbol
    withheld: set[str] = field(default_factory=set)

    @property
    def candidates(self) -> Candidates:
        """The candidates in their last order."""
        return self.ranked.candidates

    @property
    def first(self) -> tuple[str, ...]:
        """The paragraphs that come first whatever their meaning: named outright, or told by the name of their text."""
        return self.named.paragraphs or (self.by_name.paragraphs if self.by_name else ())

    @property
    def late_note(self) -> str | None:
        """That the nearest paragraph is of another time than was named; None where it is not."""
        return f"the nearest paragraph is of another time than was named ({self.late})" if self.late else None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds over one generation; holds no state of its own."""

    corpus: Searchable
    encoder: Encoder
    scorer: PairScorer | None
    prior: QuestionPrior | None
    settings: Settings

    def find(self, request: AskRequest, clock: Clock) -> Found:
        """The candidates for a question.

        Raises:
            qa.errors.FilterError: the corpus has no such value; NotFoundError: no such resolution.
        """
        retrieval = self.settings.retrieval
        with clock.time("understand"):
            query = self._read(request)
            named = resolve(query.text, query.mentions, self.corpus)
            query = release(query, named.years, self._reader) if named.years else query
            filters = request.filters
            if named.symbols and not filters.symbol:
                filters = Filters(
                    **{name: getattr(filters, name) for name in filters.__struct_fields__}
                    | {"symbol": list(named.symbols)}
                )
            allowed: Scope | None = self.corpus.allowed(filters)
            asked = order_asked(query.text)
            order = asked[0] if asked and not names_its_time(query) else None
            if named.beside and not named.symbols:
                allowed, order, named = self._beside(named.beside, named, allowed)
            then = time_of_adoption(query) if query.dates else None
            if then:
                allowed, named = self._of(then, named, allowed)
        n = max(retrieval.candidates, request.k)
        vector, ranked = self._ranked(query, n, allowed, clock, order)
        called = None if query.mentions else asked_by_name(query.question)
        hits = partial(self._hits_of_name, n=n, allowed=allowed, clock=clock)
        titled = by_name(called, query.dates, self.corpus, hits) if called else None
        titled = adopted_then(query, then, order, self.corpus) if then else titled
        with clock.time("order"):
            n_head = max(HEAD, len(ranked.readings)) if order else HEAD
            head = self.corpus.passages(ranked.candidates.rows[:n_head].tolist())
            ranked, series = put_in_time(query, ranked, head, retrieval.fold, order)
            late = self._late(query, ranked.candidates)
        prior = self.prior.log_odds(vector[0]) if self.prior is not None else 0.0
        return Found(query, named, filters, ranked, prior, series, late, titled)

    def _ranked(
        self, query: Query, n: int, allowed: Scope | None, clock: Clock, order: Order | None = None
    ) -> tuple[Floats, Ranked]:
        """The question's vector, and what was found, in both orderings; with an order its series is gathered."""
        retrieval = self.settings.retrieval
        scorer = self.scorer if retrieval.reranked else None
        with clock.time("encode"):
            vector, tokens = encode_question(query, self.encoder, scorer)
        with clock.time("search"):
            found = search_candidates(query, vector, self.corpus, n, retrieval.weights, allowed)
            n_read = retrieval.reranked
            if order and n_read:
                found, n_read = gather(query, vector, self.corpus, found, order, n_read, retrieval.weights, allowed)
        with clock.time("rank"):
            ranked = rerank(query.text, found, self.corpus, scorer, n_read, retrieval.ranker_weight, tokens)
            first = self.corpus.passages(ranked.candidates.rows[:n_read].tolist())
            ranked = lower(ranked, formality(query.text, [one.text for one in first]))
            return vector, self._speaking(ranked, query.reading.name)

    def _beside(self, beside: Beside, named: Named, allowed: Scope | None) -> tuple[Scope | None, Order, Named]:
        """What was adopted on one side of a resolution, in which order, and a refusal where nothing was."""
        sides = (Order.NEWEST, Order.OLDEST) if beside.side is Side.AFTER else (Order.OLDEST, Order.NEWEST)
        scope = self.corpus.adopted_when(beyond(beside.day, sides[0]), allowed)
        if scope is None:
            named = replace(named, refusal=f"the corpus holds nothing adopted {beside.side} {beside.symbol}")
        return scope, sides[1], named

    def _of(self, time: DateMention, named: Named, allowed: Scope | None) -> tuple[Scope | None, Named]:
        """What was adopted in a time, and a refusal where nothing was."""
        scope = self.corpus.adopted_when(lambda adopted: (adopted > 0) & (days_outside(adopted, time) == 0), allowed)
        if scope is None and not named.refusal:
            named = replace(named, refusal=f"the corpus holds nothing adopted in that time: {time.text}")
        return scope, named

    def _hits_of_name(self, name: str, n: int, allowed: Scope | None, clock: Clock) -> Candidates:
        """What is found for the name of a text alone."""
        return self._ranked(self._read(AskRequest(question=name)), n, allowed, clock)[1].candidates

    def _late(self, query: Query, found: Candidates) -> str | None:
        if not query.dates or not found.n:
            return None
        (first,) = self.corpus.passages([int(found.rows[0])])
        return out_of_time(query.text, query.dates, int(found.adopted[0]), first.text)

    def _speaking(self, ranked: Ranked, name: str | None) -> Ranked:
        """With the candidates that do not speak of a name below those that do, where any of the first does."""
        if name is None:
            return ranked
        first = self.corpus.passages(ranked.candidates.rows[: self.settings.retrieval.reranked].tolist())
        silent = np.array([not speaks_of(passage_input(one), name) for one in first], dtype=np.float32)
        return ranked if silent.all() else lower(ranked, silent * _UNSPOKEN)

    @property
    def _reader(self) -> Reader:
        return Reader(self.corpus, self.encoder.count_tokens)

    def _read(self, request: AskRequest) -> Query:
        query = understand(request.question, tuple(request.history), self.settings.retrieval.expansion, self._reader)
        text, n_unread = shorten(query.text, self.encoder.max_tokens, self.encoder.count_tokens)
        if not n_unread:
            return query
        alone = query.alone and shorten(query.alone, self.encoder.max_tokens, self.encoder.count_tokens)[0]
        return replace(query, text=text, alone=alone, n_unread=n_unread)
