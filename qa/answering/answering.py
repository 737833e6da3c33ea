"""From a question to an answer or an abstention, over one generation of the index.

The order of things: what the question names outright, then what resolution texts never hold, then meaning. Every step
that restricts or refuses leaves a note that the user sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from embeddings.encoders import Encoder
from embeddings.pairs import PairScorer
from qa.answering.addressed import called
from qa.answering.asked_first import asks_others
from qa.answering.choosing import NEAREST, Hits, Lists, asks_for_list, asks_for_several, choose, nearest
from qa.answering.citing import cite, withholding
from qa.answering.contradicting import Nearest, claim_in
from qa.answering.deciding import RULED_OUT, Stated, state
from qa.answering.edges import tidy
from qa.answering.finding import Finder
from qa.answering.found import Clock, Found
from qa.answering.highlight import Met, highlight
from qa.answering.other_times import other_times
from qa.answering.prior import QuestionPrior
from qa.answering.quantities import beside_no_sum
from qa.answering.silence import naming, silence
from qa.answering.tables import table_below
from qa.answering.telling import held, is_ruled_out, is_sure, searched, understood, unmatched, unspoken, unsure
from qa.answering.weighing import weigh
from qa.passages import passage_input
from qa.records import Paragraph, Span
from qa.retrieval.asked_acts import acts_addressed, asked_acts
from qa.retrieval.features import FEATURES
from qa.retrieval.formal import beside_nothing
from qa.retrieval.retriever import ranks
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import asks_for_renewals
from qa.retrieval.small_talk import THE_SERVICE, aside
from qa.settings import Certainty, Settings
from qa.terms import terms_of
from qa.wire import AnswerOut, AskRequest, CitationOut, Explanation, Filters, SearchOut, Stage

_LISTED = 0.9  # that the first of a list of renewals is one: 113 of 126 lists asked for by a script were right
SURE, NEITHER = Stated(1.0, 1.0), Stated(0.0, 0.0)  # where no evidence is weighed: named outright, or not held


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything that answers a question over one generation; holds no state of its own."""

    corpus: Searchable
    encoder: Encoder
    scorer: PairScorer | None
    prior: QuestionPrior | None
    settings: Settings

    @property
    def _finder(self) -> Finder:
        return Finder(self.corpus, self.encoder, self.scorer, self.prior, self.settings)

    def search(self, request: AskRequest) -> SearchOut:
        """The best `k` paragraphs, best first, without deciding whether they answer."""
        clock = Clock()
        found = self._finder.find(request, clock)
        with clock.time("cite"):
            exact = self._named_citations(found, found.first[: request.k], request)  # a whole annex may have hundreds
            named = set(found.first)
            places = [place for place in range(found.candidates.n) if self._id(found, place) not in named]
            citations = exact + [
                one for one in (self._cite(found, place, request) for place in places[: request.k]) if one
            ]
        return SearchOut(
            question=request.question,
            citations=citations[: request.k],
            understood=understood(found, request.k, self.corpus, unmatched(found, self.corpus)),
            generation=self.corpus.generation.id,
            model=self.encoder.name,
            timings=clock.stages,
            withheld=len(found.withheld),
        )

    def ask(self, request: AskRequest) -> AnswerOut:
        """An answer with at most `k` citations, or an abstention with its reason and the nearest paragraphs."""
        clock = Clock()
        found = self._finder.find(request, clock)
        return self._by_rule(request, found, clock) or self._by_evidence(request, found, clock)

    def _by_rule(self, request: AskRequest, found: Found, clock: Clock) -> AnswerOut | None:
        """What needs no weighing: what is no question, what is named or quoted, what cannot be searched; None for all else."""
        asked_of_us = aside(request.question)
        if asked_of_us is not None:
            asked_of_us += f"; it holds {held(self.corpus)}" if asked_of_us == THE_SERVICE else ""
            return self._abstain(request, found, NEITHER, asked_of_us, [], clock)
        if found.named.refusal is not None:
            with clock.time("cite"):
                near = self._named_citations(found, found.named.nearest[: request.k], request)
                near = near or self._citations(found, list(range(min(NEAREST, found.candidates.n))), request)
            told = (
                f"; it holds {held(self.corpus)}"
                if found.filters == Filters()
                else f"; searched: {searched(found, self.corpus)}"
            )
            refusal = found.named.refusal + ("" if found.named.symbols else told)
            return self._abstain(request, found, NEITHER, refusal, near, clock)
        if found.named.paragraphs and not (found.looked_up and found.looked_up.instead):
            with clock.time("cite"):
                citations = self._named_citations(found, found.named.paragraphs[: request.k], request)
            return self._answered(request, found, SURE, citations, clock, self._otherwise(found))
        quoted = found.quoted
        if quoted is not None and quoted.paragraphs:
            with clock.time("cite"):
                citations = self._named_citations(found, quoted.paragraphs[: request.k], request)
            return self._answered(request, found, Stated(quoted.certain, quoted.certain), citations, clock)
        if quoted is not None and quoted.refusal is not None:
            with clock.time("cite"):
                near = self._named_citations(found, quoted.nearest[: request.k], request)
            return self._abstain(request, found, NEITHER, quoted.refusal, near, clock)
        if found.query.language is not None:
            with clock.time("cite"):
                near = self._citations(found, naming(found, self.corpus)[: request.k], request)
            return self._abstain(request, found, NEITHER, found.query.language.reason, near, clock)
        if found.query.unheld is not None:
            reason = f"the corpus does not hold {found.query.unheld!r}, and the question names nothing else"
            return self._abstain(request, found, NEITHER, reason, [], clock)
        if not found.candidates.n:
            return self._abstain(request, found, NEITHER, "no paragraph passes the filters", [], clock)
        return None

    def _by_evidence(self, request: AskRequest, found: Found, clock: Clock) -> AnswerOut:
        """What no text holds, then what is told by a name or an addressee, then what is nearest in meaning, if it is near enough."""
        silent = silence(found, self.corpus)
        if found.looked_up and found.looked_up.refuses:
            with clock.time("cite"):
                near = self._named_citations(found, found.looked_up.paragraphs[: request.k], request)
                near = near or self._citations(found, list(range(min(NEAREST, found.candidates.n))), request)
            reason = f"{found.looked_up.note}; searched: {searched(found, self.corpus)}"
            return self._abstain(request, found, NEITHER, reason, near, clock)
        if silent is None and found.looked_up and found.looked_up.paragraphs:
            with clock.time("cite"):
                citations = self._named_citations(found, found.looked_up.paragraphs[: request.k], request)
            certain = Stated(found.looked_up.certain, found.looked_up.certain)
            return self._answered(request, found, certain, citations, clock)
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
            weighed = weigh(found, self.corpus)
            certainty = self._certainty(found)
            stated = state(weighed.seen, certainty)
            if found.n_listed and asks_for_renewals(found.query):
                stated = stated.at_least(_LISTED)
            given = silent is None and is_sure(found, weighed, stated, certainty)
        with clock.time("cite"):
            hits = self._hits(found, weighed.same)
            lists = Lists(self.corpus, found.candidates.rows)
            chosen = choose(hits, lists, request.k, asks_for_list(found.query.question))
            listed = list(range(found.n_listed))[: request.k]
            places = (listed or chosen) if given else nearest(hits, chosen, request.k)
            citations = self._citations(found, places, request, weighed.same)
        if given:
            told = weighed.contradicted.told("nearest") if weighed.contradicted else None
            beside = "; ".join(one for one in (told, unspoken(found)) if one)
            return self._answered(request, found, stated, citations, clock, beside or None)
        if silent is not None:
            return self._abstain(request, found, stated.at_most(0.01), silent, citations, clock)
        other = other_times(found, self.corpus, request.k, lambda: self._finder.untimed(found, request, clock))
        why = unsure(found, weighed, stated, certainty, other, self.corpus)
        why = "; ".join(one for one in (self._unaddressed(found), why) if one)
        if other is None or not other.places:
            bounded = stated.at_most(RULED_OUT) if is_ruled_out(found, weighed) else stated
            return self._abstain(request, found, bounded, why, citations, clock)
        with clock.time("cite"):
            first = self._citations(other.found, other.places, request)
            shown = list({one.id: one for one in (*first, *citations)}.values())[: max(len(first), len(citations))]
        return self._abstain(request, found, stated.at_most(0.01), why, shown, clock)

    def _otherwise(self, found: Found) -> str | None:
        """What the question states and the one paragraph that it names states otherwise, in words."""
        claim = claim_in(found.query.question) if len(found.named.paragraphs) == 1 else None
        if claim is None:
            return None
        with withholding(found.named.paragraphs[0], found.withheld):
            nearest = Nearest.of(*self.corpus.generation.paragraph(found.named.paragraphs[0]))
            contradicted = claim.against(nearest)
            return contradicted.told("named") if contradicted else None
        return None

    def _hits(self, found: Found, same: list[int]) -> Hits:
        answer = self.settings.answer
        question, texts = found.query.question, self.corpus.passages(found.candidates.rows[: len(same)].tolist())
        formal = frozenset(
            place
            for place, one in enumerate(texts)
            if beside_nothing(question, one.text) or beside_no_sum(question, one.text)
        )
        keep = answer.keep_several if asks_for_several(question) else answer.keep
        others = asks_others(question, [one.id for one in texts], self.corpus)
        return Hits(found.candidates.scores, same, keep, formal | others)

    def _addressed(self, found: Found) -> list[tuple[int, Span]]:
        """Places of paragraphs with acts addressed to whom the question names, in text order, where it asks for them."""
        wanted = asked_acts(found.query.question)
        if wanted is None or len(self._symbols_searched(found)) != 1:
            return []
        kept: list[tuple[int, int, Span]] = []
        for place in range(found.candidates.n):
            row, name = int(found.candidates.rows[place]), self._id(found, place)
            with withholding(name, found.withheld):
                _, paragraph = self.corpus.generation.paragraph(name)
                acts = acts_addressed(paragraph, partial(called, wanted.addressee))
                if acts:
                    kept.append((row, place, Span(acts[0].span.start, acts[-1].span.end)))
        return [(place, span) for _, place, span in sorted(kept)]

    def _unaddressed(self, found: Found) -> str | None:
        """That one text asks nothing of those of whom all is asked that it asks; None for other questions."""
        wanted, symbols = asked_acts(found.query.question), self._symbols_searched(found)
        if wanted is None or len(symbols) != 1:
            return None
        return f"no act of {next(iter(symbols))} is addressed to {wanted.addressee!r}"

    def _symbols_searched(self, found: Found) -> set[str]:
        return set(found.filters.symbol) or set(self.corpus.generation.symbols[:2])

    # Deciding

    def _certainty(self, found: Found) -> Certainty:
        """The settings for the evidence that there is: with the ranker's reading of the first hit, or without."""
        reading = found.ranked.reading(0)
        answer = self.settings.answer
        return answer.unread if reading is None or reading.cosines is None else answer.read

    # Citing

    def _id(self, found: Found, place: int) -> str:
        return self.corpus.paragraph_id(int(found.candidates.rows[place]))

    def _named_citations(self, found: Found, names: Sequence[str], request: AskRequest) -> list[CitationOut]:
        """Citations of paragraphs that come first, without those withheld; of words that are quoted those are marked. Those that meaning
        found too are explained where that is asked.
        """
        places = {self._id(found, place): place for place in range(found.candidates.n)} if request.explain else {}
        phrase = found.quoted.phrase if found.quoted else None
        words = found.looked_up.words if found.looked_up else ""
        cited = []
        for name in names:
            with withholding(name, found.withheld):
                resolution, paragraph = self.corpus.generation.paragraph(name)
                quoted = phrase.place_in(paragraph.text) if phrase else None
                had = highlight(words, paragraph, lambda: None) if words else None
                mark = quoted or had or tidy(paragraph.text, Span(0, len(paragraph.text)))
                explain = self._explain(found, places[name]) if name in places else None
                cited.append(cite(resolution, paragraph, 1.0, mark, explain=explain))
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
                if first == firsts.get(place) and other != place and found.stands_for(other, place)
            )
            one = self._cite(found, place, request, None, also)
            if one is not None:
                cited += [one, *self._table_below(found, one)]
        once = {one.id: one for one in cited}
        return list(once.values())[: request.k]

    def _table_below(self, found: Found, opening: CitationOut) -> list[CitationOut]:
        """The citation of the table that a cited paragraph opens, where the question names a row of it: that row is marked."""
        if not opening.text.endswith(":") or found.filters.kind or found.filters.verb:  # the table may not pass these
            return []
        with withholding(opening.id, found.withheld):
            resolution, paragraph = self.corpus.generation.paragraph(opening.id)
            below = table_below(found.query.text, resolution, paragraph)
            return [cite(resolution, below[0], opening.score, below[1])] if below else []
        return []

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
        with withholding(name, found.withheld):
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
            stages.append(Stage("lowered", None, round(-lowered, 4)))
        context = passage_input(*self.corpus.passages([int(found.candidates.rows[place])]))
        held = set(terms_of(context))
        return Explanation(
            stages, [term for term in dict.fromkeys(terms_of(found.query.lexical)) if term in held], context
        )

    # Wire

    def _answered(
        self,
        request: AskRequest,
        found: Found,
        stated: Stated,
        citations: list[CitationOut],
        clock: Clock,
        beside: str | None = None,
    ) -> AnswerOut:
        if not citations:
            return self._abstain(request, found, NEITHER, "every quotation was withheld: verify the index", [], clock)
        return self._out("answered", None, request, found, stated, citations, [], clock, beside)

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
        beside: str | None = None,
    ) -> AnswerOut:
        return AnswerOut(
            status=status,
            question=request.question,
            probability=round(stated.first, 4),
            citations=citations,
            understood=understood(found, request.k, self.corpus, beside),
            generation=self.corpus.generation.id,
            model=self.encoder.name,
            reason=reason,
            nearest=nearest,
            timings=clock.stages,
            withheld=len(found.withheld),
            answerability=round(stated.answerable, 4),
        )
