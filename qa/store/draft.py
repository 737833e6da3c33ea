"""What the next generation is to hold: resolutions taken over from the parent as they lie there, and new ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np

from embeddings.index_kinds import IndexKind
from embeddings.threads import cores
from embeddings.vectors import VectorIndex
from qa.arrays import Growing, rows_chunks
from qa.lexical import LEXICAL_VERSION, LexicalIndex
from qa.passages import PASSAGE_VERSION, passage_input
from qa.records import Passage, Resolution
from qa.scratch import Scratch
from qa.store.blobs import blob_chunks
from qa.store.codec import RecordCodec
from qa.store.columns import Columns, Listed, Rows
from qa.store.disk import Chunk
from qa.store.generation import Generation
from qa.store.manifest import Counts, EncoderEntry
from qa.store.publish import Contents
from qa.store.shelf import Hashes, Shelf, Vectors
from qa.store.vector_cache import HASH_SIZE
from qa.symbols import Symbol


@dataclass(frozen=True, slots=True)
class Draft:
    """The members of the next generation in the order of their symbols, each by its shelf and its number there.

    Nothing is read before it is written, and little of it is in memory at a time: what a file needs whole grows in
    files of `scratch`.
    """

    scratch: Scratch
    members: tuple[tuple[Shelf, int], ...]
    parent: Generation | None = None

    @classmethod
    def of(cls, scratch: Scratch, parent: Generation | None, kept: Iterable[int], new: Shelf, n_new: int) -> Draft:
        """Put the members in order; the same members give the same draft, wherever they come from.

        Args:
            scratch: where there is room.
            parent: the generation that `kept` are numbers in.
            kept: what is taken over.
            new: what is not.
            n_new: how much that is; all of it is taken.
        """
        members: list[tuple[Shelf, int]] = [(new, number) for number in range(n_new)]
        if parent is not None:
            members.extend((parent, number) for number in kept)
        members.sort(key=lambda member: Symbol.parse(member[0].listed_at(member[1]).symbol))
        return cls(scratch, tuple(members), parent)

    def contents(self, encoder: EncoderEntry, kind: IndexKind) -> Contents:
        """The files of the generation and what its manifest says of them."""
        listed = self.listed()
        n_passages = sum(one.n_passages for one in listed)
        return Contents(
            files=self._files(listed, (n_passages, encoder.dim), kind),
            parent=self.parent.id if self.parent else None,
            encoder=encoder,
            vectors=kind.value,
            parsers=tuple(sorted({one.parser for one in listed})),
            passage_version=PASSAGE_VERSION,
            lexical_version=LEXICAL_VERSION,
            counts=Counts(len(listed), sum(len(one.paragraphs) for one in listed), n_passages),
            corpus_sha256=corpus_sha256(listed),
        )

    def _files(self, listed: list[Listed], shape: tuple[int, int], kind: IndexKind) -> dict[str, Iterable[Chunk]]:
        n, _ = shape
        files: dict[str, Iterable[Chunk]] = {
            "resolutions.json": _list_chunks(listed),
            "resolutions.blob": blob_chunks(shelf.raw_record(number)[0] for shelf, number in self.members),
            "sources.blob": blob_chunks(shelf.raw_record(number)[1] for shelf, number in self.members),
            "passages.blob": blob_chunks(
                passage for shelf, number in self.members for passage in shelf.raw_passages(number)
            ),
            "vectors.npy": rows_chunks(self._vectors(), shape, np.float32),
            "vectors.faiss": self._nearest(shape, kind),
            "hashes.npy": rows_chunks(self._hashes(), (n, HASH_SIZE), np.uint8),
        }
        files |= {f"columns/{name}": chunks for name, chunks in Columns.of(listed).to_files().items()}
        words = _Later(lambda: self._lexical(listed).to_files())
        files |= {f"lexical/{name}": words.chunks(name) for name in LexicalIndex.file_names()}
        return files

    @property
    def n_passages(self) -> int:
        """How many passages the members have together."""
        return sum(shelf.listed_at(number).n_passages for shelf, number in self.members)

    def listed(self) -> list[Listed]:
        """The short forms of all members."""
        return [shelf.listed_at(number) for shelf, number in self.members]

    def _vectors(self) -> Iterator[Vectors]:
        return (shelf.vectors_at(number) for shelf, number in self.members)

    def _hashes(self) -> Iterator[Hashes]:
        return (shelf.hashes_at(number) for shelf, number in self.members)

    def _nearest(self, shape: tuple[int, int], kind: IndexKind) -> Iterator[Chunk]:
        content = Growing(np.uint8, self.scratch)
        VectorIndex.from_blocks(self._vectors, shape, kind, _threads(kind)).write(
            lambda piece: content.append(np.frombuffer(piece, dtype=np.uint8))
        )
        yield content.whole().data

    def _lexical(self, listed: list[Listed]) -> LexicalIndex:
        """Built anew, or from the parent's counts without reading its texts; both give the same."""
        parent = self.parent
        if parent is None or parent.manifest.lexical_version != LEXICAL_VERSION:
            return LexicalIndex.build(self._texts(self.members), self.scratch)
        ends = np.cumsum([one.n_passages for one in listed])
        spans = [(int(end) - one.n_passages, int(end)) for one, end in zip(listed, ends, strict=True)]
        old = _rows(parent.columns.bounds_of(number) for shelf, number in self.members if shelf is parent)
        pairs = list(zip(self.members, spans, strict=True))
        places = _rows(span for (shelf, _), span in pairs if shelf is parent)
        added = _rows(span for (shelf, _), span in pairs if shelf is not parent)
        texts = self._texts(member for member in self.members if member[0] is not parent)
        return parent.lexical.rebuild(old, places, texts, added, self.scratch)

    @staticmethod
    def _texts(members: Iterable[tuple[Shelf, int]]) -> Iterator[str]:
        codec = RecordCodec()
        for shelf, number in members:
            for raw in shelf.raw_passages(number):
                yield passage_input(codec.decode_passage(raw))


class _Later:
    """Files that come out of one piece of work, which is done when the first of them is written."""

    def __init__(self, make: Callable[[], dict[str, list[Chunk]]]) -> None:
        self._make = make

    @cached_property
    def _files(self) -> dict[str, list[Chunk]]:
        return self._make()

    def chunks(self, name: str) -> Iterator[Chunk]:
        """The file `name`, which can be had once."""
        yield from self._files.pop(name)


def _list_chunks(listed: Iterable[Listed]) -> Iterator[bytes]:
    """A JSON list, one by one."""
    encoder, before = msgspec.json.Encoder(), b"["
    for one in listed:
        yield before + encoder.encode(one)
        before = b","
    yield b"]"


def _threads(kind: IndexKind) -> int:
    """All cores, but one for a graph: the same vectors must give the same file."""
    return 1 if kind is IndexKind.HNSW else cores()


def _rows(bounds: Iterable[tuple[int, int]]) -> Rows:
    """Every number from the first of each pair to before its last."""
    return np.concatenate([np.empty(0, dtype=np.int64), *(np.arange(*pair, dtype=np.int64) for pair in bounds)])


def list_new(resolution: Resolution, passages: Iterable[Passage]) -> Listed:
    """The short form of a resolution that has been cut into `passages`."""
    windows = [0] * len(resolution.paragraphs)
    number = {paragraph.label: at for at, paragraph in enumerate(resolution.paragraphs)}
    for passage in passages:
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
