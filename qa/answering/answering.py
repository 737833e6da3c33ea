"""From a question to an answer or an abstention, over one generation of the index.

The order of things: what the question names outright, then what resolution texts never hold, then meaning. Every step
that restricts or refuses leaves a note that the user sees.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from embeddings.encoders import Encoder
from embeddings.pairs import PairScorer
from qa.answering.adoption import adoption
from qa.answering.answer_kind import lacking, out_of_time
from qa.answering.choosing import Hits, Lists, choose
from qa.answering.citing import cite
from qa.answering.deciding import Stated, evidence, margin_of, state
from qa.answering.edges import tidy
from qa.answering.highlight import Met, highlight
from qa.answering.missing import missing_field
from qa.answering.prior import QuestionPrior
from qa.answering.references import Named, resolve
from qa.errors import VerbatimError
from qa.passages import passage_input
from qa.records import Paragraph, Span
from qa.retrieval.asked_acts import acts_addressed, asked_acts
from qa.retrieval.corpus import Rows
from qa.retrieval.features import FEATURES
from qa.retrieval.formal import formality
from qa.retrieval.history import speaks_of
from qa.retrieval.order import HEAD, order_asked, put_in_time
from qa.retrieval.query import Query, release, shorten, understand
from qa.retrieval.ranker import Ranked, lower, rerank
from qa.retrieval.retriever import Candidates, encode_question, ranks, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.small_talk import NO_QUESTION, is_small_talk
from qa.retrieval.twins import Asked, same_text
from qa.retrieval.wording import Reader
from qa.settings import Certainty, Settings
from qa.store.errors import DamagedError
from qa.terms import terms_of
from qa.wire import AnswerOut, AskRequest, CitationOut, Explanation, Filters, SearchOut, Stage, Understood

SURE, NEITHER = Stated(1.0, 1.0), Stated(0.0, 0.0)  # where no evidence is weighed: named outright, or not held


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
    withheld: set[str] = field(default_factory=set)

    @property
    def candidates(self) -> Candidates:
        """The candidates in their last order."""
        return self.ranked.candidates


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything that answers a question over one generation; holds no state of its own."""

    corpus: Searchable
    encoder: Encoder
    scorer: PairScorer | None
    prior: QuestionPrior | None
    settings: Settings

    def search(self, request: AskRequest) -> SearchOut:
        """The best `k` paragraphs, best first, without deciding whether they answer."""
        clock = Clock()
        found = self._find(request, clock)
        with clock.time("cite"):
            exact = self._named_citations(found, found.named.paragraphs)
            named = set(found.named.paragraphs)
            places = [place for place in range(found.candidates.n) if self._id(found, place) not in named]
            citations = exact + [
                one for one in (self._cite(found, place, request) for place in places[: request.k]) if one
            ]
        return SearchOut(
            question=request.question,
            citations=citations[: request.k],
            understood=self._understood(found, request.k),
            generation=self.corpus.generation.id,
            model=self.encoder.name,
            timings=clock.stages,
            withheld=len(found.withheld),
        )

    def ask(self, request: AskRequest) -> AnswerOut:
        """An answer with at most `k` citations, or an abstention with its reason and the nearest paragraphs."""
        clock = Clock()
        found = self._find(request, clock)
        if is_small_talk(request.question):
            return self._abstain(request, found, NEITHER, NO_QUESTION, [], clock)
        if found.named.refusal is not None:
            with clock.time("cite"):
                nearest = self._named_citations(found, found.named.nearest[: request.k])
                nearest = nearest or self._citations(found, list(range(min(3, found.candidates.n))), request)
            return self._abstain(request, found, NEITHER, found.named.refusal, nearest, clock)
        if found.named.paragraphs:
            with clock.time("cite"):
                citations = self._named_citations(found, found.named.paragraphs[: request.k])
            return self._answered(request, found, SURE, citations, clock)
        if found.query.unheld is not None:
            reason = f"the corpus does not hold {found.query.unheld!r}, and the question names nothing else"
            return self._abstain(request, found, NEITHER, reason, [], clock)
        if not found.candidates.n:
            return self._abstain(request, found, NEITHER, "no paragraph passes the filters", [], clock)
        silent = self._silent(found) or self._unmet(found)
        addressed = self._addressed(found) if silent is None else []
        if addressed:
            with clock.time("cite"):
                citations = [
                    one
                    for one in (self._cite(found, place, request, span) for place, span in addressed[: request.k])
                    if one
                ]
            return self._answered(request, found, SURE, citations, clock)
        with clock.time("decide"):
            same, stated, lacks = self._decide(found)
        with clock.time("cite"):
            hits = Hits(found.candidates.scores, same, self.settings.answer.keep)
            places = choose(hits, Lists(self.corpus, found.candidates.rows), request.k)
            citations = self._citations(found, places, request, same)
        if silent is not None:
            return self._abstain(request, found, stated.at_most(0.01), silent, citations, clock)
        unsure = self._unsure(found, stated, lacks)
        if unsure is not None:
            return self._abstain(request, found, stated, unsure, citations, clock)
        return self._answered(request, found, stated, citations, clock)

    # Finding

    def _find(self, request: AskRequest, clock: Clock) -> Found:
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
            allowed: Rows | None = self.corpus.allowed(filters)
        n = max(retrieval.candidates, request.k)
        scorer = self.scorer if retrieval.reranked else None
        with clock.time("encode"):
            vector, tokens = encode_question(query, self.encoder, scorer)
        with clock.time("search"):
            found = search_candidates(query, vector, self.corpus, n, retrieval.weights, allowed)
        with clock.time("rank"):
            ranked = rerank(query.text, found, self.corpus, scorer, retrieval.reranked, retrieval.ranker_weight, tokens)
            first = self.corpus.passages(ranked.candidates.rows[: retrieval.reranked].tolist())
            ranked = lower(ranked, formality(query.text, [one.text for one in first]))
            ranked = self._speaking(ranked, query.reading.name)
        with clock.time("order"):
            head = self.corpus.passages(ranked.candidates.rows[:HEAD].tolist())
            ranked, series = put_in_time(query, ranked, head, retrieval.fold)
            late = self._late(query, ranked.candidates)
        prior = self.prior.log_odds(vector[0]) if self.prior is not None else 0.0
        return Found(query, named, filters, ranked, prior, series, late)

    def _late(self, query: Query, found: Candidates) -> str | None:
        if not query.dates or not found.n:
            return None
        (first,) = self.corpus.passages([int(found.rows[0])])
        return out_of_time(query.text, query.dates, int(found.adopted[0]), first.text)

    def _speaking(self, ranked: Ranked, name: str | None) -> Ranked:
        """Of the candidates that were read again those that speak of a name; all, where none does or none is asked for."""
        rows = ranked.candidates.rows[: self.settings.retrieval.reranked].tolist() if name else []
        passages = enumerate(self.corpus.passages(rows))
        places = [place for place, one in passages if name and speaks_of(passage_input(one), name)]
        return ranked.only(places) if places else ranked

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

    def _silent(self, found: Found) -> str | None:
        symbols = found.named.symbols
        resolution = self.corpus.generation.resolution(symbols[0]) if len(symbols) == 1 else None
        told = adoption(found.query.question, resolution) if resolution is not None else None
        return told or missing_field(found.query.question, resolution)

    def _unmet(self, found: Found) -> str | None:
        """That nothing found speaks of what a turn puts in another's place or asks about beside it; None where something does."""
        name, word = found.query.reading.name, found.query.reading.new_word
        if word is not None and not self.corpus.lexical.match(word).highest:
            return f"no text holds a word of {word!r}"
        (first,) = self.corpus.passages(found.candidates.rows[:1].tolist())
        if name is None or speaks_of(passage_input(first), name):
            return None
        return f"nothing found speaks of {name}, which the question was read to ask about"

    def _addressed(self, found: Found) -> list[tuple[int, Span]]:
        """Places of paragraphs with acts addressed to whom the question names, in text order, where it asks for them."""
        wanted = asked_acts(found.query.question)
        if wanted is None or len(self._symbols_searched(found)) != 1:
            return []
        kept: list[tuple[int, int, Span]] = []
        for place in range(found.candidates.n):
            row = int(found.candidates.rows[place])
            _, paragraph = self.corpus.generation.paragraph(self._id(found, place))
            acts = acts_addressed(paragraph, wanted.addressee)
            if acts:
                kept.append((row, place, Span(acts[0].span.start, acts[-1].span.end)))
        return [(place, span) for _, place, span in sorted(kept)]

    def _symbols_searched(self, found: Found) -> set[str]:
        return set(found.filters.symbol) or set(self.corpus.generation.symbols[:2])

    # Deciding

    def _decide(self, found: Found) -> tuple[list[int], Stated, str | None]:
        """For the first candidates the place of the text that each repeats; how certain an answer is; and the kind of
        answer that the first has nothing of, if the question asks for one.
        """
        head = self.corpus.passages(found.candidates.rows[:HEAD].tolist())
        texts = [one.text for one in head]
        asked = Asked.of(found.query.lexical, found.candidates.names)
        same = same_text(texts, [one.context for one in head], [one.kind for one in head], found.series, asked)
        features = dict(zip(FEATURES, found.candidates.features[0].tolist(), strict=True))
        margin = margin_of(found.candidates.scores[: len(same)].tolist(), found.series)
        kind = lacking(found.query.question, texts[0])
        lacks = f"the question asks for {kind}, and the nearest paragraph has none" if kind else _unheld(found)
        seen = evidence(features["dense"], margin, found.ranked.reading(0), found.prior, lacks is not None)
        return same, state(seen, self._certainty(found)), lacks

    def _certainty(self, found: Found) -> Certainty:
        """The settings for the evidence that there is: with the ranker's reading of the first hit, or without."""
        reading = found.ranked.reading(0)
        answer = self.settings.answer
        return answer.unread if reading is None or reading.cosines is None else answer.read

    def _unsure(self, found: Found, stated: Stated, lacks: str | None) -> str | None:
        """Why what was found is not certain enough to be an answer; None where it is."""
        needed = self._certainty(found).threshold
        says = stated.answerable >= needed
        if says and stated.first >= self.settings.answer.least:
            return None
        n = len(found.filters.symbol) or len(self.corpus.generation.symbols)
        of = f"{', '.join(found.filters.symbol)}" if found.filters.symbol else f"{n} resolutions"
        unsaid = f"; {lacks}" if lacks else ""
        if says:
            return f"the corpus may say, but of what was found in {of} no paragraph stands out as the answer{unsaid}"
        short = f"nothing found in {of} answers with enough certainty ({stated.answerable:.3f}, needed {needed:.3f})"
        return f"the corpus does not seem to say: {short}{unsaid}"

    # Citing

    def _id(self, found: Found, place: int) -> str:
        return self.corpus.paragraph_id(int(found.candidates.rows[place]))

    def _named_citations(self, found: Found, names: Sequence[str]) -> list[CitationOut]:
        """Citations of paragraphs named outright, without those withheld."""
        cited = []
        for name in names:
            with _withholding(name, found.withheld):
                resolution, paragraph = self.corpus.generation.paragraph(name)
                whole = tidy(paragraph.text, Span(0, len(paragraph.text)))
                cited.append(cite(resolution, paragraph, 1.0, whole))
        return cited

    def _citations(
        self, found: Found, places: list[int], request: AskRequest, same: list[int] | None = None
    ) -> list[CitationOut]:
        cited = []
        firsts = dict(enumerate(same or []))
        for place in places:
            also = tuple(
                self._id(found, other)
                for other, first in firsts.items()
                if first == firsts.get(place) and other != place
            )
            one = self._cite(found, place, request, None, also)
            if one is not None:
                cited.append(one)
        return cited

    def _cite(
        self,
        found: Found,
        place: int,
        request: AskRequest,
        span: Span | None = None,
        also: tuple[str, ...] = (),
    ) -> CitationOut | None:
        """The citation at a place; None where the quotation is not what the source says: it is withheld."""
        name = self._id(found, place)
        with _withholding(name, found.withheld):
            resolution, paragraph = self.corpus.generation.paragraph(name)
            if span is None:
                span = highlight(found.query.text, paragraph, lambda: self._met(found, place, paragraph))
            explain = self._explain(found, place) if request.explain else None
            return cite(resolution, paragraph, float(found.candidates.scores[place]), span, also, explain)
        return None

    def _met(self, found: Found, place: int, paragraph: Paragraph) -> Met | None:
        reading = found.ranked.reading(place)
        if self.scorer is None or reading is None or reading.cosines is None:
            return None
        (passage,) = self.corpus.passages([int(found.candidates.rows[place])])
        places = self.scorer.places(passage_input(passage))
        return None if places is None else Met.of(reading.cosines, places, passage, paragraph)

    def _explain(self, found: Found, place: int) -> Explanation:
        features = found.candidates.features
        stages = [
            Stage(name, ranks(features[:, column])[place], round(float(features[place, column]), 4))
            for column, name in enumerate(FEATURES)
        ]
        reading = found.ranked.reading(place)
        if reading is not None:
            better = sum(one.score > reading.score for one in found.ranked.readings)
            stages.append(Stage("ranker", better + 1, round(reading.score, 4)))
        lowered = found.ranked.lowered_by(place)
        if lowered:
            stages.append(Stage("formal", None, round(-lowered, 4)))
        context = passage_input(*self.corpus.passages([int(found.candidates.rows[place])]))
        held = set(terms_of(context))
        return Explanation(
            stages, [term for term in dict.fromkeys(terms_of(found.query.lexical)) if term in held], context
        )

    # Wire

    def _understood(self, found: Found, k: int) -> Understood:
        expansions = {name: list(forms) for name, forms in found.query.expansions.items()}
        expansions |= {letters: list(names) for letters, names in found.candidates.names.items()}
        dates = tuple(one.note for one in found.query.dates)
        asked, late = order_asked(found.query.text), _unheld(found)
        dates += (f"{asked[1]!r}: of what fits about equally the {asked[0].value}",) if asked else ()
        dates += (late,) if late else ()
        organs = tuple(f"{organ.value} is preferred" for organ in found.query.organs)
        unread = found.query.n_unread
        cut = (f"the question is long: its last {unread} words were searched as words only",) if unread else ()
        read = (found.query.reading.note,) if found.query.reading.note else ()
        references = list(found.named.paragraphs or found.named.symbols)
        n_named = len(found.named.paragraphs)
        more = (f"{n_named} paragraphs are named: the first {k} are shown; ask for more (k)",) if n_named > k else ()
        notes = [*found.query.notes, *read, *found.named.notes, *more, *cut, *dates, *organs]
        return Understood(found.filters, references, expansions, notes)

    def _answered(
        self, request: AskRequest, found: Found, stated: Stated, citations: list[CitationOut], clock: Clock
    ) -> AnswerOut:
        if not citations:
            return self._abstain(request, found, NEITHER, "every quotation was withheld: verify the index", [], clock)
        return self._out("answered", None, request, found, stated, citations, [], clock)

    def _abstain(
        self, request: AskRequest, found: Found, stated: Stated, reason: str, nearest: list[CitationOut], clock: Clock
    ) -> AnswerOut:
        return self._out("abstained", reason, request, found, stated, [], nearest, clock)

    def _out(
        self,
        status: str,
        reason: str | None,
        request: AskRequest,
        found: Found,
        stated: Stated,
        citations: list[CitationOut],
        nearest: list[CitationOut],
        clock: Clock,
    ) -> AnswerOut:
        return AnswerOut(
            status=status,
            question=request.question,
            probability=round(stated.first, 4),
            citations=citations,
            understood=self._understood(found, request.k),
            generation=self.corpus.generation.id,
            model=self.encoder.name,
            reason=reason,
            nearest=nearest,
            timings=clock.stages,
            withheld=len(found.withheld),
            answerability=round(stated.answerable, 4),
        )


def _unheld(found: Found) -> str | None:
    """That the nearest paragraph is of another time than was named; None where it is not."""
    return f"the nearest paragraph is of another time than was named ({found.late})" if found.late else None


@contextmanager
def _withholding(name: str, withheld: set[str]) -> Iterator[None]:
    """Keep a paragraph back whose text is not what its source holds, or whose source was damaged since it was opened."""
    try:
        yield
    except (VerbatimError, DamagedError):
        withheld.add(name)
