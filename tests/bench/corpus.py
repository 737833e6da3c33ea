"""The paragraphs and questions that every system gets, made once from the development data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from embeddings.threads import cores
from qa.collect import collect, list_files, standard_line
from qa.lexical import LexicalIndex
from qa.passages import cut, passage_input
from qa.scratch import Scratch
from tests.bench.ours import MODEL


def prepare(work: Path, data: Path, n_paragraphs: int, n_real: int) -> list[str]:
    """Write what the systems read into `work`, unless it is there; gives the questions.

    paragraphs.json, what all index; texts/, the files that these paragraphs come from; real.npy, queries.npy, lexical/ and
    questions.json, what the growth begins with.
    """
    done = work / "prepared.json"
    if not done.exists():
        shutil.rmtree(work / "texts", ignore_errors=True)
        (work / "texts").mkdir(parents=True)
        (work / "lexical").mkdir(exist_ok=True)
        counts = _write(work, data, n_paragraphs, n_real)
        done.write_text(json.dumps(counts), encoding="utf-8")
    questions: list[str] = json.loads((work / "questions.json").read_text(encoding="utf-8"))
    return questions


def _write(work: Path, data: Path, n_paragraphs: int, n_real: int) -> dict[str, int]:
    encoder = load_encoder(load_catalogue().get(MODEL), lanes=cores())
    texts: list[str] = []
    taken = 0
    with standard_line() as line, Scratch(work) as scratch:
        for path in list_files([data / "text"]):
            found = collect([path], line, scratch).resolutions.values()
            more = [passage_input(one) for it in found for one in cut(it, encoder.max_tokens, encoder.count_tokens)]
            if more and taken < n_paragraphs:
                shutil.copy(path, work / "texts" / path.name)
                taken += len(more)
            texts.extend(more)
            if len(texts) >= n_real:
                break
    lines = (data / "questions" / "un-dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    _dump(work / "questions.json", questions)
    _dump(work / "paragraphs.json", texts[:taken])
    texts = texts[:n_real]
    tokens = encoder.count_tokens(texts[:taken])
    np.save(work / "real.npy", encoder.encode_passages(texts))
    np.save(work / "queries.npy", encoder.encode_queries(questions))
    LexicalIndex.build(texts).save(work / "lexical")
    _dump(work / "tokens.json", {"paragraphs": tokens, "questions": encoder.count_tokens(questions)})
    return {"paragraphs": taken, "real": len(texts)}


def _dump(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
