"""Verification finds every damage, names the file, and changes nothing; the record's form on disk is pinned."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest

from qa import records
from qa.build import run_build, run_change
from qa.store.codec import StoredResolution
from qa.store.current import list_generations
from qa.store.errors import NoIndexError, SchemaError
from qa.store.generation import Generation
from qa.store.manifest import MANIFEST_NAME, SCHEMA, _seal
from qa.store.verify import verify
from tests.qa.corpora import workshop, write_corpus, write_resolution


@pytest.fixture
def index(tmp_path: Path) -> Path:
    corpus = write_corpus(tmp_path / "corpus")
    run_build([corpus], workshop(tmp_path / "index"))
    run_change([write_resolution(corpus, 30)], workshop(tmp_path / "index"), replace=False)
    return tmp_path / "index"


def snapshot(index: Path) -> dict[str, tuple[str, int]]:
    files = (path for path in sorted(index.rglob("*")) if path.is_file())
    return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


def test_a_whole_index_has_no_findings_and_is_left_alone(index: Path) -> None:
    before = snapshot(index)
    result = verify(index)
    assert result.findings == ()
    assert (len(result.generations), result.n_paragraphs) == (2, 18 + 21)
    assert result.current == result.generations[0]
    assert snapshot(index) == before


def test_all_damage_is_named_not_the_first(index: Path) -> None:
    new, old = list_generations(index)
    (new / "vectors.npy").unlink()
    with (old / "passages.blob").open("r+b") as file:
        file.write(b"!")
    (old / "extra.txt").write_text("x")
    (index / "CURRENT").write_text("rubbish")
    named = {Path(one.path).relative_to(index).as_posix(): one.why for one in verify(index).findings}
    assert named.keys() == {
        "CURRENT",
        f"{new.name}/vectors.npy",
        f"{old.name}/passages.blob",
        f"{old.name}/extra.txt",
    }


def test_a_renamed_folder_is_told(index: Path) -> None:
    newest = list_generations(index)[0]
    newest.rename(index / "gen-000009-00000000")
    assert any("was renamed" in one.why for one in verify(index).findings)


def test_nothing_to_verify_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="no such folder"):
        verify(tmp_path / "nowhere")


def test_another_schema_says_rebuild(index: Path) -> None:
    newest = list_generations(index)[0]
    path = newest / MANIFEST_NAME
    manifest = json.loads(path.read_bytes())["manifest"]
    path.write_bytes(_seal(json.dumps({"schema": SCHEMA + 1, "later": manifest}).encode()))
    with pytest.raises(SchemaError, match="rebuild with: qa build"):
        Generation(newest)


def _form() -> str:
    """Every field on disk with its type, in order: what schema number stands for."""
    kinds = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, records.Record)]
    lines = [
        f"{kind.__name__}.{one.name}: {get_type_hints(kind)[one.name]}"
        for kind in kinds
        if kind is not records.Resolution
        for one in msgspec.structs.fields(kind)
    ]
    lines += [f"stored.{name}: {hint}" for name, hint in get_type_hints(StoredResolution).items()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def test_the_form_of_records_on_disk_is_that_of_the_schema() -> None:
    """Red after a change of `qa.records`: raise SCHEMA, then put the new digest here under the new number."""
    assert {1: "0f14cf41928eeffa"}[SCHEMA] == _form()
