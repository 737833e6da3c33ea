"""Writing a generation and making it the current one, so that a crash at any moment leaves the old or the new.

Order: every file written and synced, the folders synced, the result read back and probed; the folder gets its last name
and the index folder is synced; `CURRENT` is replaced in one step and the index folder synced again. Only then are older
generations removed.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qa.store.current import CURRENT_NAME, check_folder, list_generations, read_current, sequence_of
from qa.store.disk import Chunk, Disk
from qa.store.errors import BusyError, DiskError
from qa.store.generation import Generation
from qa.store.manifest import MANIFEST_NAME, SCHEMA, Counts, EncoderEntry, FileEntry, Manifest, render
from qa.store.probe import probe

LOCK_NAME = "LOCK"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation is to hold. Files are written in the mapping's order; names have at most one folder."""

    files: Mapping[str, Iterable[Chunk]]
    parent: str | None
    encoder: EncoderEntry
    vectors: str
    parsers: tuple[str, ...]
    passage_version: int
    lexical_version: int
    counts: Counts
    corpus_sha256: str


@contextmanager
def building(index: Path, disk: Disk) -> Iterator[None]:
    """Be the one builder of `index`, and clear away what a builder that died left behind.

    Raises:
        BusyError: another process is. NotAFolderError: a file lies there.
    """
    check_folder(index)
    with disk.step("lock", index):
        index.mkdir(parents=True, exist_ok=True)
        handle = os.open(index / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(index) from error
        _clear_litter(index, disk)
        yield
    finally:
        os.close(handle)


def _clear_litter(index: Path, disk: Disk) -> None:
    for path in [
        *index.glob("gen-*.tmp"),
        *index.glob("gen-*.dead"),
        *index.glob("spool-*.tmp"),
        index / f"{CURRENT_NAME}.tmp",
    ]:
        disk.remove(path)


def publish(index: Path, contents: Contents, disk: Disk) -> Manifest:
    """Write `contents` as a new generation and make it current. The caller holds `building`.

    Raises:
        DiskError: the system refused; the index is as it was and what was written is gone. Or it refused only to make the
            last step last: the new generation is the current one then, and the message says so.
    """
    before = _before(index)
    sequence = 1 + max((sequence_of(name) or 0 for name in before), default=0)
    draft = index / f"gen-{sequence:06d}.tmp"
    try:
        manifest = _write(draft, sequence, contents, disk)
        with Generation(draft) as written:
            probe(written)
        folder = index / f"gen-{manifest.id}"
        disk.rename(draft, folder)
    except BaseException:
        with suppress(DiskError):
            disk.remove(draft)
        raise
    try:
        disk.sync_folder(index)
        set_current(index, folder.name, disk)
    except BaseException as error:
        if read_current(index) != folder.name:
            with suppress(DiskError):
                disk.remove(index / f"{CURRENT_NAME}.tmp")
                disk.remove(folder)
        elif isinstance(error, DiskError):
            state = "the new generation is in place, but might not outlast a power cut"
            raise DiskError(error.path, error.cause, state) from error
        raise
    with suppress(DiskError):  # what was to be published is; older generations that stay go with a later build
        prune(index, {folder.name, *before[:1]}, disk)
    return manifest


def _before(index: Path) -> list[str]:
    """The generations that are there, the one that is served first, then newest first."""
    names, current = [path.name for path in list_generations(index)], read_current(index)
    return sorted(names, key=lambda name: name != current)


def _write(draft: Path, sequence: int, contents: Contents, disk: Disk) -> Manifest:
    disk.make_folder(draft)
    for inner in sorted({name.split("/")[0] for name in contents.files if "/" in name}):
        disk.make_folder(draft / inner)
    files = {name: disk.write(draft / name, chunks) for name, chunks in contents.files.items()}
    manifest = Manifest(
        schema=SCHEMA,
        id=f"{sequence:06d}-{_digest(files)[:8]}",
        parent=contents.parent,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        encoder=contents.encoder,
        vectors=contents.vectors,
        parsers=list(contents.parsers),
        passage_version=contents.passage_version,
        lexical_version=contents.lexical_version,
        counts=contents.counts,
        corpus_sha256=contents.corpus_sha256,
        files=files,
    )
    disk.write(draft / MANIFEST_NAME, [render(manifest)])
    for inner in sorted({name.split("/")[0] for name in files if "/" in name}):
        disk.sync_folder(draft / inner)
    disk.sync_folder(draft)
    return manifest


def _digest(files: Mapping[str, FileEntry]) -> str:
    lines = "".join(f"{name} {entry.sha256}\n" for name, entry in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def set_current(index: Path, name: str, disk: Disk) -> None:
    """Make the generation folder `name` the current one, in one step that lasts."""
    draft = index / f"{CURRENT_NAME}.tmp"
    disk.remove(draft)
    disk.write(draft, [f"{name}\n".encode()])
    disk.replace(draft, index / CURRENT_NAME)
    disk.sync_folder(index)


def prune(index: Path, keep: set[str], disk: Disk) -> None:
    """Remove the generations not in `keep` that no reader holds; those that are held go at a later build."""
    for folder in list_generations(index):
        if folder.name not in keep and _claim(folder, disk):
            disk.remove(folder.with_name(f"{folder.name}.dead"))


def _claim(folder: Path, disk: Disk) -> bool:
    """Take a folder's name away, unless a reader holds it; a reader that comes later finds no such generation."""
    try:
        handle = os.open(folder / MANIFEST_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        handle = -1  # without a manifest nobody can be reading it
    try:
        if handle >= 0:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        disk.rename(folder, folder.with_name(f"{folder.name}.dead"))
    except BlockingIOError:
        return False
    finally:
        if handle >= 0:
            os.close(handle)
    return True
