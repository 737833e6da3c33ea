"""Keeps an index up to date with folders: looks at them every so often and builds when they have come to rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qa.build import BuildReport, Workshop, run_build
from qa.collect import list_files
from qa.store.errors import BusyError, EmptyCorpusError

Signature = tuple[tuple[str, int, int], ...]


def sign(paths: Sequence[Path]) -> Signature:
    """Names, sizes and times of all files under `paths`; files that vanish while being looked at are left out."""
    found: list[tuple[str, int, int]] = []
    for path in list_files(paths):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def watch(
    sources: Sequence[Path], shop: Workshop, wait: Callable[[], bool]
) -> Iterator[BuildReport | BusyError | EmptyCorpusError]:
    """Build whenever the files under `sources` differ from those last built and have not changed between two looks.

    `wait` sleeps between two looks and gives false to end. What hinders a build for the time being (another builder, no
    resolution left) is given in place of its report and tried again; the index stays as it was.
    """
    built: Signature | None = None
    seen = sign(sources)
    while wait():
        now = sign(sources)
        if now == seen and now != built:
            try:
                yield run_build(sources, shop)
                built = now
            except EmptyCorpusError as error:
                built = now  # nothing will change until a file does
                yield error
            except BusyError as error:
                yield error
        seen = now
