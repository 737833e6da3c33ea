"""Broken publishers, each of which a test must find out: a test that none of them turns red proves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from qa import build
from qa.store.current import read_current
from qa.store.disk import Disk
from qa.store.manifest import MANIFEST_NAME, SCHEMA, FileEntry, Manifest, render
from qa.store.publish import Contents


def write_in_place() -> None:
    """Overwrites the files that are being read, one after the other."""
    build.publish = _publish_in_place  # type: ignore[attr-defined]


def _publish_in_place(index: Path, contents: Contents, disk: Disk) -> Manifest:
    import hashlib

    name = read_current(index) or "gen-000001-00000000"
    folder = index / name
    for inner in ("lexical", "columns"):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    files = {}
    for file, chunks in contents.files.items():
        raw = b"".join(bytes(chunk) for chunk in chunks)
        (folder / file).write_bytes(raw)
        files[file] = FileEntry(len(raw), hashlib.sha256(raw).hexdigest())
    manifest = Manifest(
        schema=SCHEMA,
        id=name.removeprefix("gen-"),
        parent=None,
        created=dt.datetime.now(dt.UTC).isoformat(),
        encoder=contents.encoder,
        vectors=contents.vectors,
        parsers=list(contents.parsers),
        passage_version=contents.passage_version,
        lexical_version=contents.lexical_version,
        counts=contents.counts,
        corpus_sha256=contents.corpus_sha256,
        files=files,
    )
    (folder / MANIFEST_NAME).write_bytes(render(manifest))
    (index / "CURRENT").write_text(f"{name}\n")
    return manifest


def publish_half() -> None:
    """Makes a generation current before its last file is written."""
    build.publish = _publish_half  # type: ignore[attr-defined]


def _publish_half(index: Path, contents: Contents, disk: Disk) -> Manifest:
    (index / "CURRENT.early").write_text("gen-000099-00000000\n")
    (index / "CURRENT.early").replace(index / "CURRENT")
    (index / "gen-000099-00000000").mkdir(exist_ok=True)
    return _publish_in_place(index, contents, disk)


MUTANTS: dict[str, Callable[[], None]] = {"in place": write_in_place, "half": publish_half}
