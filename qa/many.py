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
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from embeddings.vectors import choose_kind
from qa.collect import Folded, Line, Refused, better, collect, list_files, standard_line
from qa.encode import Cuts, PassageEncoder, cache_of, entry_of
from qa.lexical import LEXICAL_VERSION
from qa.passages import PASSAGE_VERSION
from qa.progress import Progress, quiet
from qa.records import Resolution
from qa.scratch import Scratch
from qa.store.codec import RecordCodec
from qa.store.columns import Listed
from qa.store.disk import Disk
from qa.store.draft import Draft, corpus_sha256, list_new
from qa.store.errors import ClusterError, EmptyCorpusError, ShareError
from qa.store.manifest import SCHEMA, Counts, EncoderEntry, Manifest
from qa.store.place import Database, Place
from qa.store.publish import building, publish
from qa.store.published import Stored
from qa.store.shelf import StoredShelf
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


class Share(msgspec.Struct, frozen=True):
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
        why = "the package is not installed: in the clone of this project, pip install -r requirements/ray.lock"
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
    folder = Path(f"{target}.{uuid.uuid4().hex}.work")
    folder.mkdir()
    try:
        with tools() as (line, encoder), Scratch(folder) as scratch, closing(cache_of(encoder, folder)) as cache_:
            collected = collect(share, line, scratch)
            cuts = Cuts(collected.resolutions, encoder, cache_, scratch)
            for symbol in collected.resolutions:
                cuts.put(symbol)
            cuts.encode(None, quiet)
            members = [_member(cuts, number) for number in range(len(cuts))]
        part = Share(members, collected.refused, collected.folded, collected.n_sources)
        draft = folder / "part"
        with draft.open("wb") as out:
            out.write(msgspec.msgpack.encode(part))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _member(cuts: Cuts, number: int) -> Member:
    record, text = cuts.raw_record(number)
    vectors, hashes = cuts.vectors_at(number).tobytes(), cuts.hashes_at(number).tobytes()
    return Member(cuts.listed_at(number).symbol, record, text, tuple(cuts.raw_passages(number)), vectors, hashes)


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

    def _read(self, name: str) -> Share:
        return msgspec.msgpack.decode((self._parts / name).read_bytes(), type=Share)

    def _take(self, symbol: str, place: tuple[str, int]) -> None:
        there = self.places.setdefault(symbol, place)
        if there == place:
            return
        one, other = self._resolution(there), self._resolution(place)
        kept, left, why = better(one, other)
        self.places[symbol] = place if kept is other else there
        self.folded.append(Folded(symbol, _named(kept), _named(left), why))

    def _member(self, place: tuple[str, int]) -> Member:
        return self._open(place[0]).members[place[1]]

    def _resolution(self, place: tuple[str, int]) -> Resolution:
        member = self._member(place)
        return self._codec.decode_resolution(member.record, member.text.decode("utf-8"))

    def publish(self, target: Place, entry: EncoderEntry, progress: Progress) -> Manifest:
        """Publish the best readings in the order of their symbols."""
        places = [self.places[symbol] for symbol in sorted(self.places, key=Symbol.parse)]
        listed = [self._listed(place) for place in places]
        stored = (self._stored(place, entry.dim) for place in places)
        if not isinstance(target, Database):
            disk = Disk()
            with building(target, disk), Scratch(target) as scratch:
                shelf = StoredShelf(scratch)
                for one, kept in zip(listed, stored, strict=True):
                    shelf.put(one, kept)
                draft = Draft.of(scratch, None, (), shelf, len(shelf))
                return publish(target, draft.contents(entry, choose_kind(draft.n_passages)), disk)
        from qa.engine.connecting import Engine
        from qa.engine.publishing import publish as publish_there

        return publish_there(Engine(target), _manifest(listed, entry), listed, stored, progress)

    def _stored(self, place: tuple[str, int], dim: int) -> Stored:
        member = self._member(place)
        vectors = np.frombuffer(member.vectors, dtype="<f4").reshape(-1, dim)
        hashes = np.frombuffer(member.hashes, dtype=np.uint8).reshape(len(vectors), -1)
        return Stored(member.record, member.text, member.passages, vectors, hashes)

    def _listed(self, place: tuple[str, int]) -> Listed:
        return list_new(self._resolution(place), map(self._codec.decode_passage, self._member(place).passages))


def _named(resolution: Resolution) -> str:
    """The name of a source, and what tells it from another of that name."""
    return f"{resolution.source.name} (sha256 {resolution.source.sha256[:12]})"


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
