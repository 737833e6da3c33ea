"""Any collection in BEIR layout, searched with the encoder, retriever and ranker that are served.

Documents become passages as paragraphs do (windows where the encoder reads less, the title as context), but they have
no symbol, organ or date: those features are 0 for all of them.

An encoder that was trained on the collection is measured by cross-validation: an encoder's name with `{fold}` in it stands for
one encoder a fold, each trained without that fold's questions (`qa-eval examples` deals them), and asked no others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from eval.conditions import conditions_of
from eval.errors import BeirError
from eval.files import lines_of
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
Line = TypeVar("Line", "DocumentLine", "QueryLine")
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
        BeirError: a file is missing, a line cannot be read, an id holds a blank or comes twice, or a query is judged that is not there.
        UnreadableError: a file is no text, or packed and cut.
    """
    qrels_file = _existing(folder, f"qrels/{split}.tsv")
    qrels = read_qrels(qrels_file)
    documents = tuple(_lines(folder, "corpus.jsonl", DocumentLine))
    queries = tuple(_lines(folder, "queries.jsonl", QueryLine))
    absent = qrels.keys() - {one.id for one in queries}
    if absent:
        raise BeirError(
            folder,
            f"queries.jsonl lacks {len(absent)} that qrels/{qrels_file.name} judges, such as {min(absent)!r}",
            "add them, or take their judgements out",
        )
    questions = []
    for query in queries:
        grades = qrels.get(query.id, {})
        answers = tuple(doc for doc, grade in grades.items() if grade > 1) or tuple(
            d for d, g in grades.items() if g > 0
        )
        helps = tuple(doc for doc, grade in grades.items() if grade == 1 and doc not in answers)
        if answers:
            questions.append(Question(query.id, query.text, split, True, paragraphs=answers, helps=helps))
    if not documents or not questions:
        raise BeirError(folder, "no document, or no judged question")
    return Collection(documents, tuple(questions), _existing(folder, "queries.jsonl"))


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
    measures, each = measure(collection.questions, run, answers, hits, k)
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
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise BeirError(folder, f"neither {name} nor {name}.gz")


def _lines(folder: Path, name: str, line: type[Line]) -> Iterator[Line]:
    path = _existing(folder, name)
    decoder = msgspec.json.Decoder(line)
    seen: dict[str, int] = {}
    for number, text in enumerate(lines_of(path), 1):
        if not text.strip():
            continue
        try:
            read = decoder.decode(text)
        except msgspec.DecodeError as error:
            raise BeirError(folder, f"{path.name}:{number}: {error}") from None
        if not read.id or len(read.id.split()) != 1:
            why = f"the id {read.id!r} is empty or holds a blank, which a TREC run cannot carry"
            raise BeirError(folder, f"{path.name}:{number}: {why}", "give it another")
        if read.id in seen:
            why = f"the id {read.id!r} is that of line {seen[read.id]} as well"
            raise BeirError(folder, f"{path.name}:{number}: {why}", "take one out or give it another id")
        seen[read.id] = number
        yield read
