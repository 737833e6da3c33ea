"""Any collection in BEIR layout, searched with the encoder, retriever and ranker that are served.

Documents become passages as paragraphs do (windows where the encoder reads less, the title as context), but they have
no symbol, organ or date: those features are 0 for all of them.

An encoder that was trained on the collection is measured by cross-validation: an encoder's name with `{fold}` in it stands for
one encoder a fold, each trained without that fold's questions (`qa-eval examples` deals them), and asked no others.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from eval.conditions import conditions_of
from eval.errors import BeirError
from eval.folder import RunFolder, write_folder
from eval.folds import FOLDS, deal
from eval.measuring import measure
from eval.plain import PlainCorpus, build_corpus
from eval.records import By, Question
from eval.serving import settings_of
from eval.trec import read_qrels
from eval.wire import AnswerLine, ExpectedLine, HitLine, HitsLine

if TYPE_CHECKING:
    from embeddings.encoders import Encoder
    from embeddings.pairs import PairScorer
    from qa.settings import Settings

Progress = Callable[[int, int], None]
Line = TypeVar("Line", bound=msgspec.Struct)
_FOLD = "{fold}"


class DocumentLine(msgspec.Struct, frozen=True):
    """One line of corpus.jsonl; other keys are allowed and left alone."""

    id: str = msgspec.field(name="_id")
    text: str
    title: str = ""


class QueryLine(msgspec.Struct, frozen=True):
    """One line of queries.jsonl; other keys are allowed and left alone."""

    id: str = msgspec.field(name="_id")
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and the questions that the split judges, each with its relevant documents."""

    documents: tuple[DocumentLine, ...]
    questions: tuple[Question, ...]
    queries_file: Path


def read_collection(folder: Path, split: str) -> Collection:
    """Read a collection; only questions that the split judges are kept, in the order of the file.

    Raises:
        BeirError: a file is missing, a line cannot be read, or an id holds a blank.
    """
    qrels_file = folder / "qrels" / f"{split}.tsv"
    if not qrels_file.is_file():
        raise BeirError(folder, f"no judgements at qrels/{split}.tsv")
    qrels = read_qrels(qrels_file)
    documents = tuple(_lines(folder, "corpus", DocumentLine))
    bad = next((one.id for one in documents if not one.id or len(one.id.split()) != 1), None)
    if bad is not None:
        raise BeirError(folder, f"the document id {bad!r} is empty or holds a blank, which a TREC run cannot carry")
    questions = []
    for query in _lines(folder, "queries", QueryLine):
        grades = qrels.get(query.id, {})
        answers = tuple(doc for doc, grade in grades.items() if grade > 1) or tuple(
            d for d, g in grades.items() if g > 0
        )
        helps = tuple(doc for doc, grade in grades.items() if grade == 1 and doc not in answers)
        if answers:
            questions.append(Question(query.id, query.text, split, True, paragraphs=answers, helps=helps))
    if not documents or not questions:
        raise BeirError(folder, "no document, or no judged question")
    return Collection(documents, tuple(questions), _existing(folder, "queries"))


def run_beir(
    folder: Path,
    split: str,
    settings: Settings,
    *,
    k: int,
    out: Path,
    catalogue: Path | None = None,
    folds: By = By.ANSWERS,
    progress: Progress = lambda done, total: None,
) -> RunFolder:
    """Index the collection, ask every judged question, measure, and write a run folder as `qa-eval run` does.

    There is no answering step here: abstention and citations are not defined.
    """
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from embeddings.pairs import scorer_for

    collection = read_collection(folder, split)
    known = load_catalogue(catalogue)
    run: dict[str, tuple[str, ...]] = {}
    answers: dict[str, AnswerLine] = {}
    facts: dict[str, str] = {"folds": f"by {folds}"} if _FOLD in settings.encoder else {}
    for name, questions in _by_encoder(collection.questions, settings.encoder, folds):
        encoder = load_encoder(known.get(name), settings.threads)
        scorer = scorer_for(encoder, settings.ranker, known, settings.threads)
        facts |= {f"{name} sha256": encoder.sha256} | ({f"{scorer.name} sha256": scorer.sha256} if scorer else {})
        corpus = build_corpus(collection.documents, encoder, progress)
        for question, ranked, timings in ask_plain(questions, corpus, encoder, scorer, settings, k, progress):
            run[question.id] = ranked
            answers[question.id] = AnswerLine(
                question.id,
                "ranked",
                0.0,
                [],
                ranked[0] if ranked else None,
                wall_ms=sum(timings.values()),
                timings=timings,
            )
    texts = {one.id: one.text for one in collection.documents}
    hits = {one.id: _hits(one, run[one.id], texts) for one in collection.questions}
    measures, each = measure(collection.questions, run, answers, hits)
    conditions = conditions_of(
        name=f"{folder.name} {split}",
        index=folder,
        questions=collection.queries_file,
        k=k,
        generation=f"{len(collection.documents)} documents",
        model=settings.encoder,
        service=facts,
        settings=settings_of(settings),
    )
    found = RunFolder(out, collection.questions, run, answers, hits, tuple(each), measures, conditions)
    write_folder(found)
    return found


def _by_encoder(questions: Sequence[Question], name: str, by: By) -> Iterator[tuple[str, Sequence[Question]]]:
    """Every encoder's name with the questions that it is asked: all, or those of the fold that it was trained without."""
    if _FOLD not in name:
        yield name, questions
        return
    folds = deal([one.paragraphs for one in questions], by)
    for fold in range(FOLDS):
        held_out = [one for one, place in zip(questions, folds, strict=True) if place == fold]
        if held_out:
            yield name.replace(_FOLD, str(fold)), held_out


def ask_plain(
    questions: Sequence[Question],
    corpus: PlainCorpus,
    encoder: Encoder,
    scorer: PairScorer | None,
    settings: Settings,
    k: int,
    progress: Progress,
) -> Iterator[tuple[Question, tuple[str, ...], dict[str, float]]]:
    """Every question's ranking and its milliseconds per stage, by the code that serves."""
    from qa.retrieval.query import understand
    from qa.retrieval.ranker import rerank
    from qa.retrieval.retriever import find_candidates
    from qa.retrieval.wording import Reader

    chosen = settings.retrieval
    reader = Reader(corpus, encoder.count_tokens)
    for done, question in enumerate(questions, 1):
        start = time.perf_counter()
        query = understand(question.text, reader=reader)
        found = find_candidates(query, corpus, encoder, max(chosen.candidates, k), chosen.weights)
        middle = time.perf_counter()
        ranked_hits = rerank(query.wordings, found, corpus, scorer, chosen.reranked, chosen.ranker_weight)
        end = time.perf_counter()
        ranked = tuple(corpus.document(int(row)) for row in ranked_hits.candidates.rows[:k])
        yield question, ranked, {"find": (middle - start) * 1000.0, "rank": (end - middle) * 1000.0}
        progress(done, len(questions))


def _hits(question: Question, ranked: Sequence[str], texts: dict[str, str]) -> HitsLine:
    shown = [HitLine(doc, texts[doc], float(len(ranked) - place)) for place, doc in enumerate(ranked[:3])]
    grades = {**dict.fromkeys(question.helps, 1), **dict.fromkeys(question.paragraphs, 2)}
    expected = [
        ExpectedLine(doc, grade, texts.get(doc), ranked.index(doc) + 1 if doc in ranked else None)
        for doc, grade in grades.items()
    ]
    return HitsLine(question.id, shown, expected)


def _existing(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.is_file():
            return path
    raise BeirError(folder, f"neither {name}.jsonl nor {name}.jsonl.gz")


def _lines(folder: Path, name: str, line: type[Line]) -> Iterator[Line]:
    path = _existing(folder, name)
    decoder = msgspec.json.Decoder(line)
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for number, text in enumerate(file, 1):
            if text.strip():
                try:
                    yield decoder.decode(text)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise BeirError(folder, f"{path.name}:{number}: {error}") from None
