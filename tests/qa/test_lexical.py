"""The tokeniser, and BM25 against bm25s and against itself built in two ways."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.lexical import LexicalIndex, best_rows
from qa.scratch import Scratch
from qa.terms import split_terms, terms_of

TEXTS = [
    "Requests the Secretary-General to submit a report at its fifty-sixth session",
    "Recalling its resolution 55/179 of 19 December 2000",
    "Demands that Moldova's neighbours withdraw their troops",
    "",
    "Decides that 2,000 troops shall withdraw under resolution 1244(1999)",
]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A/RES/55/179", ["a/res/55/179", "res", "55", "179"]),
        ("resolution 55/179,", ["resolut", "55/179", "55", "179"]),
        ("1244(1999)", ["1244(1999)", "1244", "1999"]),
        ("2,000 troops", ["2000", "troop"]),
        ("Côte d’Ivoire's", ["cote", "d", "ivoir"]),
        ("COVID-19", ["covid-19", "covid", "19"]),
        ("the of and", []),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cease-fire", "ceasefire"),
        ("Co-operation and co-ordinated", "cooperation and coordinated"),
        ("peace‑keeping operations", "peacekeeping operations"),  # a hyphen at which no line breaks
        ("organization, organizing", "organisation, organising"),
        ("neighbouring harbours", "neighboring harbors"),
        ("defence programmes of the centre", "defense programs of the center"),
        ("Sub-Committee on anti-Semitism", "subcommittee on antisemitism"),
    ],
)
def test_words_that_are_written_in_two_ways_are_one(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


def test_words_that_only_look_so_stay_two() -> None:
    assert len(set(terms_of("four for course corse size sise advise advice re-use reuse"))) == 10
    assert [text[term.start : term.end] for text in ["the co-operation-based"] for term in split_terms(text)] == [
        "co-operation",
        "based",
    ]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_composed_and_decomposed_text_give_the_same_terms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert terms_of(composed) == terms_of(unicodedata.normalize("NFD", composed))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_places_lie_inside_the_text_and_run_forward(text: str) -> None:
    found = split_terms(text)
    assert all(0 <= one.start < one.end <= len(text) and one.term for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_scores_equal_those_of_bm25s() -> None:
    bm25s = pytest.importorskip("bm25s")
    peer = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    peer.index([terms_of(text) for text in TEXTS], show_progress=False)
    ours = LexicalIndex.build(TEXTS)
    for question in ("withdraw troops", "resolution 55/179", "report session Moldova", "troops"):
        wanted = peer.get_scores([term for term in dict.fromkeys(terms_of(question)) if term in ours.vocabulary])
        assert np.allclose(ours.scores(question), wanted, atol=1e-6)
        assert ours.scores(question).max() > 0


def test_unknown_words_score_nothing_and_bring_no_row() -> None:
    index = LexicalIndex.build(TEXTS)
    assert not index.scores("zebra the").any()
    assert len(index.search("zebra", 5)[1]) == 0


def test_search_gives_the_best_first_within_the_allowed() -> None:
    index = LexicalIndex.build(TEXTS)
    assert index.search("withdraw troops Moldova", 1)[1].tolist() == [2]
    assert index.search("withdraw troops Moldova", 5, np.array([0, 4], dtype=np.int64))[1].tolist() == [4]


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30), st.integers(1, 10))
def test_best_rows_is_a_stable_sort(scores: list[float], k: int) -> None:
    wanted = sorted((row for row, score in enumerate(scores) if score > 0), key=lambda row: (-scores[row], row))[:k]
    assert best_rows(np.array(scores, dtype=np.float32), k)[1].tolist() == wanted


def _same(one: LexicalIndex, other: LexicalIndex) -> None:
    assert one.vocabulary == other.vocabulary
    for name in ("starts", "rows", "values", "counts", "lengths"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@settings(deadline=None)
@given(st.data())
def test_rebuilding_from_an_index_equals_building_anew(data: st.DataObject) -> None:
    word = st.sampled_from(["withdraw", "troops", "report", "55/179", "peace", "aid"])
    words = st.lists(word, max_size=6).map(" ".join)
    old = data.draw(st.lists(words, min_size=1, max_size=6))
    kept = data.draw(st.lists(st.sampled_from(range(len(old))), unique=True))
    new = data.draw(st.lists(words, max_size=4))
    n = len(kept) + len(new)
    places = data.draw(st.permutations(range(n)))
    wanted = [""] * n
    for place, text in zip(places, [*(old[row] for row in kept), *new], strict=True):
        wanted[place] = text
    a, b = np.array(places[: len(kept)], dtype=np.int64), np.array(places[len(kept) :], dtype=np.int64)
    got = LexicalIndex.build(old).rebuild(np.array(kept, dtype=np.int64), a, new, b)
    _same(got, LexicalIndex.build(wanted))


def test_runs_put_away_on_disk_and_merged_in_stretches_give_the_index_of_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [" ".join(TEXTS[at % 5].split()[at % 3 :]) + f" item {at % 7}" for at in range(60)]
    whole = LexicalIndex.build(texts)
    kept, added = np.arange(0, 60, 2), np.arange(1, 60, 2)
    monkeypatch.setattr("qa.postings._IN_RUN", 20)
    monkeypatch.setattr("qa.postings._IN_BLOCK", 15)
    with Scratch(tmp_path) as scratch:
        _same(LexicalIndex.build(texts, scratch), whole)
        changed = whole.rebuild(kept, kept, [texts[at] for at in added], added, scratch)
        _same(changed, whole)
        assert list(tmp_path.iterdir()) == []  # files without a name


def test_saving_and_opening_changes_nothing(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path)
    _same(LexicalIndex.open(tmp_path), index)


def test_an_empty_index_opens_and_answers_nothing(tmp_path: Path) -> None:
    LexicalIndex.build([]).save(tmp_path)
    assert LexicalIndex.open(tmp_path).scores("troops").shape == (0,)


def test_importing_it_brings_nothing_heavy() -> None:
    code = "import sys, qa.lexical; print([m for m in ('scipy', 'numba', 'bm25s', 'tqdm', 'jax') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 300), st.sampled_from([0.001, 0.05, 0.9]), st.booleans())
def test_the_best_of_many_rows_are_those_of_a_sort(seed: int, k: int, share: float, coarse: bool) -> None:
    rng = np.random.default_rng(seed)
    scores = (rng.random(60_000) * (rng.random(60_000) < share)).astype(np.float32)
    if coarse:
        scores = np.ceil(scores * 8) / np.float32(8)  # many ties
    wanted = [row for row in np.lexsort((np.arange(len(scores)), -scores))[:k].tolist() if scores[row] > 0]
    assert best_rows(scores, k)[1].tolist() == wanted
    allowed = np.arange(0, 60_000, 7, dtype=np.int64)
    among = [row for row in np.lexsort((np.arange(len(scores)), -scores)).tolist() if row % 7 == 0 and scores[row] > 0]
    assert best_rows(scores, k, allowed)[1].tolist() == among[:k]
