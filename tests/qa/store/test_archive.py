"""An index as one file: out, in again, and everything hostile refused."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.build import run_build, run_change
from qa.store.archive import export_index, import_index
from qa.store.current import open_current
from qa.store.errors import ArchiveError, NoIndexError, SchemaError, StoreError
from qa.store.manifest import MANIFEST_NAME
from tests.qa.corpora import workshop, write_corpus, write_resolution


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    run_build([write_corpus(folder / "corpus")], workshop(folder / "index"))
    export_index(folder / "index", folder / "index.tar")
    return folder / "index.tar"


def test_what_goes_out_comes_in(archive: Path, tmp_path: Path) -> None:
    import_index(archive, tmp_path / "index")
    with (
        open_current(tmp_path / "index").generation as here,
        open_current(archive.parent / "index").generation as there,
    ):
        assert here.manifest.files == there.manifest.files
        assert here.symbols == there.symbols


def test_the_same_index_gives_the_same_archive(archive: Path, tmp_path: Path) -> None:
    export_index(archive.parent / "index", tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()


def test_it_comes_in_beside_what_is_there_and_can_be_built_on(archive: Path, tmp_path: Path) -> None:
    run_build([write_corpus(tmp_path / "corpus", 2)], workshop(tmp_path / "index"))
    manifest = import_index(archive, tmp_path / "index")
    assert manifest.id.startswith("000002-")
    report = run_change([write_resolution(tmp_path / "corpus", 77)], workshop(tmp_path / "index"), replace=False)
    assert (report.n_resolutions, report.n_encoded) == (7, 3)


def test_nothing_to_export_is_said_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError):
        export_index(tmp_path / "index", tmp_path / "out.tar")
    assert list(tmp_path.iterdir()) == []


Members = list[tuple[tarfile.TarInfo, bytes]]


def members_of(archive: Path) -> Members:
    with tarfile.open(archive) as tar:
        return [(one, (tar.extractfile(one) or io.BytesIO()).read()) for one in tar.getmembers()]


def write_archive(path: Path, members: Members) -> Path:
    with tarfile.open(path, "w") as tar:
        for info, body in members:
            if info.isreg():
                info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return path


def _named(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def _resealed(members: Members, change: Callable[[dict[str, Any]], None]) -> Members:
    """With another manifest, rightly sealed: what someone who knows the form could make."""
    from qa.store.manifest import _seal

    manifest = json.loads(members[0][1])["manifest"]
    change(manifest)
    raw = _seal(json.dumps(manifest, separators=(",", ":")).encode())
    return [(members[0][0], raw), *members[1:]]


def _rename_file(name: str) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        old = members[1][0].name

        def rename(manifest: dict[str, Any]) -> None:
            manifest["files"] = {name if key == old else key: value for key, value in manifest["files"].items()}

        changed = _resealed(members, rename)
        return [changed[0], (_named(name), changed[1][1]), *changed[2:]]

    return change


HOSTILE: dict[str, Callable[[Members], Members]] = {
    "no manifest": lambda it: it[1:],
    "empty": lambda it: [],
    "a file missing": lambda it: it[:-1],
    "a file more": lambda it: [*it, (_named("more"), b"x")],
    "a file twice": lambda it: [it[0], it[1], it[1], *it[2:]],
    "other order": lambda it: [it[0], it[2], it[1], *it[3:]],
    "changed content": lambda it: [*it[:-1], (it[-1][0], bytes(len(it[-1][1])))],
    "shorter content": lambda it: [*it[:-1], (it[-1][0], it[-1][1][:-1])],
    "symlink": lambda it: [it[0], (_named(it[1][0].name, tarfile.SYMTYPE, "/etc/passwd"), b""), *it[2:]],
    "hard link": lambda it: [it[0], (_named(it[1][0].name, tarfile.LNKTYPE, "/etc/passwd"), b""), *it[2:]],
    "device": lambda it: [it[0], (_named(it[1][0].name, tarfile.CHRTYPE), b""), *it[2:]],
    "pipe": lambda it: [it[0], (_named(it[1][0].name, tarfile.FIFOTYPE), b""), *it[2:]],
    "folder": lambda it: [it[0], (_named(it[1][0].name, tarfile.DIRTYPE), b""), *it[2:]],
    "climbing": _rename_file("../escaped"),
    "climbing in the middle": _rename_file("lexical/../../escaped"),
    "absolute": _rename_file("/tmp/escaped-by-archive"),
    "backslash": _rename_file("..\\escaped"),
    "deep": _rename_file("a/b/c"),
    "reserved": _rename_file("resolutions.other"),
    "manifest changed": lambda it: [(it[0][0], it[0][1].replace(b"hashing", b"hishing")), *it[1:]],
    "manifest not json": lambda it: [(it[0][0], b"[" * 100_000), *it[1:]],
    "other model": lambda it: _resealed(it, lambda m: m["encoder"].__setitem__("dim", 7)),
    "other counts": lambda it: _resealed(it, lambda m: m["counts"].__setitem__("passages", 7)),
    "huge sizes": lambda it: _resealed(
        it,
        lambda m: m["files"]["sources.blob"].__setitem__("size", 1 << 50),
    ),
    "unknown field": lambda it: _resealed(it, lambda m: m.__setitem__("more", 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(archive: Path, tmp_path: Path, name: str) -> None:
    bad = write_archive(tmp_path / "bad.tar", HOSTILE[name](members_of(archive)))
    with pytest.raises(ArchiveError, match=r"bad\.tar.*qa export"):
        import_index(bad, tmp_path / "in" / "index")
    left = {path.name for path in (tmp_path / "in").rglob("*")} if (tmp_path / "in").exists() else set()
    assert left <= {"index", "LOCK"}
    assert not list(tmp_path.rglob("*escaped*"))
    assert not Path("/tmp/escaped-by-archive").exists()


def test_another_schema_says_rebuild(archive: Path, tmp_path: Path) -> None:
    members = _resealed(members_of(archive), lambda manifest: manifest.__setitem__("schema", 99))
    with pytest.raises(SchemaError, match="rebuild with: qa build"):
        import_index(write_archive(tmp_path / "bad.tar", members), tmp_path / "index")


@pytest.mark.parametrize("raw", [b"", b"x", b"\0" * 1024, b"PK\x03\x04" + bytes(600)])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "bad.tar").write_bytes(raw)
    with pytest.raises(ArchiveError):
        import_index(tmp_path / "bad.tar", tmp_path / "index")


def test_every_flip_and_cut_is_refused_or_harmless(archive: Path, fast: Path) -> None:
    """A flip may fall into padding or a field of the tar that means nothing here; then the same index comes in."""
    rng, raw = random.Random(5), archive.read_bytes()
    with open_current(archive.parent / "index").generation as generation:
        wanted = generation.manifest.files
    refused = 0
    for number in range(60):
        damaged = bytearray(raw)
        if number % 4:
            damaged[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        else:
            del damaged[rng.randrange(len(raw) - 10_240) :]
        (fast / "bad.tar").write_bytes(damaged)
        try:
            manifest = import_index(fast / "bad.tar", fast / f"index-{number}")
        except StoreError:
            refused += 1
        else:
            assert manifest.files == wanted
    assert refused > 30
    print(f"60 damaged archives: {refused} refused, {60 - refused} gave the index unharmed")


def test_the_manifest_comes_first(archive: Path) -> None:
    assert members_of(archive)[0][0].name == MANIFEST_NAME
