"""The one door: what the API serves and what the evaluation measures.

A service holds the encoder, the ranker and the current index generation. Every call takes the generation that is current
when it begins and keeps it to its end, so that no answer mixes two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from embeddings.asking import AskingEncoder
from embeddings.catalogue import Catalogue, ModelSpec, load_catalogue
from embeddings.encoders import Encoder, load_encoder
from embeddings.pairs import PairScorer, scorer_for
from embeddings.threads import cores
from qa.answering.answering import Answering
from qa.answering.citing import chapeau_of, cite, source_ref, withholding
from qa.answering.deciding import EVIDENCE
from qa.answering.finding import Finder
from qa.answering.prior import QuestionPrior, load_prior
from qa.encode import entry_of
from qa.errors import AmbiguousSymbolError, FilterError, NotFoundError, QuestionError
from qa.ids import label_of, parts_of
from qa.opening import hold, rows_of
from qa.records import Paragraph, Resolution
from qa.rendering import render_paragraph, render_resolution, render_summary
from qa.retrieval.features import FEATURES
from qa.settings import Settings, SettingsError, load_settings
from qa.store.matching import check_served
from qa.store.place import Place
from qa.store.published import Held, Published
from qa.symbols import understand
from qa.wire import AnswerOut, AskRequest, CitationOut, Filters, ResolutionOut, SearchOut, Understood
from qa.wire_pages import Link, ParagraphPage, ResolutionSummary, ServiceState

MAX_QUESTION = 2000  # characters
MAX_K = 100
MAX_IGNORED = 20
_NEIGHBOURS = 2


class QAService:
    """Answers questions over one index; its methods may be called from many threads."""

    def __init__(self, holder: Held, encoder: Encoder, scorer: PairScorer | None, settings: Settings) -> None:
        self._holder = holder
        self._encoder = encoder
        self._scorer = scorer
        self._prior = load_prior(encoder.sha256)
        self._settings = settings

    @classmethod
    def open(
        cls,
        index: Place,
        settings: Settings | None = None,
        catalogue: Catalogue | None = None,
        settings_from: Path | str | None = None,
    ) -> QAService:
        """Open the current generation of `index` with the encoder that made it.

        Where somebody wrote the settings, `settings_from` says where: the encoder that they name must be that one.

        Raises:
            StoreError: there is no index, it is damaged, or another model made it.
            EmbeddingsError: the model is not here, or is not what the catalogue says.
            SettingsError: the settings weigh something that is not known, or name another encoder.
        """
        settings = settings or load_settings()
        _check_names(settings)
        catalogue = catalogue or load_catalogue()
        with ThreadPoolExecutor(
            1
        ) as beside:  # the usual encoder is loaded while the index is checked: each takes 0.2 s
            usual = beside.submit(lambda: load_encoder(catalogue.get(settings.encoder)))
            holder = hold(index)
        try:
            wanted = holder.current.manifest.encoder
            if settings_from is not None:
                _check_encoder(settings.encoder, settings_from, index, wanted.name, catalogue)
            spec = catalogue.get(wanted.name)
            encoder = usual.result() if wanted.name == settings.encoder else load_encoder(spec)
            check_served(holder.current, entry_of(encoder))
            scorer = scorer_for(encoder, settings.ranker, catalogue)
            return cls(holder, _for_many(encoder, spec, settings), scorer, settings)
        except BaseException:
            holder.close()
            raise

    # Asking

    def ask(self, request: AskRequest) -> AnswerOut:
        """An answer with citations, or an abstention with its reason.

        Raises:
            QuestionError: an empty or too long question, `k` out of bounds, or words to ignore that do not stand in the question.
            FilterError: an unknown filter value, or years that no year is between.
        """
        with self._answering() as answering:
            return answering.ask(_checked(request))

    def search(self, request: AskRequest) -> SearchOut:
        """Ranked paragraphs without the answering step; raises as `ask`."""
        with self._answering() as answering:
            return answering.search(_checked(request))

    def similar(self, paragraph_id: str, k: int = 5) -> SearchOut:
        """The paragraphs nearest in meaning to one, itself left out.

        Raises:
            NotFoundError: no such paragraph.
        """
        with self._holder.use() as generation:
            corpus = rows_of(generation)
            resolution, paragraph = generation.paragraph(paragraph_id)
            rows = generation.paragraph_rows(paragraph_id)
            scores, found = corpus.vectors.search(generation.vectors_of(rows[:1]), k + 8)
            best: dict[str, float] = {}
            for score, row in zip(scores[0], found[0], strict=True):
                best.setdefault(corpus.paragraph_id(int(row)), float(score))
            best.pop(f"{resolution.symbol}#{paragraph.label}", None)
            citations: list[CitationOut] = []
            withheld: set[str] = set()
            for name, score in list(best.items())[:k]:
                with withholding(name, withheld):
                    citations.append(cite(*generation.paragraph(name), score, None))
            understood = Understood(Filters())
            return SearchOut(paragraph.text, citations, understood, generation.id, self.model, withheld=len(withheld))

    # Looking around

    def resolution(self, symbol_text: str) -> ResolutionOut:
        """One resolution, from any way of writing its symbol.

        Raises:
            SymbolError: no symbol, or an ambiguous one; NotFoundError: the corpus does not hold it.
        """
        with self._holder.use() as generation:
            return render_resolution(_resolution(generation, symbol_text))

    def paragraph(self, paragraph_id: str) -> ParagraphPage:
        """One paragraph with its neighbours; `paragraph_id` such as A/RES/55/179#OP19.

        Raises:
            SymbolError, NotFoundError: as `resolution`; AmbiguousSymbolError too where parts count anew and none is named.
        """
        symbol_text, label = parts_of(paragraph_id)
        with self._holder.use() as generation:
            resolution = _resolution(generation, symbol_text)
            corpus = rows_of(generation)
            symbol = str(resolution.symbol)
            ids = corpus.paragraph_ids(symbol, label)
            if not ids:
                raise NotFoundError(f"{symbol}#{label}", tuple(corpus.nearest_ids(symbol, label)))
            if len(ids) > 1:
                raise AmbiguousSymbolError(paragraph_id, tuple(ids))
            at = [one.label for one in resolution.paragraphs].index(label_of(ids[0]))
            return _page(resolution, at)

    def resolutions(self, offset: int, limit: int, filters: Filters) -> tuple[int, list[ResolutionSummary]]:
        """How many resolutions pass the filters, and one page of them, in the index's order. Raises FilterError."""
        _check_years(filters)
        with self._holder.use() as generation:
            n, numbers = rows_of(generation).page(filters, offset, limit)
            return n, [render_summary(generation.resolution_at(number)) for number in numbers]

    def suggest(self, prefix: str, k: int = 5) -> list[str]:
        """Titles and symbols that hold the words typed so far, those that begin with them first."""
        with self._holder.use() as generation:
            return generation.titled(prefix, k)

    def cites(self, symbol_text: str) -> list[Link]:
        """The mentions of other resolutions in one."""
        with self._holder.use() as generation:
            resolution = _resolution(generation, symbol_text)
            named = [(paragraph, one) for paragraph in resolution.paragraphs for one in paragraph.references]
            titles = generation.titles_of([one.symbol for _, one in named if one.symbol is not None])
            return [
                Link(f"{resolution.symbol}#{paragraph.label}", one.symbol, one.text, one.symbol in titles,
                     titles.get(one.symbol), one.paragraph)
                for paragraph, one in named
                if one.symbol is not None
            ]  # fmt: skip

    def cited_by(self, symbol_text: str) -> list[Link]:
        """The mentions of one resolution in others."""
        with self._holder.use() as generation:
            found = generation.mentions_of(_symbol(generation, symbol_text))
            titles = generation.titles_of([citing for citing, _, _, _ in found])
            return [
                Link(f"{citing}#{label}", citing, text, True, titles.get(citing), paragraph)
                for citing, label, text, paragraph in found
            ]

    # State

    @property
    def generation(self) -> str:
        """The id of the generation that answers now."""
        return self._holder.current.id

    @property
    def model(self) -> str:
        """The encoder's name."""
        return self._encoder.name

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the index."""
        return self._encoder

    @property
    def scorer(self) -> PairScorer | None:
        """The ranker's model, if the settings name one."""
        return self._scorer

    @property
    def prior(self) -> QuestionPrior | None:
        """What is known of questions before anything is searched; None where it was not fitted with this encoder."""
        return self._prior

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def ready(self) -> ServiceState:
        """What is being served, and what does not work although answers still come."""
        with self._holder.use() as generation:
            counts = generation.manifest.counts
            degraded = [self._holder.degraded] if self._holder.degraded else []
            held = (counts.resolutions, counts.passages, degraded, counts.paragraphs)
            return ServiceState(True, generation.id, self.model, *held)

    def watch(self) -> None:
        """Take up newer generations as they are published, until `close`."""
        self._holder.watch()

    def warm(self) -> None:
        """Run one question through every stage, so that the first real one is not slow."""
        self.ask(AskRequest("Which paragraphs deal with this?"))

    def close(self) -> None:
        """Give back files and locks."""
        self._holder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _answering(self) -> Iterator[Answering]:
        with self._holder.use() as generation:
            yield Answering(Finder(rows_of(generation), self._encoder, self._scorer, self._prior, self._settings))


def _for_many(encoder: Encoder, spec: ModelSpec, settings: Settings) -> AskingEncoder:
    """The encoder for many callers: one thread a question, more for one that is alone where the settings say so."""
    alone = load_encoder(spec, settings.threads) if settings.threads > 1 else None
    return AskingEncoder(encoder, cores(), settings.remembered, alone)


def _checked(request: AskRequest) -> AskRequest:
    """The request with its texts composed (NFC): an é in one character or in two is one question. Raises QuestionError."""
    if not request.question.strip():
        raise QuestionError("question", "is empty; ask something")
    texts = {"question": [request.question], "history": request.history, "ignore": request.ignore}
    for name, text in ((name, text) for name, each in texts.items() for text in each):
        if len(text) > MAX_QUESTION:
            raise QuestionError(name, f"has {len(text)} characters; at most {MAX_QUESTION} are read")
    if not 1 <= request.k <= MAX_K:
        raise QuestionError("k", f"is {request.k}; ask for 1 to {MAX_K} citations")
    if len(request.ignore) > MAX_IGNORED:
        raise QuestionError("ignore", f"has {len(request.ignore)} entries; at most {MAX_IGNORED} are taken")
    if not all(text.strip() for text in request.ignore):
        raise QuestionError("ignore", "has an empty entry; write words of the question, or leave it out")
    _check_years(request.filters)
    composed = {name: [unicodedata.normalize("NFC", text) for text in each] for name, each in texts.items()}
    return msgspec.structs.replace(request, **(composed | {"question": composed["question"][0]}))


def _check_years(filters: Filters) -> None:
    """Raise FilterError where no year is between the two."""
    first, last = filters.year_from, filters.year_to
    if first is not None and last is not None and first > last:
        raise FilterError(
            "filters.year_from", f"{first} is after filters.year_to, which is {last}: no year is both; swap the two"
        )


def _symbol(generation: Published, text: str) -> str:
    """The one symbol a text means, or, where it may mean several, the one of them that is held. Raises SymbolError."""
    meant = understand(text)
    held = [one for one in map(str, meant.candidates) if generation.holds(one)] if meant.is_ambiguous else []
    return held[0] if len(held) == 1 else str(meant.one())


def _resolution(generation: Published, text: str) -> Resolution:
    return generation.resolution(_symbol(generation, text))


def _page(resolution: Resolution, at: int) -> ParagraphPage:
    symbol = str(resolution.symbol)
    paragraph: Paragraph = resolution.paragraphs[at]
    chapeau = chapeau_of(resolution, paragraph)
    return ParagraphPage(
        resolution=render_summary(resolution),
        paragraph=render_paragraph(symbol, paragraph),
        citation=resolution.cite(paragraph),
        url=resolution.symbol.url,
        source=source_ref(resolution, paragraph),
        before=[render_paragraph(symbol, one) for one in resolution.paragraphs[max(0, at - _NEIGHBOURS) : at]],
        after=[render_paragraph(symbol, one) for one in resolution.paragraphs[at + 1 : at + 1 + _NEIGHBOURS]],
        chapeau=render_paragraph(symbol, chapeau) if chapeau else None,
    )


def _check_encoder(named: str, where: Path | str, index: Place, built: str, catalogue: Catalogue) -> None:
    """Refuse settings whose encoder is not the one that built the index."""
    if named == built:
        return
    again = f", or build the index again with: qa build SOURCE... --index {index} --model {named}"
    raise SettingsError(
        f'{where}: encoder is {named!r}, and {index} was built with {built!r}; write encoder = "{built}"'
        f"{again if named in catalogue.models else ''}"
    )


def _check_names(settings: Settings) -> None:
    """Refuse weights of what is neither a feature nor evidence, as an older version's settings may have them."""
    weighed = [("retrieval.weights", settings.retrieval.weights, FEATURES)]
    for name, one in (("read", settings.answer.read), ("unread", settings.answer.unread)):
        weighed += [(f"answer.{name}.answerable.weights", one.answerable.weights, EVIDENCE)]
        weighed += [(f"answer.{name}.first.weights", one.first.weights, EVIDENCE)]
    for place, weights, known in weighed:
        for name in weights.keys() - set(known):
            raise SettingsError(f"{place}.{name}: not known; take it out, the names are {', '.join(known)}")
