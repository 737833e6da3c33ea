"""What retrieval, records and the service give is the same from a folder and from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from embeddings.catalogue import load_catalogue
from embeddings.encoders import load_encoder
from embeddings.hashing import HashingEncoder
from qa.build import build, run_build
from qa.copying import copy_index
from qa.errors import FilterError, NotFoundError, SymbolError
from qa.opening import read, rows_of
from qa.passages import passage_input
from qa.retrieval.searchable import Searchable
from qa.service import QAService
from qa.settings import load_settings
from qa.store.errors import DamagedError
from qa.store.place import Database
from qa.store.published import Published
from qa.wire import AskRequest, Filters
from tests.qa.corpora import workshop, write_corpus
from tests.qa.test_service import *  # noqa: F403  the service's own tests, over this module's `service`
from tests.qa.test_service_search import *  # noqa: F403
from tests.qa.test_service_turns import *  # noqa: F403

TOLERANCE = 2e-3
"""Between cosines: the database keeps both question and passage in half precision while it looks for candidates."""

EXACT = 1e-5
"""Between cosines of named rows, and between BM25 scores: the order of additions alone differs."""


def hashing() -> HashingEncoder:
    return load_encoder(load_catalogue().get("hashing"))  # type: ignore[return-value]


@dataclass(frozen=True)
class Pair:
    folder: Published
    database: Published

    @property
    def rows(self) -> tuple[Searchable, Searchable]:
        return rows_of(self.folder), rows_of(self.database)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, fresh: Callable[[], Database]) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    run_build([write_corpus(folder / "corpus", 40)], workshop(folder / "index", hashing()))
    place = fresh()
    copy_index(folder / "index", place)
    opened = Pair(read(folder / "index"), read(place))
    yield opened
    opened.folder.close()
    opened.database.close()


@pytest.fixture(scope="module", params=["folder", "database"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sample_path: Path
) -> Iterator[QAService]:
    index = tmp_path_factory.mktemp("index")
    build([sample_path], index, hashing())
    place: Path | Database = index
    if request.param == "database":
        place = request.getfixturevalue("fresh")()
        copy_index(index, place)
    with QAService.open(place, load_settings()) as opened:
        yield opened


QUESTIONS = [
    "troops 4.2",
    "Matter number 17",
    "report on troops to the Secretary-General",
    "troops troops",
    "zebra",
    "",
]
FILTERS = [
    Filters(),
    Filters(kind=["preambular"]),
    Filters(organ=["general assembly"]),
    Filters(session=["78"], verb=["requests"]),
    Filters(symbol=["A/RES/78/5", "A/RES/78/31"]),
    Filters(year_from=2023, year_to=2023),
    Filters(year_to=1999),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("question", QUESTIONS)
def test_words_find_the_same_rows_with_the_same_scores(pair: Pair, question: str, filters: Filters) -> None:
    (mapped, there) = pair.rows
    one, other = mapped.lexical.match(question), there.lexical.match(question)
    ours, theirs = one.best(30, mapped.allowed(filters)), other.best(30, there.allowed(filters))
    assert ours.tolist() == theirs.tolist()
    every = np.arange(0, len(pair.folder.symbols) * 3, 7, dtype=np.int64)
    np.testing.assert_allclose(one.at(every), other.at(every), rtol=EXACT)
    assert one.highest == pytest.approx(other.highest, rel=EXACT)


def test_words_are_known_alike(pair: Pair) -> None:
    mapped, there = (rows.lexical for rows in pair.rows)
    terms = ["council", "report", "blorf", ""]
    assert mapped.held(terms) == there.held(terms) == set(mapped.frequencies(terms))
    assert mapped.frequencies(terms) == there.frequencies(terms)
    assert mapped.held(terms)
    assert there.held([]) == set()


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_vectors_find_the_same_rows_with_nearly_the_same_scores(pair: Pair, filters: Filters) -> None:
    (mapped, there) = pair.rows
    queries = hashing().encode_queries(QUESTIONS[:3])
    for scope_one, scope_other, tolerance in (
        (mapped.allowed(filters), there.allowed(filters), TOLERANCE),
        (np.array([3, 50, 77], dtype=np.int64), np.array([3, 50, 77], dtype=np.int64), EXACT),
    ):
        ours, rows = mapped.vectors.search(queries, 20, scope_one)
        theirs, their_rows = there.vectors.search(queries, 20, scope_other)
        for a, b, c, d in zip(ours, theirs, rows, their_rows, strict=True):
            assert len(a) == len(b)
            np.testing.assert_allclose(a, b, atol=tolerance)
            sure = a > a[-1] + 2 * tolerance if len(a) else np.zeros(0, bool)  # above the edge no row may be missing
            assert set(c[sure].tolist()) <= set(d.tolist())


def test_named_rows_are_compared_alike(pair: Pair) -> None:
    query, rows = hashing().encode_queries(QUESTIONS[:1])[0], np.array([3, 50, 77], dtype=np.int64)
    one, other = (side.vectors.compare(query, rows) for side in pair.rows)
    np.testing.assert_allclose(one, other, atol=EXACT)


def test_passages_read_together_are_the_same(pair: Pair) -> None:
    for side in pair.rows:
        inputs = side.inputs([50, 3])
        assert [one.text for one in side.passages([3, 77])] == [pair.folder.passage(row).text for row in (3, 77)]
        assert [text for text, _ in inputs] == [passage_input(pair.folder.passage(row)) for row in (50, 3)]


def test_columns_dates_and_pages_are_the_same(pair: Pair) -> None:
    (mapped, there) = pair.rows
    rows = np.array([9, 2, 100], dtype=np.int64)
    for name in ("paragraph", "adopted", "organ", "kind", "organs", "kinds"):
        assert np.array_equal(getattr(mapped.columns_of(rows), name), getattr(there.columns_of(rows), name)), name
    assert [there.paragraph_id(int(row)) for row in rows] == [mapped.paragraph_id(int(row)) for row in rows]
    assert there.adopted_when(lambda days: days > 20240000, None) is None
    for filters in FILTERS:
        for offset, limit in ((0, 5), (38, 5), (400, 5)):
            assert mapped.page(filters, offset, limit) == there.page(filters, offset, limit), filters
    in_time, in_time_there = (
        one.adopted_when(lambda days: days == 20231208, one.allowed(FILTERS[1])) for one in pair.rows
    )
    assert (
        mapped.lexical.match("55/179").best(90, in_time).tolist()
        == there.lexical.match("55/179").best(90, in_time_there).tolist()
    )


def test_records_are_the_same(pair: Pair) -> None:
    folder, database = pair.folder, pair.database
    assert list(folder.symbols) == list(database.symbols)
    assert list(database.symbols[-2:]) == list(folder.symbols[-2:])
    assert list(folder.all_listed()) == list(database.all_listed())
    for number, symbol in enumerate(folder.symbols):
        assert database.number_of(symbol) == number
        assert folder.resolution(symbol) == database.resolution(symbol)
    assert folder.passage(11) == database.passage(11)
    rows = np.array([5, 1], dtype=np.int64)
    assert np.array_equal(folder.vectors_of(rows), database.vectors_of(rows))
    assert folder.paragraph("A/RES/78/3#OP2") == database.paragraph("A/RES/78/3#OP2")
    assert folder.paragraph_rows("A/RES/78/3#OP2").tolist() == database.paragraph_rows("A/RES/78/3#OP2").tolist()
    for words in (
        "matter number 1",
        "NUMBER 3",
        "",
        "zebra",
        "% _",
        "number matter",
        "m",
        "a",
        "(n",
        "s n",
        "about the num",
        "A/RES/78/3",
        "who must",
        "78",
    ):
        assert folder.titled(words, 7) == database.titled(words, 7)
    for opened in (folder, database):
        with pytest.raises(NotFoundError):
            opened.paragraph("A/RES/78/3#OP9")
        with pytest.raises(NotFoundError):
            opened.resolution("A/RES/78/300")


def test_a_filter_that_means_nothing_is_refused_alike(pair: Pair) -> None:
    for filters in (Filters(kind=["operativ"]), Filters(verb=["zz"]), Filters(symbol=["nothing"])):
        told = []
        for rows in pair.rows:
            with pytest.raises((FilterError, SymbolError)) as caught:
                rows.allowed(filters)
            told.append(str(caught.value))
        assert told[0] == told[1]


def test_there_and_back_is_the_same_byte_for_byte(pair: Pair, tmp_path: Path) -> None:
    copy_index(pair.database.place, tmp_path / "back")  # type: ignore[arg-type]
    with_digest = read(tmp_path / "back").id
    assert with_digest == pair.folder.id


def test_the_same_questions_get_the_same_answers(pair: Pair) -> None:
    with QAService.open(pair.folder.place) as one, QAService.open(pair.database.place) as other:  # type: ignore[arg-type]
        for question in (*QUESTIONS[:5], "What was asked in December 2023?", "para 2 of 78/7"):
            request = AskRequest(question, k=10)
            ours, theirs = one.search(request), other.search(request)
            assert [it.id for it in ours.citations] == [it.id for it in theirs.citations], question
            assert one.ask(request).status == other.ask(request).status
        assert [it.id for it in one.similar("A/RES/78/4#OP1", 5).citations] == [
            it.id for it in other.similar("A/RES/78/4#OP1", 5).citations
        ]


def test_mentions_are_found_from_both_ends(service: QAService) -> None:
    cited = service.cites("A/RES/55/179")
    assert cited
    assert {one.held for one in cited} == {False}
    assert service.cited_by("A/RES/55/179") == []
    with_mentions = next(one.symbol for one in cited)
    assert [one.symbol for one in service.cited_by(with_mentions)] == ["A/RES/55/179"] * sum(
        one.symbol == with_mentions for one in cited
    )


@pytest.mark.parametrize(("column", "value"), [("record", b"x"), ("source", b"another text")])
def test_a_damaged_record_is_told_as_in_a_folder(
    tmp_path: Path, sample_path: Path, fresh: Callable[[], Database], column: str, value: bytes
) -> None:
    """One record that cannot be trusted is withheld; it does not fail the question."""
    build([sample_path], tmp_path / "index", hashing())
    place = fresh()
    copy_index(tmp_path / "index", place)
    with psycopg.connect(place.url, autocommit=True) as there:
        (schema,) = there.execute("SELECT name FROM qa.current").fetchone() or ("",)
        there.execute(SQL("UPDATE {}.resolution SET {} = %s").format(Identifier(schema), Identifier(column)), [value])
    with QAService.open(place, load_settings()) as opened:
        with pytest.raises(DamagedError, match="qa index copy"):
            opened.resolution("A/RES/55/179")
        answer = opened.ask(AskRequest("What does paragraph 19 of 55/179 say?"))
        assert (answer.status, answer.citations) == ("abstained", [])
