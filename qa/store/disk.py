"""Every change that the store makes on disk goes through here, so that order and failure can be tested.

`Disk` tells each step to `on_step` before and after doing it; in production that is nothing. Tests pass a function that
kills the process at a named step, or a `Disk` that leaves a step out and must then be found out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.store.errors import DiskError
from qa.store.manifest import FileEntry

Chunk = bytes | memoryview


def no_step(name: str) -> None:
    """What happens at a step in production: nothing."""


class Disk:
    """Writes, syncs and renames; any refusal of the system becomes a `DiskError` that names the file."""

    def __init__(self, on_step: Callable[[str], None] = no_step) -> None:
        self._on_step = on_step

    @contextmanager
    def step(self, name: str, path: Path) -> Iterator[None]:
        """One named step on `path`."""
        self._on_step(f"before {name}")
        try:
            yield
        except OSError as error:
            raise DiskError(path, error) from error
        self._on_step(f"after {name}")

    def make_folder(self, path: Path) -> None:
        """Make a new folder; one that is there already is an error."""
        with self.step(f"make {path.name}", path):
            path.mkdir(parents=True)

    def write(self, path: Path, chunks: Iterable[Chunk]) -> FileEntry:
        """Write a new file, sync it, and give its size and sha256 as they were meant to be."""
        size, digest = 0, hashlib.sha256()
        with self.step(f"write {path.name}", path), path.open("xb") as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            out.flush()
            self._sync(out.fileno())
        return FileEntry(size, digest.hexdigest())

    def sync_folder(self, path: Path) -> None:
        """Make the names in a folder last."""
        with self.step(f"sync {path.name}", path):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                self._sync(handle)
            finally:
                os.close(handle)

    def _sync(self, handle: int) -> None:
        os.fsync(handle)

    def rename(self, path: Path, target: Path) -> None:
        """Give a folder its last name."""
        with self.step("rename generation", path):
            path.rename(target)

    def replace(self, path: Path, target: Path) -> None:
        """Put one file in another's place, at once."""
        with self.step(f"replace {target.name}", target):
            path.replace(target)

    def remove(self, path: Path) -> None:
        """Take away a file or a folder with all that is in it; one that is not there is fine."""
        with self.step("remove", path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
