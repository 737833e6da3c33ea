"""From a question to paragraphs in order: what it names outright, candidates, both orderings, and time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import msgspec
import numpy as np

from embeddings.encoders import Encoder
from embeddings.pairs import PairScorer
from qa.answering.answer_kind import asks_for_budget
from qa.answering.arranging import arranged
from qa.answering.found import Clock, Found
from qa.answering.going_on import TextBefore, goes_on, speaking_of_topic, text_first, with_text
from qa.answering.lookups.about import topic_asked
from qa.answering.lookups.editions import edition_of, other_edition
from qa.answering.lookups.first import first_lookup
from qa.answering.lookups.of_text import text_of
from qa.answering.lookups.question import LookupQuestion
from qa.answering.ordering import in_order
from qa.answering.prior import QuestionPrior
from qa.answering.quoted import Quoted, look_up
from qa.answering.references import References, references_of
from qa.answering.scoping import SearchScope, scope_of
from qa.answering.speaking import Name, is_meant
from qa.ids import symbol_of
from qa.numerals import MONTHS
from qa.passages import passage_input
from qa.retrieval.corpus import Floats, Scope
from qa.retrieval.expansion import worded
from qa.retrieval.formal import formality
from qa.retrieval.gathering import gather
from qa.retrieval.ignored import stands_in
from qa.retrieval.known import Known
from qa.retrieval.meant import Meant, meant
from qa.retrieval.one_each import asks_for_each
from qa.retrieval.order import Order
from qa.retrieval.query import Query, release, shorten, understand
from qa.retrieval.quoting import Quotation, quotation_in
from qa.retrieval.ranker import Ranked, lower, lower_some, rerank
from qa.retrieval.retriever import Candidates, encode_question, search_candidates
from qa.retrieval.searchable import Searchable
from qa.retrieval.without_reference import without_reference
from qa.retrieval.wording import Reader
from qa.settings import Settings
from qa.symbols import find_in_question
from qa.wire import AskRequest, Filters

_UNSPOKEN = 2.0  # of the final score: more than any two of the first candidates lie apart
_UNSAID = 0.2  # of it, where a word is not said for which there may be another
_FOR_LISTS = 3  # times as many candidates are read where the resolutions of a time are asked for
_BUDGETED = "appropriate the amount of dollars"  # the words of what sets a budget, searched for where one is asked for


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
        with clock.time("understand"):
            query = self._read(request)
            query = query if request.filters.symbol else self._of_edition(query, request.ignore)
        return self._found(query, request, clock)

    def untimed(self, found: Found, request: AskRequest, clock: Clock) -> Found:
        """The candidates for a question as it was read but for the times that it names."""
        query = found.query
        for one in query.dates:
            query = replace(query, text=query.text.replace(one.text, ""), lexical=query.lexical.replace(one.text, ""))
        return self._found(replace(query, dates=()), request, clock)

    def _found(self, query: Query, request: AskRequest, clock: Clock) -> Found:
        """The candidates for a question as it was read."""
        retrieval = self.settings.retrieval
        with clock.time("understand"):
            quotation = quotation_in(query.question)
            without = _without(quotation, query) if quotation else query
            read, asked = self._asked(without, request.filters)
            quoted = self._quoted(quotation, without, asked) if quotation else None
            if without != query and not (quoted and quoted.held):
                read, asked = self._asked(query, request.filters)
            query = read
        query = _put_to(query, asked.named)
        topic = topic_asked(query)
        if topic is not None and topic.is_of_texts:  # what recalls resolutions would meet the rest of the words
            query = replace(query, text=worded(topic.name), lexical=worded(topic.name))
        n = max(retrieval.candidates, request.k)
        of_each = asked.time is not None and asks_for_each(query.question)
        n_read = retrieval.reranked * (_FOR_LISTS if of_each else 1)
        text = self._text_before(query, asked, n, clock)
        vector, ranked = self._ranked(query, n, asked.allowed, clock, asked.order, n_read, text)
        ids, hits = partial(self._ids, ranked.candidates), partial(self._hits_of, allowed=asked.allowed, clock=clock)
        likes = partial(self._likes, ranked.candidates)
        looked_up = first_lookup(LookupQuestion(query, asked, topic, self.corpus, ids, hits, likes, request.filters))
        with clock.time("order"):
            ordered = in_order(query, asked, ranked, self.corpus, retrieval.fold, lists=of_each and looked_up is None)
            unsaid = self._unsaid(query, ordered.ranked)
            quoted = quoted.settled(ordered.head) if quoted else None
            if asked.named.paragraphs:
                asked = asked.naming(self._arranged(asked.named, query, ordered.ranked.candidates, request.k))
        prior = self.prior.log_odds(vector[0]) if self.prior is not None else 0.0
        return Found(query, asked, ordered, prior, looked_up, quoted, unsaid)

    def _of_edition(self, query: Query, ignore: list[str]) -> Query:
        """The query as it is asked of another text of a series than the one it names, where that is meant and no word for it ignored."""
        other = other_edition(query, self.corpus)
        if other is None or not other.question or not all(stands_in(one, other.question) for one in ignore):
            return query
        read = self._read(AskRequest(other.question, ignore=ignore))
        return replace(read, notes=(*read.notes, other.note))

    def _asked(self, query: Query, filters: Filters) -> tuple[Query, SearchScope]:
        """The query, with mentions that are years or other numbers read so, and what it is asked of."""
        named = references_of(query.reading.naming, query.mentions, self.corpus, filters.kind)
        query = release(query, named.numbers, self._reader) if named.numbers else query
        return query, scope_of(query, named, filters, self.corpus)

    def _quoted(self, quotation: Quotation, without: Query, asked: SearchScope) -> Quoted | None:
        """What is found of a quotation where the question is asked, which beside it names no more than `without`."""
        named = [*(one.text for one in without.mentions), *(one.text for one in without.dates)]
        return look_up(quotation, quotation.is_all(named), self.corpus, asked.allowed)

    def _ranked(
        self,
        query: Query,
        n: int,
        allowed: Scope | None,
        clock: Clock,
        order: Order | None = None,
        n_read: int | None = None,
        text: TextBefore | None = None,
    ) -> tuple[Floats, Ranked]:
        """The question's vector, and what was found, in both orderings; with an order its series is gathered, a text's best come in."""
        retrieval = self.settings.retrieval
        scorer = self.scorer if retrieval.reranked else None
        with clock.time("encode"):
            vector, tokens = encode_question(query, self.encoder, scorer)
        with clock.time("search"):
            found = search_candidates(query, vector, self.corpus, n, retrieval.weights, allowed)
            n_read = retrieval.reranked if n_read is None else n_read
            if order and n_read:
                found, n_read = gather(query, vector, self.corpus, found, order, n_read, retrieval.weights, allowed)
            if text and n_read:
                found, n_read = with_text(text, query, vector, found, n_read, retrieval.weights, self.corpus)
        with clock.time("rank"):
            inside = text.holds(found, n_read, self.corpus) if text else None
            ranked = rerank(query.wordings, found, self.corpus, scorer, n_read, retrieval.ranker_weight, tokens, inside)
            ranked = text_first(text, ranked, n_read, self.corpus) if text else ranked
            first = ranked.candidates.head(self.corpus, n_read)
            ranked = lower(ranked, formality(query.text, [one.text for one in first]))
            ranked = speaking_of_topic(query.reading, ranked, retrieval.reranked, self.corpus)
            ranked = self._speaking(ranked, query.reading.name, _UNSPOKEN)
            return vector, self._speaking(ranked, query.reading.word, _UNSAID)

    def _ids(self, found: Candidates) -> list[str]:
        """The ids of the candidates' paragraphs, in their order."""
        return [self.corpus.paragraph_id(row) for row in found.rows.tolist()]

    def _likes(self, found: Candidates, words: str, least: float) -> list[Meant] | None:
        """The candidates that say words, or say them in others; None where that cannot be read."""
        return meant(words, found.rows, self.corpus, self.scorer, least)

    def _hits_of(self, words: str, n: int, allowed: Scope | None, clock: Clock) -> Candidates:
        """What is found for other words than the question's."""
        return self._ranked(self._read(AskRequest(words)), n, allowed, clock)[1].candidates

    def _arranged(self, named: References, query: Query, found: Candidates, k: int) -> tuple[str, ...]:
        """The paragraphs that are named, in the order in which they are cited."""
        rows = found.rows.tolist()
        ids = self._ids(found) if len(named.paragraphs) > 1 else []
        return arranged(named, query, ids, lambda place: self.corpus.passages([rows[place]])[0].text, k)

    def _unsaid(self, query: Query, ranked: Ranked) -> str | None:
        word, reading = query.reading.word, ranked.reading(0)
        if word is None or not ranked.candidates.n:
            return None
        (first,) = ranked.candidates.head(self.corpus, 1)
        if Name.of(word, ranked.candidates.names).is_in(passage_input(first)):
            return None
        places = self.scorer.places(query.text) if self.scorer is not None else None
        if places is None or reading is None or reading.cosines is None or not reading.cosines.size:
            return word
        return None if is_meant(word, query.text, reading.cosines.max(axis=1), places) else word

    def _speaking(self, ranked: Ranked, name: str | None, less: float) -> Ranked:
        """With the candidates that do not speak of a name lower by so much, where any of the first does."""
        if name is None:
            return ranked
        first = ranked.candidates.head(self.corpus, self.settings.retrieval.reranked)
        wanted = Name.of(name, ranked.candidates.names)
        silent = np.array([not wanted.is_in(passage_input(one)) for one in first], dtype=np.bool_)
        return lower_some(ranked, silent, less)

    def _text_before(self, query: Query, asked: SearchScope, n: int, clock: Clock) -> TextBefore | None:
        """The text in which a question that goes on may be answered: the one that is searched, else the one that its topic finds first."""
        if not goes_on(query.reading) or asked.order or asked.when:
            return None
        symbols = asked.filters.symbol
        if len(symbols) != 1:
            hits = self._hits_of(query.reading.topic, n, asked.allowed, clock)
            symbols = [one.symbol for one in hits.head(self.corpus, 1)]
        if not symbols:
            return None
        return TextBefore(symbols[0], self.corpus.allowed(msgspec.structs.replace(asked.filters, symbol=symbols)))

    def _edition(self, reference: str, which: str) -> str:
        """The text of the series of a named one, or of the one that a question finds first, that is meant beside it (`Known.edition`)."""
        named = find_in_question(reference)
        text = text_of(named[0], self.corpus) if named else None
        if not named and (first := self._first(AskRequest(reference))):
            text = self.corpus.whole(symbol_of(first))
        return edition_of(text, which, self.corpus) if text else ""

    def _first(self, request: AskRequest) -> str:
        """The id of the paragraph that a question finds first; "" where it finds none."""
        found = self._found(self._read(request), request, Clock())
        told = _told(found)
        return told[0] if told else next(iter(self._ids(found.candidates)), "")

    def _dated(self, filters: Filters, question: str, is_beyond: bool) -> str:
        """The day on which the text was adopted that a question finds first (`Known.dated`); only its year where no more is known."""
        request = AskRequest(question, filters=filters)
        query = self._read(request)
        reading = replace(query.reading, is_beyond=is_beyond)
        found = self._found(replace(query, reading=reading), request, Clock())
        hits, told = found.candidates, _told(found)
        if found.named.refusal is not None or not (told or hits.n):
            return ""
        adopted = self.corpus.adopted_on(symbol_of(told[0])) if told else int(hits.adopted[0])
        if not adopted:
            return ""
        year, month, day = adopted // 10000, adopted // 100 % 100, adopted % 100
        return f"{day} {MONTHS[month - 1]} {year}" if month and day else str(year)

    @property
    def _reader(self) -> Reader:
        return Reader(self.corpus, self.encoder.count_tokens)

    def _read(self, request: AskRequest) -> Query:
        reader = self._reader
        known = Known(reader.cased, reader.titled, partial(self._dated, request.filters), self._edition)
        query = understand(request.question, tuple(request.history), reader, known, tuple(request.ignore))
        if asks_for_budget(query.question):
            query = replace(query, lexical=f"{query.lexical} {_BUDGETED}")
        text, n_unread = shorten(query.text, self.encoder.max_tokens, self.encoder.count_tokens)
        if not n_unread:
            return query
        alone = query.alone and shorten(query.alone, self.encoder.max_tokens, self.encoder.count_tokens)[0]
        return replace(query, text=text, alone=alone, n_unread=n_unread)


def _told(found: Found) -> tuple[str, ...]:
    """The paragraphs that come first where a lookup tells any."""
    return found.first if found.looked_up and not found.looked_up.refuses else ()


def _put_to(query: Query, named: References) -> Query:
    """The query as it is put to the one text that is searched: without the words that name that."""
    if (
        len(query.mentions) != 1
        or len(named.searched) != 1
        or named.paragraphs
        or query.language
        or query.mentions[0].committee
    ):
        return query
    reference = " ".join(query.mentions[0].text.split())
    text, lexical = (without_reference(one, reference) for one in (query.text, query.lexical))
    return replace(query, text=text, lexical=lexical, alone=query.alone and without_reference(query.alone, reference))


def _without(quotation: Quotation, query: Query) -> Query:
    """The query without what only the quotation names: where its words are held, the question does not name that."""
    return replace(
        query,
        mentions=tuple(one for one in query.mentions if not quotation.holds(one.span)),
        dates=tuple(one for one in query.dates if not quotation.holds(one.span)),
    )
