"""A corpus from one place to another: folder or database, either way. Nothing is parsed, cut or encoded anew."""

from __future__ import annotations

from embeddings.vectors import choose_kind
from qa.opening import read
from qa.progress import Progress, quiet
from qa.scratch import Scratch
from qa.store.disk import Disk
from qa.store.draft import Draft
from qa.store.errors import SamePlaceError
from qa.store.manifest import Manifest
from qa.store.place import Database, Place
from qa.store.publish import building, publish
from qa.store.shelf import StoredShelf


def copy_index(source: Place, target: Place, progress: Progress = quiet) -> Manifest:
    """Publish the current generation of `source` as the next one of `target`; both serve on meanwhile.

    Raises:
        SamePlaceError: they are one. StoreError: the source cannot be read, or the target is busy, refuses or does not answer; it is then as it was.
    """
    if _is_same(source, target):
        raise SamePlaceError(source)
    generation = read(source)
    try:
        if isinstance(target, Database):
            from qa.engine.connecting import Engine
            from qa.engine.publishing import publish as publish_there

            engine = Engine(target)
            return publish_there(
                engine, generation.manifest, generation.all_listed(), generation.all_stored(), progress
            )
        disk, kind = Disk(), choose_kind(generation.manifest.counts.passages)
        with building(target, disk), Scratch(target) as scratch:
            shelf, n = StoredShelf(scratch), generation.manifest.counts.resolutions
            for listed, stored in zip(generation.all_listed(), generation.all_stored(), strict=True):
                shelf.put(listed, stored)
                progress("read", len(shelf), n)
            draft = Draft.of(scratch, None, (), shelf, len(shelf))
            return publish(target, draft.contents(generation.manifest.encoder, kind), disk)
    finally:
        generation.close()


def _is_same(one: Place, other: Place) -> bool:
    """Whether two places are one, however they are written."""
    if isinstance(one, Database) or isinstance(other, Database):
        return one == other
    return one.resolve() == other.resolve()
