"""From a question to an answer or an abstention, over one generation of the index.

The order of things: what the question names outright, then what resolution texts never hold, then meaning. Every step
that restricts or refuses leaves a note that the user sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from qa.answering.addressed import called
from qa.answering.asked_first import asks_others
from qa.answering.choosing import Hits, Lists, asks_for_list, asks_for_several, choose, nearest
from qa.answering.citer import Citer
from qa.answering.citing import withholding
from qa.answering.contradicting import Nearest, claim_in
from qa.answering.countries import countries_in
from qa.answering.deciding import RULED_OUT, Stated, state
from qa.answering.finding import Finder
from qa.answering.found import Clock, Found
from qa.answering.other_times import other_times
from qa.answering.quantities import beside_no_sum
from qa.answering.silence import naming, silence
from qa.answering.telling import (
    NO_WORDS,
    has_words,
    held,
    is_ruled_out,
    is_sure,
    searched,
    understood,
    unmatched,
    unsure,
    what_is_unspoken,
)
from qa.answering.weighing import weigh
from qa.errors import QuestionError
from qa.records import Span
from qa.retrieval.abbreviations import abbreviations_in
from qa.retrieval.alone import is_whole_question, may_stand_alone
from qa.retrieval.asked_acts import acts_addressed, addressee_asked
from qa.retrieval.formal import beside_nothing
from qa.retrieval.ignored import stands_in
from qa.retrieval.retriever import times_apart
from qa.retrieval.searchable import Searchable
from qa.retrieval.series import asks_for_renewals
from qa.retrieval.small_talk import THE_SERVICE, aside
from qa.retrieval.turn_reading import ALONE
from qa.settings import Certainty
from qa.wire import AnswerOut, AskRequest, CitationOut, Filters, SearchOut

_LISTED = 0.9  # that the first of a list of renewals is one: 113 of 126 lists asked for by a script were right
_SHOWN = 200  # characters of a question that an error repeats
_TURNS = 10  # earlier questions that are read
_NO_LESS = 0.1  # of the probability: by so much less may be stated of a question alone that is answered instead of what it may go on from
SURE, NEITHER = Stated(1.0, 1.0), Stated(0.0, 0.0)  # where no evidence is weighed: named outright, or not held


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions over one generation, by what is found there; holds no state of its own."""

    finder: Finder

    @property
    def corpus(self) -> Searchable:
        """What is searched."""
        return self.finder.corpus

    def search(self, request: AskRequest) -> SearchOut:
        """The best `k` paragraphs, best first, without deciding whether they answer."""
        clock = Clock()
        found = self._found(request, clock)
        citer = self._citer(found, request, clock)
        exact, named = citer.named(found.first), set(found.first)
        places = [place for place in range(found.candidates.n) if citer.id_at(place) not in named]
        citations = exact + citer.spans([(place, None) for place in places])
        return SearchOut(
            question=request.question,
            citations=citations[: request.k],
            understood=understood(found, request.k, self.corpus, unmatched(found, self.corpus)),
            generation=self.corpus.generation.id,
            model=self.finder.encoder.name,
            timings=clock.stages,
            withheld=len(found.withheld),
        )

    def ask(self, request: AskRequest) -> AnswerOut:
        """An answer with at most `k` citations, or an abstention with its reason and the nearest paragraphs."""
        history, begun = request.history[-_TURNS:], 0
        for at, turn in enumerate(history):
            earlier = replace(request, question=turn, history=history[begun:at], ignore=[], k=1)
            if earlier.history and may_stand_alone(turn) and self._in_turn(earlier, Clock())[1]:
                begun = at
        return self._in_turn(replace(request, history=history[begun:]), Clock())[0]

    def _in_turn(self, request: AskRequest, clock: Clock) -> tuple[AnswerOut, bool]:
        """The answer to a question after those before it, or, where that may be meant and is no less likely to be one, to it alone; and whether
        it is that.
        """
        found = self._found(request, clock)
        answer = self._answer(request, found, clock)
        if found.query.reading.is_alone or not may_stand_alone(request.question):
            return answer, False
        without = replace(request, history=[])
        alone = self._answer(without, self.finder.find(without, clock), clock)
        is_worse = answer.status == "answered" and alone.probability < answer.probability - _NO_LESS
        # Of a text that was named a mere thing is asked, and what is answered of the topic may be meant.
        may_go_on = answer.status == "answered" or bool(found.named.symbols)
        names_its_own = bool(countries_in(request.question) or abbreviations_in(request.question))
        goes_on = is_worse if names_its_own or is_whole_question(request.question) else may_go_on
        if alone.status != "answered" or goes_on:
            return answer, False
        read = replace(alone.understood, notes=[ALONE, *alone.understood.notes])
        return replace(alone, understood=read), True

    def _found(self, request: AskRequest, clock: Clock) -> Found:
        """What is found for a question. Raises QuestionError where what it ignores stands nowhere in it, as it is read."""
        found = self.finder.find(request, clock)
        read = found.query.reading.naming
        for one in request.ignore:
            if not stands_in(one, read):
                told = f"{one[:_SHOWN]!r} does not stand in the question, which is read as {read[:_SHOWN]!r}"
                raise QuestionError("ignore", f"{told}; write words as they stand there, or leave it out")
        return found

    def _answer(self, request: AskRequest, found: Found, clock: Clock) -> AnswerOut:
        citer = self._citer(found, request, clock)
        return self._by_rule(citer) or self._by_evidence(citer)

    def _citer(self, found: Found, request: AskRequest, clock: Clock) -> Citer:
        return Citer(found, request, self.corpus, self.finder.scorer, self.finder.settings.retrieval, clock)

    def _by_rule(self, citer: Citer) -> AnswerOut | None:
        """What needs no weighing: what is no question, what is named or quoted, what cannot be searched; None for all else."""
        found, quoted = citer.found, citer.found.quoted
        asked_of_us = aside(citer.request.question)
        if asked_of_us is not None:
            asked_of_us += f"; it holds {held(self.corpus)}" if asked_of_us == THE_SERVICE else ""
            return self._abstain(citer, NEITHER, asked_of_us, [])
        if found.named.refusal is not None:
            told = (
                f"; it holds {held(self.corpus)}"
                if found.filters == Filters()
                else f"; searched: {searched(found, self.corpus)}"
            )
            refusal = found.named.refusal + ("" if found.named.symbols else told)
            return self._abstain(citer, NEITHER, refusal, citer.named(found.named.nearest) or citer.nearest())
        if found.named.paragraphs and not (found.looked_up and found.looked_up.instead):
            return self._answered(citer, SURE, citer.named(found.named.paragraphs), self._otherwise(found))
        if quoted is not None and quoted.paragraphs:
            return self._answered(citer, Stated(quoted.certain, quoted.certain), citer.named(quoted.paragraphs))
        if quoted is not None and quoted.refusal is not None:
            return self._abstain(citer, NEITHER, quoted.refusal, citer.named(quoted.nearest))
        if found.query.language is not None:
            near = citer.at(naming(found, self.corpus)[: citer.request.k])
            return self._abstain(citer, NEITHER, found.query.language.reason, near)
        if found.query.unheld is not None:
            reason = f"the corpus does not hold {found.query.unheld!r}, and the question names nothing else"
            return self._abstain(citer, NEITHER, reason, [])
        if not found.candidates.n:
            return self._abstain(citer, NEITHER, "no paragraph passes the filters", [])
        if not has_words(found.query):
            return self._abstain(citer, NEITHER, NO_WORDS, [])
        return None

    def _by_evidence(self, citer: Citer) -> AnswerOut:
        """What no text holds, then what is told by a name or an addressee, then what is nearest in meaning, if it is near enough."""
        found = citer.found
        told, silent = found.looked_up, silence(found, self.corpus)
        if told and told.refuses:
            reason = f"{told.note}; searched: {searched(found, self.corpus)}"
            return self._abstain(citer, NEITHER, reason, citer.named(told.paragraphs) or citer.nearest())
        if silent is None and told and told.paragraphs:
            return self._answered(citer, Stated(told.certain, told.certain), citer.named(told.paragraphs))
        addressed = self._addressed(found) if silent is None else []
        if addressed:
            return self._answered(citer, SURE, citer.spans(addressed))
        return self._by_weight(citer, silent)

    def _by_weight(self, citer: Citer, silent: str | None) -> AnswerOut:
        """What is nearest in meaning, if it is near enough and no text is `silent` on what is asked."""
        found, request = citer.found, citer.request
        with citer.clock.time("decide"):
            weighed = weigh(found, self.corpus)
            certainty = self._certainty(found)
            stated = state(weighed.seen, certainty)
            if found.ordered.n_listed and asks_for_renewals(found.query):
                stated = stated.at_least(_LISTED)
            given = silent is None and is_sure(found, weighed, stated, certainty)
        with citer.clock.time("cite"):
            hits = self._hits(found, weighed.same)
            compares = len(times_apart(found.query)) > 1  # a list of one would crowd out the other
            lists = None if compares else Lists(self.corpus, found.candidates.rows)
            chosen = choose(hits, lists, request.k, asks_for_list(found.query.question))
            listed = list(range(found.ordered.n_listed))[: request.k]
            places = (listed or chosen) if given else nearest(hits, chosen, request.k)
        citations = citer.at(places, weighed.same)
        if given:
            otherwise = weighed.contradicted.told("nearest") if weighed.contradicted else None
            beside = "; ".join(one for one in (otherwise, what_is_unspoken(found)) if one)
            return self._answered(citer, stated, citations, beside or None)
        if silent is not None:
            return self._abstain(citer, stated.at_most(0.01), silent, citations)
        other = other_times(found, self.corpus, request.k, lambda: self.finder.untimed(found, request, citer.clock))
        why = unsure(found, weighed, stated, certainty, other, self.corpus)
        why = "; ".join(one for one in (self._unaddressed(found), why) if one)
        if other is None or not other.places:
            bounded = stated.at_most(RULED_OUT) if is_ruled_out(found, weighed) else stated
            return self._abstain(citer, bounded, why, citations)
        first = self._citer(other.found, request, citer.clock).at(other.places)
        shown = list({one.id: one for one in (*first, *citations)}.values())[: max(len(first), len(citations))]
        return self._abstain(citer, stated.at_most(0.01), why, shown)

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
        answer = self.finder.settings.answer
        question, texts = found.query.question, found.candidates.head(self.corpus, len(same))
        formal = frozenset(
            place
            for place, one in enumerate(texts)
            if beside_nothing(question, one.text) or beside_no_sum(question, one.text)
        )
        keep = answer.keep_several if asks_for_several(question) else answer.keep
        others = asks_others(question, [one.id for one in texts], self.corpus)
        return Hits(found.candidates.scores, same, keep, formal | others)

    def _addressed(self, found: Found) -> list[tuple[int, Span | None]]:
        """Places of paragraphs with acts addressed to whom the question names, in text order, where it asks for them."""
        wanted = addressee_asked(found.query.question)
        if wanted is None or len(self._symbols_searched(found)) != 1:
            return []
        kept: list[tuple[int, int, Span]] = []
        for place in range(found.candidates.n):
            row = int(found.candidates.rows[place])
            name = self.corpus.paragraph_id(row)
            with withholding(name, found.withheld):
                _, paragraph = self.corpus.generation.paragraph(name)
                acts = acts_addressed(paragraph, partial(called, wanted))
                if acts:
                    kept.append((row, place, Span(acts[0].span.start, acts[-1].span.end)))
        return [(place, span) for _, place, span in sorted(kept)]

    def _unaddressed(self, found: Found) -> str | None:
        """That one text asks nothing of those of whom all is asked that it asks; None for other questions."""
        wanted, symbols = addressee_asked(found.query.question), self._symbols_searched(found)
        if wanted is None or len(symbols) != 1:
            return None
        return f"no act of {next(iter(symbols))} is addressed to {wanted!r}"

    def _symbols_searched(self, found: Found) -> set[str]:
        return set(found.filters.symbol) or set(self.corpus.generation.symbols[:2])

    # Deciding

    def _certainty(self, found: Found) -> Certainty:
        """The settings for the evidence that there is: with the ranker's reading of the first hit, or without."""
        reading = found.ranked.reading(0)
        answer = self.finder.settings.answer
        return answer.unread if reading is None or reading.cosines is None else answer.read

    # Wire

    def _answered(
        self, citer: Citer, stated: Stated, citations: list[CitationOut], beside: str | None = None
    ) -> AnswerOut:
        if not citations:
            return self._abstain(citer, NEITHER, "every quotation was withheld: verify the index", [])
        return self._out(citer, stated, citations, beside=beside)

    def _abstain(self, citer: Citer, stated: Stated, reason: str, nearest: list[CitationOut]) -> AnswerOut:
        return self._out(citer, stated, nearest, reason)

    def _out(
        self,
        citer: Citer,
        stated: Stated,
        cited: list[CitationOut],
        reason: str | None = None,
        beside: str | None = None,
    ) -> AnswerOut:
        """An abstention where there is a reason, else an answer."""
        request, found = citer.request, citer.found
        return AnswerOut(
            status="answered" if reason is None else "abstained",
            question=request.question,
            probability=round(stated.first, 4),
            citations=cited if reason is None else [],
            understood=understood(found, request.k, self.corpus, beside),
            generation=self.corpus.generation.id,
            model=self.finder.encoder.name,
            reason=reason,
            nearest=[] if reason is None else cited,
            timings=citer.clock.stages,
            withheld=len(found.withheld),
            answerability=round(stated.answerable, 4),
        )
