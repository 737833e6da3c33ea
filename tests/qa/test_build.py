"""Building, and that every shorter way ends where a build from nothing ends."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from embeddings.hashing import HashingEncoder
from embeddings.index_kinds import IndexKind
from qa.build import build, remove, run_build, run_change, run_remove
from qa.collect import Line
from qa.encode import entry_of
from qa.errors import NotFoundError
from qa.passages import passage_input
from qa.records import Resolution, SourceText
from qa.store.current import open_current
from qa.store.disk import Disk
from qa.store.errors import (
    BusyError,
    EmptyCorpusError,
    EncoderMismatchError,
    NoIndexError,
    OldPassagesError,
    OldTermsError,
)
from qa.store.generation import Generation
from qa.store.matching import check_served
from qa.store.publish import building
from qa.verbatim import quote
from tests.qa.corpora import LINE, CountingEncoder, parse_lines, workshop, write_corpus, write_resolution


def files_of(index: Path) -> dict[str, str]:
    with open_current(index).generation as generation:
        return {name: entry.sha256 for name, entry in generation.manifest.files.items()}


def test_a_build_can_be_opened_searched_and_quoted(corpus: Path, index: Path) -> None:
    report = run_build([corpus], workshop(index))
    assert (report.n_resolutions, report.n_passages, report.n_encoded, report.refused) == (6, 18, 18, ())
    with open_current(index).generation as generation:
        assert generation.id == report.generation
        assert generation.symbols == tuple(f"A/RES/78/{number}" for number in range(1, 7))
        row = int(generation.lexical.search("Secretary-General troops 4.2", 1)[1][0])
        passage = generation.passage(row)
        assert passage.id == "A/RES/78/4#OP2"
        assert generation.paragraph_rows(passage.id).tolist() == [row]
        resolution, paragraph = generation.paragraph(passage.id)
        assert quote(resolution, paragraph) == "Requests  the Secretary-General to report on troops 4.2;"
        assert resolution == parse_lines(resolution.source)
        assert generation.columns.kinds[generation.columns.kind[row]] == "operative"
        assert generation.columns.adopted[row] == 20231208
        assert row in generation.columns.rows_with_verb(generation.columns.verb_names.index("requests"))
        assert passage_input(generation.passage(row)) in CountingSeen.of(corpus)


class CountingSeen:
    @staticmethod
    def of(corpus: Path) -> set[str]:
        encoder = CountingEncoder()
        run_build([corpus], workshop(corpus.parent / "other", encoder))
        return set(encoder.texts)


def test_building_again_encodes_and_publishes_nothing(corpus: Path, index: Path) -> None:
    first = run_build([corpus], workshop(index))
    again = run_build([corpus], workshop(index))
    assert (again.generation, again.published, again.n_encoded, again.n_reused) == (first.generation, False, 0, 18)


def test_one_changed_paragraph_is_encoded_alone(corpus: Path, index: Path) -> None:
    run_build([corpus], workshop(index))
    path = corpus / "A_RES_78_3.txt"
    path.write_text(path.read_text().replace("troops 3.2", "mines 3.2"))
    report = run_build([corpus], workshop(index))
    assert (report.changed, report.n_encoded, report.n_reused) == (("A/RES/78/3",), 1, 17)


def test_an_unchanged_source_is_not_parsed_again(corpus: Path, index: Path) -> None:
    run_build([corpus], workshop(index))
    parsed: list[str] = []

    def parse(source: SourceText) -> Resolution:
        parsed.append(source.name)
        return parse_lines(source)

    write_resolution(corpus, 9)
    run_build([corpus], workshop(index, line=Line(LINE.read, parse, LINE.parser)))
    assert parsed == ["A_RES_78_9.txt"]
    parsed.clear()
    run_build([corpus], workshop(index, line=Line(LINE.read, parse, "lines 2")))
    assert len(parsed) == 7


@pytest.mark.parametrize("way", ["add", "update", "remove", "build"])
def test_every_way_of_changing_gives_the_files_of_a_build_from_nothing(tmp_path: Path, way: str) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    run_build([corpus], workshop(index))
    if way == "add":
        report = run_change([write_resolution(corpus, 10), write_resolution(corpus, 0 + 44)], workshop(index), False)
        assert report.added == ("A/RES/78/10", "A/RES/78/44")
    elif way == "update":
        report = run_change([write_resolution(corpus, 2, 5, "mines")], workshop(index), replace=True)
        assert report.changed == ("A/RES/78/2",)
    elif way == "remove":
        report = run_remove(["A/RES/78/2", "A/RES/78/6"], workshop(index))
        (corpus / "A_RES_78_2.txt").unlink()
        (corpus / "A_RES_78_6.txt").unlink()
        assert report.removed == ("A/RES/78/2", "A/RES/78/6")
    else:
        (corpus / "A_RES_78_1.txt").unlink()
        report = run_build([corpus], workshop(index))
    assert report.published
    run_build([corpus], workshop(tmp_path / "fresh"))
    assert files_of(index) == files_of(tmp_path / "fresh")


def test_adding_what_is_there_keeps_the_better_and_says_so(corpus: Path, index: Path) -> None:
    run_build([corpus], workshop(index))
    report = run_change([write_resolution(corpus, 2, 2, "mines", suffix="pdf")], workshop(index), replace=False)
    assert not report.published
    assert "qa update" in report.folded[0].why
    better = run_change([write_resolution(corpus, 2, 2, "mines", suffix="html")], workshop(index), replace=False)
    assert better.changed == ("A/RES/78/2",)
    assert (better.folded[0].kept, better.folded[0].left) == (
        str(corpus / "A_RES_78_2.html"),
        "A_RES_78_2.txt of the index",
    )
    assert "has replaced what the index held" in better.folded[0].why


@pytest.mark.parametrize("fault", ["text", "span", "double", "hash"])
def test_a_parser_that_breaks_the_law_is_refused(corpus: Path, index: Path, fault: str) -> None:
    from msgspec.structs import replace

    def parse(source: SourceText) -> Resolution:
        good = parse_lines(source)
        if good.symbol.number != 3:
            return good
        one = good.paragraphs[0]
        bad = {
            "text": replace(one, text=one.text + "!"),
            "span": replace(one, spans=((5, 2),)),
            "double": replace(one, label=good.paragraphs[1].label),
            "hash": one,
        }[fault]
        if fault == "hash":
            good = replace(good, source=replace(source, text_sha256="0" * 64))
        return replace(good, paragraphs=(bad, *good.paragraphs[1:]))

    report = run_build([corpus], workshop(index, line=Line(LINE.read, parse, None)))
    assert report.n_resolutions == 5
    assert "A/RES/78/3" in report.refused[0].why


class Watched(Resolution, frozen=True, weakref=True, gc=True):
    """A resolution that can be asked for after it was let go."""


def test_few_of_what_was_parsed_are_in_memory_at_a_time(tmp_path: Path, index: Path) -> None:
    parsed: list[weakref.ref[Watched]] = []
    alive: list[int] = []

    def count() -> None:
        alive.append(sum(one() is not None for one in parsed))

    def parse_watched(source: SourceText) -> Resolution:
        count()
        found = LINE.parse(source)
        kept = Watched(**{name: getattr(found, name) for name in Resolution.__struct_fields__})
        parsed.append(weakref.ref(kept))
        return kept

    class Watching(CountingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            count()
            return super().encode_passages(texts)

    run_build([write_corpus(tmp_path / "corpus", 50)], workshop(index, Watching(), Line(LINE.read, parse_watched)))
    assert len(parsed) == 50
    assert len(alive) > 50
    assert max(alive) < 5


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.encode._BATCH", 64)
    corpus, index = write_corpus(tmp_path / "corpus", 50), tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        run_build([corpus], workshop(index, CountingEncoder(dies_after=100)))
    with pytest.raises(NoIndexError):
        open_current(index)
    report = run_build([corpus], workshop(index))
    assert (report.n_encoded, report.n_reused) == (150 - 64, 64)
    assert not (index / "vectors.cache").exists()
    run_build([corpus], workshop(tmp_path / "fresh"))
    assert files_of(index) == files_of(tmp_path / "fresh")


def test_damage_to_the_vectors_kept_from_an_interruption_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.encode._BATCH", 64)
    corpus, index = write_corpus(tmp_path / "corpus", 50), tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        run_build([corpus], workshop(index, CountingEncoder(dies_after=140)))
    cache = index / "vectors.cache"
    raw = bytearray(cache.read_bytes())
    raw[len(raw) // 2] ^= 4
    cache.write_bytes(raw)
    report = run_build([corpus], workshop(index))
    assert 0 < report.n_reused < 64 * 2
    run_build([corpus], workshop(tmp_path / "fresh"))
    assert files_of(index) == files_of(tmp_path / "fresh")


def test_another_model_makes_all_anew_and_is_refused_for_adding(corpus: Path, index: Path) -> None:
    run_build([corpus], workshop(index))
    with pytest.raises(EncoderMismatchError, match="name is hashing, not other"):
        run_change([write_resolution(corpus, 8)], workshop(index, CountingEncoder(name="other")), replace=False)
    assert run_build([corpus], workshop(index, CountingEncoder(dim=32))).n_encoded == 21


def test_passages_of_another_version_are_made_anew_and_refused_for_a_change(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("qa.store.draft.PASSAGE_VERSION", 1)
        run_build([corpus], workshop(index))
    with pytest.raises(OldPassagesError, match=r"version 1.*qa build"):
        run_change([write_resolution(corpus, 8)], workshop(index), replace=True)
    with pytest.raises(OldPassagesError):
        run_remove(["A/RES/78/1"], workshop(index))
    assert run_build([corpus], workshop(index)).published
    run_remove(["A/RES/78/1"], workshop(index))


def test_terms_of_another_version_are_refused_for_searching_and_made_anew_without_encoding(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("qa.store.draft.LEXICAL_VERSION", 1)
        run_build([corpus], workshop(index))
    encoder = CountingEncoder()
    with open_current(index).generation as old, pytest.raises(OldTermsError, match=r"version 1.*qa build"):
        check_served(old, entry_of(encoder))
    report = run_build([corpus], workshop(index, encoder))
    assert (report.published, report.n_encoded, encoder.texts) == (True, 0, [])
    with open_current(index).generation as made:
        check_served(made, entry_of(encoder))
    assert not run_build([corpus], workshop(index)).published


def test_removing_what_is_not_there_changes_nothing(corpus: Path, index: Path) -> None:
    run_build([corpus], workshop(index))
    before = files_of(index)
    with pytest.raises(NotFoundError):
        run_remove(["A/RES/78/1", "A/RES/78/99"], workshop(index))
    assert files_of(index) == before


def test_nothing_to_index_is_said(tmp_path: Path, corpus: Path, index: Path) -> None:
    (tmp_path / "bare").mkdir()
    with pytest.raises(EmptyCorpusError):
        run_build([tmp_path / "bare"], workshop(index))
    run_build([corpus], workshop(index))
    with pytest.raises(EmptyCorpusError):
        run_remove([f"A/RES/78/{number}" for number in range(1, 7)], workshop(index))


def test_one_builder_at_a_time(corpus: Path, index: Path) -> None:
    with building(index, Disk()), pytest.raises(BusyError):
        run_build([corpus], workshop(index))


def test_the_last_two_stay_and_a_reader_keeps_its_own(corpus: Path, index: Path) -> None:
    def names() -> list[str]:
        return sorted(path.name[:10] for path in index.glob("gen-*"))

    run_build([corpus], workshop(index))
    reader: Generation = open_current(index).generation
    for number in (20, 21):
        run_change([write_resolution(corpus, number)], workshop(index), replace=False)
    assert names() == ["gen-000001", "gen-000002", "gen-000003"]
    assert reader.passage(0).symbol == "A/RES/78/1"
    reader.close()
    run_change([write_resolution(corpus, 22)], workshop(index), replace=False)
    assert names() == ["gen-000003", "gen-000004"]


@pytest.mark.parametrize("content", [None, b"rubbish", b"gen-000009-00000000\n"])
def test_without_a_current_the_newest_is_the_one_that_stays_beside_the_next(
    corpus: Path, index: Path, content: bytes | None
) -> None:
    run_build([corpus], workshop(index))
    run_change([write_resolution(corpus, 20)], workshop(index), replace=False)
    (index / "CURRENT").unlink()
    if content is not None:
        (index / "CURRENT").write_bytes(content)
    run_change([write_resolution(corpus, 21)], workshop(index), replace=False)
    assert sorted(path.name[:10] for path in index.glob("gen-*")) == ["gen-000002", "gen-000003"]


def test_the_same_corpus_gives_the_same_files_wherever_it_lies(tmp_path: Path, corpus: Path) -> None:
    shutil.copytree(corpus, tmp_path / "copy")
    run_build([corpus], workshop(tmp_path / "a"))
    run_build([tmp_path / "copy"], workshop(tmp_path / "b"))
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_progress_counts_up_to_the_total(corpus: Path, index: Path) -> None:
    seen: dict[str, tuple[int, int]] = {}
    run_build([corpus], workshop(index, progress=lambda stage, done, total: seen.__setitem__(stage, (done, total))))
    assert seen["read"] == (6, 6)
    assert seen["encode"] == (18, 18)


def test_the_sample_goes_through_the_readers_and_the_parser_of_the_project(sample_path: Path, index: Path) -> None:
    encoder = HashingEncoder()
    report = build([sample_path], index, encoder)
    assert (report.added, report.refused, report.notes) == (("A/RES/55/179",), (), ())
    assert build([sample_path], index, encoder).published is False
    with pytest.raises(EmptyCorpusError):
        remove(["A/RES/55/179"], index, encoder)
    with open_current(index).generation as generation:
        assert "withdrawal" in quote(*generation.paragraph("A/RES/55/179#OP19"))
        assert generation.columns.sessions == ("55",)


def test_stored_vectors_are_those_of_the_encoder(corpus: Path, index: Path) -> None:
    encoder = CountingEncoder()
    run_build([corpus], workshop(index, encoder))
    with open_current(index).generation as generation:
        wanted = encoder.encode_passages(
            [passage_input(generation.passage(row)) for row in range(generation.n_passages)]
        )
        assert np.array_equal(generation.stored_vectors(), wanted)


def test_the_kind_of_index_follows_the_number_unless_one_was_asked_for(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kind_after_change(number: int) -> str:
        run_change([write_resolution(corpus, number)], workshop(index), replace=False)
        with open_current(index).generation as generation:
            assert generation.vectors.kind == generation.manifest.vectors
            return generation.manifest.vectors

    run_build([corpus], workshop(index))
    monkeypatch.setattr("qa.build.choose_kind", lambda n: IndexKind.EXACT if n <= 21 else IndexKind.IVF)
    assert [kind_after_change(number) for number in (20, 21)] == ["exact", "ivf"]  # 21 passages, then 24
    asked = replace(workshop(index), vectors=IndexKind.HNSW)
    assert run_build([corpus], asked).published
    assert not run_build([corpus], workshop(index)).published
    assert kind_after_change(22) == "hnsw"
