"""A plain collection as retrieval sees it: rows of passages without symbol, organ, kind or date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from embeddings.vectors import VectorIndex, choose_kind
from qa.encode import encode_batch
from qa.lexical import LexicalIndex
from qa.passages import passage_input, windows
from qa.records import Kind, Passage
from qa.retrieval.corpus import Ints, Lexical, Mask, RowColumns, Rows, Vectors
from qa.store.columns import Stretch

if TYPE_CHECKING:
    from embeddings.encoders import Encoder

_BATCH = 64


class Document(Protocol):
    """A document of any collection."""

    @property
    def id(self) -> str:
        """What the judgements call it."""
        ...

    @property
    def title(self) -> str:
        """Its heading, or nothing."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...


@dataclass(frozen=True, slots=True)
class PlainCorpus:
    """Rows of passages over documents; satisfies `qa.retrieval.corpus.Corpus`."""

    texts: tuple[str, ...]
    tokens: tuple[bytes, ...]
    documents: tuple[str, ...]
    vectors: Vectors
    lexical: Lexical
    owners: Ints  # of each row the number of its document

    @property
    def years(self) -> Mapping[str, Sequence[Stretch]]:
        """None are known."""
        return {}

    def inputs(self, rows: Sequence[int]) -> list[tuple[str, bytes]]:
        """What the encoder saw of some rows, and the vectors of the tokens."""
        return [(self.texts[row], self.tokens[row]) for row in rows]

    def columns_of(self, rows: Rows) -> RowColumns:
        """Nothing but which document a row is of."""
        unknown = np.full(len(rows), -1, dtype=np.int32)
        return RowColumns(self.owners[rows], np.zeros_like(unknown), unknown, unknown, (), ())

    def adopted_when(self, test: Callable[[Ints], Mask], within: Rows | None) -> None:
        """None: no document has a date."""

    def document(self, row: int) -> str:
        """The id of the document that a row is a window of."""
        return self.documents[int(self.owners[row])]


def build_corpus(
    documents: Sequence[Document], encoder: Encoder, progress: Callable[[int, int], None] = lambda done, total: None
) -> PlainCorpus:
    """Cut, encode and index documents; those without a word are left out."""
    inputs: list[str] = []
    owners: list[int] = []
    for number, document in enumerate(documents):
        pieces = _pieces(document, encoder)
        inputs += pieces
        owners += [number] * len(pieces)
    order = sorted(range(len(inputs)), key=lambda row: len(inputs[row]))
    vectors = np.zeros((len(inputs), encoder.dim), dtype=np.float32)
    tokens = [b""] * len(inputs)
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        vectors[rows], read = encode_batch(encoder, [inputs[row] for row in rows])
        for row, own in zip(rows, read, strict=True):
            tokens[row] = own
        progress(start + len(rows), len(order))
    return PlainCorpus(
        texts=tuple(inputs),
        tokens=tuple(tokens),
        documents=tuple(document.id for document in documents),
        vectors=VectorIndex.build(vectors, choose_kind(len(vectors))),
        lexical=LexicalIndex.build(inputs),
        owners=np.array(owners, dtype=np.int32),
    )


def _pieces(document: Document, encoder: Encoder) -> list[str]:
    """What the encoder reads of a document: all of it, in windows where it is long."""
    if not document.text.strip():
        return [document.title] if document.title.strip() else []

    def count(texts: list[str]) -> list[int]:
        return encoder.count_tokens(texts)

    def joined(text: str) -> str:
        return passage_input(Passage(document.id, "", "", Kind.UNKNOWN, document.title, text))

    if count([joined(document.text)])[0] <= encoder.max_tokens:
        return [joined(document.text)]
    return [joined(text) for text in windows(document.text, document.title, encoder.max_tokens, count)]
