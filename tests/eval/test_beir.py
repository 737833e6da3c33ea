from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.beir import read_collection, run_beir
from eval.errors import BeirError
from eval.folder import read_folder
from eval.folds import deal
from eval.opening import settings_with
from eval.records import By

DOCUMENTS = [
    {"_id": "d1", "title": "Liquidity", "text": "An insurer shall keep liquid assets for thirty days of outflow."},
    {"_id": "d2", "title": "", "text": "A custodian shall segregate client money in a separate bank account.", "x": 1},
    {"_id": "d3", "title": "Audit", "text": "The auditor shall rotate every seven years."},
    {"_id": "d4", "title": "", "text": ""},
    {"_id": "d5", "title": "Long", "text": "Nothing here matters. " * 400 + "Whistleblowers shall be protected."},
]
QUERIES = [
    {"_id": "q1", "text": "segregate client money separate bank account"},
    {"_id": "q2", "text": "how often does the auditor rotate"},
    {"_id": "q3", "text": "whistleblowers protected"},
    {"_id": "q4", "text": "not judged in this split"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t1\nq3\td5\t1\n"


def _collection(folder: Path, *, zipped: bool = False) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        raw = "".join(json.dumps(row) + "\n" for row in rows).encode()
        if zipped:
            (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(raw))
        else:
            (folder / f"{name}.jsonl").write_bytes(raw)
    if zipped:
        (folder / "qrels" / "dev.tsv.gz").write_bytes(gzip.compress(QRELS.encode()))
    else:
        (folder / "qrels" / "dev.tsv").write_text(QRELS)
    return folder


def _add(path: Path, line: str) -> None:
    path.write_text(path.read_text() + line)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_collection_is_read_zipped_or_not(tmp_path: Path, zipped: bool) -> None:
    found = read_collection(_collection(tmp_path / "c", zipped=zipped), "dev")
    assert [one.id for one in found.documents] == ["d1", "d2", "d3", "d4", "d5"]
    assert [(one.id, one.paragraphs) for one in found.questions] == [("q1", ("d2",)), ("q2", ("d3",)), ("q3", ("d5",))]


def test_a_run_over_a_collection_measures_ranking_and_nothing_else(tmp_path: Path) -> None:
    settings = settings_with(None, {"encoder": "hashing", "ranker": ""})
    found = run_beir(_collection(tmp_path / "c"), "dev", settings, k=10, out=tmp_path / "run")
    assert found.measures.folded["Success@1"].value == 1.0
    assert found.run["q3"][0] == "d5"  # its words stand in the last window of a long document
    assert len(set(found.run["q3"])) == len(found.run["q3"])  # windows of one document count once
    assert found.measures.abstention.auroc.value is None
    assert found.measures.abstention.coverage.n == 0
    assert read_folder(tmp_path / "run").measures == found.measures


@pytest.mark.parametrize("by", list(By))
def test_a_name_with_a_fold_in_it_asks_every_question_of_the_encoder_that_did_not_see_it(
    tmp_path: Path, by: By
) -> None:
    folder = _collection(tmp_path / "c")
    queries = [*QUERIES, {"_id": "q5", "text": "who rotates every seven years"}]  # of one fold with q2: the same answer
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in queries))
    (folder / "qrels" / "dev.tsv").write_text(QRELS + "q5\td3\t1\n")
    catalogue = tmp_path / "own.toml"
    catalogue.write_text("".join(f'[models.hashing-{n}]\nkind = "hashing"\ndim = {16 << n}\n' for n in range(5)))
    settings = settings_with(None, {"encoder": "hashing-{fold}", "ranker": ""})
    found = run_beir(folder, "dev", settings, k=10, out=tmp_path / "run", catalogue=catalogue, folds=by)
    assert found.conditions.service["folds"] == f"by {by}"
    assert set(found.run) == {"q1", "q2", "q3", "q5"}
    asked = ("q1", "q2", "q3", "q5")
    folds = dict(zip(asked, deal([("d2",), ("d3",), ("d5",), ("d3",)], by), strict=True))
    assert len(set(folds.values())) > 2
    for fold in set(folds.values()):
        alone = settings_with(None, {"encoder": f"hashing-{fold}", "ranker": ""})
        whole = run_beir(folder, "dev", alone, k=10, out=tmp_path / f"alone{fold}", catalogue=catalogue)
        held_out = [question for question, place in folds.items() if place == fold]
        assert [found.run[one] for one in held_out] == [whole.run[one] for one in held_out]


def test_measured_is_what_is_served(tmp_path: Path) -> None:
    """Without vectors' weight, the order is BM25's; without BM25's weight, it is the vectors'."""
    by_weights = []
    for dense, lexical in ((0.0, 1.0), (1.0, 0.0)):
        weights = {"dense": dense, "lexical": lexical, "date": 0.0, "recent": 0.0, "organ": 0.0}
        settings = settings_with(None, {"encoder": "hashing", "ranker": "", "retrieval": {"weights": weights}})
        found = run_beir(_collection(tmp_path / f"c{dense}"), "dev", settings, k=10, out=tmp_path / f"r{dense}")
        by_weights.append(found.run)
    assert by_weights[0] != by_weights[1]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "qrels" / "dev.tsv").unlink(), "neither qrels/dev.tsv nor qrels/dev.tsv.gz"),
        (lambda folder: (folder / "corpus.jsonl").unlink(), "neither corpus.jsonl nor corpus.jsonl.gz"),
        (lambda folder: (folder / "corpus.jsonl").write_text('{"_id": "a b", "text": "x"}\n'), "'a b'"),
        (lambda folder: (folder / "corpus.jsonl").write_text("{}\n"), "corpus.jsonl:1"),
        (lambda folder: (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\n"), "judged question"),
        (
            lambda folder: _add(folder / "qrels" / "dev.tsv", "q9\td2\t1\n"),
            "queries.jsonl lacks 1 .* such as 'q9'; add",
        ),
        (
            lambda folder: _add(folder / "corpus.jsonl", '{"_id": "d2", "text": "x"}\n'),
            "corpus.jsonl:6: the id 'd2' .* line 2",
        ),
        (
            lambda folder: _add(folder / "queries.jsonl", '{"_id": "q1", "text": "x"}\n'),
            "queries.jsonl:5: the id 'q1' .* line 1",
        ),
    ],
)
def test_what_is_no_collection_says_why(tmp_path: Path, spoil: object, told: str) -> None:
    folder = _collection(tmp_path / "c")
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(BeirError, match=told):
        read_collection(folder, "dev")
