"""Any flipped bit, any cut, any rubbish in CURRENT: refused with the file named, or mended aloud."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.build import run_build, run_change
from qa.store import generation as generation_module
from qa.store.archive import export_index, import_index
from qa.store.current import list_generations, open_current
from qa.store.errors import DamagedError, NoIndexError, SchemaError, StoreError
from qa.store.generation import Generation
from qa.store.manifest import SCHEMA
from qa.store.verify import verify
from tests.qa.corpora import CountingEncoder, workshop, write_corpus, write_resolution
from tests.torture import amount

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two generations, not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    run_build([write_corpus(folder / "corpus")], workshop(folder / "index", CountingEncoder(dim=16)))
    path = write_resolution(folder / "corpus", 40)
    run_change([path], workshop(folder / "index", CountingEncoder(dim=16)), replace=False)
    return folder / "index"


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "index"))


def damage_everywhere(folder: Path, flips: int, cuts: int, check: Callable[[Path], None]) -> int:
    """Flips one bit, or cuts, then puts the file back; every file in turn. Gives how many there were."""
    rng = random.Random(11)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for number in range(flips + cuts):
        path = files[number % len(files)]
        good = path.read_bytes()
        bad = bytearray(good)
        if number < flips:
            bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        else:
            del bad[rng.randrange(len(bad)) :]
        path.write_bytes(bad)
        check(path)
        path.write_bytes(good)
    return flips + cuts


def test_every_flip_and_cut_is_refused_and_its_file_named(index: Path) -> None:
    folder = list_generations(index)[0]

    def check(path: Path) -> None:
        with pytest.raises(DamagedError, match="qa build") as caught:
            Generation(folder)
        assert caught.value.path == path

    n = damage_everywhere(folder, amount(300, 2000), amount(75, 500), check)
    Generation(folder).close()
    print(f"{n} flips and cuts over {len(list(folder.rglob('*.*')))} files, all refused by name")


def test_verification_finds_what_opening_refuses(index: Path) -> None:
    folder = list_generations(index)[0]

    def check(path: Path) -> None:
        assert [Path(one.path) for one in verify(index).findings] == [path]

    damage_everywhere(folder, amount(30, 300), amount(30, 100), check)


def test_a_reader_without_checks_is_found_out(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The null control: were the hashes not compared, damage would be served."""
    monkeypatch.setattr(generation_module, "check_files", lambda folder, manifest: None)
    folder, silent = list_generations(index)[0], []

    def check(path: Path) -> None:
        try:
            Generation(folder).close()
        except StoreError:
            return
        silent.append(path)

    damage_everywhere(folder, 120, 0, check)
    assert len(silent) > 20
    print(f"without checks {len(silent)} of 120 flips are served in silence")


def test_a_current_generation_that_is_damaged_is_not_passed_over_for_an_older(index: Path) -> None:
    (list_generations(index)[0] / "sources.blob").write_bytes(b"")
    with pytest.raises(DamagedError, match=r"sources\.blob"):
        open_current(index)


Change = Callable[[Path], None]


def _write(raw: bytes) -> Change:
    def change(index: Path) -> None:
        (index / "CURRENT").write_bytes(raw)

    return change


def _gone(index: Path) -> None:
    (index / "CURRENT").unlink()


def _folder(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()


def _circle(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").symlink_to("CURRENT")


def _dangling_link(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").symlink_to("nowhere")


def _newest_removed(index: Path) -> None:
    shutil.rmtree(list_generations(index)[0])


def _newest_damaged_too(index: Path) -> None:
    _gone(index)
    (list_generations(index)[0] / "vectors.npy").unlink()


MENDED: dict[str, tuple[Change, int]] = {
    "missing": (_gone, 0),
    "empty": (_write(b""), 0),
    "blank": (_write(b"\n"), 0),
    "rubbish": (_write(b"rubbish\n"), 0),
    "binary": (_write(bytes(range(256))), 0),
    "zeros": (_write(bytes(4096)), 0),
    "very long": (_write(b"gen-" + b"0" * 100_000), 0),
    "names nothing": (_write(b"gen-000099-00000000\n"), 0),
    "climbing": (_write(b"../../etc\n"), 0),
    "climbing to a generation": (_write(b"../index/gen-000001-00000000\n"), 0),
    "absolute": (_write(b"/etc/passwd\n"), 0),
    "draft": (_write(b"gen-000002.tmp\n"), 0),
    "upper case": (_write(b"GEN-000001-ABCDEF01\n"), 0),
    "two lines": (_write(b"gen-000001-00000000\ngen-000002-00000000\n"), 0),
    "wide characters": (_write("gen-000001-００００００００\n".encode()), 0),
    "a folder": (_folder, 0),
    "a circle of links": (_circle, 0),
    "a dangling link": (_dangling_link, 0),
    "newest removed": (_newest_removed, 1),
    "missing, newest damaged": (_newest_damaged_too, 1),
}


@pytest.mark.parametrize("name", MENDED)
def test_a_useless_current_falls_back_to_the_newest_valid_and_says_so(index: Path, name: str) -> None:
    change, wanted = MENDED[name]
    names = [path.name for path in list_generations(index)]
    change(index)
    opened = open_current(index)
    assert opened.generation.folder.name == names[wanted]
    assert opened.note is not None
    assert names[wanted] in opened.note
    assert verify(index).findings
    opened.generation.close()


@pytest.mark.parametrize("name", MENDED)
def test_without_a_valid_generation_it_stops_with_the_mend(index: Path, name: str) -> None:
    MENDED[name][0](index)
    for folder in list_generations(index):
        (folder / "MANIFEST.json").unlink()
    with pytest.raises(StoreError, match="qa build"):
        open_current(index)


@pytest.mark.parametrize("name", ["missing", "rubbish", "a folder", "a circle of links", "newest removed"])
def test_the_next_build_mends_current(index: Path, name: str) -> None:
    if name == "a folder":
        pytest.skip("a folder in place of CURRENT is somebody's, and stays until they remove it")
    MENDED[name][0](index)
    corpus = write_corpus(index.parent / "corpus", 3)
    report = run_build([corpus], workshop(index, CountingEncoder(dim=16)))
    opened = open_current(index)
    assert opened.note is None
    assert opened.generation.id == report.generation
    opened.generation.close()


def test_a_damaged_index_is_no_obstacle_to_building_anew(index: Path) -> None:
    (list_generations(index)[0] / "sources.blob").write_bytes(b"")
    report = run_build([write_corpus(index.parent / "corpus", 3)], workshop(index, CountingEncoder(dim=16)))
    assert report.published
    assert any("sources.blob" in note for note in report.notes)
    assert len(open_current(index).generation.symbols) == 3


def test_nothing_there_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match=r"no such folder.*qa build"):
        open_current(tmp_path / "nowhere")
    with pytest.raises(NoIndexError, match=r"no index there.*qa build"):
        open_current(tmp_path)


@pytest.mark.parametrize("archive", sorted(FIXTURES.glob("schema-*.tar")), ids=lambda path: path.stem)
def test_every_released_schema_opens_or_says_rebuild(archive: Path, tmp_path: Path) -> None:
    if archive.stem != f"schema-{SCHEMA}":
        with pytest.raises(SchemaError, match="rebuild with: qa build"):
            import_index(archive, tmp_path / "index")
        return
    import_index(archive, tmp_path / "index")
    with open_current(tmp_path / "index").generation as generation:
        assert generation.symbols == ("A/RES/78/1", "A/RES/78/2")
        assert generation.paragraph("A/RES/78/2#OP1")[1].text.startswith("Requests the Secretary-General")


def test_the_current_schema_has_its_fixture() -> None:
    assert (FIXTURES / f"schema-{SCHEMA}.tar").is_file()


def test_files_are_readable_by_others_but_written_by_none_after(built: Path) -> None:
    """Nothing in the store opens a published file for writing: building again leaves every byte and time."""
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in built.rglob("*") if "gen-" in str(path)}
    export_index(built, built.parent / "out.tar")
    verify(built)
    open_current(built).generation.close()
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in before}
    assert os.access(built, os.R_OK)
