"""What a disk holds after the power fails: a log of what was written, named and synced, replayed up to any point.

A kill cannot show a missing sync, for the system's memory survives it; a power cut does not spare it. The model is
harsh: contents that were not synced are lost, cut or kept; names in a folder that was not synced since are old or new.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from qa.store.disk import Chunk, Disk
from qa.store.manifest import FileEntry


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done; `what` is write, sync, mkdir, sync folder, move or remove."""

    what: str
    path: Path
    target: Path | None = None
    content: bytes = b""


@dataclass
class Log:
    ops: list[Op] = field(default_factory=list)


class RecordingDisk(Disk):
    """Does what `Disk` does, and writes down what reached the disk and what only the system's memory."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log
        self._synced: list[int] = []

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self._log.ops.append(Op("mkdir", path))

    def write(self, path: Path, chunks: Iterable[Chunk]) -> FileEntry:
        self._synced.clear()
        entry = super().write(path, chunks)
        self._log.ops.append(Op("write", path, content=path.read_bytes()))
        if self._synced:
            self._log.ops.append(Op("sync", path))
        return entry

    def sync_folder(self, path: Path) -> None:
        self._synced.clear()
        super().sync_folder(path)
        if self._synced:
            self._log.ops.append(Op("sync folder", path))

    def _sync(self, handle: int) -> None:
        self._synced.append(handle)

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self._log.ops.append(Op("move", path, target))

    def replace(self, path: Path, target: Path) -> None:
        super().replace(path, target)
        self._log.ops.append(Op("move", path, target))

    def remove(self, path: Path) -> None:
        existed = path.exists()
        super().remove(path)
        if existed:
            self._log.ops.append(Op("remove", path))


class NeverSynced(RecordingDisk):
    """A mutant: no sync at all."""

    def _sync(self, handle: int) -> None:
        pass


class ReplacedFirst(RecordingDisk):
    """A mutant: files are synced only after `CURRENT` has been replaced."""

    def __init__(self, log: Log) -> None:
        super().__init__(log)
        self._late: list[Op] = []

    def write(self, path: Path, chunks: Iterable[Chunk]) -> FileEntry:
        entry = super().write(path, chunks)
        if self._log.ops[-1].what == "sync" and path.name != "CURRENT.tmp":
            self._late.append(self._log.ops.pop())
        return entry

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self._late = [Op("sync", target / op.path.relative_to(path)) for op in self._late]

    def replace(self, path: Path, target: Path) -> None:
        super().replace(path, target)
        self._log.ops.extend(self._late)
        self._late.clear()


class NoFolderSync(RecordingDisk):
    """A mutant: files are synced, their names are not."""

    @contextmanager
    def step(self, name: str, path: Path) -> Iterator[None]:
        self._folder = name.startswith("sync ")
        with super().step(name, path):
            yield

    def _sync(self, handle: int) -> None:
        if not os.path.isdir(f"/proc/self/fd/{handle}"):
            super()._sync(handle)


@dataclass
class _Node:
    """A file or a folder in the model; `durable` is what a cut leaves of a file for certain."""

    is_folder: bool
    content: bytes = b""
    durable: bytes | None = None
    names: dict[str, _Node] = field(default_factory=dict)
    durable_names: dict[str, _Node] = field(default_factory=dict)


class PowerCut:
    """Builds the disk that a power cut after `n` of the logged operations leaves."""

    def __init__(self, root: Path, base: Path | None) -> None:
        self._root = root
        self._base = base

    def replay(self, ops: list[Op], target: Path, rng: random.Random, mood: str) -> None:
        """Write what is left into `target`. `mood`: "least" is what is certain, "names" also all names, or "mixed"."""
        top = self._load(self._base) if self._base else _Node(True)
        for op in ops:
            self._apply(top, op)
        shutil.rmtree(target, ignore_errors=True)
        self._store(top, target, rng, mood)

    def _load(self, path: Path) -> _Node:
        if path.is_file():
            raw = path.read_bytes()
            return _Node(False, raw, raw)
        names = {one.name: self._load(one) for one in path.iterdir()}
        return _Node(True, names=names, durable_names=dict(names))

    def _find(self, top: _Node, path: Path) -> tuple[_Node, str]:
        node = top
        *folders, name = path.relative_to(self._root).parts
        for folder in folders:
            node = node.names[folder]
        return node, name

    def _apply(self, top: _Node, op: Op) -> None:
        if op.what == "sync folder" and op.path == self._root:
            top.durable_names = dict(top.names)
            return
        folder, name = self._find(top, op.path)
        if op.what == "mkdir":
            folder.names[name] = _Node(True)
        elif op.what == "write":
            folder.names[name] = _Node(False, op.content)
        elif op.what == "sync":
            folder.names[name].durable = folder.names[name].content
        elif op.what == "sync folder":
            folder.names[name].durable_names = dict(folder.names[name].names)
        elif op.what == "remove":
            folder.names.pop(name, None)
        elif op.what == "move" and op.target is not None:
            node = folder.names.pop(name)
            into, new = self._find(top, op.target)
            into.names[new] = node

    def _store(self, node: _Node, path: Path, rng: random.Random, mood: str) -> None:
        path.mkdir(parents=True)
        names = dict(node.durable_names)
        if mood == "names" or (mood == "mixed" and rng.random() < 0.5):
            names = dict(node.names)
        elif mood == "mixed":
            names |= {name: one for name, one in node.names.items() if rng.random() < 0.5}
        for name, one in names.items():
            if one.is_folder:
                self._store(one, path / name, rng, mood)
                continue
            content = one.durable
            if content is None:
                keep = len(one.content) if mood == "mixed" and rng.random() < 0.5 else 0
                content = one.content[: rng.randrange(keep + 1)] if keep else b""
            (path / name).write_bytes(content)
