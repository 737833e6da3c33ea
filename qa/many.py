"""Building on many machines with Ray: read, parse, cut and encode by the very functions that one machine uses.

Files are dealt out in shares. A share's worker leaves one part file under a name that says what it was made from, in a
folder that all machines see; a share whose part is there is not done again, so a run that was cut off goes on, and a
worker that dies has its share done by another. Every resolution is published once, however often it was read.
Only this module knows Ray, and nothing on the way of one machine imports it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from embeddings.vectors import choose_kind
from qa.collect import Folded, Line, Progress, Refused, better, collect, list_files, quiet, standard_line
from qa.encode import PassageEncoder, encode, entry_of, hash_of, stack
from qa.lexical import LEXICAL_VERSION
from qa.passages import PASSAGE_VERSION, cut
from qa.records import Resolution
from qa.store.codec import RecordCodec
from qa.store.columns import Listed
from qa.store.disk import Disk
from qa.store.draft import Draft, New, corpus_sha256, list_new
from qa.store.errors import ClusterError, EmptyCorpusError, ShareError
from qa.store.manifest import SCHEMA, Counts, EncoderEntry, Manifest
from qa.store.place import Database, Place
from qa.store.publish import building, publish
from qa.store.published import Stored
from qa.store.vector_cache import VectorCache
from qa.symbols import Symbol

Tools = Callable[[], AbstractContextManager[tuple[Line, PassageEncoder]]]
"""What a worker reads, parses and encodes with; must be importable where the worker runs."""

_SHARE = 16  # files a share, on average
_RETRIES = 5  # a share that kills so many workers is the fault of the share
_OPEN_PARTS = 16


class Member(msgspec.Struct, frozen=True):
    """One resolution of a part, as `qa.store.published.Stored` with its arrays as bytes."""

    symbol: str
    record: bytes
    text: bytes
    passages: tuple[bytes, ...]
    vectors: bytes
    hashes: bytes


class Part(msgspec.Struct, frozen=True):
    """What came of one share."""

    members: list[Member]
    refused: list[Refused]
    folded: list[Folded]
    n_sources: int


@dataclass(frozen=True, slots=True)
class ManyReport:
    """What a run did. `n_done` shares were worked on, `n_kept` parts were there already."""

    generation: str
    n_done: int
    n_kept: int
    n_sources: int
    n_resolutions: int
    n_passages: int
    refused: tuple[Refused, ...]
    folded: tuple[Folded, ...]


@cache
def _encoder(model: str | None) -> PassageEncoder:
    """A worker's encoder: one thread, since there are as many workers as cores."""
    from embeddings.catalogue import load_catalogue
    from embeddings.encoders import load_encoder
    from qa.settings import load_settings

    return load_encoder(load_catalogue().get(model or load_settings().encoder), 1)


@dataclass(frozen=True)
class StandardTools:
    """The project's readers and parser, and a model of its catalogue; the settings' where none is named."""

    model: str | None = None

    @contextmanager
    def __call__(self) -> Iterator[tuple[Line, PassageEncoder]]:
        """As `Tools`."""
        with standard_line() as line:
            yield line, _encoder(self.model)


def build_many(
    sources: Sequence[Path], target: Place, parts: Path, tools: Tools, progress: Progress = quiet, ray: str = "local"
) -> ManyReport:
    """Make `target` hold exactly the resolutions under `sources`, worked on by the Ray cluster at `ray`.

    Args:
        sources: files and folders, under the same names on all machines.
        target: a folder of this machine, or a database.
        parts: a folder that all machines see; may be removed after the last run.
        tools: see `Tools`.
        progress: told of shares and of what is published.
        ray: the cluster's address, or "local" for one of this machine's cores.

    Raises:
        ClusterError, ShareError: no Ray, or work that failed; what is done stays done.
        StoreError: nothing could be published; the target is as it was.
    """
    files = [path.absolute() for path in dict.fromkeys(list_files(sources))]
    with tools() as (line, encoder):
        entry, parser = entry_of(encoder), line.parser or ""
    parts.mkdir(parents=True, exist_ok=True)
    shares = {_name_of(share, entry, parser): share for share in _deal(files)}
    missing = {name: share for name, share in shares.items() if not (parts / name).is_file()}
    if missing:
        _work(missing, parts, tools, progress, ray)
    gathered = _Gathered(parts, list(shares))
    if not gathered.places:
        raise EmptyCorpusError(Path(str(target)), tuple(one.why for one in gathered.refused))
    manifest = gathered.publish(target, entry, progress)
    counts, done = manifest.counts, len(missing)
    return ManyReport(
        manifest.id, done, len(shares) - done, gathered.n_sources, counts.resolutions, counts.passages,
        tuple(gathered.refused), tuple(gathered.folded),
    )  # fmt: skip


def _deal(files: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Shares that end where a file's name says so: a file more or less changes one share, not all that follow."""
    share: list[Path] = []
    for path in files:
        share.append(path)
        if int.from_bytes(hashlib.sha256(os.fsencode(path)).digest()[:4]) % _SHARE == 0:
            yield tuple(share)
            share = []
    if share:
        yield tuple(share)


def _name_of(share: tuple[Path, ...], entry: EncoderEntry, parser: str) -> str:
    """A part's name: all that its content depends on, hashed."""
    digest = hashlib.sha256(msgspec.json.encode([entry, parser, PASSAGE_VERSION]))
    for path in share:
        stat = path.stat() if path.exists() else None
        digest.update(
            f"{path}\0{stat and stat.st_size}\0{stat and stat.st_mtime_ns}\0".encode("utf-8", "surrogateescape")
        )
    return f"{digest.hexdigest()[:32]}.part"


def _work(missing: dict[str, tuple[Path, ...]], parts: Path, tools: Tools, progress: Progress, address: str) -> None:
    """Have every missing part made, each by whichever worker is free."""
    try:
        import ray
    except ImportError as error:
        why = "the package is not installed: pip install 'un-resolution-qa[ray]'"
        raise ClusterError(address, why) from error
    try:
        _start(ray, address)
        task = ray.remote(max_retries=_RETRIES)(make_part)
        waiting: dict[Any, str] = {
            task.remote(share, str(parts / name), tools): name for name, share in missing.items()
        }
        while waiting:
            progress("shares", len(missing) - len(waiting), len(missing))
            for done in ray.wait(list(waiting))[0]:
                name = waiting.pop(done)
                try:
                    ray.get(done)
                except ray.exceptions.RayError as error:
                    raise ShareError(missing[name][0], str(error).strip().splitlines()[-1]) from error
        progress("shares", len(missing), len(missing))
    finally:
        ray.shutdown()


def _start(ray: Any, address: str) -> None:
    try:
        ray.init(address, include_dashboard=False, log_to_driver=False, configure_logging=False)
    except Exception as error:  # of no one class: a cluster may be away, overloaded or of another version
        raise ClusterError(address, str(error).strip().splitlines()[0] or type(error).__name__) from error


def make_part(share: tuple[Path, ...], target: str, tools: Tools) -> None:
    """Read, parse, cut and encode one share, and leave its part; it appears whole or not at all."""
    codec, scratch = RecordCodec(), Path(f"{target}.{uuid.uuid4().hex}.work")
    scratch.mkdir()
    try:
        with tools() as (line, encoder):
            entry = entry_of(encoder)
            collected = collect(share, line, quiet, lambda source: None)
            cuts = [(one, cut(one, encoder.max_tokens, encoder.count_tokens)) for one in collected.resolutions.values()]
            wanted = [(hash_of(entry, passage), passage) for _, passages in cuts for passage in passages]
            cache_ = VectorCache(scratch, entry.sha256 or entry.name, entry.dim)
            encoded = encode(encoder, wanted, None, cache_, quiet)
            cache_.close(remove=True)
        members = []
        for resolution, passages in cuts:
            vectors, hashes = stack([hash_of(entry, passage) for passage in passages], encoded, entry.dim)
            record, text = codec.encode_resolution(resolution), resolution.source.text.encode("utf-8")
            tokens = [encoded.tokens[hash_of(entry, passage)] for passage in passages]
            kept = tuple(map(codec.encode_passage, passages, tokens))
            members.append(Member(str(resolution.symbol), record, text, kept, vectors.tobytes(), hashes.tobytes()))
        part = Part(members, collected.refused, collected.folded, collected.n_sources)
        draft = scratch / "part"
        with draft.open("wb") as out:
            out.write(msgspec.msgpack.encode(part))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Gathered:
    """All parts of a run: of each resolution the best reading, and where it lies; texts are read when published."""

    def __init__(self, parts: Path, names: Sequence[str]) -> None:
        self._parts = parts
        self._codec = RecordCodec()
        self._open = lru_cache(_OPEN_PARTS)(self._read)
        self.places: dict[str, tuple[str, int]] = {}
        self.refused: list[Refused] = []
        self.folded: list[Folded] = []
        self.n_sources = 0
        for name in names:
            part = self._open(name)
            self.refused += part.refused
            self.folded += part.folded
            self.n_sources += part.n_sources
            for at, member in enumerate(part.members):
                self._take(member.symbol, (name, at))

    def _read(self, name: str) -> Part:
        return msgspec.msgpack.decode((self._parts / name).read_bytes(), type=Part)

    def _take(self, symbol: str, place: tuple[str, int]) -> None:
        there = self.places.setdefault(symbol, place)
        if there == place:
            return
        one, other = self._resolution(there), self._resolution(place)
        kept, left, why = better(one, other)
        self.places[symbol] = place if kept is other else there
        self.folded.append(Folded(symbol, kept.source.name, left.source.name, why))

    def _member(self, place: tuple[str, int]) -> Member:
        return self._open(place[0]).members[place[1]]

    def _resolution(self, place: tuple[str, int]) -> Resolution:
        member = self._member(place)
        return self._codec.decode_resolution(member.record, member.text.decode("utf-8"))

    def publish(self, target: Place, entry: EncoderEntry, progress: Progress) -> Manifest:
        """Publish the best readings in the order of their symbols."""
        places = [self.places[symbol] for symbol in sorted(self.places, key=Symbol.parse)]
        news = (self._new(place, entry.dim) for place in places)
        if not isinstance(target, Database):
            disk = Disk()
            with building(target, disk):
                draft = Draft.of(None, (), news)
                n = sum(len(one.passages) for one in draft.members if isinstance(one, New))
                return publish(target, draft.contents(entry, choose_kind(n)), disk)
        from qa.engine.connecting import Engine
        from qa.engine.publishing import publish as publish_there

        listed = [list_new(one) for one in news]
        stored = (self._stored(place, entry.dim) for place in places)
        return publish_there(Engine(target), _manifest(listed, entry), listed, stored, progress)

    def _stored(self, place: tuple[str, int], dim: int) -> Stored:
        member = self._member(place)
        vectors = np.frombuffer(member.vectors, dtype="<f4").reshape(-1, dim)
        hashes = np.frombuffer(member.hashes, dtype=np.uint8).reshape(len(vectors), -1)
        return Stored(member.record, member.text, member.passages, vectors, hashes)

    def _new(self, place: tuple[str, int], dim: int) -> New:
        stored = self._stored(place, dim)
        passages = tuple(map(self._codec.decode_passage, stored.passages))
        tokens = tuple(map(self._codec.tokens_in, stored.passages))
        return New(self._resolution(place), passages, stored.vectors, stored.hashes, tokens)


def _manifest(listed: Sequence[Listed], entry: EncoderEntry) -> Manifest:
    return Manifest(
        schema=SCHEMA,
        id="",
        parent=None,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        encoder=entry,
        vectors="exact",
        parsers=sorted({one.parser for one in listed}),
        passage_version=PASSAGE_VERSION,
        lexical_version=LEXICAL_VERSION,
        counts=Counts(len(listed), sum(len(one.paragraphs) for one in listed), sum(one.n_passages for one in listed)),
        corpus_sha256=corpus_sha256(listed),
        files={},
    )
