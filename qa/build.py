"""The offline line, from paths to a published generation: read, parse, check, cut, encode, publish.

`build` makes the corpus exactly what the sources hold; `add`, `update` and `remove` change what is there. All of them
take over from the current generation whatever has not changed, and give what a build from nothing would give.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from embeddings.index_kinds import IndexKind
from embeddings.vectors import choose_kind
from qa.collect import BY_NAME, SAME_TEXT, Collected, Folded, Line, Readings, Refused, better, collect, standard_line
from qa.encode import Cuts, PassageEncoder, cache_of, entry_of
from qa.errors import NotFoundError
from qa.lexical import LEXICAL_VERSION
from qa.passages import PASSAGE_VERSION
from qa.progress import Progress, quiet
from qa.records import Resolution, SourceText
from qa.scratch import Scratch
from qa.store.current import open_current
from qa.store.disk import Disk
from qa.store.draft import Draft
from qa.store.errors import EmptyCorpusError, NoIndexError, StoreError
from qa.store.generation import Generation
from qa.store.matching import check_encoder, check_passages
from qa.store.publish import building, publish
from qa.store.vector_cache import VectorCache

__all__ = [
    "BuildReport",
    "Workshop",
    "add",
    "build",
    "check_encoder",
    "remove",
    "run_build",
    "run_change",
    "run_remove",
    "update",
]

_SEEN_FIELDS = ("sha256", "text_sha256", "name", "format", "parser")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run did. `published` is false where the index already was what it should be.

    `n_encoded` passages went through the model, `n_reused` vectors were taken over. `notes` are things to tell people.
    """

    generation: str
    published: bool
    n_sources: int
    n_resolutions: int
    n_passages: int
    n_encoded: int
    n_reused: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[Refused, ...]
    folded: tuple[Folded, ...]
    notes: tuple[str, ...]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every run needs besides its sources. `vectors` is the kind of vector index; None: by the number of passages."""

    index: Path
    encoder: PassageEncoder
    line: Line
    progress: Progress = quiet
    disk: Disk = field(default_factory=Disk)
    vectors: IndexKind | None = None


def build(
    sources: Sequence[Path],
    index: Path,
    encoder: PassageEncoder,
    progress: Progress = quiet,
    vectors: IndexKind | None = None,
) -> BuildReport:
    """Make `index` hold exactly the resolutions under `sources`.

    `vectors` is the kind of vector index; None chooses by the number of passages.

    Raises:
        EmptyCorpusError: no resolution was found there.
        BusyError, DiskError: see `qa.store.errors`; the index is then as it was.
    """
    with standard_line() as line:
        return run_build(sources, Workshop(index, encoder, line, progress, vectors=vectors))


def add(sources: Sequence[Path], index: Path, encoder: PassageEncoder, progress: Progress = quiet) -> BuildReport:
    """Add the resolutions under `sources`; one that is there already is replaced by a better source only, and the report says so."""
    with standard_line() as line:
        return run_change(sources, Workshop(index, encoder, line, progress), replace=False)


def update(sources: Sequence[Path], index: Path, encoder: PassageEncoder, progress: Progress = quiet) -> BuildReport:
    """Add the resolutions under `sources`, replacing those that are there already."""
    with standard_line() as line:
        return run_change(sources, Workshop(index, encoder, line, progress), replace=True)


def remove(symbols: Sequence[str], index: Path, encoder: PassageEncoder, progress: Progress = quiet) -> BuildReport:
    """Take resolutions out.

    Raises:
        NotFoundError: one of `symbols` (canonical) is not there; nothing is changed then.
    """
    with standard_line() as line:
        return run_remove(symbols, Workshop(index, encoder, line, progress))


def run_build(sources: Sequence[Path], shop: Workshop) -> BuildReport:
    """`build` with everything given."""
    with building(shop.index, shop.disk), Scratch(shop.index) as scratch:
        parent, notes = _parent_if_any(shop)
        try:
            run = _Run(shop, parent, notes, scratch)
            collected = run.collect(sources)
            return run.finish(collected.resolutions, set(), collected)
        finally:
            if parent is not None:
                parent.close()


def run_change(sources: Sequence[Path], shop: Workshop, replace: bool) -> BuildReport:
    """`add` and `update` with everything given."""
    with building(shop.index, shop.disk), _parent(shop) as parent, Scratch(shop.index) as scratch:
        run = _Run(shop, parent, [], scratch)
        collected = run.collect(sources)
        chosen = set(collected.resolutions) if replace else _better_than(parent, collected)
        kept = {number for number, symbol in enumerate(parent.symbols) if symbol not in chosen}
        return run.finish(chosen, kept, collected)


def run_remove(symbols: Sequence[str], shop: Workshop) -> BuildReport:
    """`remove` with everything given."""
    with building(shop.index, shop.disk), _parent(shop) as parent, Scratch(shop.index) as scratch:
        gone = {parent.number_of(symbol) for symbol in symbols}
        kept = set(range(len(parent.symbols))) - gone
        return _Run(shop, parent, [], scratch).finish([], kept, Collected(Readings(scratch)))


def _parent_if_any(shop: Workshop) -> tuple[Generation | None, list[str]]:
    """The generation to take over from; a damaged or older one is no obstacle to building anew, but is told."""
    try:
        opened = open_current(shop.index)
    except NoIndexError as error:
        return None, list(error.refused)
    except StoreError as error:
        return None, [f"built from nothing, for: {error}"]
    return opened.generation, [opened.note] if opened.note else []


def _parent(shop: Workshop) -> Generation:
    """The generation to change, which must be of the same model and the same making of passages."""
    generation = open_current(shop.index).generation
    try:
        check_encoder(generation, entry_of(shop.encoder))
        check_passages(generation)
    except StoreError:
        generation.close()
        raise
    return generation


def _better_than(parent: Generation, collected: Collected) -> set[str]:
    """Those that are new, or better than what is there, which is reported as folded; of equally good ones that there stays."""
    chosen: set[str] = set()
    for symbol, resolution in collected.resolutions.items():
        try:
            there = parent.resolution(symbol)
        except NotFoundError:
            chosen.add(symbol)
            continue
        kept, _, why = better(there, resolution)
        new, held = str(collected.places[symbol]), f"{there.source.name} of the index"
        if kept is resolution and why not in (SAME_TEXT, BY_NAME):
            chosen.add(symbol)
            collected.folded.append(Folded(symbol, new, held, f"{why}: it has replaced what the index held"))
            continue
        if there.source != resolution.source:
            why = "it is as good" if why == BY_NAME else why
            why = f"{why}; to replace it nevertheless use: qa update"
        collected.folded.append(Folded(symbol, held, new, why))
    return chosen


class _Run:
    """One change of the index, between opening the parent and publishing."""

    def __init__(self, shop: Workshop, parent: Generation | None, notes: list[str], scratch: Scratch) -> None:
        self._shop = shop
        self._scratch = scratch
        self._parent = parent
        self._notes = notes
        self._entry = entry_of(shop.encoder)
        self._seconds: dict[str, float] = {}
        self._since = time.perf_counter()
        self._seen = self._parsed_before()

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._seconds[stage] = round(now - self._since, 3)
        self._since = now

    def _parsed_before(self) -> dict[tuple[str, ...], int]:
        if self._parent is None or self._shop.line.parser is None:
            return {}
        return {tuple(getattr(one, it) for it in _SEEN_FIELDS): at for at, one in enumerate(self._parent.listed)}

    def _known(self, source: SourceText) -> Resolution | None:
        """The parent's record of exactly this source, parsed by exactly this parser."""
        parser = self._shop.line.parser or ""
        number = self._seen.get((source.sha256, source.text_sha256, source.name, source.format, parser))
        return None if number is None or self._parent is None else self._parent.resolution_at(number)

    def collect(self, sources: Sequence[Path]) -> Collected:
        collected = collect(sources, self._shop.line, self._scratch, self._shop.progress, self._known)
        self._lap("read and parse")
        return collected

    def finish(self, symbols: Iterable[str], kept: set[int], collected: Collected) -> BuildReport:
        """Publish `kept` members of the parent and what was read of `symbols`; what is the same counts as kept."""
        fresh: list[str] = []
        taken = list(symbols)
        for symbol in taken:
            number = self._same_in_parent(symbol, collected.resolutions)
            if number is None:
                fresh.append(symbol)
            else:
                kept.add(number)
        if not kept and not fresh:
            raise EmptyCorpusError(self._shop.index, tuple(one.why for one in collected.refused))
        self._notes += collected.notes(taken)
        with closing(cache_of(self._shop.encoder, self._shop.index)) as cache:
            return self._publish(fresh, kept, collected, cache)

    def _publish(self, fresh: list[str], kept: set[int], collected: Collected, cache: VectorCache) -> BuildReport:
        parent = self._parent
        cuts = Cuts(collected.resolutions, self._shop.encoder, cache, self._scratch)
        for symbol in fresh:
            cuts.put(symbol)
        self._lap("cut")
        n_encoded, n_reused = cuts.encode(parent, self._shop.progress)
        self._lap("encode")
        draft = Draft.of(self._scratch, parent, kept, cuts, len(cuts))
        kind = self._kind(draft)
        before = set() if parent is None else set(parent.symbols)
        if parent is not None and not fresh and len(kept) == len(before) and _is_made_so(parent, kind):
            generation, published, n_passages = parent.id, False, parent.n_passages
        else:
            manifest = publish(self._shop.index, draft.contents(self._entry, kind), self._shop.disk)
            generation, published, n_passages = manifest.id, True, manifest.counts.passages
        self._lap("publish")
        cache.remove()
        symbols = set(fresh)
        after = symbols | {parent.symbols[number] for number in kept} if parent else symbols
        return BuildReport(
            generation=generation,
            published=published,
            n_sources=collected.n_sources,
            n_resolutions=len(after),
            n_passages=n_passages,
            n_encoded=n_encoded,
            n_reused=n_reused + sum(parent.listed[number].n_passages for number in kept if parent),
            added=tuple(sorted(symbols - before)),
            changed=tuple(sorted(symbols & before)),
            removed=tuple(sorted(before - after)),
            refused=tuple(collected.refused),
            folded=tuple(collected.folded),
            notes=tuple(self._notes),
            seconds=self._seconds,
        )

    def _kind(self, draft: Draft) -> IndexKind:
        """The kind asked for; else what suits the number of passages, unless the parent's was asked for once."""
        if self._shop.vectors is not None:
            return self._shop.vectors
        if self._parent is not None:
            kind, n = IndexKind(self._parent.manifest.vectors), self._parent.n_passages
            if kind is not choose_kind(n):
                return kind
        return choose_kind(draft.n_passages)

    def _same_in_parent(self, symbol: str, readings: Readings) -> int | None:
        """The parent's number for this very record, cut and encoded as it would be now; else None."""
        parent = self._parent
        if parent is None or not self._cuts_alike(parent):
            return None
        try:
            number = parent.number_of(symbol)
        except NotFoundError:
            return None
        return number if parent.raw_record(number) == readings.raw(symbol) else None

    def _cuts_alike(self, parent: Generation) -> bool:
        return parent.manifest.encoder == self._entry and parent.manifest.passage_version == PASSAGE_VERSION


def _is_made_so(parent: Generation, kind: IndexKind) -> bool:
    """Whether its indexes are those that would be made now of the same passages."""
    return parent.manifest.vectors == kind and parent.manifest.lexical_version == LEXICAL_VERSION
