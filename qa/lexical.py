"""BM25 over rows of text.

The index is a sparse matrix of finished scores, as bm25s saves it, but computed here in a few lines over arrays; a test
holds the two equal. Doing it here keeps counts beside scores, so that adding one resolution need not read the others'
texts again, and keeps scipy (which bm25s imports where it is installed) out of the serving process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from qa.arrays import Growing, array_chunks
from qa.postings import Run, count_terms, merge
from qa.scratch import Scratch
from qa.terms import terms_of

LEXICAL_VERSION = 2
"""Raised whenever the same text would give other terms, or the same terms other scores."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]

K1 = 1.5
B = 0.75
_ARRAYS = ("starts", "rows", "values", "counts", "lengths")
_NO_LENGTHS = np.zeros(0, dtype=np.int32)
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
    def build(cls, texts: Iterable[str], scratch: Scratch | None = None) -> LexicalIndex:
        """Index `texts`; row numbers follow their order.

        With `scratch` the postings lie in its files, and memory holds the terms and the lengths.
        """
        names: dict[str, int] = {}
        runs = list(count_terms(texts, names, scratch))
        return cls._merged(names, runs, np.concatenate([_NO_LENGTHS, *(run.lengths for run in runs)]), scratch)

    def rebuild(
        self, kept: Rows, places: Rows, texts: Iterable[str], text_places: Rows, scratch: Scratch | None = None
    ) -> LexicalIndex:
        """What `build` would give for the rows `kept` of this index, now at `places`, and new `texts` at `text_places`.

        Together `places` and `text_places` are a permutation of the new row numbers. `scratch` as for `build`.
        """
        names = dict(self.vocabulary)
        moved = np.full(self.n, -1, dtype=np.int32)
        moved[kept] = places
        old = Run(np.arange(len(names)), self.starts, self.rows, self.counts, self.lengths, moved)
        lengths = np.zeros(len(places) + len(text_places), dtype=np.int32)
        lengths[places] = self.lengths[kept]
        runs, first = [old], 0
        for run in count_terms(texts, names, scratch):
            to = text_places[first : first + len(run.lengths)]
            lengths[to] = run.lengths
            runs.append(replace(run, rows=run.rows - np.int32(first), moved=to.astype(np.int32)))
            first += len(run.lengths)
        return self._merged(names, runs, lengths, scratch)

    @classmethod
    def _merged(
        cls, names: Mapping[str, int], runs: Sequence[Run], lengths: Counts, scratch: Scratch | None
    ) -> LexicalIndex:
        """The one index that these runs make, whichever they are.

        Source: Lucene's BM25 as in Kamphuis et al., "Which BM25 do you mean?" (ECIR 2020), k1 1.5, b 0.75.
        """
        n = len(lengths)
        average = lengths.mean() if n and lengths.any() else 1.0
        norm = K1 * (1 - B + B * lengths / average)
        terms: list[str] = []
        sizes = [np.zeros(1, dtype=np.int64)]
        rows, values, counts = (Growing(kind, scratch) for kind in (np.int32, np.float32, np.int32))
        for found in merge(names, runs, n):
            frequency = found.sizes
            rarity = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
            terms += found.terms
            sizes.append(frequency)
            rows.append(found.rows)
            values.append(np.repeat(rarity, frequency) * found.counts / (found.counts + norm[found.rows]))
            counts.append(found.counts)
        return cls(
            vocabulary={name: number for number, name in enumerate(terms)},
            starts=np.cumsum(np.concatenate(sizes)),
            rows=rows.whole(),
            values=values.whole(),
            counts=counts.whole(),
            lengths=lengths,
        )

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
                np.add.at(total, self.rows[a:b], values)  # half the time of +=, which first copies what it adds to
        return total

    def match(self, question: str) -> Scores:
        """The scores of every row for `question`, to be asked for the best and for those of some rows."""
        return Scores(self.scores(question))

    def held(self, terms: Iterable[str]) -> set[str]:
        """Those of `terms` that any row holds."""
        return {term for term in terms if term in self.vocabulary}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """For those of `terms` that any row holds, in how many rows they stand."""
        numbers = {term: self.vocabulary[term] for term in terms if term in self.vocabulary}
        return {term: int(self.starts[number + 1] - self.starts[number]) for term, number in numbers.items()}

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
        for name in _ARRAYS:
            files[f"{name}.npy"] = array_chunks(getattr(self, name))
        return files

    @staticmethod
    def file_names() -> tuple[str, ...]:
        """The names that `to_files` gives, in its order."""
        return ("vocabulary.json", *(f"{name}.npy" for name in _ARRAYS))

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote; the arrays are mapped, not read."""
        terms = msgspec.json.decode((folder / "vocabulary.json").read_bytes(), type=list[str])
        arrays = {
            name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS
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
    held = scores[rows]
    if k < len(rows):
        among = held >= np.partition(held, -k)[-k]
        rows, held = rows[among], held[among]
    order = np.lexsort((rows, -held))[:k]
    return held[order], rows[order].astype(np.int64)


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
