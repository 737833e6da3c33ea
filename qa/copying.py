"""A corpus from one place to another: folder or database, either way. Nothing is parsed, cut or encoded anew."""

from __future__ import annotations

from collections.abc import Iterator

from embeddings.vectors import choose_kind
from qa.collect import Progress, quiet
from qa.opening import read
from qa.store.codec import RecordCodec
from qa.store.disk import Disk
from qa.store.draft import Draft, New
from qa.store.manifest import Manifest
from qa.store.place import Database, Place
from qa.store.publish import building, publish
from qa.store.published import Published


def copy_index(source: Place, target: Place, progress: Progress = quiet) -> Manifest:
    """Publish the current generation of `source` as the next one of `target`; both serve on meanwhile.

    Raises:
        StoreError: the source cannot be read, or the target is busy, refuses or does not answer; it is then as it was.
    """
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
        with building(target, disk):
            draft = Draft.of(None, (), _members(generation, progress))
            return publish(target, draft.contents(generation.manifest.encoder, kind), disk)
    finally:
        generation.close()


def _members(generation: Published, progress: Progress) -> Iterator[New]:
    codec, n = RecordCodec(), generation.manifest.counts.resolutions
    for done, kept in enumerate(generation.all_stored(), start=1):
        resolution = codec.decode_resolution(kept.record, kept.text.decode("utf-8"))
        passages = tuple(map(codec.decode_passage, kept.passages))
        yield New(resolution, passages, kept.vectors, kept.hashes, tuple(map(codec.tokens_in, kept.passages)))
        progress("read", done, n)
