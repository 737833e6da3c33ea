"""BM25 over rows of text.

The index is a sparse matrix of finished scores, as bm25s saves it, but computed here in a few lines over arrays; a test
holds the two equal. Doing it here keeps counts beside scores, so that adding one resolution need not read the others'
texts again, and keeps scipy (which bm25s imports where it is installed) out of the serving process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from qa.arrays import array_chunks
from qa.terms import TermCounter, terms_of

LEXICAL_VERSION = 1
"""Raised whenever the same terms would give other scores."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]

K1 = 1.5
B = 0.75
_MANY = 50_000  # rows from which on a sample is worth taking
_SAMPLED = 16  # one row in so many is in it


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 (Lucene's variant) over rows of text, as a sparse matrix by term.

    The rows that hold term `t` are `rows[starts[t]:starts[t + 1]]`, ascending; `scores_` and `counts` run beside them.
    """

    vocabulary: dict[str, int]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    values: Floats
    counts: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]

    @property
    def n(self) -> int:
        """How many rows of text are indexed."""
        return len(self.lengths)

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        """Index `texts`; row numbers follow their order."""
        found = _Postings.of(texts)
        return _assemble(found.terms, found.term, found.row, found.count, found.lengths)

    def rebuild(self, kept: Rows, places: Rows, texts: Sequence[str], text_places: Rows) -> LexicalIndex:
        """What `build` would give for the rows `kept` of this index, now at `places`, and new `texts` at `text_places`.

        Together `places` and `text_places` are a permutation of the new row numbers.
        """
        old = _Postings.from_index(self).moved(kept, places)
        new = _Postings.of(texts)
        lengths = np.zeros(len(places) + len(text_places), dtype=np.int32)
        lengths[places], lengths[text_places] = old.lengths, new.lengths
        everywhere = np.arange(len(text_places), dtype=np.int64)
        return _assemble(*old.plus(new.moved(everywhere, text_places)), lengths)

    def scores(self, question: str) -> Floats:
        """BM25 of every row for `question`, shape (n,); 0 where no term occurs. A repeated term counts once."""
        return self.scores_of(dict.fromkeys(terms_of(question), 1.0))

    def scores_of(self, weights: Mapping[str, float]) -> Floats:
        """BM25 of every row for weighted terms (as `split_terms` gives them)."""
        total = np.zeros(self.n, dtype=np.float32)
        for term, weight in weights.items():
            number = self.vocabulary.get(term)
            if number is not None:
                a, b = self.starts[number], self.starts[number + 1]
                values = self.values[a:b] if weight == 1.0 else np.float32(weight) * self.values[a:b]
                total[self.rows[a:b]] += values
        return total

    def match(self, question: str) -> Scores:
        """The scores of every row for `question`, to be asked for the best and for those of some rows."""
        return Scores(self.scores(question))

    def search(self, question: str, k: int, allowed: Rows | None = None) -> tuple[Floats, Rows]:
        """The `k` best rows and their scores, best first, ties by row; rows that hold no term never come."""
        return best_rows(self.scores(question), k, allowed)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which exists."""
        for name, chunks in self.to_files().items():
            with (folder / name).open("wb") as out:
                out.writelines(chunks)

    def to_files(self) -> dict[str, list[bytes | memoryview]]:
        """The index as file names and contents, in a fixed order."""
        files: dict[str, list[bytes | memoryview]] = {"vocabulary.json": [msgspec.json.encode(list(self.vocabulary))]}
        for name in ("starts", "rows", "values", "counts", "lengths"):
            files[f"{name}.npy"] = array_chunks(getattr(self, name))
        return files

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote; the arrays are mapped, not read."""
        terms = msgspec.json.decode((folder / "vocabulary.json").read_bytes(), type=list[str])
        arrays = {
            name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
            for name in ("starts", "rows", "values", "counts", "lengths")
        }
        return cls(vocabulary={term: number for number, term in enumerate(terms)}, **arrays)


@dataclass(frozen=True, slots=True)
class Scores:
    """BM25 of every row for one question."""

    all: Floats

    @property
    def highest(self) -> float:
        """The best score anywhere; 0 where no row holds a term."""
        return float(self.all.max(initial=0.0))

    def best(self, k: int, allowed: Rows | None = None) -> Rows:
        """The `k` best rows that hold a term, best first, ties by row."""
        return best_rows(self.all, k, allowed)[1]

    def at(self, rows: Rows) -> Floats:
        """The scores of some rows."""
        return self.all[rows]


def best_rows(scores: Floats, k: int, allowed: Rows | None = None) -> tuple[Floats, Rows]:
    """The `k` highest of `scores` above 0 and their rows, best first, ties by row."""
    rows = _promising(scores, k, allowed)
    if k < len(rows):
        threshold = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= threshold]
    order = np.lexsort((rows, -scores[rows]))[:k]
    chosen = rows[order].astype(np.int64)
    return scores[chosen], chosen


def _promising(scores: Floats, k: int, allowed: Rows | None) -> Rows:
    """Rows above 0, ascending, the `k` highest surely among them."""
    if allowed is not None:
        return allowed[scores[allowed] > 0]
    if len(scores) >= _MANY and k < len(scores) // _SAMPLED:
        # The k-th best of a part is at most the k-th best of all: one pass then leaves a few times k rows.
        floor = np.partition(scores[::_SAMPLED], -k)[-k]
        if floor > 0:
            return np.flatnonzero(scores >= floor)
    return np.flatnonzero(scores > 0)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Which term stands how often in which row, in any order; what an index is assembled from."""

    terms: list[str]
    term: Rows
    row: Rows
    count: Rows
    lengths: Counts

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Postings:
        numbers: dict[str, int] = {}
        term: list[int] = []
        row: list[int] = []
        count: list[int] = []
        lengths: list[int] = []
        counter = TermCounter()
        for place, text in enumerate(texts):
            terms = counter.terms_of(text)
            lengths.append(len(terms))
            for name, n in Counter(terms).items():
                term.append(numbers.setdefault(name, len(numbers)))
                row.append(place)
                count.append(n)
        return cls(list(numbers), _ints(term), _ints(row), _ints(count), np.array(lengths, dtype=np.int32))

    @classmethod
    def from_index(cls, index: LexicalIndex) -> _Postings:
        term = np.repeat(np.arange(len(index.vocabulary), dtype=np.int64), np.diff(index.starts))
        row, count = index.rows.astype(np.int64), index.counts.astype(np.int64)
        return cls(list(index.vocabulary), term, row, count, np.asarray(index.lengths))

    def moved(self, kept: Rows, places: Rows) -> _Postings:
        """Only the rows `kept`, each now at its one of `places`; `lengths` then runs beside `kept`."""
        target = np.full(len(self.lengths), -1, dtype=np.int64)
        target[kept] = places
        stays = target[self.row] >= 0
        return _Postings(self.terms, self.term[stays], target[self.row[stays]], self.count[stays], self.lengths[kept])

    def plus(self, other: _Postings) -> tuple[list[str], Rows, Rows, Rows]:
        """Both sets of postings over one list of terms; rows are taken as they are."""
        numbers = {name: number for number, name in enumerate(self.terms)}
        renumbered = _ints([numbers.setdefault(name, len(numbers)) for name in other.terms])
        term = np.concatenate([self.term, renumbered[other.term]])
        return list(numbers), term, np.concatenate([self.row, other.row]), np.concatenate([self.count, other.count])


def _ints(values: Sequence[int]) -> Rows:
    return np.array(values, dtype=np.int64)


def _assemble(terms: list[str], term: Rows, row: Rows, count: Rows, lengths: Counts) -> LexicalIndex:
    """The one index that these postings make, whatever order they come in.

    Source: Lucene's BM25 as in Kamphuis et al., "Which BM25 do you mean?" (ECIR 2020), k1 1.5, b 0.75.
    """
    used = np.unique(term)
    alphabetical = sorted((terms[number], int(number)) for number in used)
    renumber = np.zeros(len(terms), dtype=np.int64)
    renumber[[number for _, number in alphabetical]] = np.arange(len(alphabetical))
    term, n = renumber[term], len(lengths)
    order = np.argsort(term * n + row, kind="stable")  # by term, then row; quick where most is in order already
    term, row, count = term[order], row[order], count[order]
    frequency = np.bincount(term, minlength=len(alphabetical))
    rarity = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
    average = lengths.mean() if n and lengths.any() else 1.0
    norm = K1 * (1 - B + B * lengths / average)
    return LexicalIndex(
        vocabulary={name: number for number, (name, _) in enumerate(alphabetical)},
        starts=np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64),
        rows=row.astype(np.int32),
        values=(rarity[term] * count / (count + norm[row])).astype(np.float32),
        counts=count.astype(np.int32),
        lengths=lengths,
    )
