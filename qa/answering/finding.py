"""From a question to paragraphs in order: what it names outright, candidates, both orderings, and time."""

from __future__ import annotations

import calendar
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from embeddings.encoders import Encoder
from embeddings.pairs import PairScorer
from qa.answering.adopted_then import adopted_then
from qa.answering.answer_kind import Kind, asks_for_budget, out_of_time
from qa.answering.by_name import ByName, by_name
from qa.answering.of_kind import put_kind_first
from qa.answering.prior import QuestionPrior
from qa.answering.quoted import Quoted, look_up
from qa.answering.references import Named, resolve
from qa.answering.scoping import scope_of, within
from qa.passages import passage_input
from qa.retrieval.corpus import Floats, Scope
from qa.retrieval.formal import formality
from qa.retrieval.history import speaks_of
from qa.retrieval.order import HEAD, Order, put_in_time
from qa.retrieval.query import Query, release, shorten, understand
from qa.retrieval.quoting import Quotation, quotation_in
from qa.retrieval.ranker import Ranked, lower, rerank
from qa.retrieval.retriever import Candidates, encode_question, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import gather
from qa.retrieval.wording import Reader
from qa.settings import Settings
from qa.symbols.asked_by_name import asked_by_name
from qa.wire import AskRequest, Filters

_UNSPOKEN = 1.0  # of the final score: more than any two of the first candidates lie apart
_UNSAID = 0.2  # of it, where a word is not said for which there may be another
_BUDGETED = "appropriate the amount of dollars"  # the words of what sets a budget, searched for where one is asked for


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
    lacks: Kind | None  # the kind of answer that is asked for and the first candidate has nothing of
    late: str | None  # the times named for an adoption, where the first candidate is of none of them
    by_name: ByName | None  # the paragraphs asked for of a text that is named without a symbol
    quoted: Quoted | None  # what is found of words that are quoted
    withheld: set[str] = field(default_factory=set)

    @property
    def candidates(self) -> Candidates:
        """The candidates in their last order."""
        return self.ranked.candidates

    @property
    def first(self) -> tuple[str, ...]:
        """The paragraphs that come first whatever their meaning: named outright, quoted, or told by the name of their text."""
        told = (self.quoted, self.by_name)
        return self.named.paragraphs or next((one.paragraphs for one in told if one and one.paragraphs), ())

    @property
    def late_note(self) -> str | None:
        """That the nearest paragraph is of another time than was named; None where it is not."""
        if not self.late:
            return None
        year = int(self.candidates.adopted[0]) // 10000
        return f"the nearest paragraph was adopted in {year} and does not name the time that was named ({self.late})"


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
            quotation = quotation_in(query.question)
            quoted, query = self._quoted(quotation, query, request.filters) if quotation else (None, query)
            named = resolve(query.text, query.mentions, self.corpus)
            query = release(query, named.years, self._reader) if named.years else query
            asked = scope_of(query, named, request.filters, self.corpus)
        n = max(retrieval.candidates, request.k)
        vector, ranked = self._ranked(query, n, asked.allowed, clock, asked.order)
        called = None if query.mentions or query.language else asked_by_name(query.question)
        hits = partial(self._hits_of_name, n=n, allowed=asked.allowed, clock=clock)
        titled = by_name(called, query.dates, self.corpus, hits) if called else None
        titled = adopted_then(query, asked.time, asked.order, self.corpus) if asked.time else titled
        with clock.time("order"):
            n_head = max(HEAD, len(ranked.readings)) if asked.order else HEAD
            head = self.corpus.passages(ranked.candidates.rows[:n_head].tolist())
            ranked, series = put_in_time(query, ranked, head, retrieval.fold, asked.order)
            of_kind = put_kind_first(query.question, ranked, series, self.corpus)
            ranked = of_kind.ranked
            late = self._late(query, ranked.candidates)
            quoted = quoted.settled([one.id for one in head]) if quoted else None
        prior = self.prior.log_odds(vector[0]) if self.prior is not None else 0.0
        return Found(
            query, asked.named, asked.filters, ranked, prior, of_kind.series, of_kind.lacks, late, titled, quoted
        )

    def _quoted(self, quotation: Quotation, query: Query, filters: Filters) -> tuple[Quoted | None, Query]:
        """What is found of a quotation, and the query; where the words are held, what they name is not what the question names."""
        mentions = tuple(one for one in query.mentions if not quotation.holds(one.span))
        dates = tuple(one for one in query.dates if not quotation.holds(one.span))
        inside = within(filters, resolve(query.text, mentions, self.corpus)) if mentions else filters
        alone = quotation.is_all([*(one.text for one in mentions), *(one.text for one in dates)])
        quoted = look_up(quotation, alone, self.corpus, self.corpus.allowed(inside))
        held = quoted is not None and quoted.held
        return quoted, replace(query, mentions=mentions, dates=dates) if held else query

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
            ranked = rerank(query.wordings, found, self.corpus, scorer, n_read, retrieval.ranker_weight, tokens)
            first = self.corpus.passages(ranked.candidates.rows[:n_read].tolist())
            ranked = lower(ranked, formality(query.text, [one.text for one in first]))
            ranked = self._speaking(ranked, query.reading.name, _UNSPOKEN)
            return vector, self._speaking(ranked, query.reading.word, _UNSAID)

    def _hits_of_name(self, name: str, n: int, allowed: Scope | None, clock: Clock) -> Candidates:
        """What is found for the name of a text alone."""
        return self._ranked(self._read(AskRequest(question=name)), n, allowed, clock)[1].candidates

    def _late(self, query: Query, found: Candidates) -> str | None:
        if not query.dates or not found.n:
            return None
        (first,) = self.corpus.passages([int(found.rows[0])])
        return out_of_time(query.text, query.dates, int(found.adopted[0]), first.text)

    def _speaking(self, ranked: Ranked, name: str | None, less: float) -> Ranked:
        """With the candidates that do not speak of a name lower by so much, where any of the first does."""
        if name is None:
            return ranked
        first = self.corpus.passages(ranked.candidates.rows[: self.settings.retrieval.reranked].tolist())
        silent = np.array([not speaks_of(passage_input(one), name) for one in first], dtype=np.float32)
        return ranked if silent.all() else lower(ranked, silent * np.float32(less))

    def _dated(self, question: str) -> str:
        """The day on which the text was adopted that a question finds first; only its year where that is all that is known."""
        hits = self._hits_of_name(question, self.settings.retrieval.candidates, None, Clock())
        if not hits.n or not hits.adopted[0]:
            return ""
        year, month, day = hits.adopted[0] // 10000, hits.adopted[0] // 100 % 100, hits.adopted[0] % 100
        return f"{day} {calendar.month_name[month]} {year}" if month and day else str(year)

    @property
    def _reader(self) -> Reader:
        return Reader(self.corpus, self.encoder.count_tokens)

    def _read(self, request: AskRequest) -> Query:
        query = understand(
            request.question, tuple(request.history), self.settings.retrieval.expansion, self._reader, self._dated
        )
        if asks_for_budget(query.question):
            query = replace(query, lexical=f"{query.lexical} {_BUDGETED}")
        text, n_unread = shorten(query.text, self.encoder.max_tokens, self.encoder.count_tokens)
        if not n_unread:
            return query
        alone = query.alone and shorten(query.alone, self.encoder.max_tokens, self.encoder.count_tokens)[0]
        return replace(query, text=text, alone=alone, n_unread=n_unread)
