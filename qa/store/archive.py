"""An index as one file, with its checks, and back: a plain tar of the manifest and the files it names, in order.

Taking one in trusts nothing: members must be exactly the manifest's files in its order, plain files with safe names, of
the sizes that it states, with contents of the sha256 that it states. The manifest guards against damage, not against
whoever made the archive: take in only what you would also build from.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qa.progress import Progress, quiet
from qa.store.current import open_current
from qa.store.disk import Disk
from qa.store.errors import ArchiveError, DamagedError, DiskError, SchemaError
from qa.store.manifest import MANIFEST_NAME, FileEntry, Manifest, decode
from qa.store.publish import Contents, building, publish

_CHUNK = 1 << 20
_MAX_MANIFEST = 16 << 20


def export_index(index: Path, target: Path, progress: Progress = quiet) -> Manifest:
    """Write the current generation of `index` to the file `target`; it appears whole or not at all.

    Raises:
        StoreError: the index cannot be opened, or the disk refused.
    """
    with open_current(index).generation as generation:
        draft = target.with_name(f".{target.name}.tmp")
        try:
            with draft.open("wb") as out:
                with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    names = (MANIFEST_NAME, *generation.manifest.files)
                    for done, name in enumerate(names, start=1):
                        _put(tar, name, generation.folder / name)
                        progress("files", done, len(names))
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise DiskError(target, error) from error
        return generation.manifest


def _put(tar: tarfile.TarFile, name: str, path: Path) -> None:
    member = tarfile.TarInfo(name)  # no owner, time or mode of this machine: the same index gives the same file
    member.size = path.stat().st_size
    member.mode = 0o644
    with path.open("rb") as source:
        tar.addfile(member, source)


def import_index(archive: Path, index: Path, disk: Disk | None = None, progress: Progress = quiet) -> Manifest:
    """Take an exported index in as the next generation of `index`, and make it the current one.

    Raises:
        ArchiveError: damaged, hostile or no export; the index is as it was.
        StoreError: busy, or the disk refused; likewise.
    """
    try:
        total = archive.stat().st_size
        with archive.open("rb") as raw, tarfile.open(fileobj=raw, mode="r:") as tar:
            manifest = _read_manifest(tar, archive)
            if sum(entry.size for entry in manifest.files.values()) > total:
                raise ArchiveError(archive, "states more than it holds")
            used = disk or Disk()
            with building(index, used):
                return publish(index, _contents(tar, archive, manifest, progress), used)
    except DamagedError as error:
        raise ArchiveError(archive, f"what it holds is no index: {error.why}") from error
    except tarfile.TarError as error:
        raise ArchiveError(archive, f"no archive, or cut ({error})") from error
    except OSError as error:
        raise ArchiveError(archive, f"cannot be read ({error.strerror or error})") from error


def _read_manifest(tar: tarfile.TarFile, archive: Path) -> Manifest:
    raw = b"".join(_member(tar, archive, MANIFEST_NAME, None))
    try:
        return decode(raw, archive)
    except SchemaError:
        raise
    except DamagedError as error:
        raise ArchiveError(archive, f"its manifest {error.why}") from error


def _contents(tar: tarfile.TarFile, archive: Path, manifest: Manifest, progress: Progress) -> Contents:
    members = _Members(tar, archive, len(manifest.files), progress)
    return Contents(
        files={name: members.next(name, entry) for name, entry in manifest.files.items()},
        parent=None,
        encoder=manifest.encoder,
        vectors=manifest.vectors,
        parsers=tuple(manifest.parsers),
        passage_version=manifest.passage_version,
        lexical_version=manifest.lexical_version,
        counts=manifest.counts,
        corpus_sha256=manifest.corpus_sha256,
    )


class _Members:
    """The files of an archive, one after the other as its manifest names them."""

    def __init__(self, tar: tarfile.TarFile, archive: Path, n_files: int, progress: Progress) -> None:
        self._tar = tar
        self._archive = archive
        self._n_files = n_files
        self._progress = progress
        self._done = 0

    def next(self, name: str, entry: FileEntry) -> Iterator[bytes]:
        """The contents of the next member, which must be `name`; compared with `entry` when all has been given."""
        digest = hashlib.sha256()
        for chunk in _member(self._tar, self._archive, name, entry.size):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != entry.sha256:
            raise ArchiveError(self._archive, f"{name} changed since it was exported (its sha256 differs)")
        self._done += 1
        self._progress("files", self._done, self._n_files)
        if self._done == self._n_files and self._tar.next() is not None:
            raise ArchiveError(self._archive, "holds more than its manifest names")


def _member(tar: tarfile.TarFile, archive: Path, name: str, size: int | None) -> Iterator[bytes]:
    member = tar.next()
    if member is None:
        raise ArchiveError(archive, f"ends before {name}")
    if member.name != name or not member.isreg() or member.issparse():
        raise ArchiveError(archive, f"holds {member.name!r} where the plain file {name} was to come")
    if member.size > _MAX_MANIFEST if size is None else member.size != size:
        raise ArchiveError(archive, f"{name} has {member.size} bytes, not {'a few thousand' if size is None else size}")
    source = tar.extractfile(member) or io.BytesIO()
    left = member.size
    while left:
        chunk = source.read(min(_CHUNK, left))
        if not chunk:
            raise ArchiveError(archive, f"cut inside {name}")
        left -= len(chunk)
        yield chunk
