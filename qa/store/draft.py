"""What the next generation is to hold: resolutions taken over from the parent as they lie there, and new ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import msgspec
import numpy as np
import numpy.typing as npt

from embeddings.index_kinds import IndexKind
from embeddings.threads import cores
from embeddings.vectors import VectorIndex
from qa.arrays import array_chunks
from qa.lexical import LEXICAL_VERSION, LexicalIndex
from qa.passages import PASSAGE_VERSION, passage_input
from qa.records import Passage, Resolution
from qa.store.blobs import blob_chunks
from qa.store.codec import RecordCodec
from qa.store.columns import Columns, Listed, Rows
from qa.store.disk import Chunk
from qa.store.generation import Generation
from qa.store.manifest import Counts, EncoderEntry
from qa.store.publish import Contents
from qa.symbols import Symbol

Vectors = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class New:
    """A resolution that the parent does not hold in this form, cut and encoded."""

    resolution: Resolution
    passages: tuple[Passage, ...]
    vectors: Vectors
    hashes: Hashes
    tokens: tuple[bytes, ...]  # of each passage, as `embeddings.readings.packed` stores them; empty where none


@dataclass(frozen=True, slots=True)
class Draft:
    """The members of the next generation in the order of their symbols: numbers in `parent`, or new ones."""

    parent: Generation | None
    members: tuple[int | New, ...]

    @classmethod
    def of(cls, parent: Generation | None, kept: Iterable[int], new: Iterable[New]) -> Draft:
        """Put the members in order; the same members give the same draft, wherever they come from."""
        members: list[tuple[Symbol, int | New]] = [(one.resolution.symbol, one) for one in new]
        if parent is not None:
            members.extend((Symbol.parse(parent.symbols[number]), number) for number in kept)
        return cls(parent, tuple(member for _, member in sorted(members, key=lambda pair: pair[0])))

    def contents(self, encoder: EncoderEntry, kind: IndexKind) -> Contents:
        """The files of the generation and what its manifest says of them."""
        codec = RecordCodec()
        listed = [self._listed(member) for member in self.members]
        vectors = np.concatenate([self._vectors(member) for member in self.members])
        hashes = np.concatenate([self._hashes(member) for member in self.members])
        return Contents(
            files=self._files(codec, listed, vectors, hashes, kind),
            parent=self.parent.id if self.parent else None,
            encoder=encoder,
            vectors=kind.value,
            parsers=tuple(sorted({one.parser for one in listed})),
            passage_version=PASSAGE_VERSION,
            lexical_version=LEXICAL_VERSION,
            counts=Counts(len(listed), sum(len(one.paragraphs) for one in listed), len(vectors)),
            corpus_sha256=corpus_sha256(listed),
        )

    def _files(
        self, codec: RecordCodec, listed: list[Listed], vectors: Vectors, hashes: Hashes, kind: IndexKind
    ) -> dict[str, Iterable[Chunk]]:
        records = [self._record(codec, member) for member in self.members]
        files: dict[str, Iterable[Chunk]] = {
            "resolutions.json": [msgspec.json.encode(listed)],
            "resolutions.blob": blob_chunks(record for record, _ in records),
            "sources.blob": blob_chunks(text for _, text in records),
            "passages.blob": blob_chunks(self._passages(codec)),
            "vectors.npy": array_chunks(vectors),
            "vectors.faiss": [VectorIndex.build(vectors, kind, _threads(kind)).to_bytes()],
            "hashes.npy": array_chunks(hashes),
        }
        files |= {f"columns/{name}": chunks for name, chunks in Columns.of(listed).to_files().items()}
        files |= {f"lexical/{name}": chunks for name, chunks in self._lexical(listed).to_files().items()}
        return files

    @property
    def n_passages(self) -> int:
        """How many passages the members have together."""
        return sum(
            self._source().listed[one].n_passages if isinstance(one, int) else len(one.passages) for one in self.members
        )

    def _source(self) -> Generation:
        if self.parent is None:
            raise TypeError("a draft without a parent has only new members")
        return self.parent

    def _listed(self, member: int | New) -> Listed:
        return self._source().listed[member] if isinstance(member, int) else list_new(member)

    def _record(self, codec: RecordCodec, member: int | New) -> tuple[bytes, bytes]:
        if isinstance(member, int):
            return self._source().raw_record(member)
        return codec.encode_resolution(member.resolution), member.resolution.source.text.encode("utf-8")

    def _passages(self, codec: RecordCodec) -> Iterator[bytes]:
        for member in self.members:
            if isinstance(member, int):
                yield from self._source().raw_passages(member)
            else:
                yield from map(codec.encode_passage, member.passages, member.tokens)

    def _vectors(self, member: int | New) -> Vectors:
        return self._source().stored_vectors()[self._rows(member)] if isinstance(member, int) else member.vectors

    def _hashes(self, member: int | New) -> Hashes:
        return self._source().content_hashes()[self._rows(member)] if isinstance(member, int) else member.hashes

    def _rows(self, member: int) -> slice:
        rows = self._source().columns.rows_of_resolution(member)
        return slice(int(rows[0]), int(rows[-1]) + 1)

    def _lexical(self, listed: list[Listed]) -> LexicalIndex:
        """Built anew, or from the parent's counts without reading its texts; both give the same."""
        ends = np.cumsum([one.n_passages for one in listed])
        spans = [range(int(end) - one.n_passages, int(end)) for one, end in zip(listed, ends, strict=True)]
        texts = [[] if isinstance(one, int) else [passage_input(it) for it in one.passages] for one in self.members]
        if self.parent is None or self.parent.manifest.lexical_version != LEXICAL_VERSION:
            return LexicalIndex.build(chain.from_iterable(self._texts_of(one) for one in self.members))
        kept = [(self._rows(one), span) for one, span in zip(self.members, spans, strict=True) if isinstance(one, int)]
        old = _rows(chain.from_iterable(range(rows.start, rows.stop) for rows, _ in kept))
        places = _rows(chain.from_iterable(span for _, span in kept))
        added = (span for one, span in zip(self.members, spans, strict=True) if not isinstance(one, int))
        return self.parent.lexical.rebuild(old, places, list(chain(*texts)), _rows(chain.from_iterable(added)))

    def _texts_of(self, member: int | New) -> list[str]:
        if not isinstance(member, int):
            return [passage_input(passage) for passage in member.passages]
        source = self._source()
        return [passage_input(source.passage(int(row))) for row in source.columns.rows_of_resolution(member)]


def _threads(kind: IndexKind) -> int:
    """All cores, but one for a graph: the same vectors must give the same file."""
    return 1 if kind is IndexKind.HNSW else cores()


def _rows(numbers: Iterable[int]) -> Rows:
    return np.fromiter(numbers, dtype=np.int64)


def list_new(member: New) -> Listed:
    """The short form of a new resolution."""
    resolution, windows = member.resolution, [0] * len(member.resolution.paragraphs)
    number = {paragraph.label: at for at, paragraph in enumerate(resolution.paragraphs)}
    for passage in member.passages:
        windows[number[passage.label]] += 1
    adopted = resolution.adopted
    return Listed(
        symbol=str(resolution.symbol),
        title=resolution.title,
        organ=resolution.organ,
        session=resolution.symbol.session or resolution.session,
        adopted=adopted.isoformat() if adopted else None,
        year=adopted.year if adopted else resolution.symbol.year,
        paragraphs=tuple(
            (one.label, str(one.kind), tuple(dict.fromkeys(_verbs(one.verb, [act.verb for act in one.acts]))))
            for one in resolution.paragraphs
        ),
        windows=tuple(windows),
        sha256=resolution.source.sha256,
        text_sha256=resolution.source.text_sha256,
        name=resolution.source.name,
        format=resolution.source.format,
        parser=resolution.parser,
    )


def _verbs(first: str | None, others: list[str]) -> Iterator[str]:
    if first is not None:
        yield first
    yield from others


def corpus_sha256(listed: Iterable[Listed]) -> str:
    """One digest of which texts are inside and how they were parsed."""
    lines = "".join(f"{one.symbol} {one.text_sha256} {one.parser}\n" for one in listed)
    return hashlib.sha256(lines.encode()).hexdigest()
